/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/conflict.h"
#include "plan/fill.h"

#include <check.h>

#define S FRAMES_PER_S

static struct slot slots[8];
static struct occur list[8];
static struct occurs o;

static void setup(void)
{
	o = (struct occurs){.list = list};
}

/* A start at so many seconds, for so many, on these zones. */
static struct occur *add(int start_s, int length_s, uint32_t zones)
{
	struct slot *slot = &slots[o.count];
	struct occur *one = &list[o.count++];

	*slot = (struct slot){.length_s = length_s, .zones = zones};
	*one = (struct occur){.slot = slot, .start = {start_s * NS_PER_S}, .playable = true,
			      .length_frames = length_s * S, .finish_frames = length_s * S};
	return one;
}

START_TEST(the_later_takes_over)
{
	struct occur *a = add(0, 600, 1), *b = add(300, 600, 3), *d = add(900, 60, 2);

	conflict_real(&o, NULL);
	ck_assert_int_eq(a->length_frames, 300 * S);
	ck_assert_ptr_eq(a->taken_by, b->slot);
	ck_assert_int_eq(b->length_frames, 600 * S); /* d begins as b ends */
	ck_assert_ptr_null(b->taken_by);
	ck_assert(!d->gone);
}
END_TEST

START_TEST(other_zones_do_not_meet)
{
	struct occur *a = add(0, 600, 1), *b = add(300, 600, 2);

	conflict_real(&o, NULL);
	ck_assert_ptr_null(a->taken_by);
	ck_assert_ptr_null(b->taken_by);
}
END_TEST

START_TEST(together_the_first_holds)
{
	struct occur *a = add(0, 60, 1), *b = add(0, 600, 3), *d = add(0, 600, 2);

	conflict_real(&o, NULL);
	ck_assert(!a->gone);
	ck_assert(b->gone);
	ck_assert_ptr_eq(b->taken_by, a->slot);
	ck_assert(!d->gone); /* b, which is gone, holds nothing */
	ck_assert_ptr_null(d->taken_by);
}
END_TEST

START_TEST(nothing_to_play_takes_nothing)
{
	struct occur *a = add(0, 600, 1), *b = add(300, 60, 1), *d = add(400, 60, 1);

	b->playable = false;
	conflict_real(&o, NULL);
	ck_assert_int_eq(a->length_frames, 400 * S);
	ck_assert_ptr_eq(a->taken_by, d->slot);
	setup();
	a = add(0, 600, 1);
	b = add(0, 600, 1);
	a->playable = false;
	conflict_real(&o, NULL);
	ck_assert(!b->gone);
	setup();
	a = add(0, 600, 1);
	b = add(300, 600, 1);
	a->playable = b->playable = false; /* told all the same */
	conflict_real(&o, NULL);
	ck_assert_ptr_eq(a->taken_by, b->slot);
}
END_TEST

START_TEST(quiet_ones_are_out)
{
	struct occur *a = add(0, 600, 1), *b = add(300, 600, 1);

	b->barred = true;
	conflict_real(&o, NULL);
	ck_assert_ptr_null(a->taken_by);
}
END_TEST

START_TEST(finishing_ends_at_the_next)
{
	struct occur *a = add(0, 600, 1);

	slots[0].overrun = OVERRUN_FINISH;
	add(700, 60, 2);
	add(900, 60, 1);
	conflict_real(&o, NULL);
	ck_assert_int_eq(a->length_frames, 600 * S);
	ck_assert_int_eq(a->finish_frames, 900 * S);
	ck_assert_ptr_null(a->taken_by);
	o.count = 1;
	a->finish_frames = 0;
	conflict_real(&o, NULL);
	ck_assert_int_eq(a->finish_frames, (600 + (int64_t)AUDIO_MAX_S) * S);
}
END_TEST

START_TEST(demonstrations_give_way)
{
	static const struct layout runs_over = {.item_count = 1, .end_frames = 700 * S};
	struct occur *d0 = add(0, 240, 1), *real = add(200, 600, 1), *d1 = add(500, 240, 1);
	struct occur *d2 = add(850, 240, 1), *d3 = add(910, 240, 1);

	for (int i = 0; i < o.count; i++)
		slots[i].demo = &list[i] != real;
	conflict_real(&o, NULL);
	real->layout = &runs_over;
	conflict_demo(&o);
	ck_assert_int_eq(d0->length_frames, 200 * S);
	ck_assert_ptr_eq(d0->taken_by, real->slot);
	ck_assert_int_eq(real->length_frames, 600 * S);
	ck_assert(d1->gone);
	ck_assert_ptr_eq(d1->taken_by, real->slot);
	ck_assert(d2->gone); /* the real one runs over until 900 s */
	ck_assert(!d3->gone);
}
END_TEST

Suite *suite_conflict(void);
Suite *suite_conflict(void)
{
	Suite *s = suite_create("conflict");
	TCase *t = tcase_create("all");

	tcase_add_checked_fixture(t, setup, NULL);
	tcase_add_test(t, the_later_takes_over);
	tcase_add_test(t, other_zones_do_not_meet);
	tcase_add_test(t, together_the_first_holds);
	tcase_add_test(t, nothing_to_play_takes_nothing);
	tcase_add_test(t, quiet_ones_are_out);
	tcase_add_test(t, finishing_ends_at_the_next);
	tcase_add_test(t, demonstrations_give_way);
	suite_add_tcase(s, t);
	return s;
}
