/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parent's side of one worker: started with a file, heard out, ended. */
#ifndef VX_LIBRARY_DECODING_H
#define VX_LIBRARY_DECODING_H

#include "base/err.h"
#include "base/moment.h"
#include "library/pcmpipe.h"
#include "sys/proc.h"

#include <stdbool.h>

/* Any one thread; decoding_init before all else. */
struct decoding {
	struct proc worker;
	struct pcm_reader pipe; /* the record that came last */
	struct mono heard;	/* when the worker last sent anything */
};

void decoding_init(struct decoding *d);

/* fd: a regular file from its first byte, whatever its offset; stays the caller's. av: `vangxa
 * worker av`, for telephones' files. */
bool decoding_start(struct decoding *d, int fd, bool av, struct err *e);

/* Waits at most timeout_ms for the next record, which is then in pipe. PCM_BROKEN also when the
 * worker has been silent for WORKER_SILENT_MS. */
enum pcm_got decoding_next(struct decoding *d, int timeout_ms);

/* Ends the worker, wherever it is; fine if none runs. */
void decoding_end(struct decoding *d);

#endif
