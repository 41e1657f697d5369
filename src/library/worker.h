/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The worker process: an untrusted file on stdin, its sound on stdout, as few rights as can be. */
#ifndef VX_LIBRARY_WORKER_H
#define VX_LIBRARY_WORKER_H

#include "base/err.h"
#include "library/decode.h"

#include <stdbool.h>

/* stdin (a regular file) → records of pcmpipe.h on stdout, by the first of the decoders
 * (NULL-ended) that understands it. Exit status 0 when the end record was sent, whatever it says;
 * 1 when nobody listens or the kernel refuses a fence. */
int worker_main(const struct decoder *const decoders[]);

/* Those of `vangxa worker`; `vangxa worker av` becomes vangxa-av, which has FFmpeg's. */
extern const struct decoder *const worker_decoders[];

/* Takes every right away that decoding does not need (sys/jail.h), before the first byte of the
 * file is read. False: then nothing must be read. */
bool worker_confine(struct err *e);

#endif
