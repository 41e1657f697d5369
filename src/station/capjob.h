/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One CAP message that is read: by whichever way it came. */
#ifndef VX_STATION_CAPJOB_H
#define VX_STATION_CAPJOB_H

#include "base/buf.h"
#include "base/limits.h"
#include "station/later.h"

#include <jansson.h>
#include <stdatomic.h>
#include <stdbool.h>

struct capdesk;

/* One message. Aside are touched path, xml, read, sha256 and stop. */
struct capjob {
	struct later later;
	struct capdesk *owner;
	const char *dir;
	char path[PATH_BYTES * 2]; /* of the file; "" handed over in xml */
	struct buf xml;
	json_t *read;	/* as cap_read.h tells; NULL: not read yet */
	char sha256[SHA256_HEX_BYTES];
	char who[CODE_BYTES];
	char key[CAP_KEY_BYTES]; /* as which it has waited for its time; "": it is new */
	atomic_bool stop;
};

/* Reads the file (at most CAP_BYTES_MAX), keeps it as DIR/cap/kept/<sha256>.xml and fills read and
 * sha256; true, whatever came of it. Any thread. */
bool capjob_work(struct capjob *j);

/* Frees what it holds, not itself. */
void capjob_finish(struct capjob *j);

#endif
