/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What will air soon is looked through before it is wanted, so that nobody waits for the disk when
 * its time comes. */
#ifndef VX_STATION_VETTING_H
#define VX_STATION_VETTING_H

#include "base/path.h"
#include "station/playout.h"
#include "sys/aside.h"
#include "sys/loop.h"

/* Only a matter of time: whoever opens a master vets it (mix/vetted.h), and finds it done here.
 * Zero-initialise; the caller's memory. Main thread, but for path and sha256 while work runs. */
struct vetting {
	struct loop *loop;
	const char *dir; /* DIR; the caller's */
	struct aside work;
	char path[PATH_MASTER_BYTES];
	char sha256[SHA256_HEX_BYTES];	/* looked through now, or last */
	char refused[SHA256_HEX_BYTES]; /* the last that was not what it should be; "" none */
};

void vetting_init(struct vetting *v, const char *dir, struct loop *loop);

/* Once a second: begins with the first that is planned in a run that is open (10 s before its start
 * on) and was not looked through as it is now. */
void vetting_look(struct vetting *v, const struct playout *p);

/* Waits for what is under way. */
void vetting_stop(struct vetting *v);

#endif
