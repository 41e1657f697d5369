/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/sameness.h"

#include "base/json.h"
#include "support/log_sample.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct log_sample s;
static struct err e;
static char told[600];

static void setup(void)
{
	log_sample_open(&s, ":memory:");
	log_sample_add(&s, log_sample_note("mở đầu", NULL, NULL));
	told[0] = '\0';
}

static void teardown(void)
{
	log_sample_close(&s);
}

static void add(const char *text)
{
	size_t len = strlen(told);

	snprintf(told + len, sizeof(told) - len, "%s ", text);
}

static bool decision(const struct sameness_decided *d, void *arg)
{
	(void)arg;
	add(d->first);
	add(d->second);
	add(d->decision);
	add(d->reason);
	return strcmp(d->reason, "dừng") != 0;
}

START_TEST(decisions_the_newest_first)
{
	log_sample_add(&s, entry_duplicate_decided("B1", "B2", "same", "same-title", "same", "dừng",
						   "user:7"));
	log_sample_add(&s, entry_duplicate_decided("B1", "B2", "", "", "open", "nhầm", "user:7"));
	log_sample_add(&s, json_pack("{s:s, s:s}", "kind", KIND_DUPLICATE, "decision", "lạ"));
	ck_assert(sameness_decisions(ledger_view(s.ledger), decision, NULL, &e));
	ck_assert_str_eq(told, "B1 B2 open nhầm B1 B2 same dừng ");
	ck_assert(!sameness_decision(""));
	ck_assert(sameness_decision("different"));
}
END_TEST

START_TEST(what_an_entry_holds)
{
	json_t *o = entry_duplicate_decided("SP1", "B2", "two-funds", "same-file", "reuse",
					    "của tỉnh", "user:7");
	char *line = json_dumps(o, JSON_SORT_KEYS | JSON_COMPACT);

	ck_assert_str_eq(line, "{\"decision\":\"reuse\",\"first\":\"SP1\",\"how\":\"same-file\","
			       "\"kind\":\"duplicate.decided\",\"reason\":\"của tỉnh\","
			       "\"second\":\"B2\",\"suspected\":\"two-funds\",\"who\":\"user:7\"}");
	free(line);
	json_decref(o);
}
END_TEST

static bool bulletin(const struct sameness_bulletin *b, void *arg)
{
	(void)arg;
	add(b->id);
	add(b->title);
	add(b->replaces);
	add(b->original_sha256);
	add(b->findings);
	return true;
}

START_TEST(bulletins_the_oldest_first)
{
	struct bulletin b = log_sample_bulletin("Một"), c = log_sample_bulletin("Hai");

	log_sample_add(&s, entry_bulletin_received(&b, "aa", json_array(), "user:3"));
	log_sample_add(&s, entry_bulletin_received(&c, NULL, json_pack("[{s:s}]", "code", "x"),
						   "user:3"));
	ck_assert(sameness_bulletins(ledger_view(s.ledger), bulletin, NULL, &e));
	ck_assert_str_eq(told, "B1 Một  aa [] B2 Hai   [{\"code\":\"x\"}] ");
}
END_TEST

Suite *suite_sameness(void);
Suite *suite_sameness(void)
{
	Suite *suite = suite_create("sameness");
	TCase *t = tcase_create("sameness");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, decisions_the_newest_first);
	tcase_add_test(t, what_an_entry_holds);
	tcase_add_test(t, bulletins_the_oldest_first);
	suite_add_tcase(suite, t);
	return suite;
}
