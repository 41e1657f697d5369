/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/err.h"

#include "base/must.h"
#include "base/text.h"
#include "base/utf8.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void format(struct err *e, const char *fmt, va_list args)
{
	int len = vsnprintf(e->text, sizeof(e->text), fmt, args);

	if (len < 0)
		e->text[0] = '\0';
	if (len >= (int)sizeof(e->text))
		utf8_cut(e->text, sizeof(e->text) - 1);
	for (char *c = e->text; *c != '\0'; c++)
		if (*c == '\n' || *c == '\r')
			*c = ' ';
}

bool err_set(struct err *e, enum err_kind kind, const char *fmt, ...)
{
	va_list args;

	must(e != NULL && kind != ERR_NONE);
	va_start(args, fmt);
	format(e, fmt, args);
	va_end(args);
	e->kind = kind;
	return false;
}

static enum err_kind kind_of_errno(int code)
{
	switch (code) {
	case ENOSPC:
	case EDQUOT:
		return ERR_NO_SPACE;
	case ENOENT:
		return ERR_NOT_FOUND;
	default:
		return ERR_FAILED;
	}
}

/* Those that an operator meets; the rest are the C library's words. */
const char *err_words(int code, char buf[static 128])
{
	switch (code) {
	case ENOENT:
		return T("không có tệp hay thư mục này", "no such file or folder");
	case EACCES:
	case EPERM:
		return T("không có quyền; kiểm tra quyền của người chạy lệnh",
			 "not allowed; check the rights of who runs this");
	case ENOSPC:
	case EDQUOT:
		return T("đĩa đầy; xóa bớt tệp khác (không xóa thư mục log)",
			 "the disk is full; remove other files (never the log folder)");
	case EROFS:
		return T("đĩa chỉ cho đọc", "the disk is read-only");
	case EIO:
		return T("đĩa hoặc thiết bị bị lỗi", "a fault of the disk or device");
	case EISDIR:
		return T("đây là thư mục, không phải tệp", "this is a folder, not a file");
	case ENOTDIR:
		return T("đây là tệp, không phải thư mục", "this is a file, not a folder");
	case EADDRINUSE:
		return T("địa chỉ này đang có chương trình khác dùng",
			 "another program uses this address");
	default:
		return strerror_r(code, buf, 128);
	}
}

bool err_errno(struct err *e, const char *fmt, ...)
{
	int code = errno;
	char words[128];
	va_list args;

	must(e != NULL);
	va_start(args, fmt);
	format(e, fmt, args);
	va_end(args);
	size_t len = strlen(e->text);
	snprintf(e->text + len, sizeof(e->text) - len, ": %s",
		 err_words(code, words));
	utf8_cut(e->text, sizeof(e->text) - 1);
	e->kind = kind_of_errno(code);
	errno = code;
	return false;
}

bool err_wrap(struct err *e, const char *fmt, ...)
{
	struct err old = *e;
	va_list args;

	must(e->kind != ERR_NONE);
	va_start(args, fmt);
	format(e, fmt, args);
	va_end(args);
	size_t len = strlen(e->text);
	snprintf(e->text + len, sizeof(e->text) - len, ": %s", old.text);
	utf8_cut(e->text, sizeof(e->text) - 1);
	return false;
}

int err_exit_status(const struct err *e)
{
	switch (e->kind) {
	case ERR_NONE:
		return 0;
	case ERR_USAGE:
		return 2;
	case ERR_DIFFERS:
		return 3;
	default:
		return 1;
	}
}

const char *err_code(enum err_kind kind)
{
	static const char *const codes[] = {
		[ERR_NONE] = "none",	     [ERR_FAILED] = "failed",
		[ERR_USAGE] = "usage",	     [ERR_NOT_FOUND] = "not_found",
		[ERR_REFUSED] = "refused",   [ERR_CONFLICT] = "conflict",
		[ERR_NO_SPACE] = "no_space", [ERR_UNSUPPORTED] = "unsupported",
		[ERR_DAMAGED] = "damaged",   [ERR_LOGIN] = "login",
		[ERR_TOO_MANY] = "too_many", [ERR_DIFFERS] = "differs",
		[ERR_STALLED] = "stalled",
	};

	must(kind <= ERR_STALLED);
	return codes[kind];
}
