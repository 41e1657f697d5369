/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A zip file at a descriptor, as libarchive reads it in a process to which the kernel answers
 * nothing else any more (sys/jail.h). */
#ifndef VX_SYS_ZIPFD_H
#define VX_SYS_ZIPFD_H

#include <archive.h>

#define ZIPFD_PIECE_BYTES (64 << 10)

/* The caller's until archive_read_free. */
struct zipfd {
	int fd; /* set; can be read from any place */
	char piece[ZIPFD_PIECE_BYTES];
};

/* From its first member on. NULL: no zip file. Members come by the list at the end alone, as every
 * other program unpacks it: what stands between members and in no list is nobody's. */
struct archive *zipfd_open(struct zipfd *z);

#endif
