/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an airing leaves: a master, and a recording in which it lies. */
#ifndef VX_TESTS_AIRED_H
#define VX_TESTS_AIRED_H

#include "base/limits.h"

#include <stdint.h>

/* A sound as restless as speech; another seed is another. */
void aired_sound(uint64_t seed, float *out, int64_t frames);

/* DIR/masters/<sha256>.flac; the folder is made. Its SHA-256 comes back. */
void aired_master(const char *dir, uint64_t seed, int64_t frames,
		  char sha256[static SHA256_HEX_BYTES]);

/* The SHA-256 of a file. */
void aired_hash(const char *path, char sha256[static SHA256_HEX_BYTES]);

/* DIR/<file> (its folders are made) as the recorder writes it: silence, and from sample AIRED_INTO
 * of the decoded file on the sound; and three seconds more. */
#define AIRED_INTO (5 * 48000 + 1105)
void aired_recording(const char *dir, const char *file, uint64_t seed, int64_t frames);

#endif
