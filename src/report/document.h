/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A report in words: its lines in their order, and how they are written down. In Vietnamese whoever
 * reads it, as is the letter's head: it is a document of the state. */
#ifndef VX_REPORT_DOCUMENT_H
#define VX_REPORT_DOCUMENT_H

#include "base/buf.h"
#include "base/err.h"

#include <jansson.h>
#include <stdbool.h>

struct report;

enum document_look {
	DOCUMENT_BASIS,	/* "Căn cứ …;" */
	DOCUMENT_PART,	/* a heading, which has a number: "I. KẾT QUẢ" */
	DOCUMENT_POINT,	/* a smaller one: "1. Kết quả chung" */
	DOCUMENT_TEXT,
	DOCUMENT_ITEM,	/* one of a list */
	DOCUMENT_DOTS,	/* a line to be written on */
	DOCUMENT_LOOKS
};

struct document_line {
	enum document_look look;
	char *text;
	char table[4]; /* the letter of the one whose figures it tells; "" none */
};

/* Owned; zero-initialise, document_finish. */
struct document {
	const char *table, *kind; /* "tom-tat"; "Báo cáo" */
	struct buf subject;
	struct document_line *lines;
	int count;
	json_t *figures; /* those that are told, for programs */
};

/* Takes the text over and leaves it empty. */
void document_add(struct document *d, enum document_look look, const char *table, struct buf *text);
void document_say(struct document *d, enum document_look look, const char *text);
void document_finish(struct document *d);

/* "I", "II", … "XII". */
const char *document_roman(int number);

/* Adds it to `out` as one file. False + err: no such file can be made. */
typedef bool document_write(const struct document *d, const struct report *r, struct buf *out,
			    struct err *e);
document_write document_json, document_html;

#endif
