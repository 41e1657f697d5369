/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/tokens.h"

#include "sys/disk_sim.h"

#include <check.h>
#include <string.h>

static struct disk_sim *sim;
static struct err e;

static void setup(void)
{
	sim = disk_sim_create();
}

static void teardown(void)
{
	disk_sim_destroy(sim);
}

static void put(const char *path)
{
	struct disk_file *f;

	ck_assert(disk_open(disk_sim_disk(sim), path, DISK_CREATE, &f, &e));
	disk_close(f);
}

START_TEST(names)
{
	static const char *const wrong[] = {
		"", "log", "log/tsa/", "log/tsa/1", "log/tsa/01.tsr", "log/tsa/0.tsr",
		"log/tsa/-1.tsr", "log/tsa/1.tsr.new", "log/tsa/1.tsr/x", "logs/tsa/1.tsr",
		"log/tsb/1.tsr", "log/tsa/../1.tsr", "x/log/tsa/1.tsr", "log/tsa/1e9.tsr",
		"log/tsa/99999999999999999999.tsr", "verylongnamethatisnolog-2/tsa/1.tsr"};
	char path[TOKENS_PATH_BYTES], log[LOG_DIR_BYTES];
	enum tokens_part part;
	int64_t size;

	tokens_path("log-2", 120, TOKENS_QUERY, path);
	ck_assert_str_eq(path, "log-2/tsa/120.tsq");
	ck_assert(tokens_is(path, log, &size, &part));
	ck_assert(strcmp(log, "log-2") == 0 && size == 120 && part == TOKENS_QUERY);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		ck_assert_msg(!tokens_is(wrong[i], log, &size, &part), "%s", wrong[i]);
}
END_TEST

struct sum {
	int64_t sizes;
	int count, most;
};

static bool add(int64_t size, void *arg)
{
	struct sum *s = arg;

	s->sizes += size;
	return ++s->count < s->most;
}

START_TEST(each_answer_is_found_once)
{
	struct sum s = {.most = 9};

	ck_assert(tokens_each(disk_sim_disk(sim), "log", add, &s, &e));
	ck_assert_int_eq(s.count, 0);
	ck_assert(disk_make_dir(disk_sim_disk(sim), "log/tsa", &e));
	put("log/tsa/7.tsr");
	put("log/tsa/7.tsq");
	put("log/tsa/7.checkpoint");
	put("log/tsa/8.tsq");
	put("log/tsa/100.tsr");
	put("log/tsa/100.tsr.new");
	ck_assert(tokens_each(disk_sim_disk(sim), "log", add, &s, &e));
	ck_assert(s.count == 2 && s.sizes == 107);
	s = (struct sum){.most = 1};
	ck_assert(!tokens_each(disk_sim_disk(sim), "log", add, &s, &e));
	ck_assert_int_eq(s.count, 1);
}
END_TEST

Suite *suite_tokens(void);
Suite *suite_tokens(void)
{
	Suite *s = suite_create("tokens");
	TCase *t = tcase_create("tokens");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, names);
	tcase_add_test(t, each_answer_is_found_once);
	suite_add_tcase(s, t);
	return s;
}
