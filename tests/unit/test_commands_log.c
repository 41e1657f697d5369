/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"
#include "proof/entry.h"
#include "proof/tlogproof.h"
#include "support/deskcase.h"
#include "support/log_sample.h"

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

static json_t *ask(const char *command, const char *id)
{
	return deskcase_ask(&c, json_pack("{s:s, s:s}", "do", command, "airing", id));
}

START_TEST(the_outcome_of_an_airing_is_proved)
{
	static struct tlogproof p;
	struct airing_facts f = log_sample_airing("B1", LOG_SAMPLE_START);
	char id[ID_BYTES];
	struct err e;

	entry_id('A', deskcase_log(&c, entry_airing_intended(&f, &c.desk.tz)), id);
	deskcase_refused(&c, json_pack("{s:s, s:s}", "do", "airing.proof", "airing", id),
			 "conflict", id);
	f.airing = id;
	int64_t ended = deskcase_log(&c, entry_airing_ended(&f, &c.desk.tz));
	json_t *reply = ask("airing.proof", id);
	const char *text = json_get_text(reply, "proof", "");
	ck_assert_int_eq(json_get_integer(reply, "entry", -1), ended);
	ck_assert_msg(tlogproof_parse(text, strlen(text), &p, &e), "%s: %s", e.text, text);
	ck_assert_int_eq(p.index, ended);
	ck_assert_ptr_nonnull(memmem(p.leaf, p.leaf_len, "airing.ended", 12));
	json_decref(reply);
}
END_TEST

static json_t *ask_of(const char *id, const char *of)
{
	return json_pack("{s:s, s:s, s:s}", "do", "airing.proof", "airing", id, "of", of);
}

static void ck_proves(const char *id, const char *of, int64_t n)
{
	json_t *reply = deskcase_ask(&c, ask_of(id, of));

	ck_assert_int_eq(json_get_integer(reply, "entry", -1), n);
	json_decref(reply);
}

/* Whatever number the view names: of entries about something else nothing is handed out. */
START_TEST(what_was_found_and_decided_is_proved_too)
{
	struct bulletin b = log_sample_bulletin("Tin mưa");
	struct check_facts found = {.code = "found"};
	char bulletin[ID_BYTES], id[ID_BYTES], number[32];

	int64_t received = deskcase_log(
		&c, entry_bulletin_received(&b, NULL, json_array(), "user:7"));
	entry_id('B', received, bulletin);
	int64_t approved = deskcase_log(
		&c, entry_bulletin_approved(bulletin, b.sha256, "12/TB", NULL, "user:1"));
	int64_t other = deskcase_log(
		&c, entry_bulletin_approved("B999", b.sha256, "13/TB", NULL, "user:1"));
	struct airing_facts f = log_sample_airing(bulletin, LOG_SAMPLE_START);
	entry_id('A', deskcase_log(&c, entry_airing_intended(&f, &c.desk.tz)), id);
	f.airing = id;
	deskcase_log(&c, entry_airing_ended(&f, &c.desk.tz));
	deskcase_refused(&c, ask_of(id, "checked"), "not_found", id);
	deskcase_log(&c, entry_airing_checked("A999", b.sha256, "A", "envelope-3", NULL, &found,
					      NULL, 0));
	int64_t checked = deskcase_log(&c, entry_airing_checked(id, b.sha256, "B", "envelope-3",
								NULL, &found, NULL, 0));
	ck_proves(id, "checked", checked);
	snprintf(number, sizeof(number), "%lld", (long long)received);
	ck_proves(id, number, received);
	snprintf(number, sizeof(number), "%lld", (long long)approved);
	ck_proves(id, number, approved);
	snprintf(number, sizeof(number), "%lld", (long long)other);
	deskcase_refused(&c, ask_of(id, number), "not_found", id);
	deskcase_refused(&c, ask_of(id, "99999"), "not_found", id);
	deskcase_refused(&c, ask_of(id, "-1"), "not_found", id);
}
END_TEST

START_TEST(what_is_no_airing_is_not_found)
{
	static const char *const ids[] = {"A99", "B0", "x", "A-1"};
	static const char *const names[] = {"airing", "airing.recording", "airing.waveform",
					    "airing.proof"};

	for (int i = 0; i < 4; i++)
		for (int k = 0; k < 4; k++)
			deskcase_refused(&c, json_pack("{s:s, s:s}", "do", names[k], "airing",
						       ids[i]), "not_found", ids[i]);
	deskcase_refused(&c, json_pack("{s:s}", "do", "airing"), "usage", "airing");
}
END_TEST

Suite *suite_commands_log(void);
Suite *suite_commands_log(void)
{
	Suite *s = suite_create("commands_log");
	TCase *t = tcase_create("commands_log");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, the_outcome_of_an_airing_is_proved);
	tcase_add_test(t, what_was_found_and_decided_is_proved_too);
	tcase_add_test(t, what_is_no_airing_is_not_found);
	suite_add_tcase(s, t);
	return s;
}
