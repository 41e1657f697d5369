/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ingest: an uploaded sound file becomes a master: decoded in a worker process, resampled,
 * measured, named by its SHA-256. */
#ifndef VX_LIBRARY_INGEST_H
#define VX_LIBRARY_INGEST_H

#include "base/err.h"
#include "base/limits.h"

#include <stdbool.h>
#include <stdint.h>

struct ingest_result {
	char sha256[SHA256_HEX_BYTES]; /* of the master file (FLAC, 48 kHz, 24 bit, 1–2 channels) */
	char original_sha256[SHA256_HEX_BYTES];
	char format[CODE_BYTES];	 /* of the original: "mp3", "wav", … */
	int channels;
	int64_t frames;			 /* of the master; counted, never taken from a header */
	double loudness_lufs;		 /* −70 when silent */
	double peak_dbtp;
};

struct ingest_job {
	int fd; /* the original, open for reading, at its start; stays the caller's */
	const char *dir;	/* DIR: master → masters/<sha256>.flac, copy → originals/<sha256> */
	bool keep_original;	/* false for the station's own sound files */
	/* Called now and then with 0–1 (−1: unknown yet); false cancels. May be NULL. */
	bool (*progress)(double done, void *arg);
	void *arg;
};

/* Runs the whole job on the calling thread (never the mixing thread). The decoder is `vangxa
 * worker`, a child that gets the file as stdin and gives PCM on a pipe; the master is written under
 * a temporary name, synced and renamed, so that a half-made one is never seen. A master that is
 * already there is not written twice. Errors are sentences for a producer: empty file, not a sound
 * file, damaged at second N, longer than AUDIO_MAX_S, silent is no error. */
bool ingest_run(const struct ingest_job *job, struct ingest_result *r, struct err *e);

/* The worker process (`vangxa worker`): stdin → decoded PCM on stdout. Returns its exit status. */
int worker_main(void);

#endif
