/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/meter.h"

#include "base/must.h"
#include "base/peak.h"

#include <ebur128.h>
#include <math.h>
#include <stdlib.h>

struct measure {
	ebur128_state *state; /* NULL: free */
	struct peak *peak;
	int zone;
	bool ended;
	int64_t next;	 /* frame to measure next */
	int64_t end;	 /* INT64_MAX until told */
	uint64_t block;	 /* number of the first block that may hold `next` */
	int64_t measured;
};

struct meter {
	const uint8_t *blocks;
	uint32_t capacity, block_bytes;
	uint64_t count;
	struct measure slots[ENCODER_MEASURES_MAX];
};

struct meter *meter_create(const void *blocks, uint32_t capacity, uint32_t block_bytes)
{
	struct meter *m = calloc(1, sizeof(*m));

	must(m != NULL && capacity > METER_LAG_BLOCKS);
	m->blocks = blocks;
	m->capacity = capacity;
	m->block_bytes = block_bytes;
	return m;
}

void meter_destroy(struct meter *m)
{
	if (m == NULL)
		return;
	for (int i = 0; i < ENCODER_MEASURES_MAX; i++)
		if (m->slots[i].state != NULL) {
			ebur128_destroy(&m->slots[i].state);
			peak_destroy(m->slots[i].peak);
		}
	free(m);
}

static uint64_t oldest(const struct meter *m)
{
	return m->count > m->capacity ? m->count - m->capacity : 0;
}

static const struct meter_block *block_at(const struct meter *m, uint64_t number)
{
	return (const void *)(m->blocks + (size_t)(number % m->capacity) * m->block_bytes);
}

/* Histogram mode: loudness to within 0.05 LU from 8 KB, instead of a list that grows by ten nodes a
 * second for as long as a measure lasts. */
void meter_begin(struct meter *m, int slot, int zone, struct frame first)
{
	must(slot >= 0 && slot < ENCODER_MEASURES_MAX && m->slots[slot].state == NULL);
	struct measure *s = &m->slots[slot];

	*s = (struct measure){.zone = zone, .next = first.n, .end = INT64_MAX, .block = oldest(m)};
	s->state = ebur128_init(1, FRAMES_PER_S, EBUR128_MODE_I | EBUR128_MODE_HISTOGRAM);
	must(s->state != NULL);
	s->peak = peak_create();
}

void meter_end(struct meter *m, int slot, struct frame end)
{
	must(slot >= 0 && slot < ENCODER_MEASURES_MAX);
	m->slots[slot].end = end.n;
}

/* The part of block b that lies in [next, end). Frames that a dropped block took away are
 * skipped. */
static void feed(struct measure *s, const struct meter_block *b)
{
	int64_t from = s->next > b->first ? s->next - b->first : 0;
	int64_t to = s->end - b->first < BLOCK_FRAMES ? s->end - b->first : BLOCK_FRAMES;

	if (from >= to)
		return;
	const float *samples = b->samples + (size_t)s->zone * BLOCK_FRAMES + from;
	must(ebur128_add_frames_float(s->state, samples, (size_t)(to - from)) == EBUR128_SUCCESS);
	peak_add(s->peak, samples, (size_t)(to - from));
	s->measured += to - from;
	s->next = b->first + to;
}

static void advance_one(struct meter *m, struct measure *s, uint64_t limit)
{
	if (s->block < oldest(m))
		s->block = oldest(m);
	while (s->block < limit && !s->ended) {
		const struct meter_block *b = block_at(m, s->block);
		if (b->first >= s->end)
			break;
		feed(s, b);
		s->block++;
	}
	const struct meter_block *newest = m->count > 0 ? block_at(m, m->count - 1) : NULL;
	if (newest != NULL && newest->first + BLOCK_FRAMES >= s->end)
		s->ended = true;
}

void meter_advance(struct meter *m, uint64_t count)
{
	uint64_t lag = count > METER_LAG_BLOCKS ? count - METER_LAG_BLOCKS : 0;

	m->count = count;
	for (int i = 0; i < ENCODER_MEASURES_MAX; i++) {
		struct measure *s = &m->slots[i];
		if (s->state != NULL && !s->ended)
			advance_one(m, s, s->end == INT64_MAX ? lag : count);
	}
}

static void finish(struct measure *s, struct meter_result *r)
{
	double loudness = -HUGE_VAL;

	ebur128_loudness_global(s->state, &loudness);
	r->loudness_lufs = loudness > -70 ? loudness : -70;
	r->peak_dbtp = peak_dbtp(s->peak);
	r->frames = s->measured;
	ebur128_destroy(&s->state);
	peak_destroy(s->peak);
}

int meter_take(struct meter *m, bool all, struct meter_result *r)
{
	for (int i = 0; i < ENCODER_MEASURES_MAX; i++) {
		struct measure *s = &m->slots[i];
		if (s->state == NULL || !(s->ended || (all && s->end != INT64_MAX)))
			continue;
		finish(s, r);
		return i;
	}
	return -1;
}
