/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is handed on of a pack. Packs that must not count: tests/e2e/test_merge.sh. */
#include "cli/pack_take.h"

#include "base/json.h"
#include "proof/reader.h"
#include "proof/unparcel.h"
#include "support/parcelcase.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct parcelcase p;
static struct pack_wanted wanted;
static json_t *told;

static void setup(void)
{
	struct date day = {2026, 11, 23};
	struct err e;

	parcelcase_open(&p);
	ck_assert(parcelcase_make(&p));
	ck_assert_int_eq(setenv("TMPDIR", p.c.dir, 1), 0);
	wanted = (struct pack_wanted){.key_count = 0};
	ck_assert(period_range(day, day, &wanted.period, &e));
	told = NULL;
}

static void clear(void)
{
	struct unparcel u = {0};

	snprintf(u.dir, sizeof(u.dir), "%s", json_get_text(told, "dir", ""));
	unparcel_close(&u);
	json_decref(told);
	told = NULL;
}

static void teardown(void)
{
	clear();
	parcelcase_close(&p);
}

static const char *why(void)
{
	return json_get_text(told, "why", "");
}

START_TEST(what_verifies_is_there_to_be_read)
{
	char path[PATH_BYTES];
	struct view *v;
	struct err e;
	int64_t entries;

	told = pack_take(p.path, &wanted);
	ck_assert_msg(json_get_bool(told, "ok", false), "%s", why());
	ck_assert(json_get_bool(told, "own_key", false));
	ck_assert_str_eq(json_get_text(told, "from", ""), "2026-11-23");
	snprintf(path, sizeof(path), "%s/" PACK_TAKE_VIEW, json_get_text(told, "dir", ""));
	ck_assert_msg(reader_open(&v, path, &e), "%s", e.text);
	ck_assert(reader_applied(v, &entries, &e));
	ck_assert_int_eq(entries, json_get_integer(told, "entries", -1));
	reader_close(v);
}
END_TEST

START_TEST(of_another_period_it_is_no_use)
{
	struct date first = {2026, 11, 22}, last = {2026, 11, 23};
	struct err e;

	ck_assert(period_range(first, last, &wanted.period, &e));
	told = pack_take(p.path, &wanted);
	ck_assert(!json_get_bool(told, "ok", true));
	ck_assert_ptr_nonnull(strstr(why(), "2026-11-23"));
	ck_assert_ptr_null(json_object_get(told, "dir"));
}
END_TEST

START_TEST(keys_of_others_are_none_of_it)
{
	struct note_signer s;
	uint8_t seed[NOTE_SEED_BYTES] = {9};

	note_signer_make(&s, "vangxa/khac", NOTE_ED25519, seed);
	wanted.keys = &s.verifier;
	wanted.key_count = 1;
	told = pack_take(p.path, &wanted);
	ck_assert(!json_get_bool(told, "ok", true));
	ck_assert_ptr_nonnull(strstr(why(), "--key"));
}
END_TEST

Suite *suite_pack_take(void);
Suite *suite_pack_take(void)
{
	Suite *s = suite_create("pack_take");
	TCase *t = tcase_create("pack_take");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, what_verifies_is_there_to_be_read);
	tcase_add_test(t, of_another_period_it_is_no_use);
	tcase_add_test(t, keys_of_others_are_none_of_it);
	suite_add_tcase(s, t);
	return s;
}
