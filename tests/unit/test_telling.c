/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sentences, from logs whose figures are known; that the figures are the log's:
 * tests/e2e/tables.py. */
#include "report/telling.h"

#include "base/json.h"
#include "base/text.h"
#include "proof/registers.h"
#include "support/reportcase.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static struct reportcase *c;
static struct document d;
static struct telling t;

static void setup(void)
{
	c = calloc(1, sizeof(*c));
	reportcase_open(c);
	c->report.made = tz_wall(&c->sample.tz, (struct date){2026, 12, 5}, 0);
	d = (struct document){0};
	t = (struct telling){.r = &c->report, .d = &d};
}

static void teardown(void)
{
	telling_finish(&t);
	document_finish(&d);
	reportcase_close(c);
	free(c);
}

static void gather(void)
{
	struct err e = {0};

	ck_assert_msg(telling_gather(&t, &e), "%s", e.text);
}

static bool says(const char *words)
{
	for (int i = 0; i < d.count; i++)
		if (strstr(d.lines[i].text, words) != NULL)
			return true;
	return false;
}

/* On 23 November; programmes: how many it serves. */
static void air(int64_t frames, int programmes, const char *language)
{
	struct airing_facts f = log_sample_airing("B1", LOG_SAMPLE_START);
	char id[ID_BYTES];

	f.programmes[0] = "P1";
	f.programmes[1] = "P2";
	f.programme_count = programmes;
	f.language = language;
	f.slot = "Sáng";
	f.frames = frames;
	entry_id('A', log_sample_add(&c->sample, entry_airing_intended(&f, &c->sample.tz)), id);
	f.airing = id;
	f.result = "full";
	f.proof = "A";
	log_sample_add(&c->sample, entry_airing_ended(&f, &c->sample.tz));
}

START_TEST(what_aired_by_programme_and_language)
{
	const int64_t hour = INT64_C(3600) * FRAMES_PER_S;

	air(2 * hour, 1, "vi");
	air(hour / 2, 2, "stieng");
	gather();
	telling_totals(&t);
	ck_assert(says("Kết quả: 0 bản tin mới, 2 lượt phát, 2 giờ 30 phút trên sóng"));
	ck_assert(says("1 ngày trên 30 ngày của kỳ"));
	ck_assert(!says("chưa hết"));
	telling_programmes(&t);
	ck_assert(says("- Chương trình một (P1): 0 bản tin mới, 2 lượt phát, 2 giờ 30 phút, trong "
		       "đó 30 phút dùng chung với chương trình khác;"));
	ck_assert(says("- P2 (P2): 0 bản tin mới, 1 lượt phát, 30 phút, trong đó 30 phút dùng "
		       "chung với chương trình khác."));
	ck_assert(says("chỉ tính một lần"));
	telling_languages(&t);
	ck_assert(says("- stieng: 0 bản tin mới, 1 lượt phát, 30 phút;"));
	ck_assert(says("- vi: 0 bản tin mới, 1 lượt phát, 2 giờ."));
	telling_planned(&t);
	ck_assert(says("Theo lịch có 2 lượt, đã phát 2 lượt, đạt 100,0\xc2\xa0% kế hoạch."));
	ck_assert_str_eq(d.lines[d.count - 1].table, "B");
	ck_assert_str_eq(d.lines[0].text, "1. Kết quả chung");
}
END_TEST

START_TEST(a_period_with_nothing_invents_nothing)
{
	c->report.made = tz_wall(&c->sample.tz, (struct date){2026, 11, 23}, 3600);
	gather();
	telling_totals(&t);
	telling_programmes(&t);
	telling_languages(&t);
	telling_planned(&t);
	telling_missed(&t);
	telling_targets(&t);
	telling_compared(&t);
	telling_difficulties(&t);
	ck_assert(says("không ghi lượt phát nào"));
	ck_assert(says("Kỳ báo cáo chưa hết: số liệu tính đến ngày 23/11/2026."));
	ck_assert(says("lịch phát không có lượt nào"));
	ck_assert(says("không ghi lượt nào bị bỏ"));
	ck_assert(says("không có chỉ tiêu nào"));
	ck_assert(says("So với tháng 10 năm 2026: kỳ ấy"));
	ck_assert(says("không có khó khăn"));
	ck_assert(!says("Theo tiếng") && !says("Theo chương trình"));
}
END_TEST

/* What was before the log nobody knows, and it is not told as nothing. */
START_TEST(before_the_log_began_nothing_is_known)
{
	air(INT64_C(600) * FRAMES_PER_S, 1, "vi");
	gather();
	c->report.began = tz_wall(&c->sample.tz, (struct date){2026, 11, 20}, 0);
	telling_totals(&t);
	ck_assert(says("1 lượt phát"));
	ck_assert(says("Sổ nhật ký bắt đầu từ ngày 20/11/2026: trước ngày ấy không có số liệu."));
	document_finish(&d);
	c->report.began = tz_wall(&c->sample.tz, (struct date){2026, 12, 1}, 0);
	telling_totals(&t);
	telling_planned(&t);
	telling_missed(&t);
	ck_assert(says("Không có số liệu: sổ nhật ký của đài bắt đầu sau kỳ này, từ ngày "
		       "01/12/2026."));
	ck_assert(!says("lượt phát") && !says("không có lượt nào") && !says("bị bỏ"));
}
END_TEST

/* November against October, where nothing was told of a share of nothing. */
START_TEST(more_or_less_than_before)
{
	const int64_t minute = INT64_C(60) * FRAMES_PER_S;

	air(10 * minute, 1, "vi");
	gather();
	struct figures own = t.before;
	t.before = t.programmes; /* as if they were the same */
	telling_compared(&t);
	ck_assert(!says("chưa hết"));
	c->report.made = tz_wall(&c->sample.tz, (struct date){2026, 11, 23}, 3600);
	telling_compared(&t);
	t.before = own;
	ck_assert(says("Kỳ này chưa hết"));
	ck_assert(says("lượt phát 1 so với 1, không đổi; thời lượng 10 phút so với 10 phút, không "
		       "đổi."));
}
END_TEST

/* What was lost while nothing was missed is no cause of anything. */
START_TEST(faults_without_misses_stand_apart)
{
	log_sample_add(&c->sample, entry_device_lost("hw:1", NULL));
	gather();
	telling_missed(&t);
	ck_assert(says("không ghi lượt nào bị bỏ."));
	ck_assert(!says("Theo nguyên nhân"));
	ck_assert(says("Sự cố mà sổ nhật ký ghi lại:"));
}
END_TEST

static void raise(const char *id, const char *state, const char *what)
{
	log_sample_add(&c->sample,
		       registers_entry("difficulties",
				       json_pack("{s:{s:s, s:s, s:s, s:s, s:s}}", id, "what", what,
						 "since", "2026-11-05", "state", state, "beyond",
						 strcmp(state, "beyond") == 0 ? "Sở" : "",
						 "proposal", "Thay loa"),
				       "user:1", "", NULL, NULL));
}

START_TEST(difficulties_by_their_state)
{
	raise("KK1", "beyond", "Không có đường điện");
	raise("KK2", "open", "Loa hỏng");
	gather();
	telling_difficulties(&t);
	ck_assert_str_eq(d.lines[0].text, "1. Khó khăn chưa giải quyết");
	ck_assert_str_eq(d.lines[1].text, "- Loa hỏng (từ ngày 05/11/2026, chưa hết): Thay loa.");
	ck_assert_str_eq(d.lines[2].text, "2. Khó khăn vượt thẩm quyền");
	ck_assert(says("- Không có đường điện (từ ngày 05/11/2026, chưa hết): Thay loa; vượt thẩm "
		       "quyền của Sở."));
	telling_missed(&t);
	ck_assert(!says("- Loa hỏng –"));
}
END_TEST

Suite *suite_telling(void);
Suite *suite_telling(void)
{
	Suite *s = suite_create("telling");
	TCase *tc = tcase_create("telling");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, what_aired_by_programme_and_language);
	tcase_add_test(tc, a_period_with_nothing_invents_nothing);
	tcase_add_test(tc, before_the_log_began_nothing_is_known);
	tcase_add_test(tc, more_or_less_than_before);
	tcase_add_test(tc, difficulties_by_their_state);
	tcase_add_test(tc, faults_without_misses_stand_apart);
	suite_add_tcase(s, tc);
	return s;
}
