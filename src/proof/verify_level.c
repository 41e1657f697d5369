/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/verify_level.h"

#include "base/heard.h"
#include "base/json.h"
#include "base/must.h"
#include "base/saying.h"
#include "base/text.h"
#include "base/units.h"
#include "proof/entry.h"
#include "proof/verify_found.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROUNDED_FRAMES (FRAMES_PER_S / 50) /* station/record.c takes 10 ms for rounding */
#define ROUNDED_COMPLETE 0.002
#define SOUND_DIGITS 16

void verify_level_init(struct verify_level *l, struct verdict *verdict)
{
	*l = (struct verify_level){.verdict = verdict, .first_unknown = -1};
}

static uint64_t sound_of(const json_t *o)
{
	char digits[SOUND_DIGITS + 1];

	snprintf(digits, sizeof(digits), "%.*s", SOUND_DIGITS, json_get_text(o, "sha256", ""));
	return strtoull(digits, NULL, 16);
}

/* The last whose n is at most this; −1 none. Both lists begin with n. */
static int64_t place_of(const void *list, int64_t count, size_t size, int64_t n)
{
	int64_t low = 0, high = count, at;

	while (low < high) {
		int64_t middle = (low + high) / 2;

		memcpy(&at, (const char *)list + (size_t)middle * size, sizeof(at));
		if (at <= n)
			low = middle + 1;
		else
			high = middle;
	}
	return low - 1;
}

static void *grown(void *list, int64_t count, int64_t *room, size_t size)
{
	if (count < *room)
		return list;
	*room = *room == 0 ? 256 : 2 * *room;
	list = realloc(list, (size_t)*room * size);
	must(list != NULL);
	return list;
}

static struct verify_airing *airing_of(const struct verify_level *l, const char *id)
{
	int64_t n = entry_id_index(id, 'A');

	n = n >= 0 ? n : entry_id_index(id, 'T');
	int64_t at = place_of(l->airings, l->airing_count, sizeof(*l->airings), n);
	return at >= 0 && l->airings[at].n == n ? &l->airings[at] : NULL;
}

static int64_t length_of(const struct verify_level *l, const char *bulletin)
{
	int64_t n = entry_id_index(bulletin, 'B');
	int64_t at = place_of(l->lengths, l->length_count, sizeof(*l->lengths), n);

	return at >= 0 && l->lengths[at].n == n ? l->lengths[at].frames : -1;
}

static void received(struct verify_level *l, int64_t n, const json_t *o)
{
	l->lengths = grown(l->lengths, l->length_count, &l->length_room, sizeof(*l->lengths));
	l->lengths[l->length_count++] =
		(struct verify_sound_length){n, json_get_integer(o, "frames", -1)};
}

static void intended(struct verify_level *l, int64_t n, const json_t *o)
{
	l->airings = grown(l->airings, l->airing_count, &l->airing_room, sizeof(*l->airings));
	l->airings[l->airing_count++] =
		(struct verify_airing){.n = n, .sound = sound_of(o)};
}

static void unfounded(struct verify_level *l, int64_t n, const char *level, const char *why)
{
	if (why != NULL)
		verdict_differs(l->verdict, CHECK_LEVELS, "level-unfounded", "", n, "",
				T("mục %lld ghi mức chứng thực %.8s, mà %s",
				  "entry %lld claims level of proof %.8s, though %s"),
				(long long)n, level, why);
}

/* Whether its own detail says that a device did not take all of it, alone or beside zones that were
 * silent. */
static bool device_failed(const json_t *detail)
{
	static const enum saying all[] = {SAYING_NO_DEVICE, SAYING_DEVICE_IN_PART,
					  SAYING_DEVICE_GAPS};
	const json_t *device = json_object_get(detail, "device");
	const char *code = json_get_text(json_is_object(device) ? device : detail, "code", "");

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (strcmp(code, saying_code(all[i])) == 0)
			return true;
	return false;
}

/* What level A takes, of an airing or of one of its zones. NULL: it is all there. */
static const char *not_sent(const json_t *o)
{
	if (strcmp(json_get_text(o, "proof", ""), "A") != 0)
		return T("chỉ mục airing.checked mới nâng được mức",
			 "only an airing.checked can raise it");
	if (json_get_integer(o, "frames", 0) <= 0)
		return T("không phát mẫu âm thanh nào", "no sample was sent");
	if (json_get_text(o, "device", "")[0] == '\0')
		return T("không nêu thiết bị nào", "no device is named");
	return json_get_number(o, "complete", 0) <= 0 ?
	       T("không ghi đã phát bao nhiêu", "how much was sent is not told") : NULL;
}

static const char *zones_not_sent(const json_t *o)
{
	const char *name;
	json_t *zone;

	json_object_foreach(json_object_get(o, "by_zone"), name, zone) {
		if (json_get_text(zone, "proof", "")[0] == '\0')
			return T("có cụm loa mà thiết bị không nhận đủ",
				 "a zone's device did not take it whole");
		if (json_get_integer(zone, "frames", 0) != json_get_integer(o, "frames", 0))
			return T("có cụm loa nhận số mẫu khác",
				 "one of the zones took another number of samples");
	}
	return NULL;
}

static const char *not_sent_to_all(const json_t *o)
{
	struct wall t;
	const char *why = not_sent(o);

	if (why != NULL)
		return why;
	if (!json_get_time(o, "start", &t) || !json_get_time(o, "end", &t))
		return T("không có giờ phát", "no time of it is told");
	if (strcmp(json_get_text(o, "result", ""), "interrupted") == 0)
		return T("lần phát bị ngắt, không ai đo được đã tới đâu",
			 "it was interrupted, and nobody measured how far it came");
	if (device_failed(json_object_get(o, "detail")))
		return T("chính mục này nói thiết bị không nhận đủ",
			 "the same entry says that the device did not take it whole");
	return zones_not_sent(o);
}

/* How much of a bulletin was heard follows from its frames. */
static void judge_complete(struct verify_level *l, int64_t n, const json_t *o)
{
	int64_t whole = length_of(l, json_get_text(o, "bulletin", ""));
	int64_t frames = json_get_integer(o, "frames", 0);
	double most = whole > 0 ? fmin(1, (double)frames / (double)whole) : 1;
	bool full = strcmp(json_get_text(o, "result", ""), "full") == 0;

	if (whole <= 0 || (json_get_number(o, "complete", 0) <= most + ROUNDED_COMPLETE &&
			   (!full || frames >= whole - ROUNDED_FRAMES)))
		return;
	verdict_differs(l->verdict, CHECK_LEVELS, "complete-unfounded", "", n, "",
			T("mục %lld: ghi đã phát nhiều hơn số mẫu của nó: %lld trên %lld",
			  "entry %lld claims that more of it was heard than its samples are: "
			  "%lld of %lld"), (long long)n, (long long)frames, (long long)whole);
}

/* The bit of a zone's name. */
static uint32_t bit_of(struct verify_level *l, const char *name)
{
	int i = 0;

	while (i < l->zone_name_count && strncmp(l->zone_names[i], name, NAME_BYTES - 1) != 0)
		i++;
	if (i == l->zone_name_count && i < VERIFY_ZONE_NAMES - 1)
		snprintf(l->zone_names[l->zone_name_count++], NAME_BYTES, "%s", name);
	return UINT32_C(1) << i;
}

static void keep_outcome(struct verify_level *l, struct verify_airing *a, const json_t *o)
{
	json_t *zones = json_object_get(o, "by_zone"), *zone;
	const char *name;

	a->ended = true;
	a->sent = json_get_text(o, "proof", "")[0] != '\0';
	a->aired = (struct verify_aired){.frames = json_get_integer(o, "frames", 0),
					 .zones = (int)json_object_size(zones)};
	json_object_foreach(zones, name, zone)
		if (json_get_text(zone, "proof", "")[0] != '\0')
			a->aired.took |= bit_of(l, name);
}

static void judge_zones(struct verify_level *l, int64_t n, const json_t *o)
{
	const char *name;
	json_t *zone;

	json_object_foreach(json_object_get(o, "by_zone"), name, zone) {
		const char *level = json_get_text(zone, "proof", "");

		l->looked += level[0] != '\0';
		if (level[0] != '\0')
			unfounded(l, n, level, not_sent(zone));
	}
}

static void ended(struct verify_level *l, int64_t n, const json_t *o)
{
	struct verify_airing *a = airing_of(l, json_get_text(o, "airing", ""));
	const char *level = json_get_text(o, "proof", "");

	l->looked += level[0] != '\0';
	if (level[0] != '\0')
		unfounded(l, n, level, not_sent_to_all(o));
	judge_zones(l, n, o);
	judge_complete(l, n, o);
	if (a == NULL)
		return; /* verify_story names it */
	if (a->sound != sound_of(o))
		verdict_differs(l->verdict, CHECK_LEVELS, "ended-other", "", n, "",
				T("mục %lld là kết quả của âm thanh khác với dự định (mục %lld)",
				  "entry %lld is the outcome of another sound than entry %lld "
				  "intended"), (long long)n, (long long)a->n);
	keep_outcome(l, a, o);
}

/* Nobody can judge what was found in a way that this program does not know. */
static bool is_unknown(struct verify_level *l, int64_t n, const char *method)
{
	if (heard_judged_min(method, 1) >= 0)
		return false;
	l->first_unknown = l->unknown++ == 0 ? n : l->first_unknown;
	return true;
}

static const char *not_checked(struct verify_level *l, const struct verify_airing *a, int64_t n,
			       const json_t *o)
{
	const char *level = json_get_text(o, "proof", ""), *method = json_get_text(o, "method", "");

	if (strcmp(level, "A") == 0)
		return NULL; /* that of the outcome, which was judged */
	if (strcmp(level, "B") != 0 && strcmp(level, "C") != 0)
		return T("không có mức nào như vậy ở đó", "there is no such level there");
	if (is_unknown(l, n, method))
		return NULL;
	if (verify_by_zone(o))
		return verify_whole_unfounded(&a->aired, o);
	return level[0] == 'B' ? verify_not_recorded(&a->aired, method, o) :
				 verify_not_heard(&a->aired, method, o);
}

static void unsent(struct verify_level *l, int64_t n, const char *level, const char *of)
{
	verdict_differs(l->verdict, CHECK_LEVELS, "checked-unsent", "", n, "",
			T("mục %lld ghi mức %.8s cho %.80s, mà không thiết bị nào ở đó nhận đủ nó",
			  "entry %lld claims level %.8s of %.80s, which no device there took "
			  "whole"), (long long)n, level, of);
}

/* Each zone's claim by itself: one may have what the airing as a whole has not. */
static void judge_checked_zones(struct verify_level *l, const struct verify_airing *a, int64_t n,
				const json_t *o)
{
	const char *method = json_get_text(o, "method", ""), *name;
	json_t *zone;

	json_object_foreach(json_object_get(o, "by_zone"), name, zone) {
		const char *level = json_get_text(zone, "proof", "");
		if (level[0] == '\0')
			continue;
		l->looked++;
		if ((a->aired.took & bit_of(l, name)) == 0)
			unsent(l, n, level, name);
		else if (strcmp(level, "A") != 0 && !is_unknown(l, n, method))
			unfounded(l, n, level,
				  verify_zone_unfounded(&a->aired, method, o, name, zone));
	}
}

static void checked(struct verify_level *l, int64_t n, const json_t *o)
{
	const char *id = json_get_text(o, "airing", ""), *level = json_get_text(o, "proof", "");
	const struct verify_airing *a = airing_of(l, id);

	l->looked += level[0] != '\0';
	if (a == NULL || !a->ended) {
		verdict_differs(l->verdict, CHECK_LEVELS, "checked-unended", "", n, "",
				T("mục %lld nghe lại lần phát %.40s, mà trước đó nó chưa có kết "
				  "quả",
				  "entry %lld is of listening to %.40s again, which had no outcome "
				  "before"), (long long)n, id);
		return;
	}
	if (a->sound == 0 || (json_object_get(o, "sha256") != NULL && sound_of(o) != a->sound)) {
		verdict_differs(l->verdict, CHECK_LEVELS, "checked-other", "", n, "",
				T("mục %lld nghe tìm âm thanh khác với âm thanh của lần phát %.40s",
				  "entry %lld is of looking for another sound than that of %.40s"),
				(long long)n, id);
		return;
	}
	if (level[0] != '\0' && !a->sent)
		unsent(l, n, level, id);
	else if (level[0] != '\0')
		unfounded(l, n, level, not_checked(l, a, n, o));
	judge_checked_zones(l, a, n, o);
}

static const struct {
	const char *kind;
	void (*take)(struct verify_level *l, int64_t n, const json_t *o);
} kinds[] = {
	{KIND_RECEIVED, received}, {KIND_INTENDED, intended},	   {KIND_ENDED, ended},
	{KIND_CHECKED, checked},   {KIND_TEST_INTENDED, intended}, {KIND_TEST_ENDED, ended},
};

void verify_level_take(struct verify_level *l, int64_t n, const json_t *o)
{
	const char *kind = json_get_text(o, "kind", "");

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(kind, kinds[i].kind) == 0)
			kinds[i].take(l, n, o);
}

void verify_level_finish(struct verify_level *l)
{
	verdict_checked(l->verdict, CHECK_LEVELS, l->looked);
	if (l->unknown > 0)
		verdict_warn(l->verdict, "level-unjudged", l->unknown,
			     T("%lld mức chứng thực (từ mục %lld) dựa vào cách nghe lại mà bản "
			       "này của chương trình không biết: không xét được",
			       "%lld levels of proof (from entry %lld on) rest on a way of "
			       "listening that this version of the program does not know: they "
			       "were not judged"),
			     (long long)l->unknown, (long long)l->first_unknown);
	free(l->airings);
	free(l->lengths);
}
