/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A day of a station whose card is dying. */
#include "promise.h"
#include "simdisk.h"
#include "simstation.h"

#include <check.h>
#include <stdio.h>

#define DAYS INT64_C(1)

static const char timetable[] =
	"timetable: Lịch thử\n"
	"valid: {from: 2026-01-01}\n"
	"slots:\n"
	"  - {name: Sáng, start: \"05:30\", length: 4m, play: {bulletins: {}}, overrun: fade,\n"
	"     late: {join_within: 3m}, ident: false}\n"
	"  - {name: Cách giờ, start: \"06:00\", length: 2m,\n"
	"     repeat: {every: 30m, until: \"21:00\"},\n"
	"     play: {bulletins: {}}, overrun: cut, ident: false, order: newest}\n";

/* A card that hangs now and then, for a moment or for minutes: nothing airs that is not in the log,
 * and in the end every item has its row. */
START_TEST(hanging_disk)
{
	struct simstation s;
	simstation_init(&s, 500, timetable);
	s.only_rows = true;
	simstation_boot(&s);
	struct wall from = s.clock.now_wall, to = wall_add_ns(from, DAYS * 24 * 3600 * NS_PER_S);

	while (s.clock.now_wall.ns < to.ns) {
		simdisk_hang(&s);
		simstation_step(&s);
	}
	s.stall.hangs = false;
	simstation_run_to(&s, wall_add_ns(to, 600 * NS_PER_S));
	ck_assert_int_gt(simstation_check_all_told(&s, from, to), 30);
	printf("seed %llu: the disk hung %lld times, %lld full, %lld missed, %lld cut\n",
	       (unsigned long long)s.seed, (long long)s.stalls, (long long)s.full,
	       (long long)s.missed, (long long)s.cut);
	ck_assert_int_gt(s.full, 5);
	ck_assert_int_gt(s.missed + s.cut, 3);
	promise_explained(&s);
	simstation_finish(&s);
}
END_TEST

Suite *suite_hang(void);
Suite *suite_hang(void)
{
	Suite *s = suite_create("hang");
	TCase *t = tcase_create("hang");

	tcase_set_timeout(t, 600);
	tcase_add_test(t, hanging_disk);
	suite_add_tcase(s, t);
	return s;
}
