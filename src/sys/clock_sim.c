/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/must.h"
#include "sys/clock.h"

static struct clock_sim *sim(struct clock *c)
{
	return (struct clock_sim *)c;
}

static struct mono sim_mono(struct clock *c)
{
	return sim(c)->now_mono;
}

static struct wall sim_wall(struct clock *c)
{
	return sim(c)->now_wall;
}

static struct clock_state sim_state(struct clock *c)
{
	return sim(c)->now_state;
}

static int64_t sim_up(struct clock *c)
{
	return sim(c)->now_mono.ns + sim(c)->slept_ns;
}

static int sim_step_fd(struct clock *c)
{
	(void)c;
	return -1;
}

static bool sim_stepped(struct clock *c)
{
	bool was_set = sim(c)->was_set;

	sim(c)->was_set = false;
	return was_set;
}

void clock_sim_init(struct clock_sim *c, struct wall start)
{
	static const struct clock_ops ops = {sim_mono, sim_wall, sim_state, sim_up, sim_step_fd,
					     sim_stepped};

	*c = (struct clock_sim){.clock.ops = &ops, .now_wall = start, .now_true = start,
				.now_state = {.synced = true, .source = "kernel"}};
}

void clock_sim_advance(struct clock_sim *c, int64_t ns)
{
	int64_t drift_ns = ns / 1000 * c->drift_ppb / 1000000;

	must(ns >= 0);
	c->now_mono.ns += ns;
	c->now_true.ns += ns + drift_ns;
	c->now_wall.ns += ns + (c->now_state.synced ? drift_ns : 0);
}

void clock_sim_sleep(struct clock_sim *c, int64_t ns)
{
	must(ns >= 0);
	c->slept_ns += ns;
	c->now_wall.ns += ns;
	c->now_true.ns += ns;
	c->was_set = true; /* a timer that is cancelled on set is cancelled by this, too */
}

void clock_sim_set_wall(struct clock_sim *c, struct wall t)
{
	c->now_wall = t;
	c->was_set = true;
}

void clock_sim_sync(struct clock_sim *c, double max_error_ms, const char *source)
{
	if (c->now_wall.ns != c->now_true.ns)
		clock_sim_set_wall(c, c->now_true);
	c->now_state = (struct clock_state){true, max_error_ms, source};
}

void clock_sim_unsync(struct clock_sim *c)
{
	c->now_state = (struct clock_state){0};
}
