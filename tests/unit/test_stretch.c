/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/stretch.h"
#include "support/verify_case.h"

#include <check.h>
#include <string.h>

#define ENTRIES 700

static struct disk_sim *sim;
static struct disk *disk;
static struct survey s;
static struct stretch t;
static struct err e;

static void setup(void)
{
	sim = verify_case_make(ENTRIES);
	disk = disk_sim_disk(sim);
}

static void teardown(void)
{
	survey_finish(&s);
	disk_sim_destroy(sim);
}

static void walk(struct stretch_size *sizes, int count)
{
	survey_finish(&s);
	ck_assert_msg(survey_make(&s, disk, "log", &e), "%s", e.text);
	stretch_walk(&t, &s, 0, 0, sizes, count);
}

static void replace(const char *path, size_t at, char c)
{
	struct buf b = {0};

	verify_case_read(disk, path, &b);
	b.data[at] = c;
	verify_case_put(disk, path, b.data, b.len);
	buf_finish(&b);
}

/* The root of the first `size` entries, computed here. */
static void root_at(int64_t size, struct hash *root)
{
	struct merkle m = {0};

	for (int64_t n = 0; n < size; n++) {
		char text[301];
		struct hash h;
		int len = verify_case_text(n, text);

		text[len] = '\n';
		merkle_leaf(text, (size_t)len + 1, &h);
		merkle_add(&m, 0, &h);
	}
	merkle_root(&m, root);
}

START_TEST(roots_of_any_size_are_those_of_the_entries)
{
	struct stretch_size sizes[5] = {{.size = 1}, {.size = 256}, {.size = 300}, {.size = 512},
					{.size = ENTRIES}};
	struct hash want, got;

	walk(sizes, 5);
	ck_assert(t.bad == -1 && t.differs == -1 && t.untold == -1 && t.level1 == -1 &&
		  t.untold1 == -1 && t.unreadable == -1);
	for (int i = 0; i < 5; i++) {
		root_at(sizes[i].size, &want);
		merkle_root(&sizes[i].own, &got);
		ck_assert(hash_equal(&want, &got));
		merkle_root(&sizes[i].told, &got);
		ck_assert(hash_equal(&want, &got));
	}
	merkle_root(&t.own, &got);
	root_at(ENTRIES, &want);
	ck_assert(hash_equal(&want, &got));
}
END_TEST

START_TEST(a_changed_hash_leaves_the_entries_root)
{
	struct stretch_size sizes[1] = {{.size = ENTRIES}};
	struct hash want, own, told;

	replace("log/tile/0/001", 10 * HASH_BYTES + 3, 'x');
	walk(sizes, 1);
	ck_assert_int_eq(t.differs, 266);
	root_at(ENTRIES, &want);
	merkle_root(&sizes[0].own, &own);
	merkle_root(&sizes[0].told, &told);
	ck_assert(hash_equal(&want, &own));
	ck_assert(!hash_equal(&want, &told));
}
END_TEST

START_TEST(a_changed_entry_leaves_the_tiles_root)
{
	struct stretch_size sizes[1] = {{.size = ENTRIES}};
	struct hash want, own, told;

	replace("log/tile/entries/000", 20, '7');
	walk(sizes, 1);
	ck_assert_int_eq(t.differs, 0);
	ck_assert_int_eq(t.level1, 0);
	root_at(ENTRIES, &want);
	merkle_root(&sizes[0].own, &own);
	merkle_root(&sizes[0].told, &told);
	ck_assert(!hash_equal(&want, &own));
	ck_assert(hash_equal(&want, &told));
}
END_TEST

START_TEST(each_fault_of_an_entry_has_its_name)
{
	static const struct {
		const char *is, *becomes;
		enum entry_fault fault;
	} faults[] = {{"\"n\":0", "\"n\":5", ENTRY_NUMBER},
		      {"\"at\":\"2026", "\"at\":\"2x26", ENTRY_TIME},
		      {"+07:00\"", "x07:00\"", ENTRY_TIME}, {"\"who\":", "\"aho\":", ENTRY_SHAPE},
		      {"\"kind\":\"note.added\"", "\"kinc\":\"note.added\"", ENTRY_KIND},
		      {"null}", "null]", ENTRY_UNREADABLE}};

	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
		struct buf b = {0}, was = {0};

		verify_case_read(disk, "log/tile/entries/000", &was);
		verify_case_read(disk, "log/tile/entries/000", &b);
		char *at = strstr(b.data + 2, faults[i].is);
		ck_assert(at != NULL);
		memcpy(at, faults[i].becomes, strlen(faults[i].becomes));
		verify_case_put(disk, "log/tile/entries/000", b.data, b.len);
		walk(NULL, 0);
		ck_assert_int_eq(t.bad, 0);
		ck_assert_int_eq(t.fault, faults[i].fault);
		verify_case_put(disk, "log/tile/entries/000", was.data, was.len);
		buf_finish(&b);
		buf_finish(&was);
	}
}
END_TEST

START_TEST(what_is_not_there_is_told)
{
	verify_case_put(disk, "log/tile/0/001", NULL, 0);
	verify_case_put(disk, "log/tile/1/000.p/2", NULL, 0);
	walk(NULL, 0);
	ck_assert_int_eq(t.untold, 256);
	ck_assert_int_eq(t.untold1, 0);
	verify_case_put(disk, "log/tile/entries/000", NULL, 0);
	walk(NULL, 0);
	ck_assert_int_eq(t.unreadable, 0);
	ck_assert_int_eq(t.bad, 0);
}
END_TEST

Suite *suite_stretch(void)
{
	Suite *suite = suite_create("stretch");
	TCase *c = tcase_create("walk");

	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_test(c, roots_of_any_size_are_those_of_the_entries);
	tcase_add_test(c, a_changed_hash_leaves_the_entries_root);
	tcase_add_test(c, a_changed_entry_leaves_the_tiles_root);
	tcase_add_test(c, each_fault_of_an_entry_has_its_name);
	tcase_add_test(c, what_is_not_there_is_told);
	suite_add_tcase(suite, c);
	return suite;
}
