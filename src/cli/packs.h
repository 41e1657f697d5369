/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many packs, each taken in (cli/pack_take.h) by a process of its own: as many at work at once as
 * there are processors, and told in the order in which they were given. What a pack of a stranger
 * breaks is that process. */
#ifndef VX_CLI_PACKS_H
#define VX_CLI_PACKS_H

#include "cli/args.h"
#include "cli/pack_take.h"

struct packs;

/* While the program has one thread: all processes begin here, and wait. paths and wanted outlive
 * it. NULL + err. */
struct packs *packs_start(const struct arg_list *paths, const struct pack_wanted *wanted,
			  struct err *e);

/* Waits for the next pack and what pack_take told of it, the caller's; NULL: there are no more.
 * *path: its name. */
json_t *packs_next(struct packs *p, const char **path);

/* Ends what is under way; the folders of packs that were told of are the caller's. */
void packs_stop(struct packs *p);

#endif
