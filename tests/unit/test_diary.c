/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/diary.h"

#include "base/buf.h"
#include "base/json.h"
#include "base/saying.h"
#include "proof/alarm.h"
#include "proof/reason.h"
#include "support/log_sample.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#define DAY_NS (INT64_C(86400) * NS_PER_S)

static struct log_sample sample;
static struct view *v;
static struct err e;
static struct buf told;

static void setup(void)
{
	log_sample_open(&sample, ":memory:");
	v = ledger_view(sample.ledger);
}

static void teardown(void)
{
	buf_finish(&told);
	log_sample_close(&sample);
}

static void received(const struct bulletin *b, char id[ID_BYTES])
{
	entry_id('B',
		 log_sample_add(&sample, entry_bulletin_received(b, NULL, json_array(), "user:3")),
		 id);
}

static void approved(const char *id, const char *document, const char *who)
{
	log_sample_add(&sample,
		       entry_bulletin_approved(id, log_sample_bulletin("").sha256, document, NULL,
					       who));
}

static struct wall days(int count)
{
	return wall_add_ns(LOG_SAMPLE_START, count * DAY_NS);
}

static int64_t missed(const char *id, struct wall planned)
{
	struct airing_facts f = log_sample_airing(id, planned);

	f.reason = reason_code(REASON_POWER_OFF);
	return log_sample_add(&sample, entry_airing_missed(&f, &sample.tz));
}

static bool tell(const struct diary_row *r, void *arg)
{
	(void)arg;
	buf_print(&told, "%s|%s|%s|%s|%s|%s;", r->id, r->title, r->approved_by, r->document,
		  r->endorsed_by, r->fate);
	return true;
}

static const char *rows(struct wall from, struct wall to)
{
	buf_reset(&told);
	ck_assert_msg(diary_rows(v, from, to, tell, NULL, &e), "%s", e.text);
	return buf_str(&told);
}

/* Whoever withdraws a bulletin later takes nothing back of who let it air. */
START_TEST(the_approval_is_that_of_then)
{
	struct bulletin b = log_sample_bulletin("Nước sạch");
	char id[ID_BYTES], want[400];

	received(&b, id);
	int64_t before = missed(id, days(0));
	log_sample_add(&sample, entry_bulletin_endorsed(id, b.sha256, NULL, "user:5"));
	approved(id, "12/QĐ", "user:7");
	int64_t first = missed(id, days(1));
	log_sample_add(&sample, entry_bulletin_withdrawn(id, "sai số liệu", "user:9"));
	int64_t withdrawn = missed(id, days(2));
	approved(id, "34/QĐ", "user:8");
	int64_t second = missed(id, days(3));
	snprintf(want, sizeof(want),
		 "M%d|Nước sạch||||missed;M%d|Nước sạch|user:7|12/QĐ|user:5|missed;"
		 "M%d|Nước sạch|user:7|12/QĐ|user:5|missed;M%d|Nước sạch|user:8|34/QĐ|user:5|"
		 "missed;", (int)before, (int)first, (int)withdrawn, (int)second);
	ck_assert_str_eq(rows(days(0), days(4)), want);
	ck_assert_str_eq(rows(days(4), days(5)), "");
}
END_TEST

static bool stop(const struct diary_row *r, void *arg)
{
	(void)r;
	++*(int *)arg;
	return false;
}

START_TEST(demonstrations_are_left_out_and_the_caller_may_stop)
{
	struct airing_facts f = log_sample_airing("B0", days(0));
	int seen = 0;

	f.reason = reason_code(REASON_LATE);
	f.demo = true;
	log_sample_add(&sample, entry_airing_missed(&f, &sample.tz));
	ck_assert_str_eq(rows(days(0), days(1)), "");
	missed("B0", days(0));
	missed("B0", days(0));
	ck_assert(diary_rows(v, days(0), days(1), stop, &seen, &e));
	ck_assert_int_eq(seen, 1);
}
END_TEST

/* A machine that woke up in 1970 and was told the time later. */
START_TEST(what_was_corrected_stands_on_its_day)
{
	struct airing_facts f = log_sample_airing(NULL, (struct wall){DAY_NS});
	char want[200];

	f.file = "audio/a.flac";
	f.reason = reason_code(REASON_LATE);
	int64_t later = missed("B0", days(2));
	int64_t first = log_sample_add(&sample, entry_airing_missed(&f, &sample.tz));
	int64_t between = missed("B0", days(1));
	log_sample_add(&sample,
		       entry_clock_corrected(first, first,
					     (days(1).ns - DAY_NS) / NS_PER_MS + 1000, "boot", 1));
	snprintf(want, sizeof(want), "M%d|||||missed;M%d|audio/a.flac||||missed;M%d|||||missed;",
		 (int)between, (int)first, (int)later);
	ck_assert_str_eq(rows(days(1), days(3)), want);
	ck_assert_str_eq(rows((struct wall){0}, days(1)), "");
}
END_TEST

/* Numbers and literals of the last row; its texts go to `told`. */
static bool keep(const struct diary_row *r, void *arg)
{
	char why[REASON_BYTES];

	*(struct diary_row *)arg = *r;
	diary_why(r, why);
	buf_reset(&told);
	buf_print(&told, "%s|%s|%s|%s|%s|%s|%d%d", r->authority, r->speaker, r->title, r->kind,
		  diary_fate_text(r), why, diary_zone_heard(r, "trung-tam"),
		  diary_zone_heard(r, "thon-2"));
	return true;
}

static struct diary_row only(const char *want)
{
	struct diary_row r = {.id = ""};

	ck_assert(diary_rows(v, days(0), days(1), keep, &r, &e));
	ck_assert_str_eq(buf_str(&told), want);
	return r;
}

START_TEST(an_emergency_has_somebody_answerable)
{
	struct alarm_facts alarm = {.by = "Chủ tịch UBND xã", .reason = "lũ", .who = "user:2",
				    .zones = json_array(), .cut = json_array(),
				    .over = json_array()};
	struct airing_facts f = log_sample_airing(NULL, days(0));
	char id[ID_BYTES];

	entry_id('K', log_sample_add(&sample, entry_emergency_raised(&alarm, &sample.tz)), id);
	f.emergency = id;
	f.drill = true;
	f.reason = reason_code(REASON_LATE);
	log_sample_add(&sample, entry_airing_missed(&f, &sample.tz));
	struct diary_row r = only("Chủ tịch UBND xã||||không phát|đã quá giờ, muộn hơn mức khung "
				  "giờ này cho phép|00");
	ck_assert(r.drill);
	ck_assert_int_eq(r.sum, ROW_NOT_AIRED);
}
END_TEST

static void aired(struct airing_facts *f, const char *by_zone)
{
	char id[ID_BYTES];

	entry_id('A', log_sample_add(&sample, entry_airing_intended(f, &sample.tz)), id);
	f->airing = id;
	json_t *o = entry_airing_ended(f, &sample.tz);
	if (by_zone != NULL)
		json_object_set_new(o, "by_zone", json_read(by_zone, strlen(by_zone), &e));
	log_sample_add(&sample, o);
}

START_TEST(what_was_on_air_and_in_which_zones)
{
	struct airing_facts f = log_sample_airing(NULL, days(0));

	f.live = "microphone";
	f.by = "user:4";
	f.result = "cut";
	f.reason = reason_code(REASON_CUT_BY_OPERATOR);
	aired(&f, "{\"trung-tam\":{\"proof\":\"A\"},\"thon-2\":{\"proof\":null}}");
	struct diary_row r = only("|user:4|Nói trực tiếp||bị ngắt|người trực đã ngắt|10");
	ck_assert_int_eq(r.sum, ROW_IN_PART);
	ck_assert_int_eq(r.entry, 1);
	ck_assert_int_eq(r.frames, 90 * FRAMES_PER_S);
	ck_assert_int_eq(r.end_ms - r.start_ms, 89998);
}
END_TEST

START_TEST(full_is_only_what_a_device_took)
{
	struct airing_facts f = log_sample_airing("B9", days(0));

	f.proof = NULL;
	f.detail = saying(SAYING_NO_DEVICE);
	aired(&f, NULL);
	struct diary_row r = only("||||không ra loa|không đưa ra thiết bị nào|00");
	ck_assert_int_eq(r.sum, ROW_UNSENT);
}
END_TEST

/* One that was cut is none that was heard, if no device was there. */
START_TEST(cut_is_only_what_a_device_took)
{
	struct airing_facts f = log_sample_airing("B9", days(0));

	f.proof = NULL;
	f.result = "cut";
	f.detail = saying(SAYING_NO_DEVICE);
	aired(&f, NULL);
	struct diary_row r = only("||||không ra loa|không đưa ra thiết bị nào|00");
	ck_assert_int_eq(r.sum, ROW_UNSENT);
}
END_TEST

static bool tell_product(const struct diary_product *p, void *arg)
{
	(void)arg;
	buf_print(&told, "%s %d %s %s;", p->id, p->again, p->programmes, p->title);
	return true;
}

/* A level is not told without what became of the recording that it rests on. */
START_TEST(a_level_says_when_its_recording_is_gone)
{
	struct diary_row r = {.proof = "B", .recorded = RECORDED_LOST};
	char words[REASON_BYTES];

	diary_proof(&r, words);
	ck_assert_str_eq(words, "B (bản ghi đã mất, không rõ ai xóa)");
	r.proof = "A";
	diary_proof(&r, words);
	ck_assert_str_eq(words, "A");
}
END_TEST

START_TEST(zones_that_differ_are_told_one_by_one)
{
	struct diary_row r = {
		.proof = "",
		.by_zone = "{\"hai\":{\"proof\":null},\"mot\":{\"proof\":\"A\"}}",
		.checked = "{\"by_zone\":{\"mot\":{\"code\":\"found\",\"proof\":\"B\"}}}"};
	char words[REASON_BYTES];

	diary_proof(&r, words);
	ck_assert_str_eq(words, "hai: -; mot: B");
	r.recorded = RECORDED_LOST;
	diary_proof(&r, words);
	ck_assert_str_eq(words, "hai: -; mot: B (bản ghi đã mất, không rõ ai xóa)");
	ck_assert(diary_zone_heard(&r, "mot") && !diary_zone_heard(&r, "hai"));
	r.checked = "";
	diary_proof(&r, words);
	ck_assert_str_eq(words, "hai: -; mot: A"); /* rests on the device alone */
}
END_TEST

START_TEST(products_are_new_once)
{
	struct bulletin b = log_sample_bulletin("Một"), next = log_sample_bulletin("Hai");
	char first[ID_BYTES], second[ID_BYTES], waiting[ID_BYTES], want[400];

	received(&b, first);
	snprintf(next.replaces, sizeof(next.replaces), "%s", first);
	received(&next, second);
	received(&b, waiting);
	approved(first, "1", "user:7");
	approved(first, "2", "user:7");
	approved(second, "3", "user:7");
	snprintf(want, sizeof(want),
		 "%s 0 1719.10.1.2,1719.10.2 Một;%s 1 1719.10.1.2,1719.10.2 Một;"
		 "%s 1 1719.10.1.2,1719.10.2 Hai;", first, first, second);
	ck_assert(diary_products(v, days(0), days(1), tell_product, NULL, &e));
	ck_assert_str_eq(buf_str(&told), want);
	buf_reset(&told);
	ck_assert(diary_products(v, days(1), days(2), tell_product, NULL, &e));
	ck_assert_str_eq(buf_str(&told), "");
}
END_TEST

Suite *suite_diary(void);
Suite *suite_diary(void)
{
	Suite *s = suite_create("diary");
	TCase *t = tcase_create("diary");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, the_approval_is_that_of_then);
	tcase_add_test(t, demonstrations_are_left_out_and_the_caller_may_stop);
	tcase_add_test(t, what_was_corrected_stands_on_its_day);
	tcase_add_test(t, an_emergency_has_somebody_answerable);
	tcase_add_test(t, what_was_on_air_and_in_which_zones);
	tcase_add_test(t, full_is_only_what_a_device_took);
	tcase_add_test(t, cut_is_only_what_a_device_took);
	tcase_add_test(t, a_level_says_when_its_recording_is_gone);
	tcase_add_test(t, zones_that_differ_are_told_one_by_one);
	tcase_add_test(t, products_are_new_once);
	suite_add_tcase(s, t);
	return s;
}
