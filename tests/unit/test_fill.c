/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/fill.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#define S FRAMES_PER_S

static struct arena arena;
static struct settings settings;
static struct slot slot;
static struct bulletin bulletins[16];
static struct piece pieces[16];
static struct asset ident, ident_out, sound;
static struct fill f;
static struct layout l;

/* A slot of 60 s with a cross-fade of 1 s. */
static void setup(void)
{
	settings = (struct settings){.crossfade_ms = 1000};
	slot = (struct slot){.length_s = 60};
	ident = (struct asset){.frames = 4 * S};
	ident_out = (struct asset){.frames = 2 * S};
	memset(bulletins, 0, sizeof(bulletins));
	memset(pieces, 0, sizeof(pieces));
	f = (struct fill){.settings = &settings, .slot = &slot, .pieces = pieces,
			  .cut_frames = 60 * S, .finish_frames = 60 * S};
}

static void finish(void)
{
	arena_finish(&arena);
}

static struct bulletin *add(int64_t length_s)
{
	struct bulletin *b = &bulletins[f.piece_count];

	b->frames = length_s * S;
	pieces[f.piece_count++].bulletin = b;
	return b;
}

/* The layout in seconds: "i0+4 b3+10 f…", then "/" and omissions: f slot-full, t slot-taken. */
static const char *lay(void)
{
	static char text[512];
	size_t len = 0;

	text[0] = '\0';
	fill_lay(&f, &l, &arena);
	for (int i = 0; i < l.item_count; i++) {
		const struct plan_item *item = &l.items[i];
		ck_assert_int_ge(item->offset_frames, 0);
		ck_assert_int_gt(item->length_frames, 0);
		ck_assert_int_le(item->fade_in_frames + item->fade_out_frames, item->length_frames);
		len += (size_t)snprintf(text + len, sizeof(text) - len, "%s%c%g+%g",
					i > 0 ? " " : "",
					"bfi"[item->kind], (double)item->offset_frames / S,
					(double)item->length_frames / S);
	}
	if (l.omission_count > 0)
		len += (size_t)snprintf(text + len, sizeof(text) - len, "/");
	for (int i = 0; i < l.omission_count; i++)
		len += (size_t)snprintf(text + len, sizeof(text) - len, "%c",
					"fmrtnq"[l.omissions[i].why]);
	return text;
}

START_TEST(crossfades)
{
	add(10);
	add(20);
	add(5);
	ck_assert_str_eq(lay(), "b0+10 b9+20 b28+5");
	ck_assert_int_eq(l.items[0].fade_in_frames, 0);
	ck_assert_int_eq(l.items[0].fade_out_frames, S);
	ck_assert_int_eq(l.items[1].fade_in_frames, S);
	ck_assert_int_eq(l.items[2].fade_out_frames, 0);
	ck_assert(!l.over_long);
	ck_assert_int_eq(l.end_frames, 33 * S);
	settings.crossfade_ms = 0;
	ck_assert_str_eq(lay(), "b0+10 b10+20 b30+5");
	ck_assert_int_eq(l.items[1].fade_in_frames, 0);
}
END_TEST

START_TEST(short_items_crossfade_by_half)
{
	add(10);
	add(1);
	add(10);
	ck_assert_str_eq(lay(), "b0+10 b9.5+1 b10+10");
	ck_assert_int_eq(l.items[1].fade_in_frames, S / 2);
	ck_assert_int_eq(l.items[1].fade_out_frames, S / 2);
}
END_TEST

START_TEST(fits_to_the_sample)
{
	add(60);
	ck_assert_str_eq(lay(), "b0+60");
	bulletins[0].frames++;
	ck_assert_str_eq(lay(), "b0+60");
	ck_assert(l.over_long);
	setup();
	add(30);
	add(31);
	ck_assert_str_eq(lay(), "b0+30 b29+31");
	bulletins[1].frames++;
	ck_assert_str_eq(lay(), "b0+30/f");
	ck_assert_ptr_eq(l.omissions[0].bulletin, &bulletins[1]);
	ck_assert(l.over_long);
}
END_TEST

START_TEST(a_shorter_one_takes_the_room)
{
	add(40);
	add(30);
	add(15);
	ck_assert_str_eq(lay(), "b0+40 b39+15/f");
}
END_TEST

START_TEST(one_that_fits_whole_goes_before_one_that_is_too_long)
{
	add(90);
	add(5);
	add(70);
	ck_assert_str_eq(lay(), "b0+5/ff");
	ck_assert(l.over_long);
	slot.demo = true; /* no matter what slot it is */
	ck_assert_str_eq(lay(), "b0+5/ff");
	slot.demo = false;
	slot.overrun = OVERRUN_FINISH; /* the slot says otherwise */
	f.finish_frames = 100 * S;
	ck_assert_str_eq(lay(), "b0+90/ff");
}
END_TEST

START_TEST(where_nothing_fits_the_first_too_long_is_ended)
{
	add(90);
	add(70);
	ck_assert_str_eq(lay(), "b0+60/f");
	ck_assert_int_eq(l.items[0].fade_out_frames, 3 * S);
	ck_assert(l.over_long);
	slot.overrun = OVERRUN_CUT;
	ck_assert_str_eq(lay(), "b0+60/f");
	ck_assert_int_eq(l.items[0].fade_out_frames, S / 100);
}
END_TEST

START_TEST(an_ident_ends_nothing_early)
{
	f.ident = &ident;
	slot.demo = true;
	add(58);
	ck_assert_str_eq(lay(), "b0+58"); /* with the ident it would lose a second */
}
END_TEST

START_TEST(the_last_may_finish)
{
	slot.overrun = OVERRUN_FINISH;
	f.finish_frames = 100 * S;
	add(40);
	add(30);
	add(5);
	ck_assert_str_eq(lay(), "b0+40 b39+30/f");
	ck_assert(l.over_long);
	f.finish_frames = 68 * S; /* another slot begins a second too early */
	ck_assert_str_eq(lay(), "b0+40 b39+5/f");
	setup();
	slot.overrun = OVERRUN_FINISH;
	f.finish_frames = 100 * S;
	add(60);
	add(5);
	ck_assert_str_eq(lay(), "b0+60/f"); /* nothing begins after the slot's end */
	setup();
	slot.overrun = OVERRUN_FINISH;
	f.finish_frames = 80 * S;
	add(90);
	ck_assert_str_eq(lay(), "b0+60");
	ck_assert_int_eq(l.items[0].fade_out_frames, 3 * S);
}
END_TEST

START_TEST(idents_frame_it)
{
	f.ident = &ident;
	f.ident_out = &ident_out;
	add(10);
	ck_assert_str_eq(lay(), "i0+4 b3+10 i12+2");
	bulletins[0].frames = 57 * S;
	ck_assert_str_eq(lay(), "i0+4 b3+57"); /* 61 s with the ident out */
	bulletins[0].frames = 58 * S;
	ck_assert_str_eq(lay(), "b0+58 i57+2"); /* 61 s with the ident in */
	bulletins[0].frames = 60 * S;
	ck_assert_str_eq(lay(), "b0+60");
	bulletins[0].frames = 90 * S;
	ck_assert_str_eq(lay(), "b0+60");
	f.piece_count = 0;
	ck_assert_str_eq(lay(), "");
}
END_TEST

START_TEST(idents_push_no_other_in)
{
	f.ident = &ident;
	add(30);
	add(30);
	add(10);
	/* With the ident the second would give way to the third. */
	ck_assert_str_eq(lay(), "b0+30 b29+30/f");
}
END_TEST

START_TEST(another_slot_takes_over)
{
	f.ident_out = &ident_out;
	f.cut_frames = 25 * S;
	add(10);
	add(20);
	add(10);
	ck_assert_str_eq(lay(), "b0+10 b9+16/t");
	ck_assert_int_eq(l.items[1].fade_out_frames, 3 * S);
	ck_assert_ptr_eq(l.omissions[0].bulletin, &bulletins[2]);
	ck_assert(!l.over_long);
	slot.overrun = OVERRUN_CUT;
	ck_assert_str_eq(lay(), "b0+10 b9+16/t");
	ck_assert_int_eq(l.items[1].fade_out_frames, S / 100);
	f.cut_frames = 11 * S; /* two seconds of the second are not worth it */
	ck_assert_str_eq(lay(), "b0+10/tt");
	ck_assert_int_eq(l.items[0].fade_out_frames, 0);
	f.cut_frames = 1 * S;
	ck_assert_str_eq(lay(), "/ttt");
}
END_TEST

START_TEST(files_and_beds)
{
	sound.frames = 20 * S;
	pieces[0].asset = &sound;
	f.piece_count = 1;
	add(10);
	snprintf(bulletins[1].kind, CODE_BYTES, "thong-bao");
	f.ident = &ident;
	ck_assert_str_eq(lay(), "i0+4 f3+20 b22+10");
	ck_assert(!l.items[0].bed_under && !l.items[1].bed_under && l.items[2].bed_under);
	slot.bed = true;
	lay();
	ck_assert(!l.items[0].bed_under && l.items[1].bed_under && l.items[2].bed_under);
}
END_TEST

START_TEST(begins_late)
{
	f.from_frames = 35 * S;
	add(40);
	add(20);
	add(5);
	ck_assert_str_eq(lay(), "b35+20 b54+5/f");
	bulletins[0].frames = 90 * S; /* longer than the slot in any case */
	ck_assert_str_eq(lay(), "b35+20 b54+5/f");
	bulletins[1].frames = bulletins[2].frames = 90 * S;
	ck_assert_str_eq(lay(), "b35+25/ff");
	f.from_frames = 60 * S;
	ck_assert_str_eq(lay(), "/fff");
}
END_TEST

START_TEST(keeps_what_is_noted)
{
	struct plan_omission relay = {OMIT_RELAY, NULL};

	f.noted = &relay;
	f.noted_count = 1;
	ck_assert_str_eq(lay(), "/r");
	add(90);
	add(90);
	ck_assert_str_eq(lay(), "b0+60/rf");
}
END_TEST

START_TEST(so_many_items_and_no_more)
{
	static struct bulletin many[SLOT_ITEMS_MAX + 50];
	static struct piece list[SLOT_ITEMS_MAX + 50];

	slot.length_s = 86400;
	f.cut_frames = f.finish_frames = 86400 * S;
	for (int i = 0; i < SLOT_ITEMS_MAX + 50; i++) {
		many[i].frames = 10 * S;
		list[i].bulletin = &many[i];
	}
	f.pieces = list;
	f.piece_count = SLOT_ITEMS_MAX + 50;
	f.ident = &ident;
	f.ident_out = &ident_out;
	fill_lay(&f, &l, &arena);
	ck_assert_int_le(l.item_count, SLOT_ITEMS_MAX);
	ck_assert_int_gt(l.item_count, SLOT_ITEMS_MAX - 3);
	/* The first that wait are named, of the rest it is known how many. */
	ck_assert_int_eq(l.omission_count, SLOT_WAITING_MAX);
	ck_assert_ptr_eq(l.omissions[0].bulletin, &many[SLOT_ITEMS_MAX - 1]);
	ck_assert_int_eq(l.more, SLOT_ITEMS_MAX + 50 - (l.item_count - 1) - SLOT_WAITING_MAX);
}
END_TEST

START_TEST(a_short_one_behind_many_that_wait_still_takes_the_room)
{
	static struct bulletin many[SLOT_WAITING_MAX + 40];
	static struct piece list[SLOT_WAITING_MAX + 40];

	for (int i = 0; i < SLOT_WAITING_MAX + 40; i++) {
		many[i].frames = (i == SLOT_WAITING_MAX + 39 ? 5 : 50) * S;
		list[i].bulletin = &many[i];
	}
	f.pieces = list;
	f.piece_count = SLOT_WAITING_MAX + 40;
	fill_lay(&f, &l, &arena);
	ck_assert_int_eq(l.item_count, 2);
	ck_assert_ptr_eq(l.items[1].bulletin, &many[SLOT_WAITING_MAX + 39]);
	ck_assert_int_eq(l.omission_count, SLOT_WAITING_MAX);
	ck_assert_int_eq(l.more, 38);
}
END_TEST

Suite *suite_fill(void);
Suite *suite_fill(void)
{
	Suite *s = suite_create("fill");
	TCase *t = tcase_create("all");

	tcase_add_checked_fixture(t, setup, finish);
	tcase_add_test(t, crossfades);
	tcase_add_test(t, short_items_crossfade_by_half);
	tcase_add_test(t, fits_to_the_sample);
	tcase_add_test(t, a_shorter_one_takes_the_room);
	tcase_add_test(t, one_that_fits_whole_goes_before_one_that_is_too_long);
	tcase_add_test(t, where_nothing_fits_the_first_too_long_is_ended);
	tcase_add_test(t, an_ident_ends_nothing_early);
	tcase_add_test(t, the_last_may_finish);
	tcase_add_test(t, idents_frame_it);
	tcase_add_test(t, idents_push_no_other_in);
	tcase_add_test(t, another_slot_takes_over);
	tcase_add_test(t, files_and_beds);
	tcase_add_test(t, begins_late);
	tcase_add_test(t, keeps_what_is_noted);
	tcase_add_test(t, so_many_items_and_no_more);
	tcase_add_test(t, a_short_one_behind_many_that_wait_still_takes_the_room);
	suite_add_tcase(s, t);
	return s;
}
