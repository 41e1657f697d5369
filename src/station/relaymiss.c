/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/relaymiss.h"

#include "base/must.h"
#include "station/record.h"

#include <stdlib.h>

void relaymiss_forget(struct relaymiss *m)
{
	free(m->what);
	m->what = NULL;
}

void relaymiss_note(struct relaymiss *m, struct playout *p, const struct run *whole,
		    const struct airing *a, enum reason why)
{
	if (m->what != NULL && m->why == why)
		return;
	relaymiss_tell(m, p, whole, a->at);
	m->what = malloc(sizeof(*m->what) + sizeof(*a));
	must(m->what != NULL);
	*m->what = *whole;
	struct airing *copy = &m->what->items[0];
	*copy = *a;
	copy->item.asset = &copy->asset;
	copy->source = NULL;
	copy->levels = NULL;
	copy->intent = NULL;
	m->why = why;
}

void relaymiss_tell(struct relaymiss *m, struct playout *p, const struct run *whole,
		    struct frame to)
{
	if (m->what == NULL)
		return;
	struct airing *a = &m->what->items[0];
	if (to.n - a->at.n < a->item.length_frames)
		a->item.length_frames = to.n - a->at.n;
	bool known = !m->told && record_relay_missed(p, whole, &a->asset);
	if (a->item.length_frames > 0 && !known) {
		record_item_missed(p, m->what, a, m->why);
		m->told = true;
	}
	relaymiss_forget(m);
}
