/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What will air soon is looked through before it is wanted, so that nobody waits for the disk when
 * its time comes. */
#ifndef VX_STATION_VETTING_H
#define VX_STATION_VETTING_H

#include "base/path.h"
#include "station/playout.h"
#include "sys/aside.h"
#include "sys/loop.h"

#define VETTING_SEEN 64 /* as many as mix/vetted.c remembers */

/* Only a matter of time: whoever opens a master vets it (mix/vetted.h), and finds it done here.
 * Zero-initialise; the caller's memory. Main thread, but for path and sha256 while work runs. */
struct vetting {
	struct loop *loop;
	const char *dir; /* DIR; the caller's */
	struct aside work;
	char path[PATH_MASTER_BYTES];
	char sha256[SHA256_HEX_BYTES];	/* looked through now, or last */
	/* Those before it, by a count that goes round. What has changed since is looked through by
	 * whoever opens it: asking the disk here would be waiting for it. */
	char seen[VETTING_SEEN][SHA256_HEX_BYTES];
	unsigned count;
};

void vetting_init(struct vetting *v, const char *dir, struct loop *loop);

/* Once a second: begins with the first that is planned in a run that is open (10 s before its start
 * on), or may lie under it (the bed), and was not looked through yet. */
void vetting_look(struct vetting *v, const struct playout *p);

/* Waits for what is under way. */
void vetting_stop(struct vetting *v);

#endif
