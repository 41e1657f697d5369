/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The uploaded bytes as a decoder reads them: a file with a position and, for WAV, a mended
 * header. */
#ifndef VX_LIBRARY_INPUT_H
#define VX_LIBRARY_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define INPUT_PATCHES 2

/* Caller's memory; the descriptor stays the caller's and its offset is never moved (pread). */
struct input {
	int fd;
	int64_t start_bytes; /* of the window: positions count from here */
	int64_t size_bytes; /* of the window; the whole file unless input_window was called */
	int64_t at_bytes;
	int64_t reached_bytes; /* furthest byte of the file read: for progress */
	int error;	       /* errno of the first read that failed, 0 none */
	struct {
		int64_t at_bytes;
		uint8_t bytes[4];
	} patches[INPUT_PATCHES]; /* bytes seen instead of the file's */
	int patch_count;
};

/* False when fd is no regular file; errno says why. */
bool input_init(struct input *in, int fd);

/* Only this stretch of the file is seen from now on; the position is its start. */
void input_window(struct input *in, int64_t start_bytes, int64_t size_bytes);

/* As read(2) and lseek(2); short only at the end of the file or on an error (−1, see error). */
ssize_t input_read(struct input *in, void *data, size_t len);
int64_t input_seek(struct input *in, int64_t offset, int whence);

/* Reads at a place without moving; how many bytes came (0 on an error). */
size_t input_peek(struct input *in, int64_t at_bytes, void *data, size_t len);

/* Mends the sizes in a RIFF/WAVE header that do not fit the file: recorders that lost power and
 * programs that write to a pipe leave 0 or 2³²−1 there, and readers then find nothing. What follows
 * the data chunk's header counts as sound to the end of the file unless well-formed chunks stand
 * behind it. Returns the bytes of sound that the original header promised and the file does not
 * hold (a truncated upload), 0 when it is whole or its header promised nothing. */
int64_t input_mend_wav(struct input *in);

#endif
