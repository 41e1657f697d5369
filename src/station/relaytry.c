/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/relaytry.h"

#include "base/json.h"
#include "base/must.h"
#include "base/saying.h"

#include <math.h>

void relaytry_begin(struct relaytry *t, int i, struct mono now)
{
	must(i >= 0 && i < RELAYS_MAX);
	if (t->list[i].running)
		return;
	t->list[i].running = true;
	t->list[i].begun = now;
}

uint32_t relaytry_wanted(const struct relaytry *t)
{
	uint32_t wanted = 0;

	for (int i = 0; i < RELAYS_MAX; i++)
		wanted |= t->list[i].running ? 1u << i : 0;
	return wanted;
}

/* Silence is told by the same limit as on air: what has come and was never heard. */
static bool sounds(const struct relay_state *s)
{
	return s->coming && s->ready && s->since.ns != INT64_MAX;
}

static void tell_form(json_t *o, const struct relay_form *f)
{
	const char *codec = relay_codec_word((enum relay_codec)f->codec);

	must(json_object_set_new(o, "codec", codec[0] != '\0' ? json_string(codec)
							      : json_null()) == 0);
	must(json_object_set_new(o, "rate_hz", f->rate_hz > 0 ? json_integer(f->rate_hz)
							     : json_null()) == 0);
	must(json_object_set_new(o, "channels", f->rate_hz > 0 ? json_integer(f->channels)
							      : json_null()) == 0);
}

static json_t *outcome(const struct relay_state *s, enum relay_fault fault, struct wall at,
		       const struct tz *tz)
{
	bool good = fault == RELAY_NONE && sounds(s);
	json_t *why = good ? NULL
			   : saying_coded(relay_fault_code(fault != RELAY_NONE ? fault
							   : s->coming ? RELAY_SILENT
								       : RELAY_SLOW));
	json_t *o = json_pack("{s:b, s:o, s:b, s:o, s:o}", "running", 0, "at", json_time(at, tz),
			      "sounds", (int)good, "lufs",
			      good && isfinite(s->lufs) ? json_rounded(s->lufs, 1) : json_null(),
			      "texts", why != NULL ? saying_texts(why) : json_null());

	must(o != NULL);
	json_decref(why);
	return o;
}

/* A fault is the end of it: that is what whoever tries wants to know. */
static bool known(const struct relay_state *s, enum relay_fault fault, int64_t tried_ns,
		  int64_t now_ns)
{
	return fault != RELAY_NONE || tried_ns >= RELAY_TRY_S * NS_PER_S ||
	       (sounds(s) && now_ns - s->since.ns >= RELAY_TRY_ENOUGH_S * NS_PER_S);
}

bool relaytry_look(struct relaytry *t, struct relays *relays, struct wall at, const struct tz *tz)
{
	struct mono now = clock_mono(relays->clock);
	bool over = false;

	for (int i = 0; i < relays->count; i++) {
		struct relay_state state = {.lufs = -INFINITY, .since = {INT64_MAX}};
		enum relay_fault fault = RELAY_NONE;
		int64_t tried_ns = now.ns - t->list[i].begun.ns;
		if (!t->list[i].running || !relays_state(relays, i, &state, &fault) ||
		    !known(&state, fault, tried_ns, now.ns))
			continue;
		json_decref(t->list[i].told);
		t->list[i].told = outcome(&state, fault, at, tz);
		struct relay_form form = {0};
		if (!relays_form(relays, i, &form))
			form = (struct relay_form){0};
		tell_form(t->list[i].told, &form);
		t->list[i].running = false;
		over = true;
	}
	return over;
}

json_t *relaytry_json(const struct relaytry *t, int i)
{
	if (t->list[i].running)
		return json_pack("{s:b}", "running", 1);
	return t->list[i].told != NULL ? json_incref(t->list[i].told) : json_null();
}

void relaytry_finish(struct relaytry *t)
{
	for (int i = 0; i < RELAYS_MAX; i++) {
		json_decref(t->list[i].told);
		t->list[i].told = NULL;
	}
}
