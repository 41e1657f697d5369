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
struct speech_job;

/* One text at a time. The thread touches command, text, result, make and stop only.
 *
 * A disk that is full keeps nobody from hearing the words: DIR/voice.reserve holds room for the
 * longest text as sound, twice (as the voice made it, and its master), and is given up for it. It
 * is made again at a start, and once a disk has room that had none (voicing_keep). The road not
 * taken: to play from memory what no file has; then the log would name a sound that nobody can hear
 * again. */
#define VOICE_RESERVE "voice.reserve"
#define VOICE_RESERVE_BYTES (32 << 20)
/* So much stays free beside it, that it never makes a disk full, and it is looked for so often. */
#define VOICE_ROOM_BYTES (LOG_RESERVE_BYTES * 4)
#define VOICE_KEEP_NS (600 * NS_PER_S)

struct voicing {
	struct desk *desk;
	struct playout *playout;
	struct loop *loop;
	struct aside aside;
	struct aside keeping; /* the reserve is looked for, and made where there is room */
	struct mono keep_at;  /* not before */
	atomic_bool stop;
	char emergency[ID_BYTES]; /* whose text it is */
	char command[PATH_BYTES];
	char text[EMERGENCY_READ_BYTES];
	bool (*make)(const struct speech_job *job, struct ingest_result *r, struct err *e);
	struct ingest_result result;
	json_t *entry; /* of the voice that is made, while the disk has not taken it; NULL */
};

void voicing_init(struct voicing *v, struct desk *d, struct playout *p, struct loop *l);

/* Begins with the next text, if nothing is under way. What the disk has not taken yet waits: a
 * master would find no room either. Often; the main thread. */
void voicing_look(struct voicing *v);

/* Makes the reserve where it is gone and there is room for it again: at once when a disk that was
 * low is no more, else every VOICE_KEEP_NS; never while a text is read. Aside, for a disk that
 * hangs. Once a second; the main thread. */
void voicing_keep(struct voicing *v, bool disk_low);

/* What is under way is given up; the text stands in the log and is read at the next start. */
void voicing_stop(struct voicing *v);

#endif
