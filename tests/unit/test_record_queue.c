/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entries that wait for the disk: in their order, each once, with the time when it happened. */
#include "station/record.h"

#include "base/json.h"
#include "base/must.h"
#include "proof/entry.h"
#include "support/playing.h"

#include <check.h>
#include <errno.h>
#include <string.h>

static struct playing g;

static void setup(void)
{
	playing_open(&g, "2026-11-23T05:00:00");
	ck_assert(case_slots(g.c, "  - {name: Sáng, start: \"09:30\", length: 30s, play: "
				  "{bulletins: {}}}\n"));
	playing_begin(&g);
	playing_run(&g, 2);
}

static void teardown(void)
{
	playing_close(&g);
}

static void device_back(int seconds)
{
	record_entry(&g.p, entry_device_back("loa", seconds));
}

struct walk {
	int next;
	int64_t late_ms; /* between what happened and its entry, of the last */
	int late;
};

static bool look(int64_t n, const char *text, size_t len, void *arg)
{
	struct walk *w = arg;
	struct err e;
	json_t *o = json_read(text, len, &e);
	struct wall at, happened;

	(void)n;
	must(o != NULL);
	if (strcmp(json_get_text(o, "kind", ""), KIND_DEVICE_BACK) == 0) {
		ck_assert_int_eq((int)json_get_number(o, "down_s", -1), w->next++);
		ck_assert(json_get_time(o, "at", &at));
		if (json_get_time(o, "happened", &happened)) {
			w->late++;
			w->late_ms = (at.ns - happened.ns) / NS_PER_MS;
		}
	}
	json_decref(o);
	return true;
}

static struct walk walk(void)
{
	struct walk w = {0};
	struct err e;

	ck_assert(ledger_read(g.ledger, 0, ledger_next(g.ledger), look, &w, &e));
	return w;
}

START_TEST(what_waited_for_a_disk_that_hung_comes_in_order_with_its_time)
{
	g.stall = (struct stall){.hangs = true, .before = _i == 1};
	for (int i = 0; i < 5; i++) {
		device_back(i);
		playing_run(&g, 10);
	}
	ck_assert_int_eq(walk().next, 0);
	g.stall.hangs = false;
	playing_run(&g, 1);
	struct walk w = walk();
	ck_assert_int_eq(w.next, 5);
	ck_assert_int_eq(w.late, 4); /* the first was on its way, with its own time */
	ck_assert_int_ge(w.late_ms, 9900);
	ck_assert_int_le(w.late_ms, 10500);
	ck_assert_int_eq(playing_count(&g, KIND_OWED), 1);
	ck_assert_int_eq(playing_count(&g, KIND_ACCOUNTED), 1);
	device_back(5);
	w = walk();
	ck_assert_int_eq(w.next, 6);
	ck_assert_int_eq(w.late, 4);
}
END_TEST

/* As it does every now and then: nothing is owed for it. */
START_TEST(a_slow_sync_leaves_no_trace)
{
	g.stall = (struct stall){.hangs = true, .before = _i == 1};
	device_back(0);
	playing_run(&g, 0.5);
	g.stall.hangs = false;
	playing_run(&g, 0.5);
	struct walk w = walk();
	ck_assert_int_eq(w.next, 1);
	ck_assert_int_eq(w.late, 0);
	ck_assert_int_eq(playing_count(&g, KIND_OWED), 0);
	ck_assert_ptr_null(g.p.unwritten);
}
END_TEST

START_TEST(what_waited_for_room_says_when_it_happened)
{
	disk_sim_fail(g.disk, DISK_SIM_WRITE, 1, 1000, ENOSPC);
	device_back(0);
	playing_run(&g, 30);
	disk_sim_fail(g.disk, DISK_SIM_WRITE, 0, 0, 0);
	playing_run(&g, 3);
	struct walk w = walk();
	ck_assert_int_eq(w.next, 1);
	ck_assert_int_eq(w.late, 1);
	ck_assert_int_ge(w.late_ms, 29000);
}
END_TEST

/* It hung, then it is full, then the signer dies, and then it works. */
START_TEST(one_fault_after_the_other_loses_nothing)
{
	g.stall = (struct stall){.hangs = true, .before = true};
	for (int i = 0; i < 3; i++)
		device_back(i);
	playing_run(&g, 5);
	g.stall.hangs = false;
	g.stall.fails = true;
	playing_run(&g, 5);
	g.stall.fails = false;
	g.stall.dies = true;
	playing_run(&g, 5);
	ck_assert_int_eq(walk().next, 3);
}
END_TEST

Suite *suite_record_queue(void);
Suite *suite_record_queue(void)
{
	Suite *s = suite_create("record_queue");
	TCase *t = tcase_create("record_queue");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_loop_test(t, what_waited_for_a_disk_that_hung_comes_in_order_with_its_time, 0, 2);
	tcase_add_loop_test(t, a_slow_sync_leaves_no_trace, 0, 2);
	tcase_add_test(t, what_waited_for_room_says_when_it_happened);
	tcase_add_test(t, one_fault_after_the_other_loses_nothing);
	suite_add_tcase(s, t);
	return s;
}
