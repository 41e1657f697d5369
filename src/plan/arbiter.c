/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/arbiter.h"

#include "base/must.h"

#include <string.h>

#define CUT_MS BREAK_IN_MS /* an operator's cut, and an emergency: at once, without a click */
#define HAND_MS 250  /* a programme that is replaced has a moment to go */
#define DUCK_MS 400  /* as the bed under a voice */

/* Short words, so that the table can be read as one. */
#define TAKES(lot, ms, why) {AIR_TAKES, AIR_##lot, ms, why}
#define REFUSED(why) {AIR_REFUSED, AIR_STAYS, 0, why}
#define UNDER(why) {AIR_UNDER, AIR_STAYS, 0, why}
#define WAITS(why) {AIR_WAITS, AIR_STAYS, 0, why}
#define FREE {AIR_TAKES, AIR_STAYS, 0, NULL}

/* Rows: who is there. Columns: who asks. */
static const struct air_rule rules[AIR_KINDS][AIR_KINDS] = {
	[AIR_NOBODY] = {
		[AIR_DEMO] = FREE, [AIR_TIMETABLE] = FREE, [AIR_TEST] = FREE, [AIR_HAND] = FREE,
		[AIR_VOICE] = FREE, [AIR_DRILL] = FREE, [AIR_EMERGENCY] = FREE, [AIR_CUT] = FREE,
	},
	/* One programme after the other ends at the other's first sample. */
	[AIR_DEMO] = {
		[AIR_DEMO] = TAKES(GIVES_WAY, CUT_MS, "slot-taken"),
		[AIR_TIMETABLE] = TAKES(GIVES_WAY, CUT_MS, "slot-taken"),
		[AIR_TEST] = TAKES(DROPPED, HAND_MS, "replaced-by-operator"),
		[AIR_HAND] = TAKES(DROPPED, HAND_MS, "replaced-by-operator"),
		[AIR_VOICE] = TAKES(DUCKED, DUCK_MS, "live-voice"),
		[AIR_DRILL] = TAKES(DROPPED, CUT_MS, "emergency-drill"),
		[AIR_EMERGENCY] = TAKES(DROPPED, CUT_MS, "emergency"),
		[AIR_CUT] = TAKES(DROPPED, CUT_MS, "cut-by-operator"),
	},
	/* What an emergency breaks off comes back by its slot's rule; what a hand takes off does
	 * not: whoever ordered something else may order this again. */
	[AIR_TIMETABLE] = {
		[AIR_DEMO] = REFUSED("slot-taken"),
		[AIR_TIMETABLE] = TAKES(GIVES_WAY, CUT_MS, "slot-taken"),
		[AIR_TEST] = REFUSED("slot-taken"),
		[AIR_HAND] = TAKES(DROPPED, HAND_MS, "replaced-by-operator"),
		[AIR_VOICE] = TAKES(DUCKED, DUCK_MS, "live-voice"),
		[AIR_DRILL] = TAKES(BROKEN, CUT_MS, "emergency-drill"),
		[AIR_EMERGENCY] = TAKES(BROKEN, CUT_MS, "emergency"),
		[AIR_CUT] = TAKES(DROPPED, CUT_MS, "cut-by-operator"),
	},
	/* A test lasts seconds, and nothing is due while it is allowed. */
	[AIR_TEST] = {
		[AIR_DEMO] = REFUSED("replaced-by-operator"),
		[AIR_TIMETABLE] = REFUSED("replaced-by-operator"),
		[AIR_TEST] = REFUSED("replaced-by-operator"),
		[AIR_HAND] = TAKES(DROPPED, HAND_MS, "replaced-by-operator"),
		[AIR_VOICE] = TAKES(DROPPED, HAND_MS, "live-voice"),
		[AIR_DRILL] = TAKES(DROPPED, CUT_MS, "emergency-drill"),
		[AIR_EMERGENCY] = TAKES(DROPPED, CUT_MS, "emergency"),
		[AIR_CUT] = TAKES(DROPPED, CUT_MS, "cut-by-operator"),
	},
	[AIR_HAND] = {
		[AIR_DEMO] = REFUSED("replaced-by-operator"),
		[AIR_TIMETABLE] = REFUSED("replaced-by-operator"),
		[AIR_TEST] = REFUSED("replaced-by-operator"),
		[AIR_HAND] = TAKES(DROPPED, HAND_MS, "replaced-by-operator"),
		[AIR_VOICE] = TAKES(DUCKED, DUCK_MS, "live-voice"),
		[AIR_DRILL] = TAKES(DROPPED, CUT_MS, "emergency-drill"),
		[AIR_EMERGENCY] = TAKES(DROPPED, CUT_MS, "emergency"),
		[AIR_CUT] = TAKES(DROPPED, CUT_MS, "cut-by-operator"),
	},
	/* Programmes go on under a voice, and begin under it. A drill waits for the speaker. */
	[AIR_VOICE] = {
		[AIR_DEMO] = UNDER("live-voice"),
		[AIR_TIMETABLE] = UNDER("live-voice"),
		[AIR_TEST] = REFUSED("live-voice"),
		[AIR_HAND] = UNDER("live-voice"),
		[AIR_VOICE] = REFUSED("live-voice"),
		[AIR_DRILL] = WAITS("live-voice"),
		[AIR_EMERGENCY] = TAKES(DROPPED, CUT_MS, "emergency"),
		[AIR_CUT] = TAKES(DROPPED, CUT_MS, "cut-by-operator"),
	},
	[AIR_DRILL] = {
		[AIR_DEMO] = REFUSED("emergency-drill"),
		[AIR_TIMETABLE] = REFUSED("emergency-drill"),
		[AIR_TEST] = REFUSED("emergency-drill"),
		[AIR_HAND] = REFUSED("emergency-drill"),
		[AIR_VOICE] = REFUSED("emergency-drill"),
		[AIR_DRILL] = WAITS("emergency-drill"),
		[AIR_EMERGENCY] = TAKES(DROPPED, CUT_MS, "emergency"),
		[AIR_CUT] = TAKES(DROPPED, CUT_MS, "cut-by-operator"),
	},
	/* Two at once: the first is heard to its end, then the second. Half of one warning and half
	 * of another would be worth less than either, and both are short. */
	[AIR_EMERGENCY] = {
		[AIR_DEMO] = REFUSED("emergency"),
		[AIR_TIMETABLE] = REFUSED("emergency"),
		[AIR_TEST] = REFUSED("emergency"),
		[AIR_HAND] = REFUSED("emergency"),
		[AIR_VOICE] = REFUSED("emergency"),
		[AIR_DRILL] = WAITS("emergency"),
		[AIR_EMERGENCY] = WAITS("emergency"),
		[AIR_CUT] = TAKES(DROPPED, CUT_MS, "cut-by-operator"),
	},
	/* Only air_ask.over passes. */
	[AIR_CUT] = {
		[AIR_DEMO] = REFUSED("held-by-operator"),
		[AIR_TIMETABLE] = REFUSED("held-by-operator"),
		[AIR_TEST] = REFUSED("held-by-operator"),
		[AIR_HAND] = REFUSED("held-by-operator"),
		[AIR_VOICE] = REFUSED("held-by-operator"),
		[AIR_DRILL] = REFUSED("held-by-operator"),
		[AIR_EMERGENCY] = REFUSED("held-by-operator"),
		[AIR_CUT] = FREE,
	},
};

const struct air_rule *arbiter_rule(enum air_kind there, enum air_kind asks)
{
	must(there < AIR_KINDS && asks > AIR_NOBODY && asks < AIR_KINDS);
	return &rules[there][asks];
}

const char *air_code(enum air_kind a)
{
	static const char *const codes[] = {"nobody", "demo",  "timetable", "test", "hand",
					    "voice",  "drill", "emergency", "cut"};

	must(a < AIR_KINDS);
	return codes[a];
}

static struct air_claim *find(struct arbiter *a, uint64_t id)
{
	for (int i = 0; i < a->count; i++)
		if (a->claims[i].id == id)
			return &a->claims[i];
	return NULL;
}

const struct air_claim *arbiter_claim(const struct arbiter *a, uint64_t id)
{
	return find((struct arbiter *)a, id);
}

static struct air_claim *holder_of(struct arbiter *a, uint32_t zone)
{
	for (int i = 0; i < a->count; i++)
		if (a->claims[i].holds & zone)
			return &a->claims[i];
	return NULL;
}

enum air_kind arbiter_holder(const struct arbiter *a, int zone)
{
	const struct air_claim *c = holder_of((struct arbiter *)a, 1u << zone);

	if (c != NULL)
		return c->kind;
	return a->cut >> zone & 1 ? AIR_CUT : AIR_NOBODY;
}

static uint32_t standing(const struct air_claim *c)
{
	return c->holds | c->leaves | c->ducked | c->broken | c->waits;
}

static void clear(struct air_claim *c, uint32_t zones)
{
	c->holds &= ~zones;
	c->leaves &= ~zones;
	c->ducked &= ~zones;
	c->broken &= ~zones;
	c->waits &= ~zones;
}

/* Claims without any standing left are over. Pointers into the list do not outlive this. */
static void sweep(struct arbiter *a)
{
	int kept = 0;

	for (int i = 0; i < a->count; i++)
		if (standing(&a->claims[i]) != 0)
			a->claims[kept++] = a->claims[i];
	a->count = kept;
}

/* One effect for all zones in which the same becomes of a claim. */
static void tell(struct air_effects *effects, uint64_t id, uint32_t zone, enum air_lot lot,
		 const struct air_rule *rule)
{
	for (int i = 0; i < effects->count; i++) {
		struct air_effect *known = &effects->list[i];
		if (known->id == id && known->lot == lot) {
			known->zones |= zone;
			return;
		}
	}
	must(effects->count < 2 * AIR_CLAIMS_MAX);
	effects->list[effects->count++] = (struct air_effect){
		.id = id, .zones = zone, .lot = lot, .fade_ms = rule != NULL ? rule->fade_ms : 0,
		.why = rule != NULL ? rule->why : NULL};
}

/* What becomes of a claim in a zone that somebody takes. What is broken already stays so under any
 * programme or voice that comes while it waits, and only a cut is its end. */
static void yield(struct air_claim *c, uint32_t zone, enum air_kind asks,
		  struct air_effects *effects)
{
	const struct air_rule *rule = &rules[c->kind][asks];
	enum air_lot lot = rule->lot;

	if ((standing(c) & zone) == 0 || ((c->broken | c->waits) & zone && asks != AIR_CUT))
		return;
	if (c->leaves & zone && (lot == AIR_GIVES_WAY || lot == AIR_DUCKED || lot == AIR_STAYS))
		return; /* it ends in a moment as it is */
	if (c->leaves & zone && lot == AIR_BROKEN)
		lot = AIR_DROPPED; /* there is nothing left to come back to */
	must(lot != AIR_STAYS);
	clear(c, zone);
	if (lot == AIR_GIVES_WAY)
		c->leaves |= zone;
	else if (lot == AIR_DUCKED)
		c->ducked |= zone;
	else if (lot == AIR_BROKEN)
		c->broken |= zone;
	tell(effects, c->id, zone, lot, rule);
}

/* Who stands in the asker's way in a zone. Under a voice programmes are among themselves: what lies
 * there already must let the other come, as in the open. */
static const struct air_rule *rule_in(struct arbiter *a, const struct air_ask *ask, uint32_t zone,
				      enum air_kind *there)
{
	const struct air_claim *c = holder_of(a, zone);

	*there = c != NULL ? c->kind : AIR_NOBODY;
	if (a->cut & zone & ~ask->over)
		*there = AIR_CUT;
	const struct air_rule *rule = &rules[*there][ask->kind];
	for (int i = 0; rule->verdict == AIR_UNDER && i < a->count; i++) {
		const struct air_claim *under = &a->claims[i];
		if (under->ducked & zone && rules[under->kind][ask->kind].verdict == AIR_REFUSED) {
			*there = under->kind;
			return &rules[under->kind][ask->kind];
		}
	}
	return rule;
}

/* Of two of one kind the later takes over from the earlier, and not the other way round, whoever
 * asks first. */
static bool too_old(struct arbiter *a, const struct air_ask *ask, uint32_t zone)
{
	for (int i = 0; i < a->count; i++) {
		const struct air_claim *c = &a->claims[i];
		if ((c->holds | c->ducked) & zone && c->kind == ask->kind && c->since > ask->since)
			return true;
	}
	return false;
}

static void give(struct arbiter *a, struct air_claim *c, uint32_t zone, bool under,
		 struct air_effects *effects)
{
	for (int i = 0; i < a->count; i++) {
		struct air_claim *other = &a->claims[i];
		/* Under a voice only what is ducked like it is in the way. */
		if (other != c && !(under && other->holds & zone))
			yield(other, zone, c->kind, effects);
	}
	clear(c, zone);
	if (under)
		c->ducked |= zone;
	else
		c->holds |= zone;
}

static void refuse(struct air_answer *answer, enum air_kind *by, enum air_kind there,
		   const char *why)
{
	if (answer->why == NULL || there < *by) {
		answer->why = why;
		*by = there;
	}
}

static void ask_zone(struct arbiter *a, struct air_claim *c, const struct air_ask *ask,
		     uint32_t zone, struct air_answer *answer, enum air_kind *by,
		     struct air_effects *effects)
{
	enum air_kind there;

	if ((c->holds | c->leaves | c->ducked | c->waits) & zone)
		return;
	const struct air_rule *rule = rule_in(a, ask, zone, &there);
	bool old = (rule->verdict == AIR_TAKES || rule->verdict == AIR_UNDER) &&
		   too_old(a, ask, zone);
	if (old) {
		refuse(answer, by, ask->kind, rules[ask->kind][ask->kind].why);
	} else if (rule->verdict == AIR_REFUSED) {
		refuse(answer, by, there, rule->why);
	} else if (rule->verdict == AIR_WAITS) {
		c->broken &= ~zone;
		c->waits |= zone;
	} else {
		give(a, c, zone, rule->verdict == AIR_UNDER, effects);
	}
}

static struct air_claim *enter(struct arbiter *a, const struct air_ask *ask)
{
	struct air_claim *c = find(a, ask->id);

	if (c != NULL)
		return c;
	if (a->count == AIR_CLAIMS_MAX)
		return NULL;
	c = &a->claims[a->count++];
	*c = (struct air_claim){.id = ask->id, .kind = ask->kind, .since = ask->since};
	return c;
}

void arbiter_ask(struct arbiter *a, const struct air_ask *ask, struct air_answer *answer,
		 struct air_effects *effects)
{
	struct air_claim *c = enter(a, ask);
	enum air_kind by = AIR_KINDS;

	must(ask->id != 0 && ask->kind > AIR_NOBODY && ask->kind < AIR_CUT);
	*answer = (struct air_answer){0};
	effects->count = 0;
	if (c == NULL) { /* more at once than there are decks to sound on */
		answer->why = "internal";
		return;
	}
	for (int z = 0; z < ZONES_MAX; z++)
		if (ask->zones >> z & 1)
			ask_zone(a, c, ask, 1u << z, answer, &by, effects);
	answer->has = (c->holds | c->leaves | c->ducked) & ask->zones;
	answer->ducked = c->ducked & ask->zones;
	answer->waits = c->waits & ask->zones;
	sweep(a);
}

/* Of those that wait for a zone: the highest, and of these who asked first. */
static struct air_claim *first_waiting(struct arbiter *a, uint32_t zone)
{
	struct air_claim *best = NULL;

	for (int i = 0; i < a->count; i++) {
		struct air_claim *c = &a->claims[i];
		if (c->waits & zone && (best == NULL || c->kind > best->kind))
			best = c;
	}
	return best;
}

/* What lay under a voice; else what was to give way to one that is over before it began. */
static struct air_claim *still_there(struct arbiter *a, uint32_t zone)
{
	struct air_claim *last = NULL;

	for (int i = 0; i < a->count; i++) {
		struct air_claim *c = &a->claims[i];
		if (c->ducked & zone)
			return c;
		if (c->leaves & zone && (last == NULL || c->since >= last->since))
			last = c;
	}
	return last;
}

/* Nobody holds the zone any more. */
static void hand_on(struct arbiter *a, uint32_t zone, struct air_effects *effects)
{
	struct air_claim *next = first_waiting(a, zone);
	bool waited = next != NULL;

	if (!waited)
		next = still_there(a, zone);
	if (next != NULL && waited)
		give(a, next, zone, false, effects);
	if (next != NULL) {
		clear(next, zone);
		next->holds |= zone;
		tell(effects, next->id, zone, waited ? AIR_ITS_TURN : AIR_LOUD_AGAIN, NULL);
		return;
	}
	for (int i = 0; i < a->count; i++) {
		struct air_claim *c = &a->claims[i];
		if ((c->broken & zone) == 0)
			continue;
		c->broken &= ~zone;
		tell(effects, c->id, zone, AIR_COMES_BACK, NULL);
	}
}

void arbiter_leave(struct arbiter *a, uint64_t id, uint32_t zones, struct air_effects *effects)
{
	struct air_claim *c = find(a, id);

	effects->count = 0;
	if (c == NULL)
		return;
	uint32_t freed = c->holds & zones;
	clear(c, zones);
	for (int z = 0; z < ZONES_MAX; z++)
		if (freed >> z & 1)
			hand_on(a, 1u << z, effects);
	sweep(a);
}

void arbiter_cut(struct arbiter *a, uint32_t zones, struct air_effects *effects)
{
	effects->count = 0;
	a->cut |= zones;
	for (int z = 0; z < ZONES_MAX; z++)
		for (int i = 0; i < a->count && zones >> z & 1; i++)
			yield(&a->claims[i], 1u << z, AIR_CUT, effects);
	sweep(a);
}

void arbiter_resume(struct arbiter *a, uint32_t zones)
{
	a->cut &= ~zones;
}
