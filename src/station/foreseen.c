/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/foreseen.h"

#include "base/json.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void foreseen_begin(struct foreseen *f, const char *wanted)
{
	crypto_hash_sha256_init(&f->state);
	snprintf(f->wanted, sizeof(f->wanted), "%s", wanted);
	f->effect[0] = '\0';
}

void foreseen_add(struct foreseen *f, const char *id, const json_t *was, const char *line)
{
	char *old = was != NULL ? json_dumps(was, JSON_LINE) : NULL;
	const char *const parts[] = {id, old != NULL ? old : "", line};

	/* Each with its NUL, so that no two rows look like others. */
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		crypto_hash_sha256_update(&f->state, (const unsigned char *)parts[i],
					  strlen(parts[i]) + 1);
	free(old);
}

bool foreseen_holds(struct foreseen *f, struct err *e)
{
	unsigned char hash[crypto_hash_sha256_BYTES];

	crypto_hash_sha256_final(&f->state, hash);
	sodium_bin2hex(f->effect, sizeof(f->effect), hash, sizeof(hash));
	return f->wanted[0] == '\0' || strcmp(f->wanted, f->effect) == 0 ||
	       err_set(e, ERR_CONFLICT, T("sổ đã đổi từ lúc xem trước; xem trước lại",
					  "the register has changed since the sheet was looked at: "
					  "look again"));
}
