/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/verify_found.h"

#include "base/envelope.h"
#include "base/heard.h"
#include "base/json.h"
#include "base/text.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define ROUNDED_MS 30 /* offsets lie between two hops, and are written with rounding */
#define EARLY_MS 2000 /* the furthest from its place that a recording was ever searched */
#define PART_FRAMES ((int64_t)HEARD_PART_HOPS * ENVELOPE_HOP_FRAMES)
#define SHORT_FRAMES ((int64_t)(HEARD_LEAST_HOPS - 2) * ENVELOPE_HOP_FRAMES)

/* Of a search: whether its figures are those of a sound that is there. */
struct search {
	const char *method;
	const struct heard_limits *limits;
	double early_ms, late_ms;
	int64_t frames; /* of the airing */
};

static const char *parts_wrong(const struct search *s, const json_t *found)
{
	int64_t all = json_get_integer(found, "parts_all", -1);
	int64_t judged = json_get_integer(found, "parts", 0);
	int64_t aired = (s->frames + PART_FRAMES - 1) / PART_FRAMES;
	bool told = heard_judged_min(s->method, 100) > 1; /* since then all are told of */

	if (s->frames < SHORT_FRAMES)
		return T("nó ngắn dưới 3 giây", "it is shorter than three seconds");
	if (judged > aired + 1 || (told && (judged > all || llabs(all - aired) > 1)))
		return T("số đoạn được so không hợp với độ dài đã phát",
			 "the parts that were compared are not those of what aired");
	return judged < heard_judged_min(s->method, told ? (int)all : 1) ?
	       T("quá ít đoạn được so", "too few of its parts were compared") : NULL;
}

static const char *not_found(const struct search *s, const json_t *found)
{
	double offset_ms = json_get_number(found, "offset_ms", INFINITY);

	if (strcmp(json_get_text(found, "code", ""), "found") != 0)
		return T("không tìm thấy nó ở đó", "it was not found there");
	if (json_get_number(found, "score", -1) < s->limits->score)
		return T("độ giống thấp hơn ngưỡng", "its likeness is below the threshold");
	if (json_get_number(found, "share", -1) < s->limits->share)
		return T("số đoạn khớp thấp hơn ngưỡng",
			 "fewer of its parts fit than the threshold");
	if (offset_ms < -s->early_ms - ROUNDED_MS || offset_ms > s->late_ms + ROUNDED_MS)
		return T("nó lệch xa hơn khoảng được tìm", "it lies further off than was searched");
	return parts_wrong(s, found);
}

static struct search search_of(const char *method, bool microphone, int64_t frames)
{
	return (struct search){.method = method,
			       .limits = microphone ? &heard_microphone : &heard_recording,
			       .early_ms = microphone ? EAR_EARLY_S * 1000.0 / 2 : EARLY_MS,
			       .late_ms = microphone ? EAR_LATE_S * 1000.0 : EARLY_MS,
			       .frames = frames};
}

/* Zones of which all figures are there (envelope-3); before, the code and the score. */
static const char *zone_not_found(const struct search *s, const json_t *zone)
{
	if (json_object_get(zone, "parts_all") != NULL)
		return not_found(s, zone);
	if (strcmp(json_get_text(zone, "code", ""), "found") != 0)
		return T("có cụm loa mà bản ghi không có nó",
			 "it is not in the recording of one of its zones");
	return json_get_number(zone, "score", -1) < s->limits->score ?
	       T("độ giống thấp hơn ngưỡng", "its likeness is below the threshold") : NULL;
}

const char *verify_not_recorded(const struct verify_aired *a, const char *method, const json_t *o)
{
	struct search s = search_of(method, false, a->frames);
	const json_t *recording = json_object_get(o, "recording");
	const json_t *zones = json_object_get(o, "by_zone");
	const char *why = not_found(&s, recording), *name;
	json_t *zone;

	if (why == NULL && json_get_text(recording, "file", "")[0] == '\0')
		why = T("không nêu tệp ghi nào", "no recording is named");
	if (why == NULL && (int64_t)json_object_size(zones) < a->zones)
		why = T("không nghe lại bản ghi của mọi cụm loa",
			"the recordings of some zones were not listened to");
	json_object_foreach((json_t *)zones, name, zone)
		why = why != NULL ? why : zone_not_found(&s, zone);
	return why;
}

const char *verify_not_heard(const struct verify_aired *a, const char *method, const json_t *o)
{
	struct search s = search_of(method, true, a->frames);
	const json_t *recording = json_object_get(o, "recording"), *ear;
	const char *why = NULL;
	size_t i;

	if (json_array_size(json_object_get(o, "microphones")) == 0)
		return T("không micro nào nghe thấy", "no microphone heard it");
	if (strcmp(json_get_text(recording, "code", ""), "different") == 0)
		return T("bản ghi nói ngược lại", "the recording says otherwise");
	json_array_foreach(json_object_get(o, "microphones"), i, ear)
		why = why != NULL ? why : not_found(&s, ear);
	return why;
}

bool verify_by_zone(const json_t *o)
{
	const json_t *zones = json_object_get(o, "by_zone");
	const char *name;
	json_t *zone;

	json_object_foreach((json_t *)(uintptr_t)zones, name, zone)
		if (json_object_get(zone, "proof") != NULL)
			return true;
	return false;
}

static const char *not_recorded_there(const struct search *s, const json_t *zone)
{
	const char *why = not_found(s, zone);

	return why == NULL && json_get_text(zone, "file", "")[0] == '\0' ?
	       T("không nêu tệp ghi nào", "no recording is named") : why;
}

/* By all microphones of the zone, one at least. */
static const char *not_heard_there(const struct search *s, const json_t *o, const char *name,
				   const json_t *zone)
{
	const char *why = T("không micro nào nghe thấy", "no microphone heard it");
	const json_t *ear;
	bool other = false;
	size_t i;

	if (strcmp(json_get_text(zone, "code", ""), "different") == 0)
		return T("bản ghi nói ngược lại", "the recording says otherwise");
	json_array_foreach(json_object_get(o, "microphones"), i, ear) {
		if (other || strcmp(json_get_text(ear, "zone", ""), name) != 0)
			continue;
		why = not_found(s, ear);
		other = why != NULL;
	}
	return why;
}

const char *verify_zone_unfounded(const struct verify_aired *a, const char *method,
				  const json_t *o, const char *name, const json_t *zone)
{
	const char *level = json_get_text(zone, "proof", "");
	struct search s = search_of(method, strcmp(level, "C") == 0, a->frames);

	if (level[0] == '\0' || strcmp(level, "A") == 0)
		return NULL;
	if (strcmp(level, "B") != 0 && strcmp(level, "C") != 0)
		return T("không có mức nào như vậy ở đó", "there is no such level there");
	return level[0] == 'B' ? not_recorded_there(&s, zone) : not_heard_there(&s, o, name, zone);
}

const char *verify_whole_unfounded(const struct verify_aired *a, const json_t *o)
{
	const char *level = json_get_text(o, "proof", ""), *name;
	json_t *zones = json_object_get(o, "by_zone"), *zone;

	if (level[0] == '\0')
		return NULL;
	if ((int64_t)json_object_size(zones) < a->zones)
		return T("không nghe lại bản ghi của mọi cụm loa",
			 "the recordings of some zones were not listened to");
	json_object_foreach(zones, name, zone)
		if (strcmp(json_get_text(zone, "proof", ""), level) < 0)
			return T("có cụm loa chỉ đạt mức thấp hơn",
				 "one of its zones has a lower level");
	return NULL;
}
