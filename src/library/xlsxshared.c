/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/xlsxshared.h"

#include "base/must.h"
#include "library/xlsxnumber.h"

#include <stdlib.h>
#include <string.h>

struct reading {
	struct xlsxshared *s;
	struct xlsx *x;
	size_t begun;
	bool in_text, spoken; /* how East Asian words are spoken stands beside them */
	bool in_formats, in_looks;
	unsigned char formats[SHEET_FORMATS_MAX]; /* kinds, by the number of the format */
};

static bool one_more(struct reading *r)
{
	struct xlsxshared *s = r->s;

	if (s->count == SHEET_STRINGS_MAX)
		return xlsxpart_refuse(r->x, SHEET_TOO_BIG);
	if (s->count == s->room) {
		s->room = s->room > 0 ? s->room * 2 : 1024;
		s->starts = realloc(s->starts, s->room * sizeof(*s->starts));
		must(s->starts != NULL);
	}
	r->begun = s->texts.len;
	s->starts[s->count++] = (uint32_t)r->begun;
	return true;
}

static bool strings_start(void *arg, const char *name, const struct xlsxattrs *attrs)
{
	struct reading *r = arg;

	(void)attrs;
	if (strcmp(name, "si") == 0)
		return one_more(r);
	if (strcmp(name, "rPh") == 0)
		r->spoken = true;
	r->in_text = strcmp(name, "t") == 0 && !r->spoken && r->s->count > 0;
	return true;
}

static bool strings_end(void *arg, const char *name)
{
	struct reading *r = arg;

	r->in_text = false;
	if (strcmp(name, "rPh") == 0)
		r->spoken = false;
	if (strcmp(name, "si") == 0) {
		xlsxshared_unescape(&r->s->texts, r->begun);
		buf_add(&r->s->texts, "", 1);
	}
	return r->s->texts.len <= SHEET_STRINGS_BYTES_MAX ||
	       xlsxpart_refuse(r->x, SHEET_TOO_BIG);
}

static bool strings_text(void *arg, const char *text, size_t len)
{
	struct reading *r = arg;

	if (!r->in_text)
		return true;
	buf_add(&r->s->texts, text, len);
	return r->s->texts.len <= SHEET_STRINGS_BYTES_MAX ||
	       xlsxpart_refuse(r->x, SHEET_TOO_BIG);
}

static unsigned long number_of(const struct xlsxattrs *a, const char *name)
{
	char text[24];

	return strtoul(xlsxpart_attr(a, name, text, sizeof(text)), NULL, 10);
}

static void add_format(struct reading *r, const struct xlsxattrs *a)
{
	unsigned long id = number_of(a, "numFmtId");
	char format[256];

	if (id < SHEET_FORMATS_MAX)
		r->formats[id] = xlsxnumber_kind(xlsxpart_attr(a, "formatCode", format,
							       sizeof(format)));
}

static void add_look(struct reading *r, const struct xlsxattrs *a)
{
	unsigned long id = number_of(a, "numFmtId");

	if (r->s->kind_count < SHEET_FORMATS_MAX)
		r->s->kinds[r->s->kind_count++] =
			id < SHEET_FORMATS_MAX ? r->formats[id] : XLSXNUMBER_PLAIN;
}

static bool styles_start(void *arg, const char *name, const struct xlsxattrs *a)
{
	struct reading *r = arg;

	if (strcmp(name, "numFmts") == 0)
		r->in_formats = true;
	else if (strcmp(name, "cellXfs") == 0)
		r->in_looks = true;
	else if (r->in_formats && strcmp(name, "numFmt") == 0)
		add_format(r, a);
	else if (r->in_looks && strcmp(name, "xf") == 0)
		add_look(r, a);
	return true;
}

static bool styles_end(void *arg, const char *name)
{
	struct reading *r = arg;

	if (strcmp(name, "numFmts") == 0)
		r->in_formats = false;
	if (strcmp(name, "cellXfs") == 0)
		r->in_looks = false;
	return true;
}

static bool no_text(void *arg, const char *text, size_t len)
{
	(void)arg;
	(void)text;
	(void)len;
	return true;
}

static bool read_styles(struct reading *r, const char *part)
{
	for (unsigned id = 0; id < 164; id++) /* from there on files bring their own */
		r->formats[id] = xlsxnumber_known(id);
	r->s->kinds = calloc(SHEET_FORMATS_MAX, 1);
	must(r->s->kinds != NULL);
	return xlsxpart_parse(r->x, part,
			      &(struct xlsxpart_handler){styles_start, styles_end, no_text, r});
}

bool xlsxshared_read(struct xlsxshared *s, struct xlsx *x, const struct xlsxbook *b)
{
	struct reading *r = calloc(1, sizeof(*r));

	must(r != NULL);
	r->s = s;
	r->x = x;
	bool ok = (b->styles[0] == '\0' || read_styles(r, b->styles)) &&
		  (b->strings[0] == '\0' ||
		   xlsxpart_parse(x, b->strings,
				  &(struct xlsxpart_handler){strings_start, strings_end,
							     strings_text, r}));
	free(r);
	return ok;
}

void xlsxshared_finish(struct xlsxshared *s)
{
	buf_finish(&s->texts);
	free(s->starts);
	free(s->kinds);
}

const char *xlsxshared_text(const struct xlsxshared *s, size_t i)
{
	return i < s->count ? s->texts.data + s->starts[i] : NULL;
}

unsigned char xlsxshared_kind(const struct xlsxshared *s, size_t i)
{
	return i < (size_t)s->kind_count ? s->kinds[i] : XLSXNUMBER_PLAIN;
}

/* What stands at _xHHHH_; −1: something else. */
static long escaped(const char *at, const char *end)
{
	char digits[5] = "";

	if (end - at < 7 || at[0] != '_' || at[1] != 'x' || at[6] != '_')
		return -1;
	memcpy(digits, at + 2, 4);
	return strspn(digits, "0123456789abcdefABCDEF") == 4 ? strtol(digits, NULL, 16) : -1;
}

static size_t utf8_put(unsigned code, char *out)
{
	if (code < 0x80) {
		out[0] = (char)code;
		return 1;
	}
	if (code < 0x800) {
		out[0] = (char)(0xC0 | code >> 6);
		out[1] = (char)(0x80 | (code & 0x3F));
		return 2;
	}
	out[0] = (char)(0xE0 | code >> 12);
	out[1] = (char)(0x80 | (code >> 6 & 0x3F));
	out[2] = (char)(0x80 | (code & 0x3F));
	return 3;
}

void xlsxshared_unescape(struct buf *b, size_t from)
{
	if (b->len == from || memchr(b->data + from, '_', b->len - from) == NULL)
		return;
	char *out = b->data + from;
	const char *at = out, *end = b->data + b->len;
	while (at < end) {
		long code = escaped(at, end);
		if (code > 0 && (code < 0xD800 || code > 0xDFFF)) {
			out += utf8_put((unsigned)code, out);
			at += 7;
		} else {
			*out++ = *at++;
		}
	}
	b->len = (size_t)(out - b->data);
	b->data[b->len] = '\0';
}
