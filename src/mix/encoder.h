/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The encoder: one thread that turns each zone's mix into MP3 for listeners and hourly recordings,
 * and measures the loudness of what aired. */
#ifndef VX_MIX_ENCODER_H
#define VX_MIX_ENCODER_H

#include "base/civil.h"
#include "base/err.h"
#include "base/limits.h"
#include "base/moment.h"

#include <stdbool.h>
#include <stdint.h>

/* MP3: 48 kHz mono, 64 kbit/s CBR, LAME quality 5, bit reservoir off so that each frame stands
 * alone and a recording can be cut at any frame. Encoded once per zone for stream and recording. */
struct encoder;
struct encoder_config {
	const char *dir;	/* DIR; recordings go to aircheck/YYYY/MM/DD/HH-<zone>.mp3 */
	char zones[ZONES_MAX][NAME_BYTES];
	int zone_count;
	int stream_zone;	/* whose MP3 goes to live_path */
	const char *live_path; /* unix socket: each client gets the MP3 from the next frame on */
	bool record;
	const struct tz *tz;
};

struct encoder_event {
	/* A recording was closed (hour over, stop, disk): its facts. */
	char zone[NAME_BYTES];
	char path[PATH_BYTES]; /* relative to DIR */
	char sha256[SHA256_HEX_BYTES];
	struct wall from;
	struct frame first;	/* first frame in it */
	int64_t frames;
	int64_t bytes;
	char fault[REASON_BYTES]; /* "" or why it ended early; lost frames are not in it */
};

bool encoder_create(struct encoder **en, const struct encoder_config *config, struct err *e);
bool encoder_start(struct encoder *en, struct err *e);
void encoder_stop(struct encoder *en);	 /* drains, closes recordings, joins */
void encoder_destroy(struct encoder *en);

/* engine_tap.block: pushes the block into the encoder's ring. RT-safe. Overflow drops the block and
 * counts it; the recording then says so. */
void encoder_tap(void *en, struct frame first, float *const out[]);

/* Wall time of a frame, so that hours are cut on the right sample; call at start and at each clock
 * step or drift correction (about once a second). Main thread. */
void encoder_set_time(struct encoder *en, struct frame f, struct wall t);

/* Loudness of a stretch of zone's mix: begin (first frame known in advance), then end; the result
 * comes when the encoder has passed `last`. id is the caller's. Main thread, wait-free. */
bool encoder_measure_begin(struct encoder *en, uint64_t id, int zone, struct frame first);
bool encoder_measure_end(struct encoder *en, uint64_t id, struct frame last);
struct encoder_measure {
	uint64_t id;
	double loudness_lufs;	/* integrated; −70 when silent */
	double peak_dbtp;
	int64_t frames;		/* measured */
};
bool encoder_measured(struct encoder *en, struct encoder_measure *out);

/* Closed recordings; false when there is none. Main thread. */
bool encoder_event(struct encoder *en, struct encoder_event *ev);
/* Readable when an event or a measure waits. */
int encoder_notify_fd(const struct encoder *en);

int encoder_listeners(const struct encoder *en);
uint64_t encoder_dropped_blocks(const struct encoder *en);

#endif
