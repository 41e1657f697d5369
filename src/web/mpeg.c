/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/mpeg.h"

#include <string.h>

size_t mpeg_frame_bytes(const unsigned char h[static 4])
{
	static const int kbit_1[16] = {0,   32,	 40,  48,  56,	64,  80,  96,
				       112, 128, 160, 192, 224, 256, 320, 0};
	static const int kbit_2[16] = {0,  8,  16, 24,	32,  40,  48,  56,
				       64, 80, 96, 112, 128, 144, 160, 0};
	static const int rate[4] = {44100, 48000, 32000, 0};
	int version = h[1] >> 3 & 3; /* 3: MPEG-1, 2: MPEG-2, 0: MPEG-2.5 */
	int hz = rate[h[2] >> 2 & 3] >> (version == 3 ? 0 : version == 2 ? 1 : 2);
	int kbit = (version == 3 ? kbit_1 : kbit_2)[h[2] >> 4];

	if (h[0] != 0xff || (h[1] & 0xe0) != 0xe0 || version == 1 || (h[1] >> 1 & 3) != 1 ||
	    hz == 0 || kbit == 0)
		return 0;
	return (size_t)((version == 3 ? 144000 : 72000) * kbit / hz + (h[2] >> 1 & 1));
}

size_t mpeg_next(const char *data, size_t len, size_t *skip)
{
	const unsigned char *bytes = (const unsigned char *)data;

	for (*skip = 0; *skip + 4 <= len; ++*skip) {
		size_t frame = mpeg_frame_bytes(bytes + *skip), end = *skip + frame;
		if (frame == 0)
			continue;
		if (end > len)
			return 0;
		/* Eleven set bits also occur inside a frame: behind a true one stands another. */
		if (end + 4 > len || mpeg_frame_bytes(bytes + end) != 0)
			return frame;
	}
	return 0;
}
