/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vangxa-av stream: an upper station's bytes on stdin, its sound on stdout as it comes: what it is
 * (struct relay_form), then float32, 48 kHz, one channel, nothing else; behind the fences of the
 * worker (sys/jail.h). */
#ifndef VX_LIBRARY_RELAYED_H
#define VX_LIBRARY_RELAYED_H

#include "base/relayfault.h"

/* From now to the exit status (relay_fault_status). */
int relayed_main(void);

/* The work without the fences, for tests: until in_fd ends (RELAY_NONE), nobody reads out_fd any
 * more (RELAY_NONE), or why there will be no more sound. MP3, AAC, FLAC, Ogg with Vorbis or Opus,
 * MPEG-TS and fragmented MP4 with AAC. Blocks. */
enum relay_fault relayed_run(int in_fd, int out_fd);

#endif
