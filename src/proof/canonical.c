/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/canonical.h"

#include "base/json.h"

#include <stdlib.h>
#include <string.h>

#define DEPTH_MAX 32	    /* an entry of ours is four deep */
#define PLAIN_DIGITS_MAX 15 /* so many a double carries both ways */
#define INTEGER_DIGITS_MAX 18 /* surely fit into 64 bits */

struct scan {
	const char *at, *end;
	bool escapes; /* there is a backslash somewhere: few entries have one */
	bool unsure; /* a form that only jansson can judge */
};

static bool take(struct scan *s, char c)
{
	if (s->at == s->end || *s->at != c)
		return false;
	s->at++;
	return true;
}

static bool take_word(struct scan *s, const char *word)
{
	size_t len = strlen(word);

	if ((size_t)(s->end - s->at) < len || memcmp(s->at, word, len) != 0)
		return false;
	s->at += len;
	return true;
}

static bool take_plain_string(struct scan *s, const char **text, size_t *len)
{
	const char *end = memchr(s->at, '"', (size_t)(s->end - s->at));

	*text = s->at;
	*len = end != NULL ? (size_t)(end - s->at) : 0;
	s->at = end != NULL ? end + 1 : s->end;
	return end != NULL;
}

/* Of the escapes only two are common; what the rest should look like, jansson knows. */
static bool take_string(struct scan *s, const char **text, size_t *len)
{
	if (!take(s, '"'))
		return false;
	if (!s->escapes)
		return take_plain_string(s, text, len);
	*text = s->at;
	for (; s->at < s->end && *s->at != '"'; s->at++) {
		if (*s->at != '\\')
			continue;
		if (++s->at == s->end)
			return false;
		s->unsure = s->unsure || (*s->at != '"' && *s->at != '\\');
	}
	*len = (size_t)(s->at - *text);
	return take(s, '"');
}

static int take_digits(struct scan *s)
{
	const char *from = s->at;

	while (s->at < s->end && *s->at >= '0' && *s->at <= '9')
		s->at++;
	return (int)(s->at - from);
}

/* "%.15g" gives a decimal of at most 15 digits back as it was, if it is neither very small nor
 * written with zeros at its end. */
static bool plain_real(const char *whole, int digits, const char *fraction, int decimals)
{
	if (decimals > 1 && fraction[decimals - 1] == '0')
		return false;
	if (digits == 1 && whole[0] == '0' && decimals > 3 && memcmp(fraction, "000", 3) == 0)
		return false;
	return digits + decimals <= PLAIN_DIGITS_MAX;
}

static bool take_number(struct scan *s)
{
	bool negative = take(s, '-');
	const char *whole = s->at;
	int digits = take_digits(s);

	if (digits == 0 || (digits > 1 && whole[0] == '0'))
		return false;
	s->unsure = s->unsure || digits > INTEGER_DIGITS_MAX ||
		    (negative && digits == 1 && whole[0] == '0');
	if (take(s, '.')) {
		const char *fraction = s->at;
		int decimals = take_digits(s);

		if (decimals == 0)
			return false;
		s->unsure = s->unsure || !plain_real(whole, digits, fraction, decimals);
	}
	if (s->at < s->end && (*s->at == 'e' || *s->at == 'E')) {
		s->unsure = true;
		s->at++;
		if (!take(s, '-'))
			take(s, '+');
		return take_digits(s) > 0;
	}
	return true;
}

static bool take_value(struct scan *s, int depth);

static bool take_array(struct scan *s, int depth)
{
	s->at++;
	if (take(s, ']'))
		return true;
	do {
		if (!take_value(s, depth + 1))
			return false;
	} while (take(s, ','));
	return take(s, ']');
}

/* By the bytes of the names, as json_dumps sorts them; with an escape in one it is unsure anyway,
 * or compares alike: '"' and '\\' stand for themselves behind the same byte. */
static bool ascends(struct scan *s, const char *a, size_t a_len, const char *b, size_t b_len)
{
	size_t len = a_len < b_len ? a_len : b_len;
	int order = memcmp(a, b, len);

	if (s->escapes && memchr(b, '\\', b_len) != NULL)
		s->unsure = true;
	return order < 0 || (order == 0 && a_len < b_len);
}

static int64_t to_integer(const char *from, const char *end)
{
	int64_t value = 0;

	if (end - from > INTEGER_DIGITS_MAX)
		return -1;
	for (; from < end && *from >= '0' && *from <= '9'; from++)
		value = value * 10 + (*from - '0');
	return from == end ? value : -1;
}

static bool is_name(const char *name, size_t len, const char *word)
{
	return len == strlen(word) && memcmp(name, word, len) == 0;
}

/* The three members that every entry has. value: as it stands, quotes and all. */
static void note_member(struct canonical *c, const char *name, size_t len, const char *value,
			const char *end)
{
	bool text = end - value >= 2 && *value == '"';

	if (is_name(name, len, "n")) {
		c->n = to_integer(value, end);
	} else if (text && is_name(name, len, "at")) {
		c->at = value + 1;
		c->at_len = (size_t)(end - value) - 2;
	} else if (text && is_name(name, len, "kind")) {
		c->kind = value + 1;
		c->kind_len = (size_t)(end - value) - 2;
	}
}

/* c: NULL but for the entry itself. */
static bool take_object(struct scan *s, int depth, struct canonical *c)
{
	const char *name = "", *before = "";
	size_t len = 0, before_len = 0;
	bool first = true;

	if (!take(s, '{'))
		return false;
	if (take(s, '}'))
		return true;
	do {
		if (!take_string(s, &name, &len) || !take(s, ':') ||
		    (!first && !ascends(s, before, before_len, name, len) && !s->unsure))
			return false;
		const char *value = s->at;
		if (!take_value(s, depth + 1))
			return false;
		if (c != NULL)
			note_member(c, name, len, value, s->at);
		before = name;
		before_len = len;
		first = false;
	} while (take(s, ','));
	return take(s, '}');
}

static bool take_value(struct scan *s, int depth)
{
	const char *text;
	size_t len;

	if (s->at == s->end || depth > DEPTH_MAX)
		return false;
	switch (*s->at) {
	case '"':
		return take_string(s, &text, &len);
	case '{':
		return take_object(s, depth, NULL);
	case '[':
		return take_array(s, depth);
	case 't':
		return take_word(s, "true");
	case 'f':
		return take_word(s, "false");
	case 'n':
		return take_word(s, "null");
	default:
		return take_number(s);
	}
}

static bool written_again(const char *text, size_t len)
{
	struct err ignored;
	json_t *o = json_read(text, len, &ignored);
	char *again = json_is_object(o) ? json_dumps(o, JSON_LINE) : NULL;
	bool same = again != NULL && strlen(again) == len && memcmp(again, text, len) == 0;

	free(again);
	json_decref(o);
	return same;
}

bool canonical_read(const char *text, size_t len, struct canonical *c)
{
	struct scan s = {.at = text, .end = text + len,
			 .escapes = memchr(text, '\\', len) != NULL};

	*c = (struct canonical){.n = -1, .at = "", .kind = ""};
	if (!take_object(&s, 0, c) || s.at != s.end)
		return false;
	return !s.unsure || written_again(text, len);
}
