/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The clock seam: monotonic and wall time, what the kernel knows about its quality, and steps. */
#ifndef VX_SYS_CLOCK_H
#define VX_SYS_CLOCK_H

#include "base/moment.h"

#include <stdbool.h>

/* What the kernel says about the wall clock (adjtimex(2)). */
struct clock_state {
	bool synced;	      /* false: STA_UNSYNC is set, nobody disciplines the clock */
	double max_error_ms;  /* the kernel's bound; meaningless unless synced. As good as what
			       * the disciplining program tells the kernel: timesyncd says 0. */
	const char *source;   /* as timekeeper_find names it; "kernel": the kernel says synced,
			       * and by whom is not known; NULL unless synced */
};

struct clock;

struct clock_ops {
	struct mono (*mono)(struct clock *c);
	struct wall (*wall)(struct clock *c);
	struct clock_state (*state)(struct clock *c);
	/* Nanoseconds since the machine came up, with the time it slept, which mono leaves out. */
	int64_t (*up)(struct clock *c);
	/* A descriptor that becomes readable when the wall clock was set, −1 if there is none. */
	int (*step_fd)(struct clock *c);
	/* Re-arms step_fd; true if the wall clock was set since the last call. */
	bool (*stepped)(struct clock *c);
};

/* One clock of the program. `clock_real` opens the kernel's; tests and render pass a clock_sim. */
struct clock {
	const struct clock_ops *ops;
};

static inline struct mono clock_mono(struct clock *c)
{
	return c->ops->mono(c);
}

static inline struct wall clock_wall(struct clock *c)
{
	return c->ops->wall(c);
}

static inline struct clock_state clock_state(struct clock *c)
{
	return c->ops->state(c);
}

static inline int64_t clock_up_ns(struct clock *c)
{
	return c->ops->up(c);
}

static inline int clock_step_fd(struct clock *c)
{
	return c->ops->step_fd(c);
}

static inline bool clock_stepped(struct clock *c)
{
	return c->ops->stepped(c);
}

/* The kernel's clock. Steps come from timerfd's TFD_TIMER_CANCEL_ON_SET. mono and wall may be
 * called from any thread; the rest only from the thread that opened it. */
struct clock_real {
	struct clock clock;
	int step_fd;
	const char *keeper;	/* as last found; looked for once a minute */
	struct mono look_at;	/* when to look again */
};
void clock_real_open(struct clock_real *c);
void clock_real_close(struct clock_real *c);

/* A clock that stands still until told: for render, tests and simulation. It begins synchronised
 * and right. One thread. */
struct clock_sim {
	struct clock clock;
	struct mono now_mono;
	struct wall now_wall;
	struct wall now_true;	/* what a perfect clock would show */
	int64_t drift_ppb;	/* so much more true time passes than the machine counts */
	int64_t slept_ns;
	struct clock_state now_state;
	bool was_set;
};
void clock_sim_init(struct clock_sim *c, struct wall start);
/* The machine counts ns ≥ 0 more; a synchronised wall clock goes with the true time. */
void clock_sim_advance(struct clock_sim *c, int64_t ns);
/* The machine sleeps: wall and up go on, mono does not. */
void clock_sim_sleep(struct clock_sim *c, int64_t ns);
/* A time server is reached: the wall clock is set to the true time. source: as in clock_state. */
void clock_sim_sync(struct clock_sim *c, double max_error_ms, const char *source);
/* Nobody disciplines it any more; the wall clock goes on from where it is. */
void clock_sim_unsync(struct clock_sim *c);
/* The wall clock is set; the monotonic one does not notice. */
void clock_sim_set_wall(struct clock_sim *c, struct wall t);

#endif
