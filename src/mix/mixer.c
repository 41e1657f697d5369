/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mixer_block and what it calls run in the real-time thread: no malloc, lock, system call, log or
 * unbounded loop. mixer_send, mixer_event and mixer_peak are the main thread's ends of the same
 * rings.
 *
 * The mixer works one block ahead of what it gives out, so that the limiter sees a peak before it
 * goes out: the first call mixes two blocks, each later call one. */
#include "mix/mixer.h"

#include "base/must.h"
#include "mix/mixer_state.h"

#include <string.h>

/* A full ring of events drops starvings first: see mixer_event's promise. */
#define EVENTS_KEPT (MIX_EVENTS_MAX / 2)

/* Silent blocks after which nothing is left in a limiter: those that it holds, and their past. */
#define QUIET_BLOCKS 3

static void tell(struct mixer *m, const struct mix_event *ev)
{
	if (ev->kind != MIX_STARVED || ring_space(&m->events) > EVENTS_KEPT)
		ring_push(&m->events, m->event_memory, ev, 1);
}

static void tell_ended(struct mixer *m, const struct deck *d, enum mix_end end, int64_t frame)
{
	tell(m, &(struct mix_event){.kind = MIX_ENDED,
				    .end = end,
				    .deck = d->number,
				    .tag = d->tag,
				    .frame = {frame},
				    .frames = d->mixed});
}

/* Orders whose frame is over hold from now on; clamped at once so that two late ones keep the order
 * in which they were sent. */
static void wait_for_frame(struct mixer *m, const struct mix_command *c)
{
	struct mixer_order o = {*c, m->fetched++};
	int i = m->waiting_count++;

	if (o.command.at.n < m->mixed)
		o.command.at.n = m->mixed;
	for (; i > 0 && m->waiting[i - 1].command.at.n > o.command.at.n; i--)
		m->waiting[i] = m->waiting[i - 1];
	m->waiting[i] = o;
}

/* Never more than fit: mixer_send counts those that wait. */
void mixer_fetch(struct mixer *m)
{
	struct mix_command c;

	while (m->waiting_count < MIX_COMMANDS_MAX &&
	       ring_pull(&m->commands, m->command_memory, &c, 1) == 1)
		wait_for_frame(m, &c);
}

void mixer_forget(struct mixer *m, int i)
{
	m->waiting_count--;
	memmove(&m->waiting[i], &m->waiting[i + 1],
		(size_t)(m->waiting_count - i) * sizeof(m->waiting[0]));
	atomic_fetch_add_explicit(&m->done, 1, memory_order_release);
}

static void tell_undone(struct mixer *m, const struct mix_command *c, enum mix_end end,
			int64_t frame)
{
	tell(m, &(struct mix_event){.kind = MIX_ENDED,
				    .end = end,
				    .deck = c->deck,
				    .tag = c->tag,
				    .frame = {frame}});
}

static void play(struct mixer *m, const struct mixer_order *o, int64_t frame)
{
	struct deck *d = &m->deck[o->command.deck];

	if (d->on) {
		tell_undone(m, &o->command, MIX_END_REFUSED, frame);
		return;
	}
	deck_play(d, &o->command, o->number);
	tell(m, &(struct mix_event){.kind = MIX_STARTED,
				    .deck = d->number,
				    .tag = d->tag,
				    .frame = {frame}});
}

/* True if order number a was sent before b; numbers wrap. */
static bool before(uint32_t a, uint32_t b)
{
	return (int32_t)(a - b) < 0;
}

/* A fade before its deck's start takes the start back. */
static void take_back(struct mixer *m, const struct mixer_order *fade, int64_t frame)
{
	for (int i = 0; i < m->waiting_count; i++) {
		const struct mix_command *c = &m->waiting[i].command;

		if (c->order != MIX_PLAY || c->deck != fade->command.deck ||
		    !before(m->waiting[i].number, fade->number))
			continue;
		tell_undone(m, c, MIX_END_FADED, frame);
		mixer_forget(m, i);
		return;
	}
}

/* Taken back to before what is mixed already: what it was mixed beyond was never heard so. */
static void end_overdue(struct mixer *m, struct deck *d, int64_t frame)
{
	int64_t over = deck_overdue(d);

	if (over <= 0)
		return;
	d->mixed = d->mixed > over ? d->mixed - over : 0;
	d->on = false;
	tell_ended(m, d, MIX_END_FADED, frame - over);
}

void mixer_carry_out(struct mixer *m, const struct mixer_order *o, int64_t frame,
		     int64_t ago_frames)
{
	const struct mix_command *c = &o->command;
	struct deck *d = &m->deck[c->deck];
	bool holds = d->on && before(d->order, o->number);

	if (c->order == MIX_PLAY)
		play(m, o, frame);
	else if (c->order == MIX_LEVEL && holds)
		deck_level(d, &m->curve, c->gain, c->fade_frames, ago_frames);
	else if (c->order == MIX_FADE && holds)
		deck_fade(d, &m->curve, c->fade_frames, ago_frames);
	else if (c->order == MIX_FADE)
		take_back(m, o, frame);
	if (c->order == MIX_FADE && holds)
		end_overdue(m, d, frame);
}

static void carry_out_due(struct mixer *m, int64_t frame)
{
	while (m->waiting_count > 0 && m->waiting[0].command.at.n <= frame) {
		struct mixer_order o = m->waiting[0];

		mixer_forget(m, 0);
		mixer_carry_out(m, &o, frame, 0);
	}
}

static int mix_decks(struct mixer *m, float *const mix[], int64_t frame, int count)
{
	int on = 0;

	for (int i = 0; i < DECKS_MAX; i++) {
		struct deck *d = &m->deck[i];

		if (!d->on)
			continue;
		on++;
		struct deck_report r = deck_mix(d, &m->curve, mix, m->zones, count);

		int64_t start = frame + r.frames - d->place;

		if (r.starved_frames > 0)
			tell(m, &(struct mix_event){.kind = MIX_STARVED,
						    .deck = d->number,
						    .tag = d->tag,
						    .frame = {start + r.starved_at},
						    .frames = r.starved_frames});
		if (r.ended)
			tell_ended(m, d, r.end, frame + r.frames);
	}
	return on;
}

/* Mixes the block of frames from m->mixed on, cut where an order falls due. True if a deck was
 * on. */
static bool mix_new(struct mixer *m, float *const mix[])
{
	int64_t end = m->mixed + BLOCK_FRAMES;
	int on = 0;

	for (int64_t frame = m->mixed; frame < end;) {
		float *at[ZONES_MAX];
		int64_t next = end;

		carry_out_due(m, frame);
		if (m->waiting_count > 0 && m->waiting[0].command.at.n < end)
			next = m->waiting[0].command.at.n;
		for (int z = 0; z < m->zones; z++)
			at[z] = mix[z] + (frame - m->mixed);
		on += mix_decks(m, at, frame, (int)(next - frame));
		frame = next;
	}
	m->mixed = end;
	return on > 0;
}

/* The newest block is mixed and measured; silence long enough lets the limiters start anew. */
static void mix_ahead(struct mixer *m)
{
	float *mix[ZONES_MAX] = {0};

	for (int z = 0; z < m->zones; z++)
		mix[z] = limiter_next(&m->limiter[z]);
	m->quiet_blocks = mix_new(m, mix) ? 0 : m->quiet_blocks + 1;
	for (int z = 0; z < m->zones; z++)
		limiter_look(&m->limiter[z]);
}

/* No deck plays or begins in the next block, and all that limiters hold is silence. */
static bool idle(const struct mixer *m)
{
	return m->quiet_blocks >= QUIET_BLOCKS &&
	       (m->waiting_count == 0 ||
		m->waiting[0].command.at.n >= m->mixed + BLOCK_FRAMES);
}

static void keep_peak(struct mixer *m, int zone, const float *out, int64_t end)
{
	float peak = gain_peak(out, BLOCK_FRAMES);
	uint32_t bits, old = atomic_load_explicit(&m->peak[zone], memory_order_relaxed);

	if (peak >= m->silent)
		atomic_store_explicit(&m->sounded[zone], end, memory_order_relaxed);
	memcpy(&bits, &peak, sizeof(bits));
	/* The reader can only have put 0 there in between: the second try needs no comparison. */
	if (bits > old && !atomic_compare_exchange_strong_explicit(&m->peak[zone], &old, bits,
								   memory_order_relaxed,
								   memory_order_relaxed))
		atomic_store_explicit(&m->peak[zone], bits, memory_order_relaxed);
}

static void silence(struct mixer *m, float *const out[])
{
	for (int z = 0; z < m->zones; z++)
		memset(out[z], 0, BLOCK_FRAMES * sizeof(float));
	m->mixed += BLOCK_FRAMES;
}

void mixer_block(struct mixer *m, float *const out[])
{
	int64_t now = atomic_load_explicit(&m->now, memory_order_relaxed);

	mixer_fetch(m);
	if (idle(m)) {
		silence(m, out);
	} else {
		while (m->mixed < now + 2 * BLOCK_FRAMES)
			mix_ahead(m);
		for (int z = 0; z < m->zones; z++) {
			if (m->quiet_blocks == QUIET_BLOCKS)
				limiter_reset(&m->limiter[z]);
			limiter_out(&m->limiter[z], out[z]);
			keep_peak(m, z, out[z], now + BLOCK_FRAMES);
		}
	}
	atomic_store_explicit(&m->now, now + BLOCK_FRAMES, memory_order_release);
}

struct frame mixer_now(const struct mixer *m)
{
	return (struct frame){atomic_load_explicit(&m->now, memory_order_acquire)};
}

struct frame mixer_sounded(const struct mixer *m, int zone)
{
	return (struct frame){atomic_load_explicit(&m->sounded[zone], memory_order_relaxed)};
}

int64_t mixer_lead_frames(const struct mixer *m)
{
	(void)m;
	return 2 * BLOCK_FRAMES;
}

bool mixer_send(struct mixer *m, const struct mix_command *c)
{
	must(c->deck < DECKS_MAX && c->fade_frames >= 0);
	must(c->order != MIX_PLAY || (c->length_frames >= 0 && c->fade_in_frames >= 0));
	must(c->memory == NULL || (c->memory_frames > 0 && c->length_frames < INT64_MAX));
	must(!c->breaks_in || c->order != MIX_PLAY || c->length_frames > BREAK_IN_LEAST_FRAMES);
	if (m->sent - atomic_load_explicit(&m->done, memory_order_acquire) >= MIX_COMMANDS_MAX)
		return false;
	m->sent++;
	if (m->gathers)
		m->gathered[m->gathered_count++] = *c;
	else
		must(ring_push(&m->commands, m->command_memory, c, 1) == 1);
	return true;
}

void mixer_gather(struct mixer *m)
{
	must(!m->gathers);
	m->gathers = true;
}

/* One store publishes them all: see base/ring.h. */
void mixer_hand_over(struct mixer *m)
{
	must(m->gathers);
	must(ring_push(&m->commands, m->command_memory, m->gathered, m->gathered_count) ==
	     m->gathered_count);
	m->gathers = false;
	m->gathered_count = 0;
}

bool mixer_event(struct mixer *m, struct mix_event *ev)
{
	return ring_pull(&m->events, m->event_memory, ev, 1) == 1;
}

float mixer_peak(struct mixer *m, int zone)
{
	must(zone >= 0 && zone < m->zones);
	uint32_t bits = atomic_exchange_explicit(&m->peak[zone], 0, memory_order_relaxed);
	float peak;

	memcpy(&peak, &bits, sizeof(peak));
	return peak;
}
