/* SPDX-License-Identifier: GPL-3.0-or-later */
/* By which columns and words this program makes tables, as a hash: development builds all bear one
 * version, and a table of other words is no table that somebody has changed. What the hash cannot
 * know (how a number is written, which rows there are) is PARCEL_FORMAT's to tell. */
#include "base/saying.h"
#include "proof/parcel_inside.h"
#include "proof/reason.h"
#include "proof/row.h"
#include "proof/sheet.h"

#include <nettle/sha2.h>
#include <sodium.h>
#include <stdio.h>

/* What has no bulletin's title. */
static void titles(struct buf *out)
{
	static const char *const files[] = {"live:browser", "live:microphone", "live:", "siren",
					    "drill-chime"};
	struct airing_row r = {0};

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		snprintf(r.file, sizeof(r.file), "%s", files[i]);
		buf_print(out, "%s\n", row_title(&r));
	}
}

void parcel_form_hash(char out[static SHA256_HEX_BYTES])
{
	uint8_t digest[SHA256_DIGEST_SIZE];
	enum text_reader before = text_speak(TEXT_VI);
	struct sha256_ctx s;
	struct buf b = {0};

	parcel_heads(&b);
	reason_list(&b);
	saying_list(&b);
	titles(&b);
	text_speak(TEXT_EN);
	titles(&b);
	text_speak(before);
	sha256_init(&s);
	sha256_update(&s, b.len, (const uint8_t *)b.data);
	sha256_digest(&s, sizeof(digest), digest);
	sodium_bin2hex(out, SHA256_HEX_BYTES, digest, sizeof(digest));
	buf_finish(&b);
}
