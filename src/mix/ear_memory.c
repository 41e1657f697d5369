/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/must.h"
#include "mix/ears.h"

#include <sodium.h>
#include <stdlib.h>

#define HOP_NS (NS_PER_S / ENVELOPE_HOPS_PER_S)
#define HOPS ((int64_t)EAR_KEEP_S * ENVELOPE_HOPS_PER_S)
#define IDLE_HOPS ((int64_t)EAR_IDLE_S * ENVELOPE_HOPS_PER_S)
#define BRIDGE_HOPS 2 /* a clock that drifts skips one now and then: no hole */

static struct envelope_hop *slot(const struct ear_memory *m, int64_t number)
{
	return &m->hops[number % HOPS];
}

void ear_memory_put(struct ear_memory *m, const struct ear_record *r)
{
	static const struct envelope_hop none;
	int64_t number = r->mono_ns / HOP_NS;

	if (r->mono_ns < 0)
		return;
	if (m->hops == NULL) {
		m->hops = calloc((size_t)HOPS, sizeof(*m->hops));
		must(m->hops != NULL);
	}
	if (m->next == 0 || number < m->first || number - m->next >= HOPS)
		m->first = m->next = number;
	bool bridge = number > m->next && number - m->next <= BRIDGE_HOPS && m->next > m->first;
	for (; m->next < number; m->next++)
		*slot(m, m->next) = bridge ? r->hop : none;
	*slot(m, number) = r->hop;
	if (number == m->next)
		m->next++;
	if (m->next - m->first > HOPS)
		m->first = m->next - HOPS;
}

void ear_memory_wipe(struct ear_memory *m)
{
	for (; m->next - m->first > IDLE_HOPS; m->first++)
		sodium_memzero(slot(m, m->first), sizeof(struct envelope_hop));
}

double ear_memory_take(const struct ear_memory *m, struct mono from, int64_t hops,
		       struct envelope *out)
{
	static const struct envelope_hop none;
	int64_t first = from.ns / HOP_NS, known = 0;

	for (int64_t i = first; i < first + hops; i++) {
		bool there = m->hops != NULL && i >= m->first && i < m->next;
		const struct envelope_hop *hop = there ? slot(m, i) : &none;
		envelope_push(out, hop);
		known += hop->band[0] > 0;
	}
	return hops > 0 ? (double)known / (double)hops : 0;
}

void ear_memory_finish(struct ear_memory *m)
{
	if (m->hops != NULL)
		sodium_memzero(m->hops, (size_t)HOPS * sizeof(*m->hops));
	free(m->hops);
	*m = (struct ear_memory){0};
}
