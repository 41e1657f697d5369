/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/saying.h"

#include "base/buf.h"
#include "base/civil.h"
#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "base/utf8.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NESTED_MAX 4 /* a list of zones, each of which names a time */
#define WORDS_BYTES 1024

static const struct words {
	const char *code, *vi, *en;
} sayings[] = {
#define X(name, code, vi, en) {code, vi, en},
	SAYINGS(X)
#undef X
};

const char *saying_code(enum saying s)
{
	must(s < SAYING_COUNT);
	return sayings[s].code;
}

void saying_list(struct buf *out)
{
	for (int i = 0; i < SAYING_COUNT; i++)
		buf_print(out, "%s\n%s\n%s\n", sayings[i].code, sayings[i].vi, sayings[i].en);
}

json_t *saying_coded(const char *code)
{
	json_t *said = json_pack("{s:s}", "code", code);
	must(said != NULL);
	return said;
}

json_t *saying(enum saying s)
{
	return saying_coded(saying_code(s));
}

void saying_store(char *out, size_t size, enum saying s, const char *key, json_t *figure)
{
	json_t *said = saying(s);

	if (key != NULL)
		json_object_set_new(said, key, figure);
	char *line = json_dumps(said, JSON_LINE);
	/* Half of a line of JSON says nothing. */
	must(line != NULL && strlen(line) < size);
	memcpy(out, line, strlen(line) + 1);
	free(line);
	json_decref(said);
}

void saying_keep(char *out, size_t size, json_t *said)
{
	char *line = json_dumps(said, JSON_LINE);

	if (line != NULL && strlen(line) < size)
		memcpy(out, line, strlen(line) + 1);
	else
		saying_words(said, text_english(), out, size);
	free(line);
	json_decref(said);
}

json_t *saying_read(const char *stored)
{
	struct err ignored;

	if (stored == NULL || stored[0] == '\0')
		return NULL;
	json_t *said = stored[0] == '{' ? json_read(stored, strlen(stored), &ignored) : NULL;
	if (json_is_string(json_object_get(said, "code")))
		return said;
	json_decref(said);
	return json_string(stored);
}

static void add_words(struct buf *out, const json_t *said, bool english, int depth);

static void add_list(struct buf *out, const json_t *list, bool english, int depth)
{
	const json_t *item;
	size_t i;

	json_array_foreach(list, i, item) {
		buf_text(out, i > 0 ? ", " : "");
		add_words(out, item, english, depth);
	}
}

/* A decimal comma in Vietnamese. */
static void add_number(struct buf *out, double value, bool english)
{
	char text[32];

	snprintf(text, sizeof(text), "%.15g", value);
	char *point = strchr(text, '.');
	if (point != NULL && !english)
		*point = ',';
	buf_text(out, text);
}

static void add_length(struct buf *out, double seconds, bool english)
{
	long long whole = llround(seconds);

	if (seconds < 60) {
		add_number(out, seconds, english);
		buf_text(out, english ? " seconds" : " giây");
	} else if (whole < 3600) {
		buf_print(out, "%lld:%02lld", whole / 60, whole % 60);
	} else {
		buf_print(out, "%lld:%02lld:%02lld", whole / 3600, whole / 60 % 60, whole % 60);
	}
}

/* "2026-11-23" and "2026-11-23T05:30:00…" stand in entries, and are told as people write them:
 * "23/11/2026", "05:30 23/11/2026". False: it is something else. */
static bool add_moment(struct buf *out, const char *text)
{
	char day[11];
	struct date d;
	int32_t s;

	if (strlen(text) < 10 || (text[10] != '\0' && text[10] != 'T'))
		return false;
	memcpy(day, text, 10);
	day[10] = '\0';
	if (!date_parse(day, &d))
		return false;
	date_tell(d, day);
	if (text[10] == 'T') {
		char time[6] = "";
		memcpy(time, text + 11, strnlen(text + 11, 5));
		if (!time_of_day_parse(time, &s))
			return false;
		buf_print(out, "%s ", time);
	}
	buf_text(out, day);
	return true;
}

/* "2026-11-16/2026-11-22", as an entry names what was looked at, and "B4/2026-11-23". */
static bool add_span(struct buf *out, const char *text)
{
	const char *slash = strchr(text, '/');
	struct buf last = {0};
	char first[64];
	bool span = slash != NULL && (size_t)(slash - text) < sizeof(first) &&
		    add_moment(&last, slash + 1);

	if (span) {
		memcpy(first, text, (size_t)(slash - text));
		first[slash - text] = '\0';
		bool moments = add_moment(out, first);
		if (!moments)
			buf_text(out, first);
		buf_print(out, "%s%s", moments ? " – " : ", ", buf_str(&last));
	}
	buf_finish(&last);
	return span;
}

static void add_figure(struct buf *out, const char *key, const json_t *figure, bool english,
		       int depth)
{
	size_t len = strlen(key);
	double value = json_number_value(figure);

	if (json_is_number(figure) && len > 2 && strcmp(key + len - 2, "_s") == 0 && value >= 0 &&
	    value < 1e9)
		add_length(out, value, english);
	else if (!json_is_string(figure) || !(add_span(out, json_string_value(figure)) ||
					      add_moment(out, json_string_value(figure))))
		add_words(out, figure, english, depth);
}

static void add_filled(struct buf *out, const char *form, const json_t *said, bool english,
		       int depth)
{
	char key[32];

	for (const char *open; (open = strchr(form, '{')) != NULL;) {
		size_t len = strcspn(open + 1, "}");
		must(len < sizeof(key) && open[1 + len] == '}');
		memcpy(key, open + 1, len);
		key[len] = '\0';
		buf_add(out, form, (size_t)(open - form));
		size_t before = out->len;
		add_figure(out, key, json_object_get(said, key), english, depth);
		form = open + len + 2;
		/* Of a figure that is not there no space is left before the next word's own, nor
		 * before a colon. */
		if (out->len == before && before > 0 && out->data[before - 1] == ' ' &&
		    (*form == ' ' || *form == ':'))
			out->data[--out->len] = '\0';
	}
	buf_text(out, form);
}

static void add_saying(struct buf *out, const json_t *said, bool english, int depth)
{
	const char *code = json_get_text(said, "code", "");

	for (int i = 0; i < SAYING_COUNT; i++)
		if (strcmp(sayings[i].code, code) == 0) {
			add_filled(out, english ? sayings[i].en : sayings[i].vi, said, english,
				   depth);
			return;
		}
	buf_text(out, code);
}

static void add_words(struct buf *out, const json_t *said, bool english, int depth)
{
	if (depth == NESTED_MAX)
		return;
	if (json_is_string(said))
		buf_text(out, json_string_value(said));
	else if (json_is_integer(said))
		buf_print(out, "%" JSON_INTEGER_FORMAT, json_integer_value(said));
	else if (json_is_real(said))
		add_number(out, json_real_value(said), english);
	else if (json_is_array(said))
		add_list(out, said, english, depth + 1);
	else if (json_object_get(said, "vi") != NULL)
		buf_text(out, json_get_text(said, english ? "en" : "vi", ""));
	else if (json_is_object(said))
		add_saying(out, said, english, depth + 1);
}

void saying_words(const json_t *said, bool english, char *out, size_t size)
{
	struct buf words = {0};

	add_words(&words, said, english, 0);
	if ((size_t)snprintf(out, size, "%s", buf_str(&words)) >= size)
		utf8_cut(out, size - 1);
	buf_finish(&words);
}

void saying_tell(const char *stored, char *out, size_t size)
{
	json_t *said = saying_read(stored);

	saying_words(said, text_english(), out, size);
	json_decref(said);
}

json_t *saying_texts(const json_t *said)
{
	char vi[WORDS_BYTES], en[WORDS_BYTES];

	saying_words(said, false, vi, sizeof(vi));
	saying_words(said, true, en, sizeof(en));
	return json_pack("{s:o, s:o}", "vi", json_text(vi), "en", json_text(en));
}
