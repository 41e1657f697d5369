/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The worker process: an untrusted file on stdin, its sound on stdout, as few rights as can be. */
#ifndef VX_LIBRARY_WORKER_H
#define VX_LIBRARY_WORKER_H

/* `vangxa worker`: stdin (a regular file) → records of pcmpipe.h on stdout. Exit status 0 when
 * the end record was sent, whatever it says. */
int worker_main(void);

/* Takes rights away before the first byte of the file is read: no new privileges, no core dump, no
 * new descriptor, no file, bounded memory and processor time. */
void worker_confine(void);

#endif
