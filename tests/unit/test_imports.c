/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/imports.h"

#include "base/json.h"
#include "proof/registers.h"
#include "support/deskcase.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct deskcase c;
static struct imports m;
static struct err e;

static void setup(void)
{
	deskcase_open(&c);
	m = (struct imports){0};
}

static void teardown(void)
{
	imports_stop(&m);
	deskcase_close(&c);
}

static struct imports_rows lines(int count)
{
	struct imports_rows rows = {.spool = tmpfile(), .count = count,
				    .shape = register_find("activities"), .name = "a.csv",
				    .sha256 = "00ff", .who = "user:1"};

	ck_assert_ptr_nonnull(rows.spool);
	for (int i = 0; i < count; i++)
		fprintf(rows.spool, "- {\"title\":\"Lớp %d\",\"note\":\"%0500d\"}\n", i, i);
	rewind(rows.spool);
	return rows;
}

static int64_t there(void)
{
	int64_t rows;

	ck_assert(registers_count(ledger_view(c.desk.ledger), "activities", &rows, &e));
	return rows;
}

START_TEST(without_a_loop_all_is_written_at_once)
{
	struct imports_rows rows = lines(60);

	imports_init(&m, &c.desk, NULL);
	ck_assert_msg(imports_begin(&m, &rows, &e), "%s", e.text);
	ck_assert(!imports_busy(&m));
	ck_assert_int_eq(there(), 60);
	ck_assert_int_eq(m.done, 60);
}
END_TEST

/* One entry each time that the loop comes round, so that nothing else waits. */
START_TEST(beside_the_air_an_entry_is_written_at_a_time)
{
	struct imports_rows rows = lines(60);
	struct loop *loop = loop_create();
	int64_t before = 0, steps = 0;

	imports_init(&m, &c.desk, loop);
	ck_assert(imports_begin(&m, &rows, &e));
	ck_assert(imports_busy(&m));
	for (int i = 0; i < 1000 && imports_busy(&m); i++) {
		/* The loop's timers go by the machine's own clock, the desk's stands still. */
		loop_once(loop, 1000);
		ck_assert_int_le(there() - before, 30);
		steps += there() > before;
		before = there();
	}
	ck_assert_int_eq(there(), 60);
	ck_assert_int_gt(steps, 1);
	json_t *told = imports_json(&m);
	ck_assert_int_eq(json_get_integer(told, "done", 0), 60);
	ck_assert(!json_get_bool(told, "busy", true));
	json_decref(told);
	loop_destroy(loop);
}
END_TEST

START_TEST(a_fault_of_the_spool_is_told)
{
	struct imports_rows rows = lines(0);

	fprintf(rows.spool, "- {\"title\":\n");
	rewind(rows.spool);
	imports_init(&m, &c.desk, NULL);
	ck_assert(!imports_begin(&m, &rows, &e));
	json_t *told = imports_json(&m);
	ck_assert_str_ne(json_get_text(told, "error", ""), "");
	json_decref(told);
}
END_TEST

Suite *suite_imports(void);
Suite *suite_imports(void)
{
	Suite *s = suite_create("imports");
	TCase *t = tcase_create("rows");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, without_a_loop_all_is_written_at_once);
	tcase_add_test(t, beside_the_air_an_entry_is_written_at_a_time);
	tcase_add_test(t, a_fault_of_the_spool_is_told);
	suite_add_tcase(s, t);
	return s;
}
