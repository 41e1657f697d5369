/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The recorder: one zone's MP3 as hourly files with their SHA-256: what aired, to be heard
 * again. */
#ifndef VX_MIX_RECORDER_H
#define VX_MIX_RECORDER_H

#include "base/civil.h"
#include "base/err.h"
#include "base/limits.h"
#include "base/moment.h"
#include "mix/encoder.h"
#include "sys/disk.h"

#include <sodium.h>
#include <stdbool.h>
#include <stdint.h>

/* A known pair of frame and wall time; everything else is on the straight line through it. */
struct recorder_time {
	bool known;
	struct frame frame;
	struct wall wall;
};

/* Files are aircheck/YYYY/MM/DD/HH-<zone>.mp3 by local time, cut on the MP3 frame whose start
 * is nearest to the hour. A name that is taken (a restart, a clock set back, the hour that
 * summer time repeats) is never written again, not even when its file is gone, because the log
 * names it: HH-<zone>.2.mp3, .3 … A file has its name
 * while it grows, so that a listener may open it and a power cut leaves it usable: MP3 needs no
 * end. */
struct recorder {
	struct disk *disk;
	const struct tz *tz;
	char zone[NAME_BYTES];
	int frame_bytes;
	void (*closed)(void *arg, const struct encoder_event *ev);
	void *arg;
	bool (*had)(void *arg, const char *path); /* see encoder_config */
	void *had_arg;
	void (*wanted)(void *arg, const struct encoder_event *ev); /* NULL: nobody is asked */

	struct disk_file *file;	/* NULL: not recording now */
	bool waiting;		/* for recorder_named, `now` says of what; no file then */
	int wish;		/* counts what was asked for */
	struct encoder_event now; /* its facts so far, flushed bytes only */
	crypto_hash_sha256_state hash;
	struct wall hour, hour_end; /* the local hour that the file is named after */
	int64_t next;		/* frame at which the next MP3 frame should begin */
	int64_t synced;		/* frame of the last fdatasync */
	bool faulty;		/* the last try failed, and was told */
	int64_t retry;		/* not before this frame, when faulty */
	int held;		/* bytes in buffer */
	uint8_t buffer[RECORDER_WAIT_BYTES];
};

/* Records are only begun by recorder_frame. closed: called for each recording that ends, and
 * once for one that could not be begun (frames 0, no sha256). zone: any text; what a file name
 * cannot hold becomes '-'. One thread. */
void recorder_init(struct recorder *r, struct disk *disk, const struct tz *tz, const char *zone,
		   int frame_bytes, void (*closed)(void *arg, const struct encoder_event *ev),
		   void *arg);

/* Asks this whether a name was ever used; before the first frame. */
void recorder_ask(struct recorder *r, bool (*had)(void *arg, const char *path), void *had_arg);

/* Before the first frame: from here on no file is made before recorder_named. wanted(arg of
 * recorder_init, ev): ev->wish is the number of what is asked, ev->path the name. What comes until
 * the answer is kept, RECORDER_WAIT_BYTES of it; then it is let go and asked for anew. */
void recorder_wait(struct recorder *r, void (*wanted)(void *arg, const struct encoder_event *ev));

/* The recording of this wish may be begun. One of a wish that is none any more: nothing. */
void recorder_named(struct recorder *r, int wish);

/* Takes the next MP3 frame; at: frame of the sample that a decoder gives first for it. Opens,
 * cuts at the hour, writes now and then, syncs every RECORDER_SYNC_S, stops on faults of the
 * disk (and before its last RECORDER_FREE_BYTES) and tries again after RECORDER_RETRY_S: never
 * fails. */
void recorder_frame(struct recorder *r, const uint8_t *mp3, struct frame at,
		    const struct recorder_time *time);

/* So many frames of the mix never came and were encoded as silence: told in the event. */
void recorder_lost(struct recorder *r, int64_t frames);

/* Syncs what is open, and says what is there by now; of 0 bytes when nothing is, or the disk fails,
 * which ends it. */
void recorder_vouch(struct recorder *r, struct vouched *out);

/* Closes what is open. */
void recorder_stop(struct recorder *r);

/* The name, relative to DIR, of the recording that the MP3 frame at `wall` belongs to; number: 1
 * for the hour's first, 2 for the one that was begun after it, … */
void recorder_path(const struct tz *tz, const char *zone, struct wall wall, int number,
		   char path[static PATH_BYTES]);

/* The wall time of a frame; time->known. */
struct wall recorder_wall(const struct recorder_time *time, struct frame f);

#endif
