/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/sheeting.h"

#include "base/json.h"
#include "support/deskcase.h"
#include "support/log_sample.h"

#include <check.h>
#include <sqlite3.h>
#include <string.h>

static struct deskcase c;
static char id[ID_BYTES];

static void setup(void)
{
	struct err e;
	int64_t n;

	deskcase_open(&c);
	struct airing_facts f = log_sample_airing("", LOG_SAMPLE_START);
	f.reason = "power-off";
	ck_assert(ledger_append(c.desk.ledger, entry_airing_missed(&f, &c.desk.tz), &n, &e));
	entry_id('M', n, id);
}

static void teardown(void)
{
	deskcase_close(&c);
}

/* As somebody does who has the file and not the key. */
static void edit(const char *sql)
{
	char path[128];
	sqlite3 *db;

	snprintf(path, sizeof(path), "%s/view.sqlite", c.dir);
	ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
	ck_assert_int_eq(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

static json_t *sheet(void)
{
	return json_pack("{s:s, s:s, s:s}", "do", "log.csv", "from", "2026-11-23", "to",
			 "2026-11-24");
}

static json_t *airing(void)
{
	return json_pack("{s:s, s:s}", "do", "airing", "airing", id);
}

START_TEST(a_sheet_has_what_was_planned)
{
	json_t *told = deskcase_told(&c, sheet());

	ck_assert_ptr_nonnull(strstr(json_get_text(told, "csv", ""), "power-off"));
	json_decref(told);
	told = deskcase_told(&c, json_pack("{s:s, s:s}", "do", "log.csv", "from", "2026-11-24"));
	ck_assert_ptr_null(strstr(json_get_text(told, "csv", "power-off"), "power-off"));
	json_decref(told);
}
END_TEST

START_TEST(a_view_that_was_edited_gives_nothing_out)
{
	json_decref(deskcase_told(&c, airing()));
	edit("UPDATE airings SET result = 'full', reason = ''");
	deskcase_refused(&c, sheet(), "differs", id);
	id[0] = 'A'; /* as it is called by what stands there now */
	deskcase_refused(&c, airing(), "differs", "vangxa rebuild");
}
END_TEST

Suite *suite_sheeting(void);
Suite *suite_sheeting(void)
{
	Suite *s = suite_create("sheeting");
	TCase *t = tcase_create("sheeting");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_sheet_has_what_was_planned);
	tcase_add_test(t, a_view_that_was_edited_gives_nothing_out);
	suite_add_tcase(s, t);
	return s;
}
