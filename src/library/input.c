/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/input.h"

#include "base/must.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool input_init(struct input *in, int fd)
{
	struct stat st;

	*in = (struct input){.fd = fd};
	if (fstat(fd, &st) != 0)
		return false;
	in->size_bytes = st.st_size;
	errno = EINVAL;
	return S_ISREG(st.st_mode);
}

void input_window(struct input *in, int64_t start_bytes, int64_t size_bytes)
{
	in->start_bytes = start_bytes;
	in->size_bytes = size_bytes;
	in->at_bytes = 0;
}

static void apply_patches(const struct input *in, int64_t at, uint8_t *data, int64_t len)
{
	for (int i = 0; i < in->patch_count; i++)
		for (int k = 0; k < 4; k++) {
			int64_t place = in->patches[i].at_bytes + k - at;

			if (place >= 0 && place < len)
				data[place] = in->patches[i].bytes[k];
		}
}

size_t input_peek(struct input *in, int64_t at, void *data, size_t len)
{
	size_t done = 0;

	if (at < 0 || at >= in->size_bytes)
		return 0;
	if ((int64_t)len > in->size_bytes - at)
		len = (size_t)(in->size_bytes - at);
	while (done < len) {
		ssize_t n = pread(in->fd, (char *)data + done, len - done,
				  in->start_bytes + at + (int64_t)done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && in->error == 0)
			in->error = errno;
		if (n <= 0)
			break;
		done += (size_t)n;
	}
	apply_patches(in, at, data, (int64_t)done);
	return done;
}

ssize_t input_read(struct input *in, void *data, size_t len)
{
	size_t n = input_peek(in, in->at_bytes, data, len);

	in->at_bytes += (int64_t)n;
	if (in->start_bytes + in->at_bytes > in->reached_bytes)
		in->reached_bytes = in->start_bytes + in->at_bytes;
	return n == 0 && in->error != 0 ? -1 : (ssize_t)n;
}

int64_t input_seek(struct input *in, int64_t offset, int whence)
{
	int64_t from = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? in->at_bytes : in->size_bytes;

	if (offset < -from || offset > INT64_MAX - from)
		return -1;
	return in->at_bytes = from + offset;
}

static uint32_t le32(const uint8_t *b)
{
	return b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

static void patch(struct input *in, int64_t at, int64_t value)
{
	uint32_t v = value > UINT32_MAX ? UINT32_MAX : (uint32_t)value;

	must(in->patch_count < INPUT_PATCHES);
	in->patches[in->patch_count].at_bytes = at;
	for (int k = 0; k < 4; k++)
		in->patches[in->patch_count].bytes[k] = (uint8_t)(v >> 8 * k);
	in->patch_count++;
}

/* Chunk names are four printable characters. */
static bool chunk_plausible(struct input *in, int64_t at)
{
	uint8_t head[8];

	if (input_peek(in, at, head, sizeof(head)) < sizeof(head))
		return false;
	for (int i = 0; i < 4; i++)
		if (head[i] < ' ' || head[i] > '~')
			return false;
	return at + 8 + le32(head + 4) <= in->size_bytes;
}

/* Sizes that mean "not known yet": 0 and what ffmpeg, sox and arecord leave when they write to a
 * pipe. */
static bool says_nothing(uint32_t size)
{
	return size == 0 || size >= 0x7ffff000;
}

static int64_t mend_data(struct input *in, int64_t at, uint32_t size)
{
	int64_t rest = in->size_bytes - at - 8, after = at + 8 + size + (size & 1);
	/* A few stray bytes behind the sound (a lost pad byte) are no sound either. */
	bool whole = size > 0 && size <= rest &&
		     (after + 8 > in->size_bytes || chunk_plausible(in, after) ||
		      chunk_plausible(in, at + 8 + size)); /* some forget the pad byte */

	if (whole)
		return 0;
	patch(in, 4, in->size_bytes - 8);
	patch(in, at + 4, rest);
	return says_nothing(size) || size <= rest ? 0 : size - rest;
}

int64_t input_mend_wav(struct input *in)
{
	uint8_t head[12];
	int64_t at = 12;

	if (input_peek(in, 0, head, sizeof(head)) < sizeof(head) || memcmp(head, "RIFF", 4) != 0)
		return 0;
	/* A few dozen chunks stand before the sound at most; thousands are an attack. */
	for (int chunks = 0; chunks < 1000; chunks++) {
		if (input_peek(in, at, head, 8) < 8)
			return 0;
		uint32_t size = le32(head + 4);
		if (memcmp(head, "data", 4) == 0)
			return mend_data(in, at, size);
		at += 8 + (int64_t)size + (size & 1);
	}
	return 0;
}
