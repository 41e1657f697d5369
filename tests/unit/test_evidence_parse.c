/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/evidence_parse.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct settings s;
static struct faults faults;

static bool no_tz(struct tz *tz, const char *name, struct err *e)
{
	(void)e;
	tz_fixed(tz, name, 7 * 3600);
	return true;
}

static void parse(const char *evidence)
{
	char text[4096];

	faults_finish(&faults);
	faults = (struct faults){0};
	snprintf(text, sizeof(text), "station: Đài\nid: dai\nevidence:\n%s", evidence);
	settings_parse(&s, "station.yaml", text, strlen(text), no_tz, &faults);
}

static void teardown(void)
{
	faults_finish(&faults);
}

START_TEST(witnesses_and_authority_are_read)
{
	parse("  tsa: http://tsa.example/ts\n  tsa_ca: ca.pem\n  witnesses:\n"
	      "    - {name: mot, url: \"https://w.example/a/\", key: "
	      "\"w.example/a+01234567+AA==\"}\n"
	      "    - {name: hai, url: \"http://127.0.0.1:8080\", key: \"b+01234567+AA==\"}\n");
	ck_assert_int_eq(faults.count, 0);
	ck_assert_str_eq(s.tsa, "http://tsa.example/ts");
	ck_assert_str_eq(s.tsa_ca, "ca.pem");
	ck_assert_int_eq(s.witness_count, 2);
	ck_assert_str_eq(s.witnesses[0].name, "mot");
	ck_assert_str_eq(s.witnesses[0].url, "https://w.example/a"); /* a path comes behind it */
	ck_assert_str_eq(s.witnesses[0].key, "w.example/a+01234567+AA==");
	ck_assert_int_eq(s.witnesses[1].line, 8);
}
END_TEST

START_TEST(without_it_nobody_is_asked)
{
	parse("  {}\n");
	ck_assert_int_eq(faults.count, 0);
	ck_assert_str_eq(s.tsa, "");
	ck_assert_int_eq(s.witness_count, 0);
}
END_TEST

START_TEST(every_fault_has_its_line)
{
	static const struct {
		const char *text, *word;
		int line;
	} wrong[] = {
		{"  tsa: tsa.example\n", "http", 4},
		{"  tsa: \"http://a b\"\n", "http", 4},
		{"  tsa: \"file:///etc/passwd\"\n", "http", 4},
		{"  other: 1\n", "other", 4},
		{"  witnesses: mot\n", "witnesses", 4},
		{"  witnesses:\n    - {name: mot, url: \"http://a\"}\n", "key", 5},
		{"  witnesses:\n    - {url: \"http://a\", key: k}\n", "name", 5},
		{"  witnesses:\n    - {name: mot, key: k}\n", "url", 5},
		{"  witnesses:\n    - {name: \"../x\", url: \"http://a\", key: k}\n", "../x", 5},
		{"  witnesses:\n    - {name: _tsa, url: \"http://a\", key: k}\n", "_tsa", 5},
		{"  witnesses:\n    - {name: a, url: \"http://a\", key: k}\n"
		 "    - {name: a, url: \"http://b\", key: k}\n", "\"a\"", 6},
	};

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		parse(wrong[i].text);
		ck_assert_msg(faults.count == 1, "%s: %d", wrong[i].text, faults.count);
		ck_assert_int_eq(faults.list[0].line, wrong[i].line);
		ck_assert_ptr_nonnull(strstr(faults.list[0].words[0], wrong[i].word));
	}
}
END_TEST

START_TEST(too_many_witnesses_are_none)
{
	char text[2048] = "  witnesses:\n";

	for (int i = 0; i <= WITNESSES_MAX; i++) {
		size_t len = strlen(text);
		snprintf(text + len, sizeof(text) - len,
			 "    - {name: w%d, url: \"http://a\", key: k}\n", i);
	}
	parse(text);
	ck_assert_int_eq(faults.count, 1);
	ck_assert_int_eq(s.witness_count, 0);
}
END_TEST

Suite *suite_evidence_parse(void)
{
	Suite *suite = suite_create("evidence_parse");
	TCase *c = tcase_create("evidence_parse");

	tcase_add_checked_fixture(c, NULL, teardown);
	tcase_add_test(c, witnesses_and_authority_are_read);
	tcase_add_test(c, without_it_nobody_is_asked);
	tcase_add_test(c, every_fault_has_its_line);
	tcase_add_test(c, too_many_witnesses_are_none);
	suite_add_tcase(suite, c);
	return suite;
}
