/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A key is rotated: both logs name each other, whatever the power does in between. */
#include "base/json.h"
#include "proof/entry.h"
#include "proof/ledger.h"
#include "proof/signer.h"
#include "support/log_sample.h"
#include "sys/disk_sim.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct disk_sim *sim;
static struct clock_sim clk;
static struct tz tz;
static struct ledger *l;
static struct err e;

static void begin(const char *boot)
{
	struct notary_setup how = {.name = "vangxa/dai", .seed = {1}};
	struct disk *d = disk_sim_disk(sim);

	snprintf(how.boot, sizeof(how.boot), "%s", boot);
	ck_assert_msg(ledger_open(&l, d, signer_here(d, &how), ":memory:", &clk.clock, &tz, &e),
		      "%s", e.text);
}

static void setup(void)
{
	sim = disk_sim_create();
	tz_fixed(&tz, "Asia/Ho_Chi_Minh", 7 * 3600);
	clock_sim_init(&clk, (struct wall){INT64_C(1795386600) * NS_PER_S});
	begin("boot-1");
}

static void teardown(void)
{
	ledger_close(l);
	disk_sim_destroy(sim);
}

static void add(const char *text)
{
	int64_t n;

	ck_assert_msg(ledger_append(l, log_sample_note(text, NULL, "user:1"), &n, &e), "%s",
		      e.text);
}

static bool there(const char *path)
{
	struct buf b = {0};
	struct err ignored;
	bool ok = disk_read(disk_sim_disk(sim), path, 4096, &b, &ignored);

	buf_finish(&b);
	return ok;
}

/* What the entries say of rotations, all logs through. */
struct said {
	int64_t last; /* number of the last entry */
	int rotated, continued, strange;
	int64_t rotated_n, previous_end;
	char vkey[NOTE_KEY_BYTES], next_vkey[NOTE_KEY_BYTES], previous_vkey[NOTE_KEY_BYTES];
	char why[HEADS_WHY_BYTES];
};

static bool look(int64_t n, const char *text, size_t len, void *arg)
{
	struct said *s = arg;
	json_t *o = json_read(text, len, &e);
	const char *kind = json_get_text(o, "kind", "");

	s->strange += json_get_integer(o, "n", -1) != n || n <= s->last;
	s->last = n;
	if (strcmp(kind, KIND_KEY_ROTATED) == 0) {
		s->rotated++;
		s->rotated_n = n;
		snprintf(s->vkey, sizeof(s->vkey), "%s", json_get_text(o, "vkey", ""));
		snprintf(s->next_vkey, sizeof(s->next_vkey), "%s",
			 json_get_text(o, "next_vkey", ""));
	} else if (strcmp(kind, KIND_LOG_CONTINUED) == 0) {
		const json_t *before = json_object_get(o, "previous");
		s->continued++;
		s->previous_end = json_get_integer(before, "size", -1);
		snprintf(s->previous_vkey, sizeof(s->previous_vkey), "%s",
			 json_get_text(before, "vkey", ""));
		snprintf(s->why, sizeof(s->why), "%s", json_get_text(o, "why", ""));
	}
	json_decref(o);
	return true;
}

static struct said said(void)
{
	struct said s = {.last = -1};

	ck_assert(ledger_read(l, 0, INT64_MAX, look, &s, &e));
	ck_assert_int_eq(s.strange, 0);
	return s;
}

START_TEST(both_logs_name_each_other)
{
	char old[NOTE_KEY_BYTES];

	add("một");
	snprintf(old, sizeof(old), "%s", ledger_state(l)->vkey);
	ck_assert_msg(ledger_rotate(l, "hết năm", "user:5", &e), "%s", e.text);
	struct said s = said();
	ck_assert_int_eq(s.rotated, 1);
	ck_assert_int_eq(s.rotated_n, 1);
	ck_assert_int_eq(s.continued, 1);
	ck_assert_int_eq(s.last, 2); /* numbers go on */
	ck_assert_str_eq(s.why, "rotated");
	ck_assert_str_eq(s.vkey, old);
	ck_assert_str_eq(s.previous_vkey, old);
	ck_assert_str_eq(s.next_vkey, ledger_state(l)->vkey);
	ck_assert_int_eq(s.previous_end, 2);
	ck_assert_int_eq(ledger_state(l)->log, 2);
	ck_assert(!ledger_unsigned(l));
	/* It is another key, not another name for the same. */
	ck_assert_str_ne(strrchr(old, '+'), strrchr(ledger_state(l)->vkey, '+'));
	ck_assert(!there("key.next"));
	add("hai");
	ck_assert(ledger_rotate(l, "", "user:5", &e));
	ck_assert_int_eq(ledger_state(l)->log, 3);
}
END_TEST

START_TEST(a_key_that_nobody_announced_is_dropped)
{
	struct notary_setup how = {.name = "vangxa/dai", .seed = {1}, .next_seed = {2}};
	struct notary_state state;
	struct notary *n;

	snprintf(how.boot, sizeof(how.boot), "boot-1");
	add("một");
	ledger_close(l);
	ck_assert(notary_open(&n, disk_sim_disk(sim), &how, &e));
	notary_state(n, &state);
	ck_assert_str_ne(state.next_vkey, "");
	ck_assert(there("key.next"));
	notary_close(n);
	begin("boot-1");
	ck_assert(!there("key.next"));
	ck_assert_str_eq(ledger_state(l)->next_vkey, "");
	ck_assert_int_eq(ledger_state(l)->log, 1);
}
END_TEST

START_TEST(an_announced_key_that_is_gone_changes_nothing)
{
	int64_t n;

	add("một");
	ck_assert(ledger_append(l, entry_key_rotated("a", "b", "", "user:5"), &n, &e));
	ledger_close(l);
	begin("boot-1");
	add("hai");
	ck_assert_int_eq(ledger_state(l)->log, 1);
}
END_TEST

START_TEST(a_log_that_nobody_signs_has_no_key)
{
	ledger_close(l);
	disk_sim_destroy(sim);
	sim = disk_sim_create();
	struct disk *d = disk_sim_disk(sim);
	ck_assert(ledger_open(&l, d, signer_none(d), ":memory:", &clk.clock, &tz, &e));
	ck_assert(!ledger_rotate(l, "", "user:5", &e));
	ck_assert_int_eq(e.kind, ERR_REFUSED);
	add("một");
}
END_TEST

/* What must hold after the start that follows. */
static void ck_whole(int i, bool told, const char *old)
{
	struct said s = said();
	const struct notary_state *now = ledger_state(l);

	ck_assert_msg(s.rotated <= 1 && s.continued == s.rotated, "%d: %d rotations, %d logs", i,
		      s.rotated, s.continued);
	ck_assert_msg(!told || s.rotated == 1, "%d: an acknowledged rotation is lost", i);
	ck_assert_msg(now->log == 1 + s.rotated, "%d: log %d", i, now->log);
	ck_assert_msg(!there("key.next"), "%d: a key is left", i);
	ck_assert(!ledger_unsigned(l));
	if (s.rotated == 0) {
		ck_assert_str_eq(now->vkey, old);
		return;
	}
	ck_assert_str_eq(s.why, "rotated");
	ck_assert_str_eq(s.vkey, old);
	ck_assert_str_eq(s.previous_vkey, old);
	ck_assert_str_eq(s.next_vkey, now->vkey);
	ck_assert_msg(s.previous_end > s.rotated_n, "%d: the old key has not signed its end", i);
}

/* The power goes at operation i; true if the rotation needed no more than that. */
static bool cut_at(int i, uint64_t seed, const char *boot)
{
	char old[NOTE_KEY_BYTES];

	setup();
	add("một");
	add("hai");
	snprintf(old, sizeof(old), "%s", ledger_state(l)->vkey);
	disk_sim_power_off_after(sim, i);
	bool told = ledger_rotate(l, "thử", "user:5", &e), whole = !disk_sim_power_is_off(sim);
	ledger_close(l);
	disk_sim_power_cut(sim, seed);
	begin(boot);
	add("ba");
	add("bốn");
	ck_whole(i, told, old);
	int log = ledger_state(l)->log;
	ck_assert_msg(ledger_rotate(l, "nữa", "user:5", &e), "%d: %s", i, e.text);
	ck_assert_int_eq(ledger_state(l)->log, log + 1);
	teardown();
	return whole;
}

START_TEST(a_power_cut_anywhere_leaves_one_log_that_goes_on)
{
	int i = 0;

	while (!cut_at(i, (uint64_t)(_i * 1000 + i), _i % 2 == 0 ? "boot-2" : "boot-1"))
		i++;
	ck_assert_int_gt(i, 20);
}
END_TEST

Suite *suite_notary_next(void);
Suite *suite_notary_next(void)
{
	Suite *s = suite_create("notary_next");
	TCase *t = tcase_create("notary_next"), *cuts = tcase_create("cuts");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, both_logs_name_each_other);
	tcase_add_test(t, a_key_that_nobody_announced_is_dropped);
	tcase_add_test(t, an_announced_key_that_is_gone_changes_nothing);
	tcase_add_test(t, a_log_that_nobody_signs_has_no_key);
	suite_add_tcase(s, t);
	tcase_set_timeout(cuts, 60);
	tcase_add_loop_test(cuts, a_power_cut_anywhere_leaves_one_log_that_goes_on, 0, 6);
	suite_add_tcase(s, cuts);
	return s;
}
