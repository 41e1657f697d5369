/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/leap.h"

#include "plan/trust.h"
#include "station/playout.h"
#include "station/record.h"

#include <stdlib.h>

/* Slewing by NTP moves wall against monotonic time by at most 0.5 ms a second; more is a step. */
#define STEP_NS (200 * NS_PER_MS)
/* The counters of the kernel do not differ by themselves. */
#define SLEPT_NS NS_PER_S
/* Clocks that were read one after the other must not be compared if we were stopped between. */
#define READ_NS (10 * NS_PER_MS)
#define READ_TRIES 20

struct reading {
	struct mono mono;
	int64_t wall_minus_mono_ns, up_minus_mono_ns;
};

static struct reading read_clocks(struct playout *p)
{
	struct reading r = {0};

	for (int i = 0; i < READ_TRIES; i++) {
		int64_t up_ns = clock_up_ns(p->clock);
		r.mono = clock_mono(p->clock);
		r.wall_minus_mono_ns = clock_wall(p->clock).ns - r.mono.ns;
		r.up_minus_mono_ns = up_ns - r.mono.ns;
		if (clock_up_ns(p->clock) - up_ns < READ_NS)
			break;
	}
	return r;
}

void leap_init(struct playout *p)
{
	struct reading r = read_clocks(p);

	p->wall_minus_mono_ns = r.wall_minus_mono_ns;
	p->up_minus_mono_ns = r.up_minus_mono_ns;
}

bool leap_believed(struct playout *p, struct wall now)
{
	return p->trust_forced ||
	       trust_enough(trust_judge(now, p->floor, clock_state(p->clock).synced));
}

/* Trusted before, now, both: what that means for the past. */
static void judge_past(struct playout *p, struct wall before, struct wall after, bool trusted,
		       enum reason why)
{
	if (p->trusted && !trusted)
		owed_doubt(p, before);
	else if (!p->trusted && trusted)
		owed_trust(p, after);
	else if (trusted && after.ns > before.ns)
		owed_leap(p, before, after, why);
	else if (trusted && after.ns < before.ns)
		owed_back(p, after);
}

/* The wall clock is elsewhere than the one that counts. What is owed is in the log first. */
static void note_leap(struct playout *p, struct wall before, struct wall after, bool trusted,
		      enum reason why)
{
	bool leapt = p->trusted && trusted && after.ns > before.ns;
	bool slept = why == REASON_MACHINE_SLEPT;

	judge_past(p, before, after, trusted, why);
	if (slept)
		record_slept(p, before, after);
	else
		record_step(p, before, after);
	playout_tell_omissions(p, before);
	p->trusted = trusted;
	playout_drop_unanchored(p);
	p->wall_minus_mono_ns += after.ns - before.ns;
	p->opened_to = wall_add_ns(after, -LOOK_BACK_NS);
	p->omitted_to = after;
	for (struct run *r = p->runs; r != NULL; r = r->next) {
		if (slept)
			run_slept(p, r, after.ns - before.ns);
		else if (leapt)
			run_leapt_over(p, r);
	}
}

static bool look_at_sleep(struct playout *p, const struct reading *r)
{
	int64_t slept_ns = r->up_minus_mono_ns - p->up_minus_mono_ns;

	if (slept_ns < SLEPT_NS)
		return false;
	struct wall before = playout_wall_of(p, r->mono), after = wall_add_ns(before, slept_ns);
	p->up_minus_mono_ns += slept_ns;
	p->slept_ns += slept_ns;
	note_leap(p, before, after, leap_believed(p, after), REASON_MACHINE_SLEPT);
	return true;
}

static bool look_at_step(struct playout *p, const struct reading *r)
{
	int64_t delta_ns = r->wall_minus_mono_ns - p->wall_minus_mono_ns;
	bool told = clock_stepped(p->clock);

	if (llabs(delta_ns) <= (told ? NS_PER_MS : STEP_NS)) {
		p->wall_minus_mono_ns += delta_ns;
		return false;
	}
	struct wall before = playout_wall_of(p, r->mono), after = wall_add_ns(before, delta_ns);
	p->owed.boot.ns += delta_ns;
	note_leap(p, before, after, leap_believed(p, after), REASON_CLOCK_FORWARD);
	return true;
}

bool leap_look(struct playout *p)
{
	struct reading r = read_clocks(p);
	bool leapt = look_at_sleep(p, &r);

	leapt = look_at_step(p, &r) || leapt;
	record_corrections(p);
	struct wall now = playout_wall_of(p, r.mono);
	bool trusted = leap_believed(p, now);
	if (trusted == p->trusted)
		return leapt;
	/* A person or a time server said so. */
	judge_past(p, now, now, trusted, REASON_CLOCK_UNTRUSTED);
	p->trusted = trusted;
	return true;
}
