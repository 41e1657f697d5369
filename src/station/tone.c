/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/tone.h"

#include "base/text.h"
#include "station/awake.h"
#include "station/taking.h"

/* Nothing may begin this soon after a tone: whoever listens for it must know what was the test. */
#define CLEAR_NS (5 * NS_PER_S)

static bool in_order(const struct playout *p, uint32_t zones, int seconds, struct err *e)
{
	if (seconds < 1 || seconds > TONE_S_MAX)
		return err_set(e, ERR_USAGE,
			       T("phát thử dài từ 1 đến %d giây", "a test lasts 1 to %d seconds"),
			       TONE_S_MAX);
	if ((zones & ~p->arbiter.cut) != 0)
		return true;
	return err_set(e, ERR_CONFLICT,
		       T("loa đang bị ngắt theo lệnh: cho phát tiếp trước%s, rồi phát thử",
			 "the loudspeakers are cut by an operator: resume first%s, then test"),
		       text_shell(" (vangxa resume)"));
}

static bool taken(const char *by, struct err *e)
{
	return err_set(e, ERR_CONFLICT,
		       T("loa đang phát hoặc sắp phát \"%s\"; đợi phát xong rồi hãy thử",
			 "\"%s\" is on air there or about to be; test when it is over"),
		       by);
}

/* Of what is planned only what the timetable may air: an untrusted clock lets it wait. */
static bool free_of_plan(const struct playout *p, uint32_t zones, struct wall from, struct wall to,
			 struct err *e)
{
	for (int i = 0; p->trusted && i < p->plan.count; i++) {
		const struct occurrence *o = &p->plan.list[i];
		struct wall end = wall_add_ns(o->start, ns_of_frames(o->finish_frames));
		if ((o->slot->zones & zones) != 0 && !o->slot->demo && o->item_count > 0 &&
		    o->start.ns < to.ns && end.ns > from.ns && !newcomers_over(p, o))
			return taken(o->slot->name, e);
	}
	return true;
}

/* Tests and bulletins by hand, and slots that run longer than planned. */
static bool free_of_runs(const struct playout *p, uint32_t zones, struct err *e)
{
	for (const struct run *r = p->runs; r != NULL; r = r->next)
		for (int i = 0; i < r->item_count; i++)
			if ((r->zones & zones) != 0 && !r->slot.demo &&
			    r->items[i].state >= AIRING_LOADING && r->items[i].state <= AIRING_ON)
				return taken(airing_title(&r->items[i], r), e);
	return true;
}

bool tone_play(struct playout *p, uint32_t zones, int seconds, const char *why, const char *who,
	       struct err *e)
{
	struct wall now = playout_now(p);
	struct wall clear = wall_add_ns(now, seconds * NS_PER_S + CLEAR_NS);
	uint32_t free = zones & ~p->arbiter.cut;
	const char *by;

	if (!in_order(p, zones, seconds, e) ||
	    !awake(p, now, seconds, why, T("muốn phát thử", "to test"), e) ||
	    !free_of_plan(p, free, now, clear, e) || !free_of_runs(p, free, e))
		return false;
	free = taking_would(p, AIR_TEST, free, &by); /* demonstrations give way */
	if (free == 0)
		return taken(reason_text(by), e);
	taking_ask(p, run_tone(p, seconds * FRAMES_PER_S, free, why, who), who, &free);
	return true;
}

const json_t *tone_last(const struct playout *p)
{
	return p->tone;
}
