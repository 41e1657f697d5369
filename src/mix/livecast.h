/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The live stream inside the station: a unix socket from which each client reads the MP3 on air. */
#ifndef VX_MIX_LIVECAST_H
#define VX_MIX_LIVECAST_H

#include "base/err.h"
#include "base/limits.h"
#include "base/moment.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a client sees (the web process fans it out over HTTP):
 * - connect, then read; nothing need be written and what is written is never read;
 * - the bytes are MP3 frames and nothing else, beginning with a frame header: first the last second
 *   at once (LIVE_BURST_FRAMES, fewer just after start), then each frame as it is made, a few at a
 *   time, every ENCODER_TURN_MS; every frame can be decoded by itself;
 * - who reads too slowly (socket buffer full and more than LIVE_FRAMES behind) loses whole frames,
 *   its own, and goes on with the newest; the bytes are never cut inside a frame;
 * - who takes nothing for LIVE_STALL_S while there is something to take is disconnected;
 * - more than LIVE_CLIENTS_MAX are accepted and closed at once. End of file: the station stops. */

struct livecast_client {
	int fd;			/* −1: free place */
	uint64_t next;		/* number of the next MP3 frame to begin with */
	struct frame moved;	/* when it last took something, or had all */
	uint64_t lost;		/* MP3 frames it missed */
	int rest, rest_len;	/* part[rest … rest_len) is still to send */
	uint8_t part[LIVE_PART_BYTES]; /* whole frames, copied so that none is ever cut */
};

/* The caller's memory; one thread. Time is the frame timeline, so that nothing depends on a
 * clock. */
struct livecast {
	int listen_fd;
	char path[PATH_BYTES];
	int frame_bytes;
	uint64_t made;		/* MP3 frames so far; frame i lies in held[i mod LIVE_FRAMES] */
	uint8_t held[LIVE_FRAMES][MP3_FRAME_BYTES_MAX];
	struct livecast_client clients[LIVE_CLIENTS_MAX];
	int client_count;
};

/* Listens at path (mode 0660; a stale socket is replaced). False + err if it cannot. */
bool livecast_open(struct livecast *l, const char *path, int frame_bytes, struct err *e);
/* Disconnects all and removes the socket. */
void livecast_close(struct livecast *l);

/* Takes one MP3 frame of frame_bytes; sent by the next livecast_serve. */
void livecast_frame(struct livecast *l, const uint8_t *mp3);

/* Accepts who waits and sends to each what its socket takes; never blocks. */
void livecast_serve(struct livecast *l, struct frame now);

#endif
