/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/arbiter.h"
#include "proof/reason.h"
#include "sys/chance.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static struct arbiter a;
static struct air_effects fx;
static struct air_answer said;

static void setup(void)
{
	a = (struct arbiter){0};
}

static uint32_t ask(uint64_t id, enum air_kind kind, int64_t since, uint32_t zones)
{
	struct air_ask q = {.id = id, .kind = kind, .since = since, .zones = zones};

	arbiter_ask(&a, &q, &said, &fx);
	return said.has;
}

static void leave(uint64_t id, uint32_t zones)
{
	arbiter_leave(&a, id, zones, &fx);
}

/* Exactly this became of one claim, and of nobody else. */
static void ck_effect(uint64_t id, uint32_t zones, enum air_lot lot, const char *why)
{
	ck_assert_int_eq(fx.count, 1);
	ck_assert_uint_eq(fx.list[0].id, id);
	ck_assert_uint_eq(fx.list[0].zones, zones);
	ck_assert_int_eq(fx.list[0].lot, lot);
	ck_assert_pstr_eq(fx.list[0].why, why);
}

/* Each cell says something, its reason can be logged, and none below takes from one above. */
START_TEST(the_table_is_whole)
{
	for (enum air_kind there = AIR_NOBODY; there < AIR_KINDS; there++)
		for (enum air_kind asks = AIR_DEMO; asks < AIR_KINDS; asks++) {
			const struct air_rule *r = arbiter_rule(there, asks);
			bool frees = there == AIR_NOBODY || (there == AIR_CUT && asks == AIR_CUT);
			ck_assert_msg(frees == (r->why == NULL), "%s, %s", air_code(there),
				      air_code(asks));
			ck_assert(frees || reason_parse(r->why) < REASON_COUNT);
			ck_assert(r->verdict != AIR_TAKES || asks >= there);
			ck_assert_int_eq(r->verdict == AIR_TAKES && !frees, r->lot != AIR_STAYS);
			ck_assert(r->lot != AIR_DUCKED || asks == AIR_VOICE);
			ck_assert(r->lot <= AIR_GIVES_WAY || r->fade_ms >= 50);
		}
	for (enum air_kind there = AIR_DEMO; there < AIR_EMERGENCY; there++) {
		ck_assert_int_eq(arbiter_rule(there, AIR_EMERGENCY)->verdict, AIR_TAKES);
		ck_assert_int_eq(arbiter_rule(there, AIR_EMERGENCY)->fade_ms, 50);
	}
}
END_TEST

START_TEST(an_emergency_breaks_and_gives_back)
{
	ck_assert_uint_eq(ask(1, AIR_TIMETABLE, 100, 3), 3);
	ck_assert_int_eq(fx.count, 0);
	ck_assert_uint_eq(ask(2, AIR_EMERGENCY, 200, 1), 1);
	ck_effect(1, 1, AIR_BROKEN, "emergency");
	ck_assert_int_eq(arbiter_holder(&a, 0), AIR_EMERGENCY);
	ck_assert_int_eq(arbiter_holder(&a, 1), AIR_TIMETABLE);
	ck_assert_uint_eq(ask(3, AIR_TIMETABLE, 300, 1), 0);
	ck_assert_str_eq(said.why, "emergency");
	leave(2, UINT32_MAX);
	ck_effect(1, 1, AIR_COMES_BACK, NULL);
	ck_assert_uint_eq(ask(1, AIR_TIMETABLE, 100, 3), 3);
	leave(1, UINT32_MAX);
	ck_assert_int_eq(arbiter_holder(&a, 0), AIR_NOBODY);
	ck_assert_int_eq(a.count, 0);
}
END_TEST

START_TEST(the_second_emergency_waits_for_the_first)
{
	ask(1, AIR_TIMETABLE, 1, 3);
	ask(2, AIR_EMERGENCY, 2, 1);
	ck_assert_uint_eq(ask(3, AIR_EMERGENCY, 3, 3), 2);
	ck_assert_uint_eq(said.waits, 1);
	ck_effect(1, 2, AIR_BROKEN, "emergency");
	leave(2, 1);
	ck_effect(3, 1, AIR_ITS_TURN, NULL); /* and not the timetable in between */
	leave(3, 3);
	ck_effect(1, 3, AIR_COMES_BACK, NULL);
}
END_TEST

START_TEST(a_real_one_ends_a_drill_and_a_drill_waits)
{
	ask(1, AIR_DRILL, 1, 1);
	ck_assert_uint_eq(ask(2, AIR_EMERGENCY, 2, 1), 1);
	ck_effect(1, 1, AIR_DROPPED, "emergency");
	ck_assert_uint_eq(ask(3, AIR_DRILL, 3, 1), 0);
	ask(4, AIR_EMERGENCY, 4, 1);
	leave(2, 1);
	ck_effect(4, 1, AIR_ITS_TURN, NULL); /* though the drill asked first */
	leave(4, 1);
	ck_effect(3, 1, AIR_ITS_TURN, NULL);
}
END_TEST

START_TEST(a_cut_is_somebodys_hand)
{
	ask(1, AIR_EMERGENCY, 1, 3);
	arbiter_cut(&a, 1, &fx);
	ck_effect(1, 1, AIR_DROPPED, "cut-by-operator");
	ck_assert_int_eq(arbiter_holder(&a, 0), AIR_CUT);
	ck_assert_uint_eq(ask(2, AIR_EMERGENCY, 2, 1), 0);
	ck_assert_str_eq(said.why, "held-by-operator");
	struct air_ask q = {.id = 3, .kind = AIR_EMERGENCY, .since = 3, .zones = 1, .over = 1};
	arbiter_ask(&a, &q, &said, &fx);
	ck_assert_uint_eq(said.has, 1);
	ck_assert_int_eq(arbiter_holder(&a, 0), AIR_EMERGENCY);
	leave(3, 1);
	ck_assert_int_eq(arbiter_holder(&a, 0), AIR_CUT); /* it did not undo the cut */
	ck_assert_uint_eq(ask(4, AIR_TIMETABLE, 4, 1), 0);
	arbiter_resume(&a, 1);
	ck_assert_uint_eq(ask(4, AIR_TIMETABLE, 4, 1), 1);
}
END_TEST

START_TEST(a_cut_ends_what_was_to_come_back)
{
	ask(1, AIR_TIMETABLE, 1, 1);
	ask(2, AIR_EMERGENCY, 2, 1);
	arbiter_cut(&a, 1, &fx);
	ck_assert_int_eq(fx.count, 2);
	ck_assert_int_eq(fx.list[0].lot, AIR_DROPPED);
	ck_assert_int_eq(fx.list[1].lot, AIR_DROPPED);
	arbiter_resume(&a, 1);
	ck_assert_int_eq(a.count, 0);
}
END_TEST

START_TEST(a_voice_ducks_and_programmes_change_under_it)
{
	ask(1, AIR_TIMETABLE, 1, 1);
	ask(2, AIR_VOICE, 2, 1);
	ck_effect(1, 1, AIR_DUCKED, "live-voice");
	ck_assert_uint_eq(ask(3, AIR_TIMETABLE, 3, 1), 1);
	ck_assert_uint_eq(said.ducked, 1);
	ck_effect(1, 1, AIR_GIVES_WAY, "slot-taken");
	leave(1, 1);
	ask(4, AIR_HAND, 4, 1);
	ck_effect(3, 1, AIR_DROPPED, "replaced-by-operator");
	ck_assert_uint_eq(ask(5, AIR_TIMETABLE, 5, 1), 0);
	ck_assert_str_eq(said.why, "replaced-by-operator");
	ck_assert_uint_eq(ask(6, AIR_DRILL, 6, 1), 0);
	ck_assert_uint_eq(said.waits, 1);
	leave(2, 1);
	ck_assert_int_eq(arbiter_holder(&a, 0), AIR_DRILL);
}
END_TEST

START_TEST(a_slot_that_meets_itself_keeps_the_air)
{
	ask(1, AIR_TIMETABLE, 10, 1);
	ck_assert_uint_eq(ask(1, AIR_TIMETABLE, 10, 1), 1);
	ck_assert_int_eq(fx.count, 0);
	ask(2, AIR_TIMETABLE, 20, 1); /* its next start takes over from it … */
	ck_effect(1, 1, AIR_GIVES_WAY, "slot-taken");
	ck_assert_uint_eq(ask(1, AIR_TIMETABLE, 10, 1), 1); /* … and it may still end */
	leave(1, 1);
	ck_assert_uint_eq(ask(1, AIR_TIMETABLE, 10, 1), 0); /* but not begin again */
	ck_assert_str_eq(said.why, "slot-taken");
}
END_TEST

START_TEST(more_than_fit_are_refused)
{
	for (uint64_t id = 1; id <= AIR_CLAIMS_MAX; id++)
		ask(id, id == 1 ? AIR_EMERGENCY : AIR_DRILL, (int64_t)id, 1);
	ck_assert_int_eq(a.count, AIR_CLAIMS_MAX);
	ck_assert_uint_eq(ask(999, AIR_EMERGENCY, 999, 2), 0);
	ck_assert_str_eq(said.why, "internal");
	leave(12345, 1); /* nobody */
	ck_assert_int_eq(fx.count, 0);
}
END_TEST

/* As ck_assert, but free when it holds: Check writes a message for every assertion it passes. */
#define expect(cond)                                                                               \
	do {                                                                                       \
		if (!(cond))                                                                       \
			ck_abort_msg("%s", #cond);                                                 \
	} while (0)

/* What a station would remember of each run in each zone: what it was told, and nothing else. */
#define RUNS 24
#define ZONES 3
enum heard { SILENT, LOUD, LOW, LAST, HURT, QUEUED };
static struct {
	enum air_kind kind;
	int64_t since;
	enum heard in[ZONES];
} run[RUNS + 1];
static bool over[ZONES];

static void learn(enum air_kind by)
{
	bool told[RUNS + 1][ZONES] = {0};

	for (int i = 0; i < fx.count; i++)
		for (int z = 0; z < ZONES; z++) {
			const struct air_effect *e = &fx.list[i];
			if ((e->zones >> z & 1) == 0)
				continue;
			enum heard *h = &run[e->id].in[z];
			expect(!told[e->id][z]);
			told[e->id][z] = true;
			expect(*h != SILENT);
			expect(by == AIR_NOBODY || run[e->id].kind <= by ||
				  e->lot == AIR_ITS_TURN);
			if (e->lot == AIR_COMES_BACK)
				expect(*h == HURT);
			if (e->lot == AIR_ITS_TURN)
				expect(*h == QUEUED);
			if (e->lot == AIR_LOUD_AGAIN)
				expect(*h == LOW || *h == LAST);
			static const enum heard next[] = {
				[AIR_GIVES_WAY] = LAST,	 [AIR_DROPPED] = SILENT,
				[AIR_BROKEN] = HURT,	 [AIR_DUCKED] = LOW,
				[AIR_LOUD_AGAIN] = LOUD, [AIR_ITS_TURN] = LOUD,
				[AIR_COMES_BACK] = SILENT};
			*h = next[e->lot];
		}
}

static uint32_t mask(int id, enum heard h)
{
	uint32_t zones = 0;

	for (int z = 0; z < ZONES; z++)
		zones |= run[id].in[z] == h ? 1u << z : 0;
	return zones;
}

/* The machine's own book says what its effects have told, and the invariants hold in it. */
static void ck_state(void)
{
	int known = 0;

	for (int id = 1; id <= RUNS; id++) {
		const struct air_claim *c = arbiter_claim(&a, (uint64_t)id);
		struct air_claim none = {0};
		c = c != NULL ? c : &none;
		known += c != &none;
		expect(c->holds == mask(id, LOUD));
		expect(c->ducked == mask(id, LOW));
		expect(c->leaves == mask(id, LAST));
		expect(c->broken == mask(id, HURT));
		expect(c->waits == mask(id, QUEUED));
	}
	expect(known == a.count);
	for (int z = 0; z < ZONES; z++) {
		int loud = 0, low = 0;
		enum air_kind holder = arbiter_holder(&a, z);
		for (int id = 1; id <= RUNS; id++) {
			loud += run[id].in[z] == LOUD;
			low += run[id].in[z] == LOW;
			if (run[id].in[z] == HURT)
				expect(holder == AIR_DRILL || holder == AIR_EMERGENCY);
			if (run[id].in[z] == QUEUED)
				expect(holder >= AIR_VOICE && holder != AIR_CUT);
		}
		expect(loud <= 1);
		expect(low <= 1);
		expect(low == 0 || holder == AIR_VOICE);
		expect((a.cut >> z & 1) == 0 || holder == AIR_CUT ||
			  (over[z] && holder >= AIR_DRILL));
	}
}

static void random_ask(struct chance *c, int64_t step)
{
	int id = 1 + (int)chance_below(c, RUNS);
	struct air_ask q = {.id = (uint64_t)id, .zones = (uint32_t)chance_below(c, 1 << ZONES)};
	bool fresh = arbiter_claim(&a, q.id) == NULL;

	if (fresh) {
		run[id].kind = (enum air_kind)(AIR_DEMO + chance_below(c, AIR_CUT - AIR_DEMO));
		run[id].since = step - (int64_t)chance_below(c, 5);
	}
	q.kind = run[id].kind;
	q.since = run[id].since;
	if (q.kind >= AIR_DRILL && chance_below(c, 4) == 0)
		q.over = q.zones;
	arbiter_ask(&a, &q, &said, &fx);
	learn(q.kind);
	for (int z = 0; z < ZONES; z++) {
		uint32_t bit = 1u << z;
		if (q.zones & said.has & bit && run[id].in[z] != LAST)
			run[id].in[z] = said.ducked & bit ? LOW : LOUD;
		if (said.waits & bit)
			run[id].in[z] = QUEUED;
		over[z] = over[z] || (q.over & said.has & bit);
		expect((q.zones & bit) == 0 || (said.has | said.waits) & bit ||
			  said.why != NULL);
	}
}

static void random_leave(struct chance *c)
{
	int id = 1 + (int)chance_below(c, RUNS);
	uint32_t zones = (uint32_t)chance_below(c, 1 << ZONES);

	for (int z = 0; z < ZONES; z++)
		if (zones >> z & 1)
			run[id].in[z] = SILENT;
	arbiter_leave(&a, (uint64_t)id, zones, &fx);
	learn(AIR_NOBODY);
}

static void random_cut(struct chance *c)
{
	uint32_t zones = (uint32_t)chance_below(c, 1 << ZONES);

	if (chance_below(c, 2) == 0) {
		arbiter_resume(&a, zones);
		return;
	}
	arbiter_cut(&a, zones, &fx);
	learn(AIR_CUT);
	for (int z = 0; z < ZONES; z++)
		over[z] = over[z] && (zones >> z & 1) == 0;
}

START_TEST(nothing_breaks_the_rules)
{
	struct chance c = {(uint64_t)_i + 1};

	memset(run, 0, sizeof(run));
	memset(over, 0, sizeof(over));
	for (int64_t step = 0; step < 3000; step++) {
		uint64_t what = chance_below(&c, 20);
		if (what < 10)
			random_ask(&c, step);
		else if (what < 19)
			random_leave(&c);
		else
			random_cut(&c);
		ck_state();
	}
	for (int id = 1; id <= RUNS; id++) {
		memset(run[id].in, 0, sizeof(run[id].in));
		arbiter_leave(&a, (uint64_t)id, UINT32_MAX, &fx);
		learn(AIR_NOBODY);
	}
	arbiter_resume(&a, UINT32_MAX);
	ck_assert_int_eq(a.count, 0); /* all was resumed, restarted or dropped … */
	ck_assert_uint_eq(ask(1, AIR_TIMETABLE, 0, 7), 7); /* … and the timetable has the air */
}
END_TEST

Suite *suite_arbiter(void);
Suite *suite_arbiter(void)
{
	Suite *s = suite_create("arbiter");
	TCase *t = tcase_create("arbiter");

	tcase_add_checked_fixture(t, setup, NULL);
	tcase_add_test(t, the_table_is_whole);
	tcase_add_test(t, an_emergency_breaks_and_gives_back);
	tcase_add_test(t, the_second_emergency_waits_for_the_first);
	tcase_add_test(t, a_real_one_ends_a_drill_and_a_drill_waits);
	tcase_add_test(t, a_cut_is_somebodys_hand);
	tcase_add_test(t, a_cut_ends_what_was_to_come_back);
	tcase_add_test(t, a_voice_ducks_and_programmes_change_under_it);
	tcase_add_test(t, a_slot_that_meets_itself_keeps_the_air);
	tcase_add_test(t, more_than_fit_are_refused);
	tcase_add_loop_test(t, nothing_breaks_the_rules, 0, 100);
	suite_add_tcase(s, t);
	return s;
}
