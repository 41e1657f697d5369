/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The worker process: an untrusted file on stdin, its sound on stdout, as few rights as can be. */
#ifndef VX_LIBRARY_WORKER_H
#define VX_LIBRARY_WORKER_H

#include "base/err.h"

#include <stdbool.h>

/* `vangxa worker`: stdin (a regular file) → records of pcmpipe.h on stdout. Exit status 0 when
 * the end record was sent, whatever it says; 1 when nobody listens or the kernel refuses a
 * fence. */
int worker_main(void);

/* Takes every right away that decoding does not need (sys/jail.h), before the first byte of the
 * file is read. False: then nothing must be read. */
bool worker_confine(struct err *e);

#endif
