/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"
#include "support/deskcase.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct deskcase c;

static void setup(void)
{
	deskcase_open(&c);
}

static void teardown(void)
{
	deskcase_close(&c);
}

/* Adds a tone of so many seconds; the codes of its findings, one behind the other. */
static const char *found(const char *title, const char *file, double seconds, const char *fund,
			 char *text, size_t size)
{
	static char codes[200];
	json_t *answer = deskcase_ask(
		&c, json_pack("{s:s, s:s, s:s, s:s}", "do", "bulletin.add", "path",
			      deskcase_sound(&c, file, seconds), "title", title, "fund", fund));
	const json_t *one;
	size_t i;

	codes[0] = text[0] = '\0';
	const json_t *findings = json_object_get(json_object_get(answer, "bulletin"), "findings");
	json_array_foreach(findings, i, one) {
		size_t len = strlen(codes);
		snprintf(codes + len, sizeof(codes) - len, "%s ", json_get_text(one, "code", ""));
		snprintf(text, size, "%s", json_get_text(json_object_get(one, "texts"), "vi", ""));
	}
	json_decref(answer);
	return codes;
}

START_TEST(what_is_here_already_is_told)
{
	char text[500];

	ck_assert_str_eq(found("Nước sạch", "a.wav", 3, "xa", text, sizeof(text)), "");
	ck_assert_str_eq(found("Tên khác", "b.wav", 3, "", text, sizeof(text)), "same-file ");
	ck_assert_msg(strstr(text, "Nước sạch") != NULL && strstr(text, "23/11/2026") != NULL &&
			      strstr(text, "kinh phí xa") != NULL, "%s", text);
	ck_assert_str_eq(found("Nước sạch", "c.wav", 3.4, "", text, sizeof(text)), "same-title ");
	ck_assert_msg(strstr(text, "kinh phí xa") != NULL, "%s", text);
	ck_assert_str_eq(found("Nước sạch", "d.wav", 5, "", text, sizeof(text)), "");
	/* Of several the newest, which has no fund. */
	found("Mới nhất", "e.wav", 3, "", text, sizeof(text));
	ck_assert_ptr_nonnull(strstr(text, "Tên khác"));
	ck_assert_ptr_null(strstr(text, "kinh phí"));
}
END_TEST

/* The same samples in another packing: another file, the same master. */
START_TEST(the_same_sound_in_another_file_is_told)
{
	char text[500], path[200];
	uint8_t bytes[400000];

	found("Một", "a.wav", 2, "", text, sizeof(text));
	snprintf(path, sizeof(path), "%s/a.wav", c.dir);
	FILE *file = fopen(path, "rb");
	ck_assert_ptr_nonnull(file);
	size_t len = fread(bytes, 1, sizeof(bytes), file);
	fclose(file);
	ck_assert_uint_lt(len, sizeof(bytes) - 16);
	/* A chunk behind the sound, as editing programs add it. */
	memcpy(bytes + len, "note\x04\0\0\0abcd", 12);
	uint32_t riff = (uint32_t)(len + 12 - 8);
	memcpy(bytes + 4, &riff, 4);
	file = fopen(path, "wb");
	ck_assert_ptr_nonnull(file);
	ck_assert_uint_eq(fwrite(bytes, 1, len + 12, file), len + 12);
	fclose(file);
	json_t *answer = deskcase_ask(&c, json_pack("{s:s, s:s, s:s}", "do", "bulletin.add", "path",
						    path, "title", "Hai"));
	const json_t *findings = json_object_get(json_object_get(answer, "bulletin"), "findings");
	ck_assert_uint_eq(json_array_size(findings), 1);
	ck_assert_str_eq(json_get_text(json_array_get(findings, 0), "code", ""), "same-sound");
	json_decref(answer);
}
END_TEST

Suite *suite_twins(void)
{
	Suite *s = suite_create("twins");
	TCase *t = tcase_create("twins");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, what_is_here_already_is_told);
	tcase_add_test(t, the_same_sound_in_another_file_is_told);
	suite_add_tcase(s, t);
	return s;
}
