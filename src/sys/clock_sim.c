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
	static const struct clock_ops ops = {sim_mono, sim_wall, sim_state, sim_step_fd,
					     sim_stepped};

	*c = (struct clock_sim){.clock.ops = &ops, .now_wall = start, .now_state.synced = true};
}

void clock_sim_advance(struct clock_sim *c, int64_t ns)
{
	must(ns >= 0);
	c->now_mono.ns += ns;
	c->now_wall.ns += ns;
}

void clock_sim_set_wall(struct clock_sim *c, struct wall t)
{
	c->now_wall = t;
	c->was_set = true;
}
