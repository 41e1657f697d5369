/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A text read aloud: a voice (espeak-ng, or a command that the station names) makes it into a
 * master like any other. */
#ifndef VX_LIBRARY_SPEECH_H
#define VX_LIBRARY_SPEECH_H

#include "library/ingest.h"

#include <stdatomic.h>
#include <stdbool.h>

struct speech_job {
	const char *dir;     /* DIR: see struct ingest_job */
	const char *command; /* reads text on stdin and writes WAV on stdout; "": espeak-ng */
	const char *text;    /* UTF-8 */
	const atomic_bool *stop;
};

/* The voice runs as `vangxa voice`, what it gives goes through the usual worker. Blocks for
 * SPEECH_MS at most; any thread but the mixing one. False + err: no voice, no sound, too long. */
bool speech_make(const struct speech_job *job, struct ingest_result *r, struct err *e);

/* `vangxa voice [COMMAND]`: becomes the voice, with no right to any file of the station's: it may
 * read and run what is installed (/usr, /opt, /srv, /etc …), and write nothing. Returns only when
 * that is not possible: the exit status. From the only thread. */
int speech_voice(const char *command);

#endif
