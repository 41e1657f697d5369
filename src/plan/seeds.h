/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists of codes out of the files in seeds/, and what is wrong with them. Pure. */
#ifndef VX_PLAN_SEEDS_H
#define VX_PLAN_SEEDS_H

#include "base/codes.h"
#include "plan/faults.h"

#include <stdbool.h>
#include <stddef.h>

/* Where a list stands in the station's folder: "seeds/tieng.yaml". */
const char *seeds_file(enum codes_list which);

/* Adds to c what the text holds of that list. False: there is no such list in it, a fault but of
 * CODES_GROUPS and CODES_PROJECTS, which programmes can do without. Everything that is wrong goes
 * to faults as errors, and whatever entry has a code is taken all the same. */
bool seeds_parse(enum codes_list which, struct codes *c, const char *text, size_t len,
		 struct faults *faults);

/* What the lists say of one another and of themselves, as warnings: a code that holds twice on one
 * day, one that ends before it begins, a group, project or document that is cited and does not
 * stand in its list. Lists that are empty are not asked. */
void seeds_check(const struct codes lists[static CODES_LISTS], struct faults *faults);

#endif
