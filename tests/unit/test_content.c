/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/content.h"
#include "support/plan_case.h"

#include <check.h>
#include <stdio.h>

static struct plan_case *c;
static struct content *content;
static struct arena arena;

static void setup(void)
{
	c = case_create("ident: audio/ident.flac\n");
	ck_assert(case_slots(c,
		"  - {name: bulletins, start: \"06:00\", length: 1m, play: {bulletins: {}}}\n"
		"  - {name: file, start: \"07:00\", length: 1m, play: {file: audio/a.flac}}\n"
		"  - {name: relay, start: \"08:00\", length: 1m, play: {relay: vov1},"
		" fallback: {bulletins: {}}}\n"
		"  - {name: neither, start: \"09:00\", length: 1m, play: {relay: vov1},"
		" fallback: {file: audio/b.flac}}\n"));
}

static void finish(void)
{
	content_destroy(content);
	arena_finish(&arena);
	case_destroy(c);
}

static struct occur at(int slot, int64_t day)
{
	const struct slot *s = &c->schedule.slots[slot];
	struct occur o = {.slot = s, .day = day, .length_frames = 60 * 48000,
			  .finish_frames = 60 * 48000};

	content_choose(content, &o);
	return o;
}

START_TEST(chooses_each_kind)
{
	case_bulletin(c, "A", 10);
	case_asset(c, "audio/a.flac", 10);
	content = content_create(&c->in, 0, 40000, &arena);
	struct occur o = at(0, 20000);
	ck_assert(o.playable);
	ck_assert_int_eq(content_layout(content, &o)->items[0].kind, ITEM_BULLETIN);
	o = at(1, 20000);
	ck_assert(o.playable);
	ck_assert_int_eq(content_layout(content, &o)->items[0].kind, ITEM_FILE);
	o = at(2, 20000);
	const struct layout *l = content_layout(content, &o);
	ck_assert_int_eq(l->item_count, 1); /* all of the slot, and no ident before it */
	ck_assert_int_eq(l->omission_count, 0);
	ck_assert_int_eq(l->items[0].kind, ITEM_RELAY);
	ck_assert_str_eq(l->items[0].asset->path, RELAY_PATH "vov1");
	ck_assert_int_eq(l->items[0].offset_frames, 0);
	ck_assert_int_eq(l->items[0].length_frames, 60 * 48000);
	c->settings.relay_count = 0; /* the settings have lost it: its fallback is planned */
	content_destroy(content);
	content = content_create(&c->in, 0, 40000, &arena);
	o = at(2, 20000);
	l = content_layout(content, &o);
	ck_assert_int_eq(l->items[l->item_count - 1].kind, ITEM_BULLETIN);
	ck_assert_int_eq(l->omissions[0].why, OMIT_RELAY);
	o = at(3, 20000);
	ck_assert(!o.playable);
	l = content_layout(content, &o);
	ck_assert_int_eq(l->item_count, 0);
	ck_assert_int_eq(l->omission_count, 2);
	ck_assert_int_eq(l->omissions[1].why, OMIT_MISSING_FILE);
}
END_TEST

START_TEST(what_is_put_aside_takes_no_room)
{
	case_bulletin(c, "A", 50)->aside_n = 7;
	case_bulletin(c, "B", 40);
	content = content_create(&c->in, 0, 40000, &arena);
	struct occur o = at(0, 20000);
	const struct layout *l = content_layout(content, &o);
	ck_assert_int_eq(l->item_count, 1);
	ck_assert_str_eq(l->items[0].bulletin->id, "B");
	ck_assert_int_eq(l->omission_count, 1);
	ck_assert_int_eq(l->omissions[0].why, OMIT_QUARANTINED);
	ck_assert_str_eq(l->omissions[0].bulletin->id, "A");
	content_destroy(content);
	c->in.rules = 2; /* so planned an earlier program */
	content = content_create(&c->in, 0, 40000, &arena);
	o = at(0, 20000);
	l = content_layout(content, &o);
	ck_assert_str_eq(l->items[0].bulletin->id, "A");
	ck_assert_int_eq(l->omissions[0].why, OMIT_SLOT_FULL);
}
END_TEST

/* It is told of once, though slot and fallback would both have played it. */
START_TEST(a_slot_of_what_is_put_aside_alone_plays_its_fallback)
{
	case_bulletin(c, "A", 50)->aside_n = 7;
	c->settings.relay_count = 0;
	content = content_create(&c->in, 0, 40000, &arena);
	struct occur o = at(0, 20000);
	ck_assert(!o.playable);
	ck_assert_int_eq(content_layout(content, &o)->omission_count, 1);
	c->schedule.slots[0].has_fallback = true;
	c->schedule.slots[0].fallback = c->schedule.slots[0].play;
	content_destroy(content);
	content = content_create(&c->in, 0, 40000, &arena);
	o = at(0, 20000);
	ck_assert(!o.playable);
	ck_assert_int_eq(content_layout(content, &o)->omission_count, 1);
}
END_TEST

static struct piece *pieces;

static int fallback(int slot)
{
	struct wall start = {20000 * 86400 * NS_PER_S};

	return content_fallback(&c->in, &c->schedule.slots[slot], start, &pieces, &arena);
}

START_TEST(a_fallback_has_its_pieces)
{
	case_bulletin(c, "A", 10);
	case_bulletin(c, "B", 10);
	ck_assert_int_eq(fallback(2), 2);
	ck_assert_str_eq(pieces[0].bulletin->id, "A");
	ck_assert_int_eq(fallback(3), 0);
	case_asset(c, "audio/b.flac", 10);
	ck_assert_int_eq(fallback(3), 1);
	ck_assert_str_eq(pieces[0].asset->path, "audio/b.flac");
	ck_assert_int_eq(fallback(0), 0);
	content = content_create(&c->in, 0, 40000, &arena);
}
END_TEST

START_TEST(shares_layouts_until_something_changes)
{
	struct bulletin *b = case_bulletin(c, "A", 10);
	b->has_from = true;
	b->from = date_from_days(20010);
	content = content_create(&c->in, 0, 40000, &arena);
	struct occur first = at(0, 20000), second = at(0, 20009), third = at(0, 20010);
	ck_assert(!first.playable && !second.playable && third.playable);
	const struct layout *l = content_layout(content, &first);
	ck_assert_ptr_eq(l, content_layout(content, &second));
	ck_assert_int_eq(l->omissions[0].why, OMIT_NOTHING);
	ck_assert_ptr_ne(l, content_layout(content, &third));
	third.length_frames = 5 * 48000;
	ck_assert_int_eq(content_layout(content, &third)->items[0].length_frames, 5 * 48000);
}
END_TEST

/* What same_rules compares must be all that a layout depends on: a difference here that it missed
 * would show as one layout for two slots. */
START_TEST(slots_share_only_with_their_like)
{
	static const char *const others[] = {
		"length: 40s", "length: 1m, overrun: cut", "length: 1m, bed: true",
		"length: 1m, ident: false", "length: 1m, demo: true", "length: 1m, order: title",
		"length: 1m, fallback: {file: audio/b.flac}"};
	char text[1024] = "";
	size_t len = 0;

	for (int i = 0; i < 7; i++)
		len += (size_t)snprintf(text + len, sizeof(text) - len,
					"  - {name: o%d, start: \"%d:00\", play: {bulletins: {}}, "
					"%s}\n", i, i + 10, others[i]);
	ck_assert(case_slots(c, text));
	ck_assert(case_slots(c, "  - {name: like, start: \"18:00\", length: 1m, play: {bulletins: "
				"{}}}\n"
				"  - {name: wished, start: \"19:00\", length: 1m, play: "
				"{bulletins: {}}}\n"));
	case_bulletin(c, "A", 10);
	struct bulletin *b = case_bulletin(c, "B", 10);
	b->slot_count = 1;
	snprintf(b->slots[0], sizeof(b->slots[0]), "wished");
	content = content_create(&c->in, 0, 40000, &arena);
	struct occur first = at(0, 20000), like = at(11, 20000), wished = at(12, 20000);
	const struct layout *l = content_layout(content, &first);
	ck_assert_ptr_eq(content_layout(content, &like), l);
	ck_assert_int_eq(content_layout(content, &wished)->item_count, l->item_count + 1);
	for (int i = 0; i < 7; i++) {
		struct occur o = at(4 + i, 20000);
		ck_assert_msg(content_layout(content, &o) != l, "%s", others[i]);
	}
}
END_TEST

START_TEST(finds_assets_by_path)
{
	struct asset *a = case_asset(c, "audio/ident.flac", 4);

	content = content_create(&c->in, 0, 1, &arena);
	ck_assert_ptr_eq(plan_asset(&c->in, "audio/ident.flac"), a);
	ck_assert_ptr_null(plan_asset(&c->in, "audio/other.flac"));
	ck_assert_ptr_null(plan_asset(&c->in, ""));
}
END_TEST

Suite *suite_content(void);
Suite *suite_content(void)
{
	Suite *s = suite_create("content");
	TCase *t = tcase_create("all");

	tcase_add_checked_fixture(t, setup, finish);
	tcase_add_test(t, chooses_each_kind);
	tcase_add_test(t, what_is_put_aside_takes_no_room);
	tcase_add_test(t, a_slot_of_what_is_put_aside_alone_plays_its_fallback);
	tcase_add_test(t, a_fallback_has_its_pieces);
	tcase_add_test(t, shares_layouts_until_something_changes);
	tcase_add_test(t, slots_share_only_with_their_like);
	tcase_add_test(t, finds_assets_by_path);
	suite_add_tcase(s, t);
	return s;
}
