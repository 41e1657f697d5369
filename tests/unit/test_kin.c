/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/kin.h"

#include "proof/query.h"
#include "proof/view.h"
#include "support/log_sample.h"
#include "sys/chance.h"

#include <check.h>
#include <stdio.h>

#define BULLETINS 400

static struct log_sample sample;
static struct view *have;
static struct err e;
static struct chance chance;

static int below(unsigned count)
{
	return (int)chance_below(&chance, count);
}

static const char *one_of(const char *const *words, unsigned count)
{
	return words[below(count)];
}

/* Few titles, lengths, languages, funds and masters, so that many look alike, in some way. */
static void setup(void)
{
	static const char *const titles[] = {"Bản tin sáng", "Nước sạch", "Bản tin sáng 2"};
	static const char *const languages[] = {"vi", "", "tay"};
	static const char *const funds[] = {"", "xa", "tinh", "tinh"};

	chance.state = 7;
	log_sample_open(&sample, ":memory:");
	have = ledger_view(sample.ledger);
	for (int i = 0; i < BULLETINS; i++) {
		struct bulletin b = log_sample_bulletin(one_of(titles, 3));
		char id[ID_BYTES];

		b.frames += below(5) * (FRAMES_PER_S / 2);
		snprintf(b.language, sizeof(b.language), "%s", one_of(languages, 3));
		snprintf(b.fund, sizeof(b.fund), "%s", one_of(funds, 4));
		snprintf(b.sha256, sizeof(b.sha256), "%064d", below(300));
		json_t *received = entry_bulletin_received(&b, NULL, json_array(), "user:3");
		entry_id('B', log_sample_add(&sample, received), id);
		if (below(3) == 0)
			log_sample_add(&sample, entry_bulletin_approved(id, b.sha256, "12/QĐ", NULL,
									"user:7"));
		else if (below(3) == 0)
			log_sample_add(&sample, entry_bulletin_refused(id, "không đạt", "user:7"));
	}
}

static void teardown(void)
{
	log_sample_close(&sample);
}

/* The same by plain SQL: slow, and for everybody to read. */
#define TWINS_OF(same, fund)                                                                       \
	"SELECT min(q.n) FROM bulletins b JOIN bulletins q ON q.n <> b.n AND " same                \
	" AND q.state <> 2" fund " WHERE b.n IN (SELECT bulletin FROM approvals WHERE at_ms >= ?1" \
	" AND at_ms < ?2) GROUP BY b.n"
#define OTHER_FUND " AND q.fund <> b.fund AND q.fund <> '' AND b.fund <> ''"
#define SAME_BYTES "q.sha256 = b.sha256"
#define SAME_WORDS                                                                                 \
	"q.title = b.title AND q.frames BETWEEN b.frames - 48000 AND b.frames + 48000"             \
	" AND (q.language = b.language OR q.language = '' OR b.language = '')"

static bool add(sqlite3_stmt *s, void *arg)
{
	numbers_add(arg, sqlite3_column_int64(s, 0));
	return true;
}

static void ask(int64_t from_ms, int64_t to_ms, struct numbers *into)
{
	static const char *const asked[] = {TWINS_OF(SAME_BYTES, ""), TWINS_OF(SAME_WORDS, ""),
					    TWINS_OF(SAME_BYTES, OTHER_FUND),
					    TWINS_OF(SAME_WORDS, OTHER_FUND)};

	for (int i = 0; i < 4; i++) {
		sqlite3_stmt *s = query_ask(have, asked[i], &e);

		sqlite3_bind_int64(s, 1, from_ms);
		sqlite3_bind_int64(s, 2, to_ms);
		ck_assert(query_walk(have, s, add, into, &e));
	}
	numbers_settle(into);
}

START_TEST(those_that_plain_sql_names)
{
	int64_t start_ms = LOG_SAMPLE_START.ns / NS_PER_MS;
	size_t least = 0;

	for (int i = 0; i < 20; i++) {
		struct numbers found = {0}, want = {0};
		int64_t from_ms = start_ms + i * 20000, to_ms = from_ms + 60000;

		ck_assert_msg(kin_of_period(have, from_ms, to_ms, &found, &e), "%s", e.text);
		numbers_settle(&found);
		ask(from_ms, to_ms, &want);
		ck_assert_uint_eq(found.count, want.count);
		for (size_t k = 0; k < want.count; k++)
			ck_assert_int_eq(found.list[k], want.list[k]);
		least += want.count;
		numbers_finish(&found);
		numbers_finish(&want);
	}
	ck_assert_uint_gt(least, 100);
}
END_TEST

START_TEST(of_nothing_approved_none)
{
	struct numbers found = {0};

	ck_assert(kin_of_period(have, 0, 1, &found, &e));
	ck_assert_uint_eq(numbers_count(&found), 0);
	numbers_finish(&found);
}
END_TEST

Suite *suite_kin(void);
Suite *suite_kin(void)
{
	Suite *s = suite_create("kin");
	TCase *t = tcase_create("kin");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, those_that_plain_sql_names);
	tcase_add_test(t, of_nothing_approved_none);
	suite_add_tcase(s, t);
	return s;
}
