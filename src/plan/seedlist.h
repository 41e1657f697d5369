/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists in the files of seeds/: what reading any of them has in common. Pure. */
#ifndef VX_PLAN_SEEDLIST_H
#define VX_PLAN_SEEDLIST_H

#include "base/codes.h"
#include "plan/yamlread.h"

#include <stdbool.h>
#include <stddef.h>

/* Calls each for every entry of the list `key` at the top of the file. `tree` (zeroed) keeps what
 * was read: the caller's, yamltree_finish. False: there is no such list, a fault, as is all that
 * each finds. */
bool seedlist_read(struct yamlread *r, struct yamltree *tree, const char *key, const char *text,
		   size_t len,
		   void (*each)(struct yamlread *r, const struct yamlnode *n, void *arg),
		   void *arg);

/* The key "ma", of which the entry's other faults speak from then on; false: a fault. */
bool seedlist_code(struct yamlread *r, const struct yamlnode *n, char code[static CODE_BYTES]);

/* Which of the words (count of them) the key has; false: another, a fault, or the key is not
 * there, one too if it is needed. */
bool seedlist_choice(struct yamlread *r, const struct yamlnode *n, const char *key, bool needed,
		     const char *const *words, int count, int *chosen);

/* "from" and "to"; what is not there stays year 1 and 9999. One that ends before it begins: a
 * fault. */
void seedlist_days(struct yamlread *r, const struct yamlnode *n, struct date *from,
		   struct date *to);

/* Room for one more in an owned list of `size` bytes each, zeroed; NULL + fault: `most` are
 * there. */
void *seedlist_add(struct yamlread *r, const struct yamlnode *n, void *list, int *count,
		   size_t size, int most);

/* Whether the days [from, to] of two entries touch. */
bool seedlist_touch(struct date a_from, struct date a_to, struct date b_from, struct date b_to);

/* A warning at a line unless the list has the code, or the code is "", or the list is empty: a
 * station may keep none. `what` of `where` names it: "chuong_trinh" of "bp-diem". */
void seedlist_cited(const struct codes *list, enum codes_list which, const char *code,
		    const char *what, const char *file, int line, const char *where,
		    struct faults *faults);

#endif
