/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/coming.h"

#include "base/json.h"
#include "support/playing.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct playing g;

static void setup(void)
{
	playing_open(&g, "2026-11-23T05:29:50");
	ck_assert(case_slots(g.c, "  - {name: Sáng, start: \"05:30\", length: 60s, ident: false, "
				  "repeat: {every: 1h, until: \"06:30\"}, "
				  "play: {bulletins: {}}}\n"));
	for (int i = 1; i <= 3; i++) {
		char id[ID_BYTES];
		snprintf(id, sizeof(id), "B%d", i);
		playing_bulletin(&g, id, (uint32_t)i, 15);
	}
	playing_begin(&g);
}

static void teardown(void)
{
	playing_close(&g);
}

/* "title at" of the n-th; "" there is none. */
static const char *next(size_t n)
{
	static char text[TITLE_BYTES + 16];
	json_t *list = coming_json(&g.p, NULL);
	const json_t *one = json_array_get(list, n);

	snprintf(text, sizeof(text), "%s %.8s", json_get_text(one, "title", ""),
		 one != NULL ? json_get_text(one, "start", "") + 11 : "");
	json_decref(list);
	return text;
}

START_TEST(the_next_five_by_the_plan)
{
	ck_assert_str_eq(next(0), "Bản tin B1 05:30:00");
	ck_assert_str_eq(next(3), "Bản tin B1 06:30:00");
	ck_assert_str_eq(next(4), "Bản tin B2 06:30:15");
	ck_assert_str_eq(next(5), " ");
}
END_TEST

/* What stood before it fell silent and was ended: the list says when it is heard now. */
START_TEST(what_moved_up_is_told_at_its_new_time)
{
	playing_run(&g, 14);
	ck_assert_str_eq(next(0), "Bản tin B2 05:30:15");
	ck_assert_ptr_nonnull(g.p.runs);
	struct airing *second = &g.p.runs->items[1];
	second->planned = wall_add_ns(second->planned, -5 * NS_PER_S);
	ck_assert_str_eq(next(0), "Bản tin B2 05:30:10");
	ck_assert_str_eq(next(1), "Bản tin B3 05:30:30");
}
END_TEST

START_TEST(what_was_put_aside_is_not_announced)
{
	struct quarantine *q = &g.p.quarantine;

	snprintf(q->list[q->count++].sha256, SHA256_HEX_BYTES, "%s", g.c->bulletins[0].sha256);
	ck_assert_str_eq(next(0), "Bản tin B2 05:30:15");
	playing_run(&g, 6);
	ck_assert_str_eq(next(0), "Bản tin B2 05:30:15");
}
END_TEST

Suite *suite_coming(void);
Suite *suite_coming(void)
{
	Suite *s = suite_create("coming");
	TCase *t = tcase_create("coming");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, what_was_put_aside_is_not_announced);
	tcase_add_test(t, the_next_five_by_the_plan);
	tcase_add_test(t, what_moved_up_is_told_at_its_new_time);
	suite_add_tcase(s, t);
	return s;
}
