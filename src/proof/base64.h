/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Base64 (RFC 4648, 4) as notes, heads and proofs have it: one text for some bytes and no other, so
 * that nobody changes a letter unnoticed. Pure; any thread. */
#ifndef VX_PROOF_BASE64_H
#define VX_PROOF_BASE64_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* At most `size` bytes. sodium_base642bin alone will not do: it takes letters above ASCII for '/'
 * or '+' (1.0.18). */
bool base64_read(const char *text, size_t text_len, uint8_t *out, size_t size, size_t *len);

#endif
