/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/mulaw.h"

#define BIAS 33
#define FULL 8192.0f

static float sample(uint8_t byte)
{
	unsigned u = ~byte & 0xffu; /* all bits are sent inverted */
	int size = (int)((2u * (u & 15u) + BIAS) << (u >> 4 & 7u)) - BIAS;

	return (float)(u & 0x80u ? -size : size) / FULL;
}

void mulaw_decode(const uint8_t *bytes, size_t count, float *out)
{
	for (size_t i = 0; i < count; i++)
		out[i] = sample(bytes[i]);
}
