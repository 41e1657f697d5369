/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values out of a YAML tree: each reader takes one kind of value or says in one sentence what is
 * wrong with it and what it should look like. */
#ifndef VX_PLAN_YAMLREAD_H
#define VX_PLAN_YAMLREAD_H

#include "base/civil.h"
#include "plan/faults.h"
#include "plan/yamltree.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Where faults go. `where` names the thing at hand ("" or: khung giờ "Bản tin sáng") for the reader
 * of the fault; it goes in front of each sentence. */
struct yamlread {
	const char *file;
	struct faults *faults;
	char where[NAME_BYTES + 40];
	const char *slot, *field; /* as faults_place has them; NULL: none */
};

/* Adds an error at line, with r->where in front. */
void yamlread_fault(struct yamlread *r, int line, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Every key of the map must be one of `known` (ends with NULL); others are faults that name the
 * nearest known one. Also a fault, and false: the node is no map. */
bool yamlread_keys(struct yamlread *r, const struct yamlnode *map, const char *const *known);

/* A key that must be there: false and the fault `otherwise`, at the map's line, when it is not. No
 * second fault for one that is only misspelt: yamlread_keys, called before, has told it. */
bool yamlread_need(struct yamlread *r, const struct yamlnode *map, const char *key,
		   const char *otherwise);

/* All below read the value of `key` in `map`. False when the key is not there, which is no fault,
 * and false + fault when its value is not of this kind. Nothing is written then. */

/* One line of printable text, 1 to size − 1 bytes; leading and trailing blanks are refused. */
bool yamlread_text(struct yamlread *r, const struct yamlnode *map, const char *key, char *out,
		   size_t size);

/* A number within [low, high]; `unit` for the sentence ("dB", "kênh", ""). */
bool yamlread_number(struct yamlread *r, const struct yamlnode *map, const char *key, double low,
		     double high, const char *unit, double *out);
bool yamlread_int(struct yamlread *r, const struct yamlnode *map, const char *key, int low,
		  int high, int *out);

/* true, false, yes, no, on, off, có, không. */
bool yamlread_bool(struct yamlread *r, const struct yamlnode *map, const char *key, bool *out);

/* "HH:MM" or "HH:MM:SS" → second of day. */
bool yamlread_time(struct yamlread *r, const struct yamlnode *map, const char *key, int32_t *s);

/* "30m", "1h30m", … within [low, high] seconds. */
bool yamlread_duration(struct yamlread *r, const struct yamlnode *map, const char *key, int32_t low,
		       int32_t high, int32_t *s);

bool yamlread_date(struct yamlread *r, const struct yamlnode *map, const char *key, struct date *d);
/* The same for one word of a list (yamlread_words). */
bool yamlread_date_word(struct yamlread *r, const char *key, int line, const char *word,
			struct date *d);

/* Calls each() for every text of a list, for the words between the commas of one text, or for none
 * when the value is empty. Texts are trimmed and shorter than NAME_BYTES. Stops at nothing: false
 * if any was faulty. */
bool yamlread_words(struct yamlread *r, const struct yamlnode *map, const char *key,
		    bool (*each)(struct yamlread *r, int line, const char *word, void *arg),
		    void *arg);

#endif
