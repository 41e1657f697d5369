/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Public holidays as data: the rules of seeds/ngay-le.yaml, and which one a day is. Pure.
 *
 * Which days Tết and the National Day are lengthened by is decided anew each year (Labour Code
 * 2019, article 112, paragraph 3), so that rules carry the days on which they hold, and a rule that
 * stands later in the file never undoes an earlier one: a day is free if any rule says so. */
#ifndef VX_PLAN_HOLIDAYS_H
#define VX_PLAN_HOLIDAYS_H

#include "base/civil.h"
#include "base/limits.h"
#include "base/lunar.h"
#include "plan/faults.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HOLIDAYS_FILE "seeds/ngay-le.yaml"

struct holiday {
	char name[NAME_BYTES];	 /* ten */
	char basis[REASON_BYTES]; /* can_cu */
	bool lunar;		 /* am_lich: the day is one of the lunar calendar */
	int day, month;		 /* ngay or am_lich, "10/3" */
	int shift_days;		 /* tu: begins so many days later; negative: before; 0 unless set */
	int days;		 /* so_ngay: lasts so many; 1 unless set */
	struct date from, to;	 /* holds on days from … to; year 1 and 9999 unless set */
};

struct holidays {
	struct holiday list[HOLIDAYS_MAX];
	int count;
	char sha256[SHA256_HEX_BYTES]; /* of the file; filled by the loader */
};

/* Reads the text; faults as in settings_parse. True if it had none; those entries that could be
 * read are there in any case. */
bool holidays_parse(struct holidays *h, const char *file, const char *text, size_t len,
		    struct faults *faults);

/* marks[i] = the first rule that makes day first + i (days since 1970) a holiday, else NULL.
 * lunar[i]: that day in the lunar calendar, for HOLIDAY_DAYS_MAX days more at both ends:
 * lunar[0] is day first − HOLIDAY_DAYS_MAX. */
void holidays_mark(const struct holidays *h, int64_t first, int64_t count,
		   const struct lunar *lunar, const struct holiday **marks);

#endif
