/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What allocates for the mixer; not for the real-time thread. */
#include "base/must.h"
#include "base/units.h"
#include "mix/mixer_state.h"

#include <stdlib.h>

/* The rings are not cleared, so that pages of a deck which nobody feeds are never touched. */
struct mixer *mixer_create(const struct mixer_config *config)
{
	struct mixer *m = calloc(1, sizeof(*m));

	must(m != NULL && config->zones >= 1 && config->zones <= ZONES_MAX);
	m->memory = malloc(sizeof(float) * DECKS_MAX * DECK_AHEAD_FRAMES);
	must(m->memory != NULL);
	m->zones = config->zones;
	m->silent = gain_of_db(DEAD_AIR_DB);
	gain_curve_init(&m->curve);
	ring_init(&m->commands, sizeof(struct mix_command), MIX_COMMANDS_MAX);
	ring_init(&m->events, sizeof(struct mix_event), MIX_EVENTS_MAX);
	for (int z = 0; z < m->zones; z++)
		limiter_init(&m->limiter[z], config->peak_dbtp);
	for (int i = 0; i < DECKS_MAX; i++) {
		struct deck *d = &m->deck[i];

		d->number = (uint8_t)i;
		d->feed.memory = m->memory + (size_t)i * DECK_AHEAD_FRAMES;
		deck_feed_open(&d->feed, 0);
	}
	return m;
}

void mixer_destroy(struct mixer *m)
{
	if (m == NULL)
		return;
	free(m->memory);
	free(m);
}
