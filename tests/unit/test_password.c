/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "people/password.h"

#include "base/limits.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static bool good(const char *password)
{
	struct err e = {0};
	bool taken = password_good(password, "lan.nguyen", "Đài xã Bù Gia Mập", &e);

	ck_assert(taken == (e.kind == ERR_NONE));
	ck_assert(taken || e.kind == ERR_REFUSED);
	ck_assert(password[0] == '\0' || strstr(e.text, password) == NULL);
	return taken;
}

START_TEST(length_counts_in_characters)
{
	char edge[PASSWORD_BYTES + 1];

	ck_assert(!good(""));
	ck_assert(!good("xk7#Qw9"));
	ck_assert(good("xk7#Qw92"));
	ck_assert(!good("đêmốđê")); /* 12 bytes, 6 characters */
	ck_assert(good("loa xóm tôi hay rè"));
	for (int i = 0; i < PASSWORD_BYTES; i++)
		edge[i] = (char)('a' + i * 7 % 26);
	edge[PASSWORD_BYTES] = '\0';
	ck_assert(!good(edge));
	edge[PASSWORD_BYTES - 1] = '\0';
	ck_assert(good(edge));
}
END_TEST

START_TEST(no_rule_of_composition)
{
	ck_assert(good("chim se dau canh da"));
	ck_assert(good("CHIMSEDAUCANHDA"));
	ck_assert(good("8305177264901"));
}
END_TEST

START_TEST(what_everybody_tries_is_refused)
{
	static const char *const bad[] = {
		"password",   "Password1!", "12345678",	 "87654321", "1234567890", "aaaaaaaa",
		"matkhau123", "qwertyuiop", "lan.nguyen", "LAN.NGUYEN", "lan.nguyen2026",
		"Đài xã Bù Gia Mập", "abababab", "20112026", "iloveyou!", "admin1234",
		"tab\there!", "\xff\xfe\xff\xfe\xff\xfe\xff\xfe",
		"BuGiaMap2026", "bù gia mập!", "giamap123", "lan.nguyen.1", "P@ssw0rd",
		"Mật khẩu mới", "m@tkhau123", "anh yêu em", "Anhyeuem2026", "khongbiet1",
		"qwer1234", "1qaz2wsx", "19/05/1890", "vietnamvodich", "TruyenThanh1",
		"0912345678"};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ck_assert_msg(!good(bad[i]), "%s", bad[i]);
}
END_TEST

/* OWASP ASVS 5.0, 6.2.4: at least the 3,000 commonest that are long enough. */
START_TEST(the_commonest_three_thousand_are_refused)
{
	FILE *list = fopen("tests/unit/common_passwords.txt", "r");
	char line[200];
	int count = 0;

	ck_assert_ptr_nonnull(list);
	while (fgets(line, sizeof(line), list) != NULL) {
		if (line[0] == '#')
			continue;
		line[strcspn(line, "\n")] = '\0';
		ck_assert_msg(!good(line), "%s", line);
		count++;
	}
	fclose(list);
	ck_assert_int_ge(count, 3000);
}
END_TEST

START_TEST(a_sentence_of_ones_own_is_taken)
{
	static const char *const fine[] = {
		"loa xóm tôi hay rè", "chim sẻ đậu cành đa", "ao nhà bà Tư cạn nước",
		"mai trời lại mưa to", "một câu ngắn khác", "k7pm-3xq9-t2hv"};

	for (size_t i = 0; i < sizeof(fine) / sizeof(fine[0]); i++)
		ck_assert_msg(good(fine[i]), "%s", fine[i]);
}
END_TEST

START_TEST(a_hash_knows_its_password_and_no_other)
{
	char hash[PASSWORD_HASH_BYTES], second[PASSWORD_HASH_BYTES];
	struct err e = {0};

	ck_assert(password_hash("loa xóm tôi", hash, &e));
	ck_assert(password_hash("loa xóm tôi", second, &e));
	ck_assert_ptr_eq(strstr(hash, "$argon2id$v=19$m=32768,t=3,p=1$"), hash);
	ck_assert_str_ne(hash, second);
	ck_assert_ptr_null(strstr(hash, "loa"));
	ck_assert(password_matches(hash, "loa xóm tôi"));
	ck_assert(!password_matches(hash, "loa xóm tôi "));
	ck_assert(!password_matches(hash, "Loa xóm tôi"));
	ck_assert(!password_matches(hash, ""));
	ck_assert(!password_matches("", "loa xóm tôi"));
	ck_assert(!password_matches("", ""));
	ck_assert(!password_matches("loa xóm tôi", "loa xóm tôi"));
}
END_TEST

START_TEST(a_wiped_text_is_gone)
{
	char text[] = "loa";

	password_wipe(text);
	ck_assert_int_eq(text[0] | text[1] | text[2], 0);
	password_wipe(NULL);
}
END_TEST

Suite *suite_password(void);
Suite *suite_password(void)
{
	Suite *s = suite_create("password");
	TCase *t = tcase_create("password");

	tcase_set_timeout(t, 60);
	tcase_add_test(t, length_counts_in_characters);
	tcase_add_test(t, no_rule_of_composition);
	tcase_add_test(t, what_everybody_tries_is_refused);
	tcase_add_test(t, the_commonest_three_thousand_are_refused);
	tcase_add_test(t, a_sentence_of_ones_own_is_taken);
	tcase_add_test(t, a_hash_knows_its_password_and_no_other);
	tcase_add_test(t, a_wiped_text_is_gone);
	suite_add_tcase(s, t);
	return s;
}
