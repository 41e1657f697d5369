/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/base64.h"

#include <sodium.h>

bool base64_read(const char *text, size_t text_len, uint8_t *out, size_t size, size_t *len)
{
	for (size_t i = 0; i < text_len; i++)
		if ((unsigned char)text[i] >= 0x80)
			return false;
	/* Padding is asked for, and bits behind the last byte must be zero. */
	return sodium_base642bin(out, size, text, text_len, NULL, len, NULL,
				 sodium_base64_VARIANT_ORIGINAL) == 0;
}
