/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A power cut that left the newest entries in LOG/recent alone, and their hashes nowhere. */
#include "proof/regrow.h"

#include "proof/bundle.h"
#include "proof/prove.h"
#include "proof/recent.h"
#include "proof/shelf.h"
#include "support/verify_case.h"

#include <check.h>
#include <string.h>

#define COUNT 300
#define WIDTH (COUNT - 256)
#define GROWING "log/tile/entries/001.p/44"
#define LEAVES "log/tile/0/001.p/44"

static struct disk_sim *sim;
static struct disk *d;
static struct err e;
static struct buf entries, leaves;

static void setup(void)
{
	sim = verify_case_make(COUNT);
	d = disk_sim_disk(sim);
	verify_case_read(d, GROWING, &entries);
	verify_case_read(d, LEAVES, &leaves);
}

static void teardown(void)
{
	buf_finish(&entries);
	buf_finish(&leaves);
	disk_sim_destroy(sim);
}

/* The last three entries stand in LOG/recent. */
static void keep_recent(void)
{
	struct recent *r;

	ck_assert_msg(recent_create(&r, d, "log", &e), "%s", e.text);
	for (int64_t n = COUNT - 3; n < COUNT; n++) {
		char text[301];
		int len = verify_case_text(n, text);

		text[len] = '\n';
		ck_assert_msg(recent_put(r, n, text, (size_t)len + 1, &e), "%s", e.text);
	}
	recent_close(r);
}

/* The bundle is torn within its last entry but one, and a sector of the tile is zeros. */
static void cut(void)
{
	static const char zeros[64];
	struct buf b = {0};

	verify_case_put(d, GROWING, entries.data, entries.len - 300);
	buf_add(&b, leaves.data, leaves.len - sizeof(zeros));
	buf_add(&b, zeros, sizeof(zeros));
	verify_case_put(d, LEAVES, b.data, b.len);
	buf_finish(&b);
}

static bool gives(int level, int64_t n, int width, const struct buf *want)
{
	struct tile_name t = {.log = "log", .level = level, .n = n, .width = width};
	struct buf b = {0};
	bool ok = shelf_read(d, &t, &b, &e) && b.len == want->len &&
		  memcmp(b.data, want->data, b.len) == 0;

	buf_finish(&b);
	return ok;
}

static bool proves(int64_t n)
{
	struct buf proof = {0};
	struct chain *c;
	bool ok = chain_open(&c, d, 0, &e);

	if (ok) {
		ok = prove_entry(d, c, n, true, &proof, &e);
		chain_close(c);
	}
	buf_finish(&proof);
	return ok;
}

START_TEST(what_only_recent_has_is_read)
{
	keep_recent();
	cut();
	ck_assert(gives(TILE_ENTRIES, 1, WIDTH, &entries));
	ck_assert(gives(0, 1, WIDTH, &leaves));
	for (int64_t n = 0; n < COUNT; n++)
		ck_assert_msg(proves(n), "entry %d: %s", (int)n, e.text);
}
END_TEST

START_TEST(a_name_that_lags_and_a_tile_that_is_not_there)
{
	keep_recent();
	verify_case_put(d, "log/tile/entries/001.p/41", entries.data, entries.len);
	verify_case_put(d, GROWING, NULL, 0);
	verify_case_put(d, LEAVES, NULL, 0);
	ck_assert(gives(TILE_ENTRIES, 1, WIDTH, &entries));
	ck_assert(gives(0, 1, WIDTH, &leaves));
	ck_assert(proves(COUNT - 1));
}
END_TEST

START_TEST(a_tile_above_the_leaves)
{
	struct buf above = {0};

	keep_recent();
	verify_case_read(d, "log/tile/1/000.p/1", &above);
	verify_case_put(d, "log/tile/1/000.p/1", NULL, 0);
	ck_assert(gives(1, 0, 1, &above));
	buf_finish(&above);
}
END_TEST

START_TEST(without_recent_a_damage_stays_one)
{
	cut();
	ck_assert(!gives(TILE_ENTRIES, 1, WIDTH, &entries));
	ck_assert_int_eq(e.kind, ERR_NOT_FOUND);
	ck_assert(!gives(0, 1, WIDTH, &leaves));
}
END_TEST

START_TEST(more_than_there_is)
{
	struct tile_name t = {.log = "log", .level = TILE_ENTRIES, .n = 1, .width = WIDTH + 1};
	struct buf b = {0};

	keep_recent();
	ck_assert(!regrow(d, &t, &b, &e));
	ck_assert_uint_eq(b.len, 0);
	t.level = 1;
	t.width = 2;
	ck_assert(!regrow(d, &t, &b, &e));
	ck_assert_uint_eq(b.len, 0);
	buf_finish(&b);
}
END_TEST

Suite *suite_regrow(void);
Suite *suite_regrow(void)
{
	Suite *s = suite_create("regrow");
	TCase *t = tcase_create("regrow");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, what_only_recent_has_is_read);
	tcase_add_test(t, a_name_that_lags_and_a_tile_that_is_not_there);
	tcase_add_test(t, a_tile_above_the_leaves);
	tcase_add_test(t, without_recent_a_damage_stays_one);
	tcase_add_test(t, more_than_there_is);
	suite_add_tcase(s, t);
	return s;
}
