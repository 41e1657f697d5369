/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The encoder: one thread that turns each zone's mix into MP3 for listeners and hourly recordings,
 * and measures the loudness of what aired. */
#ifndef VX_MIX_ENCODER_H
#define VX_MIX_ENCODER_H

#include "base/civil.h"
#include "base/err.h"
#include "base/limits.h"
#include "base/moment.h"
#include "base/vouched.h"
#include "sys/disk.h"

#include <stdbool.h>
#include <stdint.h>

/* MP3: 48 kHz mono, 64 kbit/s CBR, LAME quality 5, bit reservoir off so that each frame stands
 * alone and a recording can be cut at any frame. Encoded once per zone for stream and recording. */
struct encoder;
struct encoder_config {
	struct disk *disk;	/* DIR; recordings go to aircheck/YYYY/MM/DD/HH-<zone>.mp3 */
	char zones[ZONES_MAX][NAME_BYTES];
	int zone_count;
	int stream_zone;	/* whose MP3 goes to live_path */
	const char *live_path; /* unix socket, mix/livecast.h says what it gives; NULL: none */
	bool record;
	const struct tz *tz;	/* lives as long as the encoder */
	/* Whether a recording ever had this name, though its file may be gone; NULL: ask the disk
	 * alone. On the encoder's thread, once a file or so. */
	bool (*had)(void *arg, const char *path);
	void *had_arg;
	/* No recording is begun before encoder_record allowed it: an event asks. */
	bool ask;
};

/* A recording wants to begin (wish > 0, `path` and `from` say which; only with config.ask), or was
 * closed (hour over, stop, disk): its facts. Frames 0 and no sha256: it could
 * not even be begun; told once, tried again each minute. A decoder gives frame first + k of the
 * station's timeline as sample k of the file (MP3 delays are accounted for; first may lie up to
 * 1,105 frames before the mixer's first, and the first 1,105 samples of a file lack what came
 * before the cut). */
struct encoder_event {
	char zone[NAME_BYTES];
	char path[PATH_BYTES]; /* relative to DIR */
	char sha256[SHA256_HEX_BYTES];
	struct wall from;
	struct frame first;	/* first frame in it */
	int64_t frames;
	int64_t bytes;
	int64_t lost_frames; /* of them silence, for blocks that the encoder was too late for */
	int wish;	     /* 0: of one that was closed */
	char fault[REASON_BYTES]; /* "" or why it ended early; lost frames are not in it */
};

/* False + err when live_path cannot be had. The disk is used on the encoder's thread while the
 * owner uses it on its own: each has its own files. */
bool encoder_create(struct encoder **en, const struct encoder_config *config, struct err *e);
bool encoder_start(struct encoder *en, struct err *e);
void encoder_stop(struct encoder *en);	 /* drains, closes recordings, joins */
void encoder_destroy(struct encoder *en); /* NULL is fine */

/* Instead of encoder_start, for simulations and tests: one turn (all that waits in the ring is
 * encoded, recorded, measured, sent) on the caller's thread. The same code as on the encoder's
 * thread. */
void encoder_turn(struct encoder *en);

/* engine_tap.block: pushes the block into the encoder's ring (ENCODER_RING_BLOCKS). RT-safe.
 * Overflow drops the block and counts it; silence takes its place and the recording says so. */
void encoder_tap(void *en, struct frame first, float *const out[]);

/* Wall time of a frame, so that hours are cut on the right sample; call at start and at each clock
 * step or drift correction (about once a second). Main thread. */
void encoder_set_time(struct encoder *en, struct frame f, struct wall t);

/* Loudness of a stretch [first, end) of the first zone's mix (zones: bit i is zone i, at least
 * one), and in which recordings of them all it begins: begin (first frame known in advance), then
 * end (one past the last frame, as MIX_ENDED gives it); the result comes when the encoder has
 * passed `end` by some MP3 frames. id is the caller's, one of its own for each measure under way.
 * Exact when begin comes at most 1.5 s after `first` and end at most 1 s after `end`; else
 * `frames` says what was measured. False: ENCODER_MEASURES_MAX are under way, or (end) none has
 * this id. Main thread, wait-free. encoder_stop finishes those that have an end. */
bool encoder_measure_begin(struct encoder *en, uint64_t id, uint32_t zones,
			   struct frame first);
bool encoder_measure_end(struct encoder *en, uint64_t id, struct frame end);
struct encoder_measure {
	uint64_t id;
	double loudness_lufs;	/* integrated; −70 when silent */
	double peak_dbtp;
	int64_t frames;		/* measured */
	/* Of each zone: in which recording the stretch begins, relative to DIR, "" none; and its
	 * first frame is that sample of it when decoded. */
	struct encoder_place {
		char recording[PATH_BYTES];
		int64_t into_frames;
		/* What is on the disk for good of the file that is written now, to the end of the
		 * stretch if it ends in that; bytes 0: nothing is, or all files are closed. */
		struct vouched prefix;
	} places[ZONES_MAX];
};
bool encoder_measured(struct encoder *en, struct encoder_measure *out);

/* Closed recordings, and such that want to begin; false when there is none. Main thread; after
 * encoder_stop too, when nothing begins any more. */
bool encoder_event(struct encoder *en, struct encoder_event *ev);
/* What this event wished may be begun. An answer that finds no room is asked for again. Main
 * thread. */
void encoder_record(struct encoder *en, const struct encoder_event *ev);
/* Readable when an event or a measure waits. */
int encoder_notify_fd(const struct encoder *en);

int encoder_listeners(const struct encoder *en);

#endif
