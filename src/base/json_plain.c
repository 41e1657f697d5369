/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json_plain.h"

#include <float.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define DEPTH_MAX 32
#define KEY_BYTES 64
#define INTEGER_DIGITS_MAX 18 /* surely fit into 64 bits */
#define REAL_DIGITS_MAX 15    /* a double holds every such integer, and 10^15 */

struct plain {
	const char *at, *end;
};

static bool take(struct plain *p, char c)
{
	if (p->at == p->end || *p->at != c)
		return false;
	p->at++;
	return true;
}

/* Without its quotes. *all: the bits of all its bytes. */
static bool take_text(struct plain *p, const char **text, size_t *len, unsigned *all)
{
	const char *c = p->at + 1;

	*all = 0;
	if (p->at == p->end || *p->at != '"')
		return false;
	for (; c < p->end && *c != '"'; c++) {
		if ((unsigned char)*c < ' ' || *c == '\\')
			return false;
		*all |= (unsigned char)*c;
	}
	*text = p->at + 1;
	*len = (size_t)(c - *text);
	p->at = c + 1;
	return c < p->end;
}

/* What is not ASCII is well-formed, or no string comes of it. */
static json_t *string(struct plain *p)
{
	const char *text;
	unsigned all;
	size_t len;

	if (!take_text(p, &text, &len, &all))
		return NULL;
	return all < 0x80 ? json_stringn_nocheck(text, len) : json_stringn(text, len);
}

static int64_t digits(struct plain *p, int64_t value, int *count)
{
	for (*count = 0; p->at < p->end && *p->at >= '0' && *p->at <= '9'; p->at++, ++*count)
		if (*count < INTEGER_DIGITS_MAX)
			value = value * 10 + (*p->at - '0');
	return value;
}

/* An integer that a double holds, over a power of ten that it holds too, is the double nearest to
 * the decimal, where doubles are no wider than they should be. */
static json_t *real(struct plain *p, int64_t whole, int count, bool negative)
{
	static const double tens[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
				      1e12, 1e13, 1e14, 1e15};
	int decimals;

	p->at++;
	if (FLT_EVAL_METHOD != 0 || count > REAL_DIGITS_MAX)
		return NULL;
	const char *from = p->at;
	(void)digits(p, 0, &decimals);
	if (decimals == 0 || count + decimals > REAL_DIGITS_MAX)
		return NULL;
	p->at = from;
	double value = (double)digits(p, whole, &decimals) / tens[decimals];
	return json_real(negative ? -value : value);
}

static bool ends(const struct plain *p)
{
	return p->at < p->end && (*p->at == ',' || *p->at == '}' || *p->at == ']');
}

static json_t *number(struct plain *p)
{
	bool negative = take(p, '-');
	const char *from = p->at;
	json_t *made;
	int count;
	int64_t whole = digits(p, 0, &count);

	if (count == 0 || count > INTEGER_DIGITS_MAX || (*from == '0' && count > 1))
		return NULL;
	if (p->at < p->end && *p->at == '.')
		made = real(p, whole, count, negative);
	else
		made = negative && whole == 0 ? NULL : json_integer(negative ? -whole : whole);
	if (made != NULL && !ends(p)) {
		json_decref(made);
		return NULL;
	}
	return made;
}

static json_t *word(struct plain *p, const char *text, json_t *value)
{
	size_t len = strlen(text);

	if ((size_t)(p->end - p->at) < len || memcmp(p->at, text, len) != 0)
		return NULL;
	p->at += len;
	return value;
}

static json_t *value(struct plain *p, int depth);

static bool items(struct plain *p, json_t *array, int depth)
{
	if (take(p, ']'))
		return true;
	do {
		json_t *item = value(p, depth);
		if (item == NULL || json_array_append_new(array, item) != 0)
			return false;
	} while (take(p, ','));
	return take(p, ']');
}

/* The key into key, if it stands behind the one that is there. */
static bool take_key(struct plain *p, char key[static KEY_BYTES])
{
	char next[KEY_BYTES];
	const char *text;
	unsigned all;
	size_t len;

	if (!take_text(p, &text, &len, &all) || all >= 0x80 || len == 0 || len >= KEY_BYTES)
		return false;
	memcpy(next, text, len);
	next[len] = '\0';
	if (strcmp(next, key) <= 0)
		return false;
	memcpy(key, next, len + 1);
	return take(p, ':');
}

static bool members(struct plain *p, json_t *object, int depth)
{
	char key[KEY_BYTES] = "";

	if (take(p, '}'))
		return true;
	do {
		json_t *one = take_key(p, key) ? value(p, depth) : NULL;
		if (one == NULL || json_object_set_new_nocheck(object, key, one) != 0)
			return false;
	} while (take(p, ','));
	return take(p, '}');
}

static json_t *object(struct plain *p, int depth)
{
	json_t *made = take(p, '{') ? json_object() : NULL;

	if (made != NULL && members(p, made, depth + 1))
		return made;
	json_decref(made);
	return NULL;
}

static json_t *array(struct plain *p, int depth)
{
	json_t *made = take(p, '[') ? json_array() : NULL;

	if (made != NULL && items(p, made, depth + 1))
		return made;
	json_decref(made);
	return NULL;
}

static json_t *value(struct plain *p, int depth)
{
	if (p->at == p->end || depth > DEPTH_MAX)
		return NULL;
	switch (*p->at) {
	case '"':
		return string(p);
	case '{':
		return object(p, depth);
	case '[':
		return array(p, depth);
	case 't':
		return word(p, "true", json_true());
	case 'f':
		return word(p, "false", json_false());
	case 'n':
		return word(p, "null", json_null());
	default:
		return number(p);
	}
}

json_t *json_plain(const char *text, size_t len)
{
	struct plain p = {text, text + len};
	json_t *made = object(&p, 0);

	if (made != NULL && p.at == p.end)
		return made;
	json_decref(made);
	return NULL;
}
