/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A playlist: of HLS (RFC 8216), or a plain list with the address of a stream in it. Pure. */
#ifndef VX_BASE_M3U8_H
#define VX_BASE_M3U8_H

#include "base/limits.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Addresses are as they stand there: often relative to the playlist's own. One that is longer than
 * PATH_BYTES is left out. */
struct m3u8_segment {
	int64_t sequence;
	char url[PATH_BYTES];
};

struct m3u8 {
	char next[PATH_BYTES]; /* not the sound itself: look there; "" none. Of several variants the
				* sound alone, else the one that needs least of the network */
	char map[PATH_BYTES];  /* goes before the segments; "" none */
	bool locked;	       /* encrypted */
	bool parts;	       /* segments are parts of files: not read here */
	bool ended;	       /* nothing will be added */
	int target_s;	       /* longest segment; 1–60 */
	struct m3u8_segment segments[HLS_SEGMENTS]; /* the newest, oldest first */
	int count;
};

/* False when the text is no playlist, or an empty one. text is NUL-terminated behind len. */
bool m3u8_parse(struct m3u8 *p, const char *text, size_t len);

/* True for what begins as one. */
bool m3u8_begins(const char *text, size_t len);

#endif
