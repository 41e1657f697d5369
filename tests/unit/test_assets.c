/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/assets.h"
#include "support/soundfile.h"
#include "support/tmpdir.h"

#include <check.h>
#include <fcntl.h>
#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char dir[64], path[128];

static void setup(void)
{
	tmpdir_make(dir);
	snprintf(path, sizeof(path), "%s/ident.wav", dir);
}

static void teardown(void)
{
	tmpdir_remove(dir);
}

static void save_tone(double hz, double seconds)
{
	struct clip c = clip_tone(48000, 1, seconds, hz, 0.5);

	clip_save(&c, path, SF_FORMAT_WAV | SF_FORMAT_PCM_16);
	clip_free(&c);
}

static void keep_err(const struct asset_info *asset, const struct err *e, void *arg)
{
	(void)asset;
	*(struct err *)arg = *e;
}

/* One file. */
static bool resolve(const char *name, struct asset_info *out, struct err *e)
{
	*out = (struct asset_info){.frames = 0};
	snprintf(out->path, sizeof(out->path), "%s", name);
	return assets_resolve(dir, out, 1, keep_err, e);
}

START_TEST(a_relative_path_lies_under_dir)
{
	struct asset_info under, absolute;
	struct err e = {0};

	save_tone(440, 1);
	ck_assert_msg(resolve("ident.wav", &under, &e), "%s", e.text);
	ck_assert_msg(resolve(path, &absolute, &e), "%s", e.text);
	ck_assert_int_eq(under.frames, 48000);
	ck_assert_str_eq(under.path, "ident.wav");
	ck_assert_str_eq(under.sha256, absolute.sha256);
	ck_assert_double_eq_tol(under.peak_dbtp, -6.02, 0.05);
}
END_TEST

/* The second answer must come from the cache: the file's bytes are swapped behind its back while
 * size, time and inode stay the same, which only something that does not read it fails to see. */
START_TEST(an_unchanged_file_is_not_read_again)
{
	struct asset_info first, second;
	struct err e = {0};
	struct stat st;
	size_t len;

	save_tone(440, 1);
	ck_assert(resolve("ident.wav", &first, &e));
	ck_assert_int_eq(stat(path, &st), 0);
	uint8_t *bytes = file_load(path, &len);
	memset(bytes, 0, len);
	FILE *f = fopen(path, "r+b");
	ck_assert_uint_eq(fwrite(bytes, 1, len, f), len);
	fclose(f);
	free(bytes);
	struct timespec times[2] = {st.st_atim, st.st_mtim};
	ck_assert_int_eq(utimensat(AT_FDCWD, path, times, 0), 0);
	ck_assert(resolve("ident.wav", &second, &e));
	ck_assert_mem_eq(&first, &second, sizeof(first));
}
END_TEST

START_TEST(a_changed_file_gets_a_new_master)
{
	struct asset_info first, second;
	struct err e = {0};

	save_tone(440, 1);
	ck_assert(resolve("ident.wav", &first, &e));
	unlink(path);
	save_tone(880, 2);
	ck_assert(resolve("ident.wav", &second, &e));
	ck_assert_str_ne(first.sha256, second.sha256);
	ck_assert_int_eq(second.frames, 96000);
}
END_TEST

START_TEST(a_lost_master_is_made_again)
{
	struct asset_info a, b;
	struct err e = {0};
	char master[200];

	save_tone(440, 1);
	ck_assert(resolve("ident.wav", &a, &e));
	snprintf(master, sizeof(master), "%s/masters/%s.flac", dir, a.sha256);
	ck_assert_int_eq(unlink(master), 0);
	ck_assert(resolve("ident.wav", &b, &e));
	ck_assert_str_eq(a.sha256, b.sha256);
	ck_assert_int_eq(access(master, R_OK), 0);
}
END_TEST

static int faults;
static char last_fault[ERR_TEXT_BYTES];

static void count_fault(const struct asset_info *asset, const struct err *e, void *arg)
{
	(void)asset;
	(void)arg;
	faults++;
	snprintf(last_fault, sizeof(last_fault), "%s", e->text);
}

START_TEST(one_broken_file_does_not_stop_the_others)
{
	struct asset_info list[3] = {
		{.path = "khong-co.mp3"}, {.path = "ident.wav"}, {.path = "x"}};
	char other[128];

	save_tone(440, 1);
	snprintf(other, sizeof(other), "%s/x", dir);
	file_save(other, "%PDF-1.4 xxxxx", 14);
	ck_assert(!assets_resolve(dir, list, 3, count_fault, NULL));
	ck_assert_int_eq(faults, 2);
	ck_assert_str_eq(list[0].sha256, "");
	ck_assert_int_eq((int)strlen(list[1].sha256), 64);
	ck_assert_str_eq(list[2].sha256, "");
	ck_assert_ptr_nonnull(strstr(last_fault, "PDF"));
}
END_TEST

START_TEST(a_spoilt_cache_is_only_a_loss_of_time)
{
	static const char *const texts[] = {
		"", "{", "[]", "{\"1:\": 3}", "nonsense", "{\"a\":{\"sha256\":5}}",
	};
	struct asset_info a, b;
	struct err e = {0};
	char cache[128];

	save_tone(440, 0.1);
	ck_assert(resolve("ident.wav", &a, &e));
	snprintf(cache, sizeof(cache), "%s/masters/assets.json", dir);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		file_save(cache, texts[i], strlen(texts[i]));
		ck_assert(resolve("ident.wav", &b, &e));
		ck_assert_mem_eq(&a, &b, sizeof(a));
	}
}
END_TEST

START_TEST(what_is_no_file_is_told_and_does_not_hang)
{
	struct asset_info a;
	struct err e = {0};

	ck_assert(!resolve("khong-co.wav", &a, &e));
	ck_assert_int_eq(e.kind, ERR_NOT_FOUND);
	ck_assert_ptr_nonnull(strstr(e.text, "khong-co.wav"));
	ck_assert(!resolve(".", &a, &e));
	ck_assert_int_eq(mkfifo(path, 0600), 0);
	ck_assert(!resolve("ident.wav", &a, &e));
	ck_assert_str_eq(a.sha256, "");
}
END_TEST

Suite *suite_assets(void)
{
	Suite *s = suite_create("assets");
	TCase *t = tcase_create("assets");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, a_relative_path_lies_under_dir);
	tcase_add_test(t, an_unchanged_file_is_not_read_again);
	tcase_add_test(t, a_changed_file_gets_a_new_master);
	tcase_add_test(t, a_lost_master_is_made_again);
	tcase_add_test(t, one_broken_file_does_not_stop_the_others);
	tcase_add_test(t, a_spoilt_cache_is_only_a_loss_of_time);
	tcase_add_test(t, what_is_no_file_is_told_and_does_not_hang);
	suite_add_tcase(s, t);
	return s;
}
