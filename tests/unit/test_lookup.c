/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/lookup.h"

#include "base/json.h"
#include "proof/entry.h"
#include "proof/order.h"
#include "support/deskcase.h"
#include "support/log_sample.h"

#include <check.h>
#include <sqlite3.h>
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

/* As somebody does who has the file and not the key. */
static void edit(const char *sql)
{
	char path[PATH_BYTES + 16];
	sqlite3 *db;

	snprintf(path, sizeof(path), "%s/view.sqlite", c.dir);
	ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
	ck_assert_int_eq(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	ck_assert_int_eq(sqlite3_changes(db), 1);
	sqlite3_close(db);
}

START_TEST(an_airing_with_who_approved_it_before)
{
	char bulletin[ID_BYTES], id[ID_BYTES];
	struct bulletin b = log_sample_bulletin("Tin mưa");

	entry_id('B', deskcase_log(&c, entry_bulletin_received(&b, NULL, json_array(), "user:7")),
		 bulletin);
	int64_t approved = deskcase_log(
		&c, entry_bulletin_approved(bulletin, b.sha256, "12/TB", NULL, "user:1"));
	struct airing_facts f = log_sample_airing(bulletin, LOG_SAMPLE_START);
	entry_id('A', deskcase_log(&c, entry_airing_intended(&f, &c.desk.tz)), id);
	deskcase_log(&c, entry_bulletin_approved(bulletin, b.sha256, "13/TB", NULL, "user:1"));
	f.airing = id;
	int64_t ended = deskcase_log(&c, entry_airing_ended(&f, &c.desk.tz));
	json_t *reply = ask("airing", id);
	const json_t *row = json_object_get(reply, "airing");
	ck_assert_str_eq(json_get_text(row, "title", ""), "Tin mưa");
	ck_assert_str_eq(json_get_text(row, "fate", ""), "full");
	ck_assert_int_eq(json_get_integer(row, "entry", -1), ended);
	const json_t *list = json_object_get(reply, "decisions"),
		     *last = json_array_get(list, 1);
	ck_assert_uint_eq(json_array_size(list), 2);
	ck_assert_int_eq(json_get_integer(last, "entry", -1), approved);
	ck_assert_str_eq(json_get_text(last, "document", ""), "12/TB");
	ck_assert(json_is_null(json_object_get(reply, "recording")));
	json_decref(reply);
	deskcase_refused(&c,
			 json_pack("{s:s, s:s}", "do", "airing.recording", "airing", id),
			 "not_found", id);
	edit("DELETE FROM events WHERE kind = 'bulletin.approved' AND text LIKE '%12/TB%'");
	deskcase_refused(&c, json_pack("{s:s, s:s}", "do", "airing", "airing", id),
			 "differs", "view.sqlite");
}
END_TEST

/* Who said which of two priority bulletins goes first, or that nobody did. */
START_TEST(whose_order_it_went_by)
{
	static const char *const ids[] = {"B7", "B8"};
	struct bulletin two[2];
	const struct bulletin *list[] = {&two[0], &two[1]};
	char id[ID_BYTES];

	for (int i = 0; i < 2; i++)
		snprintf(two[i].id, ID_BYTES, "%s", ids[i]);
	struct airing_facts f = log_sample_airing("B7", LOG_SAMPLE_START);
	entry_id('A', deskcase_log(&c, entry_airing_intended(&f, &c.desk.tz)), id);
	json_t *reply = ask("airing", id);
	ck_assert(json_is_null(json_object_get(reply, "order")));
	json_decref(reply);
	int64_t said = deskcase_log(&c, order_entry_set(list, 2, "user:1"));
	entry_id('A', deskcase_log(&c, entry_airing_intended(&f, &c.desk.tz)), id);
	deskcase_log(&c, order_entry_set(list, 2, "user:2"));
	reply = ask("airing", id);
	const json_t *order = json_object_get(reply, "order");
	ck_assert_int_eq(json_get_integer(order, "entry", -1), said);
	ck_assert_str_eq(json_get_text(order, "who", ""), "user:1");
	json_decref(reply);
	int64_t none = deskcase_log(
		&c, order_entry_default(list, 2, f.slot, f.occurrence, NULL, &c.desk.tz));
	reply = ask("airing", id);
	order = json_object_get(reply, "order");
	ck_assert_int_eq(json_get_integer(order, "entry", -1), none);
	ck_assert_str_eq(json_get_text(order, "kind", ""), KIND_ORDER_DEFAULT);
	json_decref(reply);
}
END_TEST

/* Whoever can write to view.sqlite makes the page say nothing. */
START_TEST(an_edited_view_is_not_shown)
{
	struct airing_facts f = log_sample_airing("", LOG_SAMPLE_START);
	char id[ID_BYTES];

	entry_id('A', deskcase_log(&c, entry_airing_intended(&f, &c.desk.tz)), id);
	f.airing = id;
	deskcase_log(&c, entry_airing_ended(&f, &c.desk.tz));
	json_t *reply = ask("airing", id);
	ck_assert_ptr_nonnull(json_object_get(reply, "airing"));
	json_decref(reply);
	edit("UPDATE airings SET frames = frames + 1");
	deskcase_refused(&c, json_pack("{s:s, s:s}", "do", "airing", "airing", id),
			 "differs", "view.sqlite");
}
END_TEST

Suite *suite_lookup(void);
Suite *suite_lookup(void)
{
	Suite *s = suite_create("lookup");
	TCase *t = tcase_create("lookup");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, whose_order_it_went_by);
	tcase_add_test(t, an_airing_with_who_approved_it_before);
	tcase_add_test(t, an_edited_view_is_not_shown);
	suite_add_tcase(s, t);
	return s;
}
