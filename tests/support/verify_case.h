/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A signed log of many entries on a simulated disk, and ways to damage it, for the tests of what
 * verifies it. */
#ifndef VX_TESTS_VERIFY_CASE_H
#define VX_TESTS_VERIFY_CASE_H

#include "proof/verify.h"
#include "sys/disk_sim.h"

struct view;

/* An entry as the log has them, of varying length; its length. */
int verify_case_text(int64_t n, char out[static 300]);

/* Writes so many entries' bundles at once, and lets a notary make tiles and head. */
struct disk_sim *verify_case_make(int64_t count);

/* Verifies everything in the logs; v is initialised here. False: it could not be opened. */
bool verify_case(struct disk *d, const char *key, bool running, struct verdict *v);
/* The same as the logs of a pack. */
void verify_case_pack(struct disk *d, struct verdict *v);

/* The one difference that is named first; dies if there is none. */
const struct finding *verify_case_first(const struct verdict *v);

/* What one part of it finds in a view and a folder, v anew: the code that is named first, "". */
const char *verify_case_code(bool (*part)(struct view *made, const char *dir, struct verdict *v,
					  struct err *e),
			     struct view *made, const char *dir, struct verdict *v);

/* A file's bytes, and others in their place; data NULL: the file is removed. */
void verify_case_read(struct disk *d, const char *path, struct buf *b);
void verify_case_put(struct disk *d, const char *path, const void *data, size_t len);

#endif
