/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/effect_tell.h"

#include "base/json.h"
#include "base/must.h"
#include "base/saying.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void effect_tell_begin(struct effect_tell *t)
{
	t->list = json_array();
	t->index = json_object();
	must(t->list != NULL && t->index != NULL);
}

/* The sentence that says the same already, or a new one; NULL when there are too many. */
static json_t *sentence(struct effect_tell *t, json_t *said, bool grave)
{
	char *key = json_dumps(said, JSON_LINE);

	must(key != NULL);
	const json_t *known = json_object_get(t->index, key);
	json_t *found = NULL;
	if (known != NULL) {
		found = json_array_get(t->list, (size_t)json_integer_value(known));
		json_decref(said);
	} else if (json_array_size(t->list) < EFFECT_SENTENCES_MAX) {
		found = json_pack("{s:o, s:b, s:i, s:[], s:[], s:[], s:[]}", "said", said, "grave",
				  grave, "count", 0, "starts", "days", "times", "was");
		json_object_set_new(t->index, key,
				    json_integer((json_int_t)json_array_size(t->list)));
		json_array_append_new(t->list, found);
	} else {
		json_decref(said);
		t->more++;
	}
	free(key);
	return found;
}

static void add_once(json_t *list, const char *text, size_t most)
{
	const json_t *one;
	size_t i;

	json_array_foreach(list, i, one)
		if (strcmp(json_string_value(one), text) == 0)
			return;
	if (i < most)
		json_array_append_new(list, json_string(text));
	else if (i == most)
		json_array_append_new(list, json_string("…"));
}

static void add_time(json_t *list, int32_t second)
{
	char text[16];

	snprintf(text, sizeof(text), "%02d:%02d", second / 3600, second / 60 % 60);
	if (second % 60 != 0)
		snprintf(text, sizeof(text), "%02d:%02d:%02d", second / 3600, second / 60 % 60,
			 second % 60);
	add_once(list, text, EFFECT_TIMES_TOLD);
}

static void add_day(json_t *list, int64_t day)
{
	struct date d = date_from_days(day);
	char text[24];

	snprintf(text, sizeof(text), "%02d/%02d", d.day, d.month);
	add_once(list, text, EFFECT_DAYS + 1);
}

void effect_tell(struct effect_tell *t, json_t *said, bool grave, const struct effect_start *at,
		 const struct effect_start *was)
{
	json_t *s = sentence(t, said, grave);
	const struct effect_start *when = at != NULL ? at : was;

	if (s == NULL || when == NULL)
		return;
	json_object_set_new(s, "count",
			    json_integer(json_get_integer(s, "count", 0) + 1));
	if (json_array_size(json_object_get(s, "starts")) < EFFECT_STARTS_TOLD)
		json_array_append_new(json_object_get(s, "starts"), json_time(when->start, t->tz));
	add_day(json_object_get(s, "days"), when->day);
	if (at != NULL)
		add_time(json_object_get(s, "times"), at->second);
	if (was != NULL)
		add_time(json_object_get(s, "was"), was->second);
}

/* The sentence as the answer has it: the saying with its times, in words, beside what it counts. */
static json_t *finished(json_t *s)
{
	json_t *said = json_incref(json_object_get(s, "said"));

	json_object_set(said, "start", json_object_get(s, "times"));
	if (json_array_size(json_object_get(s, "was")) > 0)
		json_object_set(said, "was", json_object_get(s, "was"));
	json_object_set(said, "days", json_object_get(s, "days"));
	json_object_set_new(said, "texts", saying_texts(said));
	json_object_set(said, "grave", json_object_get(s, "grave"));
	json_object_set(said, "count", json_object_get(s, "count"));
	json_object_set(said, "starts", json_object_get(s, "starts"));
	return said;
}

struct order {
	json_t *sentence;
	const char *start;
	bool grave;
	size_t at;
};

static int by_weight(const void *a, const void *b)
{
	const struct order *x = a, *y = b;
	int starts = strcmp(x->start, y->start);

	if (x->grave != y->grave)
		return x->grave ? -1 : 1;
	return starts != 0 ? starts : (x->at > y->at) - (x->at < y->at);
}

json_t *effect_tell_end(struct effect_tell *t)
{
	size_t count = json_array_size(t->list);
	struct order *order = calloc(count + 1, sizeof(*order));
	json_t *changes = json_array();

	must(order != NULL && changes != NULL);
	for (size_t i = 0; i < count; i++) {
		json_t *s = json_array_get(t->list, i);
		const char *first = json_string_value(
			json_array_get(json_object_get(s, "starts"), 0));
		order[i] = (struct order){s, first != NULL ? first : "",
					  json_get_bool(s, "grave", false), i};
	}
	qsort(order, count, sizeof(*order), by_weight);
	for (size_t i = 0; i < count; i++)
		json_array_append_new(changes, finished(order[i].sentence));
	free(order);
	json_decref(t->list);
	json_decref(t->index);
	json_t *answer = json_pack("{s:b, s:i, s:o}", "same", count == 0, "more", t->more,
				   "changes", changes);
	must(answer != NULL);
	return answer;
}
