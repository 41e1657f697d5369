/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one error type: a sentence for a person (where, what, what to do), wrapped on the way up. */
#ifndef VX_BASE_ERR_H
#define VX_BASE_ERR_H

#include <stdbool.h>

#define ERR_TEXT_BYTES 768

/* Kinds that a caller may act upon; everything else is ERR_FAILED and only told. */
enum err_kind {
	ERR_NONE = 0,
	ERR_FAILED,    /* it did not work; the text says why */
	ERR_USAGE,     /* called with wrong words; exit status 2 */
	ERR_NOT_FOUND, /* no such thing */
	ERR_REFUSED,   /* allowed to ask, but a rule or a right says no */
	ERR_CONFLICT,  /* somebody else holds it, or it is in the wrong state */
	ERR_NO_SPACE,  /* the disk is full */
	ERR_UNSUPPORTED, /* a file of a kind that is not read here */
	ERR_DAMAGED,   /* a file of the right kind whose content is of no use */
	ERR_LOGIN,     /* nobody is logged in, or not with this password */
	ERR_TOO_MANY,  /* tried too often: later */
	ERR_DIFFERS,   /* a check found a difference; exit status 3 */
	ERR_STALLED,   /* the disk does not answer; nobody knows yet whether it is done */
};

struct err {
	enum err_kind kind;
	char text[ERR_TEXT_BYTES]; /* UTF-8, no newline; cut at a character when too long */
};

/* Sets kind and text, and returns false so that `return err_set(e, …)` reads well. Any thread; e is
 * the caller's and may not be NULL. Not for real-time code. */
bool err_set(struct err *e, enum err_kind kind, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* As err_set with the words of the present errno appended after ": "; ENOSPC and EDQUOT become
 * ERR_NO_SPACE, ENOENT becomes ERR_NOT_FOUND. */
bool err_errno(struct err *e, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* What an errno means, in the language of the process; buf may be used for it. */
const char *err_words(int code, char buf[static 128]);

/* Puts "prefix: " in front of the text, keeps the kind. */
bool err_wrap(struct err *e, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Exit status for the command line: 0 none, 2 usage, 3 differs, else 1. */
int err_exit_status(const struct err *e);

/* The short machine word of a kind, for JSON error codes: "failed", "usage", "not_found", … */
const char *err_code(enum err_kind kind);

#endif
