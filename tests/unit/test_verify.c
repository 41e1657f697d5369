/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole logs: good ones, and thousands of damaged ones, of which each must be noticed and its place
 * be named. bench/tamper.c damages a whole station's folder, and more often. */
#include "proof/bundle.h"
#include "proof/entry.h"
#include "proof/notary.h"
#include "sys/chance.h"
#include "support/verify_case.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ENTRIES 700
#define FILES_MAX 64
#define TAMPERS 3000

static struct disk_sim *sim;
static struct disk *disk;
static struct verdict v;

static void setup(void)
{
	sim = verify_case_make(ENTRIES);
	disk = disk_sim_disk(sim);
}

static void teardown(void)
{
	verdict_finish(&v);
	disk_sim_destroy(sim);
}

static const struct finding *first_now(void)
{
	verdict_finish(&v);
	ck_assert_msg(verify_case(disk, NULL, false, &v), "cannot be opened");
	return verdict_first(&v);
}

START_TEST(a_good_log_has_no_difference)
{
	for (int64_t count = 1; count < 1200; count = count * 3 + 1) {
		teardown();
		sim = verify_case_make(count);
		disk = disk_sim_disk(sim);
		const struct finding *f = first_now();
		ck_assert_msg(f == NULL, "%d: %s", (int)count, f->text);
		ck_assert_int_eq(v.checks[CHECK_ENTRIES].count, count);
		ck_assert_int_eq(v.note_count, 0);
	}
}
END_TEST

START_TEST(a_folder_without_a_log_cannot_be_verified)
{
	struct disk_sim *empty = disk_sim_create();

	ck_assert(!verify_case(disk_sim_disk(empty), NULL, false, &v));
	disk_sim_destroy(empty);
}
END_TEST

/* The station knows that there was one. */
START_TEST(a_log_that_is_gone_whole_is_missed_by_the_copies_of_its_heads)
{
	struct disk_sim *emptied = disk_sim_create();
	struct buf b = {0};
	struct err e;

	verify_case_read(disk, "heads/1", &b);
	ck_assert(disk_make_dir(disk_sim_disk(emptied), "heads", &e));
	verify_case_put(disk_sim_disk(emptied), "heads/1", b.data, b.len);
	ck_assert(verify_case(disk_sim_disk(emptied), NULL, false, &v));
	const struct finding *f = verify_case_first(&v);
	ck_assert_str_eq(f->code, "log-missing");
	ck_assert_ptr_nonnull(strstr(f->text, "700"));
	buf_finish(&b);
	disk_sim_destroy(emptied);
}
END_TEST

/* One damage: what was done to which file, and where the first changed byte is. */
struct damage {
	const char *path, *other;
	const char *what;
	size_t at; /* SIZE_MAX: from the first byte on */
};

static char files[FILES_MAX][TILE_PATH_BYTES];
static int file_count;
static struct buf kept[FILES_MAX];

static void add_file(const char *path)
{
	ck_assert_int_lt(file_count, FILES_MAX);
	snprintf(files[file_count], TILE_PATH_BYTES, "%s", path);
	verify_case_read(disk, path, &kept[file_count++]);
}

static void add_tiles(int level, int64_t count)
{
	char path[TILE_PATH_BYTES];

	for (int64_t tile = 0; tile * TILE_WIDTH < count; tile++) {
		int64_t left = count - tile * TILE_WIDTH;

		tile_path("log", level, tile, left < TILE_WIDTH ? (int)left : TILE_WIDTH, path);
		add_file(path);
	}
}

static void add_files(void)
{
	file_count = 0;
	add_file("log/checkpoint");
	add_file("log/vkey");
	add_tiles(TILE_ENTRIES, ENTRIES);
	add_tiles(0, ENTRIES);
	add_tiles(1, ENTRIES / TILE_WIDTH);
}

static bool is_bundle(const char *path)
{
	return strncmp(path, "log/tile/entries/", 17) == 0;
}

/* The number of the entry at a byte of a bundle. */
static int64_t entry_at(int file, size_t at)
{
	int64_t n = strtol(files[file] + 17, NULL, 10) * TILE_WIDTH;
	const char *text;
	size_t from = 0, len;

	while (bundle_next(kept[file].data, kept[file].len, &from, &text, &len) && from <= at)
		n++;
	return n;
}

static void flip(struct chance *c, struct buf *b, struct damage *d)
{
	d->what = "flip";
	d->at = (size_t)chance_below(c, b->len);
	b->data[d->at] = (char)(b->data[d->at] ^ (1 + (int)chance_below(c, 255)));
}

static void cut(struct chance *c, struct buf *b, struct damage *d)
{
	d->what = "cut";
	d->at = (size_t)chance_below(c, b->len);
	b->len = d->at;
}

static void append(struct chance *c, struct buf *b, struct damage *d)
{
	char junk[64];
	size_t len = 1 + (size_t)chance_below(c, sizeof(junk));

	d->what = "append";
	d->at = b->len;
	for (size_t i = 0; i < len; i++)
		junk[i] = (char)chance_below(c, 256);
	buf_add(b, junk, len);
}

static void tell(const struct damage *d, const struct finding *f)
{
	ck_assert_msg(f != NULL, "%s of %s at %zu was not noticed", d->what, d->path, d->at);
}

static bool names(const struct finding *f, const char *path)
{
	return path != NULL && strcmp(f->file, path) == 0;
}

/* What must be named: the entry in which the first changed byte lies, or the file. */
static void check_named(int file, const struct damage *d)
{
	const struct finding *f = first_now();

	tell(d, f);
	if (is_bundle(d->path)) {
		int64_t n = entry_at(file, d->at), last = n;

		if (d->at >= kept[file].len)
			last = --n + 1; /* behind the last: it, or what is not one */
		ck_assert_msg(f->check == CHECK_ENTRIES && f->n >= n && f->n <= last,
			      "%s of %s at %zu: named %lld, not %lld: %s", d->what, d->path, d->at,
			      (long long)f->n, (long long)n, f->text);
		return;
	}
	ck_assert_msg(names(f, d->path) || names(f, d->other), "%s of %s at %zu: named %s: %s",
		      d->what, d->path, d->at, f->file, f->text);
	ck_assert_msg(f->check == (strstr(d->path, "/tile/") != NULL ? CHECK_TILES : CHECK_HEADS),
		      "%s of %s: %s", d->what, d->path, f->text);
}

static void restore(int file)
{
	verify_case_put(disk, files[file], kept[file].data, kept[file].len);
}

static void damage_one(struct chance *c, int file)
{
	struct damage d = {.path = files[file]};
	struct buf b = {0};

	buf_add(&b, kept[file].data, kept[file].len);
	switch (chance_below(c, 5)) {
	case 0:
		cut(c, &b, &d);
		break;
	case 1:
		append(c, &b, &d);
		break;
	case 2:
		d.what = "removal";
		buf_finish(&b);
		break;
	default:
		flip(c, &b, &d);
	}
	verify_case_put(disk, files[file], b.data, b.len);
	check_named(file, &d);
	buf_finish(&b);
	restore(file);
}

/* Two files of a kind change places. */
static void swap(int a, int b)
{
	struct damage d = {.path = files[a], .other = files[b], .what = "swap"};

	if (kept[a].len == kept[b].len && memcmp(kept[a].data, kept[b].data, kept[a].len) == 0)
		return;
	verify_case_put(disk, files[a], kept[b].data, kept[b].len);
	verify_case_put(disk, files[b], kept[a].data, kept[a].len);
	check_named(a, &d);
	restore(a);
	restore(b);
}

START_TEST(no_damage_is_unnoticed_and_none_misnamed)
{
	struct chance c;

	add_files();
	c.state = 4;
	for (int i = 0; i < TAMPERS; i++)
		damage_one(&c, (int)chance_below(&c, (uint64_t)file_count));
	ck_assert(first_now() == NULL);
	for (int i = 0; i < file_count; i++)
		buf_finish(&kept[i]);
}
END_TEST

START_TEST(files_that_changed_places_are_named)
{
	add_files();
	for (int a = 0; a < file_count; a++)
		for (int b = a + 1; b < file_count; b++)
			if (is_bundle(files[a]) == is_bundle(files[b]) &&
			    (strstr(files[a], "/tile/") != NULL) ==
				    (strstr(files[b], "/tile/") != NULL))
				swap(a, b);
	ck_assert(first_now() == NULL);
	for (int i = 0; i < file_count; i++)
		buf_finish(&kept[i]);
}
END_TEST

START_TEST(entries_that_changed_places_are_named)
{
	struct buf b = {0}, other = {0};
	const char *text;
	size_t from = 0, second, third, len;

	verify_case_read(disk, "log/tile/entries/001", &b);
	bundle_next(b.data, b.len, &from, &text, &len);
	second = from;
	bundle_next(b.data, b.len, &from, &text, &len);
	third = from;
	buf_add(&other, b.data + second, third - second);
	buf_add(&other, b.data, second);
	buf_add(&other, b.data + third, b.len - third);
	verify_case_put(disk, "log/tile/entries/001", other.data, other.len);
	const struct finding *f = first_now();
	ck_assert(f != NULL && f->n == 256);
	ck_assert_str_eq(f->code, "entry-changed");
	buf_finish(&b);
	buf_finish(&other);
}
END_TEST

/* ---- Logs that a power cut has left, as they lie there before anybody has opened them. ---- */

#if defined(VX_ASAN) || defined(VX_TSAN)
#define CUT_SEEDS 2
#else
#define CUT_SEEDS 8
#endif

static void verify_survivor(void *arg)
{
	int64_t *operation = arg;

	++*operation;
	for (uint64_t i = 0; i < CUT_SEEDS; i++) {
		uint64_t seed = i < 2 ? i : (uint64_t)*operation * 64 + i;
		struct disk_sim *s = disk_sim_survivor(sim, seed);

		verdict_finish(&v);
		ck_assert(verify_case(disk_sim_disk(s), NULL, false, &v));
		const struct finding *f = verdict_first(&v);
		ck_assert_msg(f == NULL, "operation %d, seed %d: %s", (int)*operation, (int)seed,
			      f != NULL ? f->text : "");
		disk_sim_destroy(s);
	}
}

START_TEST(a_log_that_was_cut_off_is_no_difference)
{
	static const struct notary_setup how = {.name = "vangxa/dai", .boot = "b", .seed = {7}};
	struct notary *n;
	struct err e;
	int64_t operation = 0;

	teardown();
	sim = verify_case_make(500);
	disk_sim_power_cut(sim, 1); /* a cut that takes nothing: all of it is durable */
	disk = disk_sim_disk(sim);
	ck_assert_msg(notary_open(&n, disk, &how, &e), "%s", e.text);
	for (int64_t i = 500; i < 560; i++) {
		char text[300];
		int len = verify_case_text(i, text);

		ck_assert_msg(notary_append(n, text, (size_t)len, &e), "%s", e.text);
		if (i == 503) /* head and files of this run are there */
			disk_sim_watch(sim, verify_survivor, &operation);
	}
	disk_sim_watch(sim, NULL, NULL);
	ck_assert_int_gt(operation, 300);
	notary_close(n);
	verify_survivor(&operation);
}
END_TEST

Suite *suite_verify(void)
{
	Suite *s = suite_create("verify");
	TCase *t = tcase_create("logs");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 600);
	tcase_add_test(t, a_good_log_has_no_difference);
	tcase_add_test(t, a_folder_without_a_log_cannot_be_verified);
	tcase_add_test(t, a_log_that_is_gone_whole_is_missed_by_the_copies_of_its_heads);
	tcase_add_test(t, no_damage_is_unnoticed_and_none_misnamed);
	tcase_add_test(t, files_that_changed_places_are_named);
	tcase_add_test(t, entries_that_changed_places_are_named);
	tcase_add_test(t, a_log_that_was_cut_off_is_no_difference);
	suite_add_tcase(s, t);
	return s;
}
