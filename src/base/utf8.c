/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/utf8.h"

#include <stdint.h>
#include <string.h>

/* Decodes one code point at text[0..len); returns its length in bytes, 0 if it is malformed. */
static size_t decode(const unsigned char *text, size_t len, uint32_t *point)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	size_t need;

	if (text[0] < 0x80) {
		*point = text[0];
		return 1;
	}
	if ((text[0] & 0xE0) == 0xC0)
		need = 2;
	else if ((text[0] & 0xF0) == 0xE0)
		need = 3;
	else if ((text[0] & 0xF8) == 0xF0)
		need = 4;
	else
		return 0;
	if (need > len)
		return 0;
	*point = text[0] & (0x7Fu >> need);
	for (size_t i = 1; i < need; i++) {
		if ((text[i] & 0xC0) != 0x80)
			return 0;
		*point = *point << 6 | (text[i] & 0x3F);
	}
	if (*point < least[need] || *point > 0x10FFFF || (*point >= 0xD800 && *point <= 0xDFFF))
		return 0;
	return need;
}

static bool harmless(uint32_t point)
{
	if (point < 0x20 || (point >= 0x7F && point < 0xA0))
		return false;
	if (point >= 0x2028 && point <= 0x202E)
		return false;
	return point < 0x2066 || point > 0x2069;
}

bool utf8_valid(const char *text, size_t len)
{
	uint32_t point;

	for (size_t at = 0, step; at < len; at += step) {
		step = decode((const unsigned char *)text + at, len - at, &point);
		if (step == 0)
			return false;
	}
	return true;
}

bool utf8_printable(const char *text, size_t len)
{
	uint32_t point;

	for (size_t at = 0, step; at < len; at += step) {
		step = decode((const unsigned char *)text + at, len - at, &point);
		if (step == 0 || !harmless(point))
			return false;
	}
	return true;
}

size_t utf8_length(const char *text)
{
	size_t count = 0;

	for (; *text != '\0'; text++)
		count += ((unsigned char)*text & 0xC0) != 0x80;
	return count;
}

void utf8_cut(char *text, size_t max)
{
	size_t len = strlen(text);

	if (len > max)
		len = max;
	text[len] = '\0';
	/* Step back over the continuation bytes of a code point that the cut has split. */
	size_t start = len;
	while (start > 0 && ((unsigned char)text[start - 1] & 0xC0) == 0x80)
		start--;
	if (start > 0 && (unsigned char)text[start - 1] >= 0xC0 &&
	    !utf8_valid(text + start - 1, len - start + 1))
		text[start - 1] = '\0';
}
