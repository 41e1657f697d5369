/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every value ends before the line's last '}', so a look at the byte behind one is always within
 * the line. */
#include "base/flat.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define DEPTH_MAX 8
#define DIGITS_MAX 18

struct cursor {
	const char *at, *end;
};

static bool take(struct cursor *c, char wanted)
{
	if (c->at == c->end || *c->at != wanted)
		return false;
	c->at++;
	return true;
}

static bool take_text(struct cursor *c, const char **text, size_t *len)
{
	if (!take(c, '"'))
		return false;
	const char *quote = memchr(c->at, '"', (size_t)(c->end - c->at));
	if (quote == NULL)
		return false;
	*text = c->at;
	*len = (size_t)(quote - c->at);
	c->at = quote + 1;
	return memchr(*text, '\\', *len) == NULL;
}

static int digits(struct cursor *c)
{
	const char *from = c->at;

	while (c->at < c->end && *c->at >= '0' && *c->at <= '9')
		c->at++;
	return (int)(c->at - from);
}

static bool take_number(struct cursor *c, enum flat_type *type)
{
	take(c, '-');
	bool zero = c->at < c->end && *c->at == '0';
	int count = digits(c);

	*type = FLAT_INTEGER;
	if (count == 0 || count > DIGITS_MAX || (zero && count > 1))
		return false;
	if (take(c, '.')) {
		*type = FLAT_REAL;
		count = digits(c);
		if (count == 0 || count > DIGITS_MAX)
			return false;
	}
	/* An exponent may be of any size: it is left to json_read. */
	return c->at < c->end && *c->at != 'e' && *c->at != 'E';
}

static bool take_word(struct cursor *c, const char *word)
{
	size_t len = strlen(word);

	if ((size_t)(c->end - c->at) < len || memcmp(c->at, word, len) != 0)
		return false;
	c->at += len;
	return true;
}

static bool take_value(struct cursor *c, struct flat_value *v, int depth);

static bool take_array(struct cursor *c, int depth)
{
	struct flat_value ignored;

	c->at++;
	if (take(c, ']'))
		return true;
	do {
		if (!take_value(c, &ignored, depth))
			return false;
	} while (take(c, ','));
	return take(c, ']');
}

/* Its keys stand in their order, so that none comes twice. */
static bool is_behind(const char *key, size_t len, const char *before, size_t before_len)
{
	if (before == NULL)
		return true;
	int order = memcmp(before, key, before_len < len ? before_len : len);
	return order != 0 ? order < 0 : before_len < len;
}

/* f NULL: one within. */
static bool take_object(struct cursor *c, struct flat *f, int depth)
{
	const char *key, *before = NULL;
	size_t len, before_len = 0;
	struct flat_value value;

	if (!take(c, '{'))
		return false;
	if (take(c, '}'))
		return true;
	do {
		if (!take_text(c, &key, &len) || !is_behind(key, len, before, before_len) ||
		    !take(c, ':') || !take_value(c, &value, depth))
			return false;
		before = key;
		before_len = len;
		if (f == NULL)
			continue;
		if (f->count == FLAT_MEMBERS_MAX)
			return false;
		f->members[f->count].key = key;
		f->members[f->count].key_len = len;
		f->members[f->count++].value = value;
	} while (take(c, ','));
	return take(c, '}');
}

static bool take_plain(struct cursor *c, struct flat_value *v)
{
	switch (*c->at) {
	case 'n':
		v->type = FLAT_NULL;
		return take_word(c, "null");
	case 't':
		v->type = FLAT_TRUE;
		return take_word(c, "true");
	case 'f':
		v->type = FLAT_FALSE;
		return take_word(c, "false");
	default:
		return take_number(c, &v->type);
	}
}

static bool take_value(struct cursor *c, struct flat_value *v, int depth)
{
	bool ok;

	if (c->at == c->end || depth == DEPTH_MAX)
		return false;
	if (*c->at == '"') {
		v->type = FLAT_TEXT;
		return take_text(c, &v->text, &v->len);
	}
	v->text = c->at;
	if (*c->at == '[') {
		v->type = FLAT_ARRAY;
		ok = take_array(c, depth + 1);
	} else if (*c->at == '{') {
		v->type = FLAT_OBJECT;
		ok = take_object(c, NULL, depth + 1);
	} else {
		ok = take_plain(c, v);
	}
	v->len = (size_t)(c->at - v->text);
	return ok;
}

bool flat_read(const char *text, size_t len, struct flat *f)
{
	struct cursor c = {text, text + len};

	f->count = 0;
	return take_object(&c, f, 0) && c.at == c.end;
}

bool flat_is(const struct flat *f, const char *key, const char *text)
{
	size_t key_len = strlen(key), len = strlen(text);

	for (int i = 0; i < f->count; i++) {
		const struct flat_value *v = &f->members[i].value;

		if (f->members[i].key_len == key_len &&
		    memcmp(f->members[i].key, key, key_len) == 0)
			return v->type == FLAT_TEXT && v->len == len &&
			       memcmp(v->text, text, len) == 0;
	}
	return false;
}

bool flat_next(const struct flat_value *array, size_t *at, struct flat_value *value)
{
	struct cursor c = {array->text + *at, array->text + array->len};

	if (*at == 0)
		c.at++;
	if (*c.at == ']')
		return false;
	bool ok = take_value(&c, value, 0);
	take(&c, ',');
	*at = (size_t)(c.at - array->text);
	return ok;
}

int64_t flat_integer(const struct flat_value *v)
{
	return strtoll(v->text, NULL, 10);
}

double flat_number(const struct flat_value *v)
{
	return strtod(v->text, NULL);
}
