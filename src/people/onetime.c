/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "people/onetime.h"

#include "base/utf8.h"
#include "sys/chance.h"

#include <sodium.h>
#include <string.h>

#define GROUP 4

static const char letters[] = "abcdefghjkmnpqrstuvwxyz23456789";

/* Evenly: of the 32 values of five bits the one without a letter is drawn again. */
static char draw(void)
{
	unsigned char chance;

	do {
		chance_bytes(&chance, 1);
		chance &= 31;
	} while (chance >= sizeof(letters) - 1);
	return letters[chance];
}

void onetime_make(char text[static ONETIME_TEXT_BYTES])
{
	for (int i = 0; i < ONETIME_TEXT_BYTES - 1; i++)
		text[i] = i % (GROUP + 1) == GROUP ? '-' : draw();
	text[ONETIME_TEXT_BYTES - 1] = '\0';
}

void onetime_hash(const char *text, unsigned char hash[static ONETIME_HASH_BYTES])
{
	char bare[64];

	_Static_assert(ONETIME_HASH_BYTES == crypto_hash_sha256_BYTES, "SHA-256");
	utf8_bare(text, bare, sizeof(bare));
	crypto_hash_sha256(hash, (const unsigned char *)bare, strlen(bare));
	sodium_memzero(bare, sizeof(bare));
}

bool onetime_same(const char *typed, const unsigned char hash[static ONETIME_HASH_BYTES])
{
	unsigned char other[ONETIME_HASH_BYTES];

	onetime_hash(typed, other);
	return sodium_memcmp(hash, other, sizeof(other)) == 0;
}
