/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding whole frames in an MP3 stream, so that a listener is only ever cut between two. Pure. */
#ifndef VX_WEB_MPEG_H
#define VX_WEB_MPEG_H

#include <stddef.h>

/* Length in bytes of the Layer III frame whose four header bytes these are; 0 if they are none
 * (ISO/IEC 11172-3 §2.4.2.3, with the half rates of ISO/IEC 13818-3). */
size_t mpeg_frame_bytes(const unsigned char header[static 4]);

/* The first whole frame in data: returns its length and sets *skip to the bytes in front of it that
 * belong to none; 0 if no whole frame is there yet (*skip may be dropped all the same). */
size_t mpeg_next(const char *data, size_t len, size_t *skip);

#endif
