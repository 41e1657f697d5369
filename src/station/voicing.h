/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Emergencies that have a text and no sound yet: it is read aloud while the siren sounds, and
 * becomes their message. */
#ifndef VX_STATION_VOICING_H
#define VX_STATION_VOICING_H

#include "library/ingest.h"
#include "sys/aside.h"

#include <stdatomic.h>

struct desk;
struct playout;

/* One text at a time. The thread touches command, text, result and stop only. */
struct voicing {
	struct desk *desk;
	struct playout *playout;
	struct loop *loop;
	struct aside aside;
	atomic_bool stop;
	char emergency[ID_BYTES]; /* whose text it is */
	char command[PATH_BYTES];
	char text[EMERGENCY_READ_BYTES];
	struct ingest_result result;
	json_t *entry; /* of the voice that is made, while the disk has not taken it; NULL */
};

void voicing_init(struct voicing *v, struct desk *d, struct playout *p, struct loop *l);

/* Begins with the next text, if nothing is under way. What the disk has not taken yet waits: a
 * master would find no room either. Often; the main thread. */
void voicing_look(struct voicing *v);

/* What is under way is given up; the text stands in the log and is read at the next start. */
void voicing_stop(struct voicing *v);

#endif
