/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pairs of products that are perhaps one: of the same bytes, the same sound, the same title and
 * length or number. Two that differ in their language are named as versions and suspected of
 * nothing. Pure; the time is nearly that of the count. */
#ifndef VX_REPORT_PAIRS_H
#define VX_REPORT_PAIRS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What they have in common, the surest first. */
enum pair_how {
	PAIR_SAME_FILE,
	PAIR_SAME_SOUND,  /* in another file, as was heard when the later one came in */
	PAIR_SAME_TITLE,  /* and to a second the same length, or none is known of either */
	PAIR_SAME_NUMBER, /* and title; the lengths differ or nobody says them */
	PAIR_TRANSLATED,  /* the title, or producer and number, in another language */
	PAIR_HOWS
};

/* What it may be. */
enum pair_kind {
	PAIR_TWO_FUNDS, /* each names another fund: red */
	PAIR_REUSE, /* one is of a higher level, or a register says so: costs nothing */
	PAIR_SAME,
	PAIR_OTHER_LANGUAGE, /* no duplicate */
	PAIR_KINDS
};

/* One product. Texts are the caller's, "" when unknown. */
struct pair_item {
	const char *title, *number, *producer; /* as pairs_plain makes them */
	const char *language, *fund; /* codes */
	const char *sha256[2];	/* of its bytes, as sent in and as kept */
	int64_t frames;		/* 0: it has no length, or nobody says it */
	int rank;		/* of its producer: 1 commune … 4 centre; 0 unknown */
	int family;		/* two of the same are versions of one bulletin */
	bool reused;		/* a register says that it is used again */
};

/* Two of which somebody heard that they are alike. */
struct pair_alike {
	int later, earlier;
	bool file;   /* the very same */
	int percent; /* else */
};

/* first: what is there already, or is of the higher level; second: what should not count again. */
struct pair {
	int first, second;
	enum pair_how how;
	enum pair_kind kind;
	int percent; /* of PAIR_SAME_SOUND */
};

struct pairs {
	struct pair *list; /* by the later of the two, the surest first */
	int count, room;
};

/* In small letters without marks, punctuation and spaces: "Tiêm chủng, đợt 2" and "TIEM CHUNG -
 * dot 2" are one. At most size − 1 bytes. */
void pairs_plain(const char *text, char *out, size_t size);

/* Each item is told with the earliest that is like it in the surest way, and with the earliest
 * that names another fund; and with the newest before it in another language. Zero-initialised
 * pairs; pairs_finish. alike: any order. */
void pairs_find(const struct pair_item *items, int count, const struct pair_alike *alike,
		int alike_count, struct pairs *found);
void pairs_finish(struct pairs *p);

/* "same-file" …; "two-funds" …; "red" | "amber" | "note". */
const char *pair_how_code(enum pair_how how);
const char *pair_kind_code(enum pair_kind kind);
const char *pair_severity(enum pair_kind kind);

/* In words, in the language that the thread speaks. */
const char *pair_how_text(enum pair_how how);
const char *pair_kind_text(enum pair_kind kind);

#endif
