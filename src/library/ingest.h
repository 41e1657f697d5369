/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ingest: an uploaded sound file becomes a master: decoded and resampled in a worker process,
 * measured, written, named by its SHA-256. */
#ifndef VX_LIBRARY_INGEST_H
#define VX_LIBRARY_INGEST_H

#include "base/err.h"
#include "base/limits.h"
#include "base/warnings.h"

#include <stdbool.h>
#include <stdint.h>

struct ingest_result {
	char sha256[SHA256_HEX_BYTES]; /* of the master file (FLAC, 48 kHz, 24 bit, one channel) */
	char original_sha256[SHA256_HEX_BYTES];
	char format[CODE_BYTES];	 /* of the original: "mp3", "wav", … */
	int64_t frames;			 /* of the master; counted, never taken from a header */
	/* Integrated loudness (EBU R 128) of the master, measured as one channel. So speech in
	 * one channel of the original and music in two come out equally loud, and any meter on a
	 * mono mix reads the target; a stereo meter on a stereo original reads about 3 LU more.
	 * −70 when silent. */
	double loudness_lufs;
	double peak_dbtp; /* highest true peak of the master; −144 silent */
	double noise_db; /* noise floor in dBFS (library/floor.h); NAN: too short to have one */
	struct warnings warnings; /* cut short, silent, and what inspect.h finds */
};

struct ingest_job {
	int fd; /* the original: a regular file open for reading; stays the caller's */
	/* DIR: master → masters/<sha256>.flac and, of a bulletin, .wave and .print;
	 * copy → originals/<sha256> */
	const char *dir;
	bool keep_original;	/* false for the station's own sound files */
	int64_t longest_frames;	/* refuse what is longer; 0: AUDIO_MAX_S */
	/* Called now and then with 0–1 (−1: unknown yet); false cancels. May be NULL. */
	bool (*progress)(double done, void *arg);
	void *arg;
};

/* Runs the whole job on the calling thread (never the mixing thread); several threads may
 * ingest at once. The decoder is `vangxa worker`, a child that gets the file as stdin and gives
 * PCM on a pipe; the master is written under a temporary name, synced and renamed, so that a
 * half-made one is never seen. A master that is already there is not written twice. Errors are
 * sentences for a producer: empty file, not a sound file, damaged, longer than AUDIO_MAX_S;
 * silence is no error. Kinds: ERR_UNSUPPORTED for a file that is not sound or of a kind not read
 * here, ERR_DAMAGED for what else is wrong with it, ERR_NO_SPACE, ERR_FAILED for the rest. */
bool ingest_run(const struct ingest_job *job, struct ingest_result *r, struct err *e);

/* Removes what a power cut left half-made. At start, before the first ingest. */
void ingest_sweep(const char *dir);

#endif
