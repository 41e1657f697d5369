/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reports that go along with a pack, made by `vangxa report all` in a folder of their own under
 * TMPDIR. */
#ifndef VX_CLI_FORMS_H
#define VX_CLI_FORMS_H

#include "base/civil.h"
#include "base/err.h"
#include "base/limits.h"

#include <jansson.h>

struct forms {
	char dir[PATH_BYTES]; /* in which forms/F.pdf … lie; "" none */
	json_t *list;	      /* "forms/F.pdf" → SHA-256, by name */
};

/* data: the station's folder. False + err: none is left behind. On true: forms_finish. */
bool forms_make(struct forms *f, const char *data, struct date first, struct date last,
		struct err *e);
void forms_finish(struct forms *f);

#endif
