/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pay rates: what a reading or a written page is paid, as seeds/thu-lao.yaml has it. The provinces
 * decide them, so that they carry their days. Pure. */
#ifndef VX_PLAN_RATES_H
#define VX_PLAN_RATES_H

#include "base/civil.h"
#include "base/limits.h"
#include "plan/faults.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RATES_FILE "seeds/thu-lao.yaml"

enum rate_role { RATE_READS /* doc */, RATE_WRITES /* viet */, RATE_ROLES };
enum rate_per { RATE_PER_READING /* luot-doc */, RATE_PER_PAGE /* trang */ };

struct rate {
	char code[CODE_BYTES];
	char name[TITLE_BYTES];
	enum rate_role role;
	enum rate_per per;
	bool minority;		/* thieu_so: only in languages of minorities */
	int64_t dong;		/* for one */
	int64_t day_cap_dong;	/* toi_da_ngay: most for one person, one day, this role; 0: none */
	int page_words;		/* chu_moi_trang; 0 unless per page */
	char source[NAME_BYTES];
	struct date from, to;	/* holds on days from … to; year 1 and 9999 unless set */
	int line;
};

/* Owned; zero-initialise, rates_finish. */
struct rates {
	struct rate *list;
	int count;
};

/* Adds to r what the text holds; faults as seeds_parse. False: no such list in it. */
bool rates_parse(struct rates *r, const char *text, size_t len, struct faults *faults);
void rates_finish(struct rates *r);

/* As warnings: two rates for the same on one day. */
void rates_check(const struct rates *r, struct faults *faults);

/* What the role is paid on that day; of a minority's language its own rate if there is one, else
 * the common one. NULL: nothing is set. */
const struct rate *rates_at(const struct rates *r, enum rate_role role, bool minority,
			    struct date day);

/* What so many readings or words come to, in đồng, before the day's cap. A page is paid by its
 * words, rounded down to the đồng: whether a begun page counts whole the sources do not say. */
int64_t rate_sum(const struct rate *rate, int64_t count);

/* "doc" | "viet". */
const char *rate_role_code(enum rate_role role);

#endif
