/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the models of reports (base/model.h). Pure. */
#ifndef VX_PLAN_MODELS_H
#define VX_PLAN_MODELS_H

#include "base/codes.h"
#include "base/model.h"
#include "plan/faults.h"

#include <stdbool.h>
#include <stddef.h>

#define MODELS_FILE "seeds/mau-bao-cao.yaml"

/* Owned; zero-initialise, models_finish. */
struct models {
	struct model *list;
	int count;
};

/* Adds to m what the text holds; faults as seeds_parse. False: no such list in it. */
bool models_parse(struct models *m, const char *text, size_t len, struct faults *faults);
void models_finish(struct models *m);

/* As warnings: two that hold for one kind of report on one day, documents that stand in no list or
 * that the sentence about them does not name. */
void models_check(const struct models *m, const struct codes *documents, struct faults *faults);

#endif
