/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"
#include "library/store.h"
#include "proof/entry.h"
#include "support/deskcase.h"

#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct deskcase c;

static void setup(void)
{
	deskcase_open(&c);
}

static void teardown(void)
{
	deskcase_close(&c);
}

static json_t *add(const char *path)
{
	return json_pack("{s:s, s:s, s:s, s:s}", "do", "bulletin.add", "path", path, "title", "Tin",
			 "name", "tin của tôi.wav");
}

START_TEST(what_was_measured_and_what_was_said_join)
{
	json_t *answer = deskcase_ask(
		&c, json_pack("{s:s, s:s, s:s, s:s, s:s, s:[s], s:s}", "do", "bulletin.add", "path",
			      deskcase_sound(&c, "a.wav", 3), "title", "Nước sạch", "language",
			      "stieng", "level", "uu-tien", "programmes", "1719.10.1.2", "to",
			      "2026-12-31"));
	const json_t *b = json_object_get(answer, "bulletin");

	ck_assert(json_get_number(b, "length_s", 0) == 3.0);
	ck_assert_str_eq(json_get_text(b, "language", ""), "stieng");
	ck_assert_str_eq(json_get_text(b, "level", ""), "uu-tien");
	ck_assert_str_eq(json_get_text(b, "state", ""), "received");
	ck_assert_str_eq(json_get_text(b, "to", ""), "2026-12-31");
	ck_assert_int_eq(json_get_number(b, "loudness_lufs", 0) < -5, 1);
	ck_assert_ptr_nonnull(world_bulletin(&c.desk.world, json_get_text(b, "id", "")));
	json_decref(answer);
}
END_TEST

START_TEST(the_sentence_names_the_file_as_it_was_sent)
{
	char path[128];

	deskcase_write(&c, "a.wav", "");
	snprintf(path, sizeof(path), "%s/a.wav", c.dir);
	deskcase_refused(&c, add(path), "damaged", "tin của tôi.wav");
	snprintf(path, sizeof(path), "%s/none.wav", c.dir);
	deskcase_refused(&c, add(path), "not_found", "none.wav");
	ck_assert_int_eq((int)ledger_next(c.desk.ledger), 0);
}
END_TEST

/* Opening a pipe waits for its writer: on the station's main thread, for ever. */
START_TEST(only_ordinary_files)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/pipe.wav", c.dir);
	ck_assert_int_eq(mkfifo(path, 0600), 0);
	deskcase_refused(&c, add(path), "refused", "pipe.wav");
	deskcase_refused(&c, add("/dev/zero"), "refused", "/dev/zero");
	deskcase_refused(&c, add(c.dir), "refused", c.dir);
}
END_TEST

/* Everything that should be looked at: in the answer, in the log and for whoever decides. */
START_TEST(warnings_of_words_and_of_sound_join)
{
	json_t *answer = deskcase_ask(
		&c, json_pack("{s:s, s:s, s:s, s:s}", "do", "bulletin.add", "path",
			      deskcase_sound(&c, "a.wav", 0.5), "title", "Tin", "slots", "Khuya"));
	const json_t *b = json_object_get(answer, "bulletin");
	const json_t *told = json_object_get(b, "findings"), *one = json_array_get(told, 1);

	ck_assert_uint_eq(json_array_size(told), 2);
	ck_assert_str_eq(json_get_text(json_array_get(told, 0), "slot", ""), "Khuya");
	ck_assert(json_get_number(one, "length_s", 0) == 0.5);
	ck_assert_ptr_nonnull(strstr(json_get_text(json_object_get(one, "texts"), "vi", ""),
				     "0,5 giây"));
	json_t *later = deskcase_ask(&c, json_pack("{s:s, s:s}", "do", "bulletin", "bulletin",
						   json_get_text(b, "id", "")));
	ck_assert(json_equal(json_object_get(json_object_get(later, "bulletin"), "findings"),
			     told));
	json_decref(later);
	later = deskcase_ask(&c, json_pack("{s:s}", "do", "bulletins"));
	b = json_array_get(json_object_get(later, "bulletins"), 0);
	ck_assert(json_equal(json_object_get(b, "findings"), told));
	json_decref(later);
	json_decref(answer);
}
END_TEST

START_TEST(what_came_is_what_was_sent)
{
	char sha256[SHA256_HEX_BYTES], path[128];
	struct err e = {0};

	snprintf(path, sizeof(path), "%s", deskcase_sound(&c, "a.wav", 1));
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ck_assert(store_hash(fd, sha256, &e));
	close(fd);
	json_t *right = add(path), *wrong = json_deep_copy(right);
	json_object_set_new(right, "sha256", json_string(sha256));
	sha256[0] = sha256[0] == '0' ? '1' : '0';
	json_object_set_new(wrong, "sha256", json_string(sha256));
	deskcase_refused(&c, wrong, "damaged", "SHA-256");
	ck_assert_int_eq((int)ledger_next(c.desk.ledger), 0);
	json_decref(deskcase_ask(&c, right));
	ck_assert_int_eq((int)ledger_next(c.desk.ledger), 1);
	wrong = add(path);
	json_object_set_new(wrong, "sha256", json_string("0"));
	deskcase_refused(&c, wrong, "usage", "sha256");
}
END_TEST

static void copy(const char *from, const char *to)
{
	char piece[65536];
	size_t n;
	FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");

	ck_assert(in != NULL && out != NULL);
	while ((n = fread(piece, 1, sizeof(piece), in)) > 0)
		ck_assert_uint_eq(fwrite(piece, 1, n, out), n);
	fclose(in);
	ck_assert_int_eq(fclose(out), 0);
}

/* Killed between the entry and the end of the file: the web process asks for it again. */
START_TEST(an_upload_that_is_entered_already_is_not_entered_twice)
{
	char sound[128], path[160], other[160], folder[96];

	snprintf(folder, sizeof(folder), "%s/incoming", c.dir);
	ck_assert_int_eq(mkdir(folder, 0700), 0);
	snprintf(sound, sizeof(sound), "%s", deskcase_sound(&c, "a.wav", 0.5));
	snprintf(path, sizeof(path), "%s/0123456789abcdef0123456789abcdef", folder);
	copy(sound, path);
	json_t *first = deskcase_ask(&c, add(path));
	copy(sound, path);
	/* The web process may know the folder by another name. */
	snprintf(other, sizeof(other), "%s/./incoming/0123456789abcdef0123456789abcdef", c.dir);
	json_t *again = deskcase_ask(&c, add(other));
	ck_assert_int_eq((int)ledger_next(c.desk.ledger), 1);
	ck_assert_ptr_nonnull(json_object_get(again, "bulletin"));
	ck_assert(json_equal(first, again));
	ck_assert_int_ne(access(path, F_OK), 0);
	/* Sent once more, it is another upload, and its sender is told of the first. */
	snprintf(other, sizeof(other), "%s/ffffffffffffffffffffffffffffffff", folder);
	copy(sound, other);
	json_decref(deskcase_ask(&c, add(other)));
	ck_assert_int_eq((int)ledger_next(c.desk.ledger), 2);
	json_decref(first);
	json_decref(again);
}
END_TEST

START_TEST(an_upload_goes_away_once_it_is_a_bulletin_another_file_stays)
{
	char path[128], folder[96];

	snprintf(folder, sizeof(folder), "%s/incoming", c.dir);
	ck_assert_int_eq(mkdir(folder, 0700), 0);
	snprintf(path, sizeof(path), "%s", deskcase_sound(&c, "incoming/a.wav", 1));
	json_decref(deskcase_ask(&c, add(path)));
	ck_assert_int_ne(access(path, F_OK), 0);
	deskcase_write(&c, "incoming/b", "chữ");
	snprintf(path, sizeof(path), "%s/b", folder);
	json_t *answer = deskcase_ask(&c, json_pack("{s:s, s:s, s:s}", "do", "bulletin.add",
						    "path", path, "title", "Tin"));
	ck_assert_ptr_null(strstr(
		json_get_text(json_object_get(answer, "error"), "text", "incoming"), "incoming"));
	json_decref(answer);
	ck_assert_int_eq(access(path, F_OK), 0); /* whoever sent it in says what becomes of it */
	snprintf(path, sizeof(path), "%s", deskcase_sound(&c, "b.wav", 1));
	json_decref(deskcase_ask(&c, add(path)));
	ck_assert_int_eq(access(path, F_OK), 0);
}
END_TEST

Suite *suite_intake(void)
{
	Suite *s = suite_create("intake");
	TCase *t = tcase_create("intake");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, what_was_measured_and_what_was_said_join);
	tcase_add_test(t, the_sentence_names_the_file_as_it_was_sent);
	tcase_add_test(t, only_ordinary_files);
	tcase_add_test(t, warnings_of_words_and_of_sound_join);
	tcase_add_test(t, what_came_is_what_was_sent);
	tcase_add_test(t, an_upload_that_is_entered_already_is_not_entered_twice);
	tcase_add_test(t, an_upload_goes_away_once_it_is_a_bulletin_another_file_stays);
	suite_add_tcase(s, t);
	return s;
}
