/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Breaking in: an emergency is heard in what was mixed ahead already. Real-time thread: no malloc,
 * lock, system call, log or unbounded loop.
 *
 * A device is kept tens of milliseconds of sound ahead, so that a late mixing thread is not heard.
 * Whoever waits until that has been played loses them. So what lies between the device and the
 * mixer is changed where it lies: there it fades, and the siren is laid over it; decks go on from
 * the place at which they would be if all had been ordered for that frame. The road not taken:
 * decks that can be wound back and mixed again, which needs a past for each of their rings.
 * Another: to keep less ahead; then an old PC stutters every day for what is hoped never to
 * happen. */
#include "base/must.h"
#include "mix/mixer_state.h"

#define FADE_FRAMES ((int64_t)BREAK_IN_MS * FRAMES_PER_S / 1000)

bool mixer_break_waits(struct mixer *m)
{
	mixer_fetch(m);
	for (int i = 0; i < m->waiting_count; i++)
		if (m->waiting[i].command.breaks_in && m->waiting[i].command.order == MIX_PLAY)
			return true;
	return false;
}

/* Where frames `frame` … of a zone lie, up to the end of their block: among what was given out, or
 * in the block that the limiter holds. */
static float *place(struct mixer *m, const struct mixer_unheard *unheard, int zone,
		    int64_t frame)
{
	int64_t now = atomic_load_explicit(&m->now, memory_order_relaxed);

	return frame >= now ? limiter_newest(&m->limiter[zone]) + (frame - now)
			    : unheard->zone[zone] + frame % unheard->frames;
}

static int to_block_end(int64_t frame)
{
	return (int)(BLOCK_FRAMES - frame % BLOCK_FRAMES);
}

/* What was given out has its limiter behind it, and the block after it can no more be lowered ahead
 * of its first peak. */
static void clip(float *x, int count, float ceiling)
{
	for (int i = 0; i < count; i++)
		x[i] = x[i] > ceiling ? ceiling : x[i] < -ceiling ? -ceiling : x[i];
}

static void hush(struct mixer *m, const struct mixer_unheard *unheard, int zone, int64_t from)
{
	float env[BLOCK_FRAMES];

	for (int64_t f = from, count; f < m->mixed; f += count) {
		float *x = place(m, unheard, zone, f);
		count = to_block_end(f);
		for (int i = 0; i < count; i++)
			env[i] = 1.0f;
		gain_fade_out(&m->curve, env, f - from, FADE_FRAMES, (int)count);
		for (int i = 0; i < count; i++)
			x[i] *= env[i];
	}
}

static void lay_over(struct mixer *m, const struct mixer_unheard *unheard, struct deck *d,
		     int64_t from)
{
	for (int64_t f = from, count; f < m->mixed && d->on; f += count) {
		float *x[ZONES_MAX] = {0};
		count = to_block_end(f);
		for (int z = 0; z < m->zones; z++)
			x[z] = place(m, unheard, z, f);
		deck_mix(d, &m->curve, x, m->zones, (int)count);
		for (int z = 0; z < m->zones; z++)
			if (d->gain[z] > 0)
				clip(x[z], (int)count, m->limiter[z].ceiling);
	}
}

static void play(struct mixer *m, const struct mixer_unheard *unheard, const struct mixer_order *o,
		 int64_t from)
{
	struct deck *d = &m->deck[o->command.deck];

	for (int z = 0; z < m->zones; z++)
		if (o->command.gain[z] > 0)
			hush(m, unheard, z, from);
	mixer_carry_out(m, o, from, 0);
	if (d->on && d->order == o->number)
		lay_over(m, unheard, d, from);
}

/* No frame before what is kept, and none that was not mixed; and so near that what breaks in does
 * not end before m->mixed, where no report would tell of it (mixer_send refuses shorter ones). */
static int64_t reachable(const struct mixer *m, const struct mixer_unheard *unheard, int64_t from)
{
	int64_t oldest = atomic_load_explicit(&m->now, memory_order_relaxed) - unheard->frames;

	oldest = oldest > m->mixed - BREAK_IN_LEAST_FRAMES ? oldest
							   : m->mixed - BREAK_IN_LEAST_FRAMES;
	oldest = oldest > 0 ? oldest : 0;
	from = from > oldest ? from : oldest;
	return from < m->mixed ? from : m->mixed;
}

void mixer_break_in(struct mixer *m, struct frame from, const struct mixer_unheard *unheard)
{
	int64_t at = reachable(m, unheard, from.n);

	must(unheard->frames % BLOCK_FRAMES == 0);
	for (int i = 0; i < m->waiting_count;) {
		struct mixer_order o = m->waiting[i];
		if (!o.command.breaks_in) {
			i++;
			continue;
		}
		mixer_forget(m, i);
		if (o.command.order == MIX_PLAY)
			play(m, unheard, &o, at);
		else
			mixer_carry_out(m, &o, m->mixed, m->mixed - at);
		i = 0; /* a fade takes back what waits for its frame */
	}
	for (int z = 0; z < m->zones && m->mixed > atomic_load(&m->now); z++)
		limiter_look_again(&m->limiter[z]);
	m->quiet_blocks = 0;
}
