/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simbreak.h"

#include "base/json.h"
#include "base/must.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#define OPEN "open"
#define RESUMED "resumed"
#define DROPPED "dropped"

static void note(struct simstation *s, const char *airing, const char *now)
{
	must(json_object_set_new(s->breaks, airing, json_string(now)) == 0);
}

/* What nobody would hear more of, by its slot's rule or because hardly anything is left, is dropped
 * at once, without a plan.broken before. */
static void dropped(struct simstation *s, const json_t *entry, const char *airing, const char *was)
{
	const char *why = json_get_text(entry, "reason", "");

	s->dropped++;
	s->dropped_at_once += was[0] == '\0';
	expect(was[0] == '\0' || strcmp(was, OPEN) == 0, "seed %llu: %s is %s, and dropped: %s",
	       (unsigned long long)s->seed, airing, was, why);
	note(s, airing, DROPPED);
}

static void parted(struct simstation *s, const char *airing, json_t *zones)
{
	if (s->parted == NULL)
		s->parted = json_object();
	if (json_object_get(s->parted, airing) == NULL)
		json_object_set_new(s->parted, airing, json_array());
	must(json_array_extend(json_object_get(s->parted, airing), zones) == 0);
}

/* One that was on from the beginning to the end; NULL: none was. */
const char *simbreak_whole_zone(const struct simstation *s, const json_t *ended)
{
	json_t *gaps = json_object_get(s->parted, json_get_text(ended, "airing", "")), *zone, *gap;
	size_t i, k;

	json_array_foreach(json_object_get(ended, "zones"), i, zone) {
		bool whole = true;
		json_array_foreach(gaps, k, gap)
			whole = whole && !json_equal(zone, gap);
		if (whole)
			return json_string_value(zone);
	}
	return NULL;
}

void simbreak_take(struct simstation *s, const json_t *entry)
{
	const char *kind = json_get_text(entry, "kind", "");
	bool intent = strcmp(kind, "airing.intended") == 0;
	const char *airing = json_get_text(entry, intent ? "resumes" : "airing", "");

	if (s->breaks == NULL)
		s->breaks = json_object();
	json_t *zones = json_object_get(entry, "zones");
	if (zones != NULL && !intent) { /* other zones heard on */
		if (strncmp(kind, "plan.", 5) == 0)
			parted(s, airing, zones);
		return;
	}
	const char *was = json_get_text(s->breaks, airing, "");
	if (strcmp(kind, "plan.broken") == 0) {
		s->broken++;
		expect(was[0] == '\0', "seed %llu: %s is %s, and broken off",
		       (unsigned long long)s->seed, airing, was);
		note(s, airing, OPEN);
	} else if (strcmp(kind, "plan.dropped") == 0) {
		dropped(s, entry, airing, was);
	} else if (intent && airing[0] != '\0') {
		s->resumed++;
		expect(strcmp(was, OPEN) == 0, "seed %llu: %s is resumed, and was %s",
		       (unsigned long long)s->seed, airing, was[0] != '\0' ? was : "not broken");
		note(s, airing, RESUMED);
	}
}

void simbreak_check(const struct simstation *s)
{
	const char *airing;
	json_t *state;

	json_object_foreach(s->breaks, airing, state)
		expect(strcmp(json_string_value(state), OPEN) != 0,
		       "seed %llu: %s is broken off, and nothing has become of it",
		       (unsigned long long)s->seed, airing);
	expect(s->broken == s->resumed + s->dropped - s->dropped_at_once,
	       "seed %llu: %lld broken off, %lld resumed, %lld dropped, %lld of them at once",
	       (unsigned long long)s->seed, (long long)s->broken, (long long)s->resumed,
	       (long long)s->dropped, (long long)s->dropped_at_once);
}

void simbreak_finish(struct simstation *s)
{
	json_decref(s->breaks);
	json_decref(s->parted);
}
