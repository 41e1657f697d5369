/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/fold.h"

#include <stdint.h>
#include <string.h>

#define FOLDED_BYTES 512 /* longer texts are the same only byte by byte */

/* Runs of letters that go back to one (Unicode 15, NFD, then small). */
static const struct {
	uint32_t first, last;
	char letter;
} runs[] = {
	{0xC0, 0xC5, 'a'},     {0xC7, 0xC7, 'c'},     {0xC8, 0xCB, 'e'},     {0xCC, 0xCF, 'i'},
	{0xD1, 0xD1, 'n'},     {0xD2, 0xD6, 'o'},     {0xD9, 0xDC, 'u'},     {0xDD, 0xDD, 'y'},
	{0xE0, 0xE5, 'a'},     {0xE7, 0xE7, 'c'},     {0xE8, 0xEB, 'e'},     {0xEC, 0xEF, 'i'},
	{0xF1, 0xF1, 'n'},     {0xF2, 0xF6, 'o'},     {0xF9, 0xFC, 'u'},     {0xFD, 0xFD, 'y'},
	{0xFF, 0xFF, 'y'},     {0x100, 0x105, 'a'},   {0x110, 0x111, 'd'},   {0x112, 0x11B, 'e'},
	{0x128, 0x12F, 'i'},   {0x14C, 0x151, 'o'},   {0x168, 0x173, 'u'},   {0x1A0, 0x1A1, 'o'},
	{0x1AF, 0x1B0, 'u'},   {0x1EA0, 0x1EB7, 'a'}, {0x1EB8, 0x1EC7, 'e'}, {0x1EC8, 0x1ECB, 'i'},
	{0x1ECC, 0x1EE3, 'o'}, {0x1EE4, 0x1EF1, 'u'}, {0x1EF2, 0x1EF9, 'y'},
};

/* The code point of two or three bytes; 0 for anything else. */
static uint32_t decode(const unsigned char *at, size_t *len)
{
	*len = 1;
	if ((at[0] & 0xE0) == 0xC0 && (at[1] & 0xC0) == 0x80) {
		*len = 2;
		return (at[0] & 0x1Fu) << 6 | (at[1] & 0x3Fu);
	}
	if ((at[0] & 0xF0) == 0xE0 && (at[1] & 0xC0) == 0x80 && (at[2] & 0xC0) == 0x80) {
		*len = 3;
		return (at[0] & 0x0Fu) << 12 | (at[1] & 0x3Fu) << 6 | (at[2] & 0x3Fu);
	}
	return 0;
}

static char letter_of(uint32_t code)
{
	for (size_t i = 0; i < sizeof(runs) / sizeof(runs[0]); i++)
		if (code >= runs[i].first && code <= runs[i].last)
			return runs[i].letter;
	return '\0';
}

/* Combining marks stand after the letter that they belong to. */
static bool is_mark(uint32_t code)
{
	return code >= 0x300 && code <= 0x36F;
}

void fold_plain(const char *text, char *out, size_t bytes)
{
	const unsigned char *at = (const unsigned char *)text;
	size_t len, used = 0;

	for (; *at != '\0'; at += len) {
		uint32_t code = decode(at, &len);
		char letter = letter_of(code);
		if (is_mark(code))
			continue;
		if (used + (letter != '\0' ? 1 : len) >= bytes)
			break;
		if (letter == '\0' && len > 1)
			memcpy(out + used, at, len);
		else
			out[used] = letter != '\0'		? letter
				    : *at >= 'A' && *at <= 'Z' ? (char)(*at + 'a' - 'A')
							       : (char)*at;
		used += letter != '\0' ? 1 : len;
	}
	out[used] = '\0';
}

bool fold_same(const char *a, const char *b)
{
	char x[FOLDED_BYTES], y[FOLDED_BYTES];

	if (strlen(a) >= FOLDED_BYTES || strlen(b) >= FOLDED_BYTES)
		return strcmp(a, b) == 0;
	fold_plain(a, x, sizeof(x));
	fold_plain(b, y, sizeof(y));
	return strcmp(x, y) == 0;
}

bool fold_spaces(const char *text, char *out, size_t bytes)
{
	size_t used = 0;
	bool gap = false, whole = true;

	for (; *text != '\0' && whole; text++) {
		if (strchr(" \t\r\n", *text) != NULL) {
			gap = used > 0;
			continue;
		}
		whole = used + (gap ? 2 : 1) < bytes;
		if (whole && gap)
			out[used++] = ' ';
		if (whole)
			out[used++] = *text;
		gap = false;
	}
	out[used] = '\0';
	return whole;
}

static uint32_t small_of(uint32_t code)
{
	if ((code >= 'A' && code <= 'Z') || (code >= 0xC0 && code <= 0xDE && code != 0xD7))
		return code + 0x20;
	bool pairs = (code >= 0x100 && code <= 0x12F) || (code >= 0x14A && code <= 0x177) ||
		     code == 0x1A0 || (code >= 0x1EA0 && code <= 0x1EF9);

	return code == 0x1AF || (pairs && code % 2 == 0) ? code + 1 : code;
}

/* Each has as many bytes as its capital. */
void fold_small(char *text)
{
	size_t len;

	for (unsigned char *at = (unsigned char *)text; *at != '\0'; at += len) {
		uint32_t code = decode(at, &len);
		uint32_t small = small_of(len == 1 ? at[0] : code);

		if (len == 1 && at[0] < 0x80)
			at[0] = (unsigned char)small;
		for (size_t i = len; i > 1; i--, small >>= 6)
			at[i - 1] = (unsigned char)(0x80 | (small & 0x3F));
		if (len > 1)
			at[0] = (unsigned char)((len == 2 ? 0xC0 : 0xE0) | small);
	}
}

bool fold_finds(const char *query, const char *text)
{
	char word[256];

	for (;;) {
		query += strspn(query, " ");
		size_t len = strcspn(query, " ");
		if (len == 0)
			return true;
		if (len >= sizeof(word))
			return false;
		memcpy(word, query, len);
		word[len] = '\0';
		if (strstr(text, word) == NULL)
			return false;
		query += len;
	}
}
