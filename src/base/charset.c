/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/charset.h"

#include "base/must.h"
#include "base/text.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#define LEFT_BYTES_MAX 16 /* of a character that goes on in the next piece */

static const struct {
	const char *name, *iconv;
} sets[CHARSETS] = {
	[CHARSET_UTF8] = {"UTF-8", "UTF-8"},
	[CHARSET_UTF16LE] = {"UTF-16 LE", "UTF-16LE"},
	[CHARSET_UTF16BE] = {"UTF-16 BE", "UTF-16BE"},
	[CHARSET_TCVN] = {"TCVN3", "TCVN5712-1"},
};

const char *charset_name(enum charset set)
{
	return sets[set].name;
}

/* Latin letters in UTF-16 have a zero beside them; no other set has any. */
static enum charset by_zeros(const unsigned char *data, size_t len)
{
	size_t zeros[2] = {0, 0};

	for (size_t i = 0; i < len && i < 4096; i++)
		zeros[i % 2] += data[i] == 0;
	if (zeros[0] + zeros[1] == 0)
		return CHARSET_UTF8;
	return zeros[1] > zeros[0] ? CHARSET_UTF16LE : CHARSET_UTF16BE;
}

static enum charset by_mark(const unsigned char *data, size_t len)
{
	if (len >= 2 && data[0] == 0xFF && data[1] == 0xFE)
		return CHARSET_UTF16LE;
	if (len >= 2 && data[0] == 0xFE && data[1] == 0xFF)
		return CHARSET_UTF16BE;
	return by_zeros(data, len);
}

/* How many bytes follow this first one; −1: it is none. */
static int following(unsigned char first)
{
	if (first < 0x80)
		return 0;
	if (first >= 0xC2 && first <= 0xDF)
		return 1;
	if (first >= 0xE0 && first <= 0xEF)
		return 2;
	return first >= 0xF0 && first <= 0xF4 ? 3 : -1;
}

void charset_look(struct charset_look *l, const char *data, size_t len)
{
	const unsigned char *at = (const unsigned char *)data;

	if (!l->begun && len > 0) {
		l->begun = true;
		l->marked = by_mark(at, len);
	}
	for (size_t i = 0; i < len && !l->not_utf8; i++) {
		if (l->rest > 0) {
			l->not_utf8 = (at[i] & 0xC0) != 0x80;
			l->rest--;
			continue;
		}
		l->rest = following(at[i]);
		l->not_utf8 = l->rest < 0;
	}
}

enum charset charset_guess(const struct charset_look *l)
{
	if (l->marked != CHARSET_UTF8)
		return l->marked;
	return l->not_utf8 || l->rest > 0 ? CHARSET_TCVN : CHARSET_UTF8;
}

struct charset_turn {
	iconv_t cd;
	enum charset set;
	bool begun;
	char left[LEFT_BYTES_MAX];
	size_t left_len;
};

bool charset_open(struct charset_turn **t, enum charset set, struct err *e)
{
	iconv_t cd = iconv_open("UTF-8", sets[set].iconv);

	if (cd == (iconv_t)-1) /* NOLINT(performance-no-int-to-ptr) */
		return err_errno(e, T("máy này không đọc được bảng mã %s",
				      "this machine cannot read %s"), sets[set].name);
	*t = calloc(1, sizeof(**t));
	must(*t != NULL);
	(*t)->cd = cd;
	(*t)->set = set;
	return true;
}

void charset_close(struct charset_turn *t)
{
	if (t == NULL)
		return;
	iconv_close(t->cd);
	free(t);
}

static bool bad(const struct charset_turn *t, struct err *e)
{
	return err_set(e, ERR_DAMAGED,
		       T("có chỗ không phải chữ viết bằng %s; mở tệp bằng Excel hoặc LibreOffice "
			 "rồi lưu lại dạng \"CSV UTF-8\" hoặc .xlsx",
			 "somewhere it is no text in %s; open it in Excel or LibreOffice and save "
			 "it as \"CSV UTF-8\" or .xlsx"), sets[t->set].name);
}

/* All that is whole of it; what is left over begins the next piece. */
static bool turn(struct charset_turn *t, char *in, size_t len, struct buf *out, struct err *e)
{
	char piece[4096];

	while (len > 0) {
		char *to = piece;
		size_t room = sizeof(piece);
		size_t done = iconv(t->cd, &in, &len, &to, &room);
		int code = errno;
		buf_add(out, piece, (size_t)(to - piece));
		if (done != (size_t)-1 || code == E2BIG)
			continue;
		if (code != EINVAL || len > LEFT_BYTES_MAX)
			return bad(t, e);
		memcpy(t->left, in, len);
		t->left_len = len;
		return true;
	}
	return true;
}

/* What the converter itself holds back: a letter that a mark could still join. */
static bool flush(struct charset_turn *t, struct buf *out, struct err *e)
{
	char piece[64], *to = piece;
	size_t room = sizeof(piece);

	if (t->left_len > 0)
		return bad(t, e);
	if (iconv(t->cd, NULL, NULL, &to, &room) == (size_t)-1)
		return bad(t, e);
	buf_add(out, piece, (size_t)(to - piece));
	return true;
}

static void drop_mark(struct charset_turn *t, struct buf *out, size_t from)
{
	if (t->begun || out->len < from + 3)
		return;
	t->begun = true;
	if (memcmp(out->data + from, "\xEF\xBB\xBF", 3) != 0)
		return;
	memmove(out->data + from, out->data + from + 3, out->len - from - 3);
	out->len -= 3;
	out->data[out->len] = '\0';
}

bool charset_add(struct charset_turn *t, const char *data, size_t len, bool last, struct buf *out,
		 struct err *e)
{
	struct buf in = {0};
	size_t from = out->len;

	buf_add(&in, t->left, t->left_len);
	buf_add(&in, data, len);
	t->left_len = 0;
	bool ok = turn(t, in.data, in.len, out, e) && (!last || flush(t, out, e));
	buf_finish(&in);
	drop_mark(t, out, from);
	return ok;
}
