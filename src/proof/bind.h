/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Members of an entry into the parameters of a statement. A parameter is named as SQL has it,
 * ":slot", and must be there; those that take an object read its member of that name, "slot". */
#ifndef VX_PROOF_BIND_H
#define VX_PROOF_BIND_H

#include <jansson.h>
#include <sqlite3.h>
#include <stddef.h>
#include <stdint.h>

/* To be said before a statement is prepared whose parameters are bound here (view_prepare says it):
 * where a name stands is remembered, and the new one may lie where another lay. */
void bind_forget(void);

void bind_text(sqlite3_stmt *s, const char *name, const char *text);
void bind_bytes(sqlite3_stmt *s, const char *name, const char *text, size_t len);
void bind_integer(sqlite3_stmt *s, const char *name, int64_t value);
void bind_double(sqlite3_stmt *s, const char *name, double value);

/* NaN, which a member that is missing gives, becomes NULL in SQLite by itself. */
void bind_number(sqlite3_stmt *s, const char *name, const json_t *o, const char *key);

/* A text, "" if it is none; o outlives the run of the statement. */
void bind_member(sqlite3_stmt *s, const char *name, const json_t *o);

/* An array of texts: as "a,b,c", and as a line of JSON. */
void bind_list(sqlite3_stmt *s, const char *name, const json_t *o);
void bind_array(sqlite3_stmt *s, const char *name, const json_t *o);

/* An object as a line of JSON, "" if it is none. */
void bind_object(sqlite3_stmt *s, const char *name, const json_t *o);

/* A saying as a line of JSON, or what an older program wrote in words: see saying_read. */
void bind_said(sqlite3_stmt *s, const char *name, const json_t *o);

/* A time as Unix milliseconds. */
int64_t bind_time_ms(const json_t *o, const char *key, int64_t otherwise);

#endif
