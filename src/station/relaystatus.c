/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/relaystatus.h"

#include "base/json.h"
#include "base/must.h"
#include "base/saying.h"
#include "base/text.h"
#include "station/relaying.h"

#include <math.h>

struct told {
	struct relay_state state;
	bool wanted;
	enum relaying_standin standin;
	json_t *fault; /* a saying; NULL: none */
};

static void look(struct told *t, struct playout *p, struct relays *relays, int i)
{
	enum relay_fault fault;

	*t = (struct told){.state = {.lufs = -INFINITY}};
	t->wanted = relays_state(relays, i, &t->state, &fault);
	t->standin = relaying_stands_in(p, relays->list[i].place.name);
	if (t->wanted && fault != RELAY_NONE)
		t->fault = saying_coded(relay_fault_code(fault));
	else if (t->standin)
		t->fault = saying_coded(relay_fault_code(t->state.coming ? RELAY_SILENT
									  : RELAY_SLOW));
}

static json_t *one(const struct told *t, const char *name)
{
	const struct relay_state *s = &t->state;
	char words[400];

	saying_words(t->fault, text_english(), words, sizeof(words));
	json_t *o = json_pack("{s:s, s:b, s:b, s:b, s:o, s:o, s:o, s:I, s:b, s:s, s:o}", "name",
			      name, "wanted", (int)t->wanted, "coming", (int)s->coming, "ready",
			      (int)s->ready, "lufs",
			      isfinite(s->lufs) ? json_rounded(s->lufs, 1) : json_null(), "held_s",
			      json_rounded(s->held_s, 1), "ppm", json_rounded(s->ppm, 1), "jumps",
			      (json_int_t)s->jumps, "standin", t->standin != STANDIN_NONE, "fault",
			      t->fault != NULL ? words : "", "fault_texts",
			      t->fault != NULL ? saying_texts(t->fault) : json_null());
	must(o != NULL);
	return o;
}

json_t *relaystatus_json(struct playout *p, struct relays *relays, const struct relaytry *tries)
{
	json_t *list = json_array();
	struct told t;

	for (int i = 0; i < relays->count; i++) {
		look(&t, p, relays, i);
		json_t *o = one(&t, relays->list[i].place.name);
		json_object_set_new(o, "tried", relaytry_json(tries, i));
		json_array_append_new(list, o);
		json_decref(t.fault);
	}
	return list;
}

json_t *relaystatus_banners(struct playout *p, struct relays *relays)
{
	static const enum saying words[] = {[STANDIN_FALLBACK] = SAYING_RELAY_OUT,
					    [STANDIN_BED] = SAYING_RELAY_OUT_BED,
					    [STANDIN_SILENCE] = SAYING_RELAY_OUT_SILENT};
	json_t *list = json_array();
	struct told t;

	for (int i = 0; i < relays->count; i++) {
		look(&t, p, relays, i);
		if (t.standin != STANDIN_NONE) {
			json_t *said = saying(words[t.standin]);
			json_object_set_new(said, "relay", json_text(relays->list[i].place.name));
			json_object_set(said, "fault", t.fault);
			json_array_append_new(list, said);
		}
		json_decref(t.fault);
	}
	return list;
}
