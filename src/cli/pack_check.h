/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The logs of a folder, or those that a pack brought, verified with what stands on them: one and
 * the same for whoever asks (`vangxa verify`, and a report made of packs). */
#ifndef VX_CLI_PACK_CHECK_H
#define VX_CLI_PACK_CHECK_H

#include "cli/known_keys.h"
#include "proof/unparcel.h"
#include "proof/verify.h"
#include "proof/verify_seen.h"
#include "proof/view.h"

struct folder_check {
	const char *name; /* of what is looked at, as people know it */
	const struct known_keys *known;
	const struct seen_head *seen;
	int seen_count;
	bool log_only; /* the logs alone */
	bool running;  /* somebody may be writing them */
	bool pack;     /* they lie in a pack: pack_check sets it */
	/* What stands on logs that are whole; not asked of damaged ones. */
	bool (*rest)(const struct verify *v, void *arg, struct verdict *verdict, struct err *e);
	void *rest_arg;
	/* All that was to be looked at has been; the logs are still open. NULL: nobody asks. */
	void (*done)(const struct verify *v, const struct verdict *verdict, void *arg);
	void *arg;
	/* Of a pack: an empty view, which has all entries of the log in the end, and stays the
	 * caller's; NULL: nobody needs it. */
	struct view *made;
};

/* False + err: it could not be looked at; what differs is in the verdict. While the program has one
 * thread. */
bool folder_check(const char *dir, const struct folder_check *how, struct verdict *verdict,
		  struct err *e);

/* The same of a pack that was taken apart; sets how's pack and rest. */
bool pack_check(const struct unparcel *u, struct folder_check *how, struct verdict *verdict,
		struct err *e);

/* Whether a file may be a pack, by its first bytes; false + ERR_DAMAGED with a sentence on what it
 * is instead. */
bool pack_check_is(const char *data, size_t len, struct err *e);

#endif
