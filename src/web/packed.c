/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Compressing an answer that holds a secret next to words that a stranger chose can give the secret
 * away by its length (BREACH). A stranger's page cannot have an answer of ours made in somebody's
 * name: the session's cookie is SameSite=Strict. */
#include "web/packed.h"

#include "base/must.h"
#include "web/reply.h"
#include "web/request.h"
#include "web/site.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#define WORTH_BYTES 1000 /* what fits into one packet anyway is sent as it is */
#define TAG_BYTES 12
#define LEVEL 4 /* twice as fast as 6 on an old PC, for a tenth more */

static void tag_of(const char *text, char tag[2 * TAG_BYTES + 3])
{
	unsigned char hash[crypto_hash_sha256_BYTES];

	crypto_hash_sha256(hash, (const unsigned char *)text, strlen(text));
	tag[0] = '"';
	sodium_bin2hex(tag + 1, 2 * TAG_BYTES + 1, hash, TAG_BYTES);
	memcpy(tag + 1 + 2 * TAG_BYTES, "\"", 2);
}

/* NULL: it did not get smaller. */
static char *compressed(const char *text, size_t *len)
{
	z_stream z = {.next_in = (unsigned char *)(uintptr_t)text, .avail_in = (uInt)*len};

	must(deflateInit2(&z, LEVEL, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
	char *out = malloc(*len);
	must(out != NULL);
	z.next_out = (unsigned char *)out;
	z.avail_out = (uInt)*len;
	bool smaller = deflate(&z, Z_FINISH) == Z_STREAM_END;
	*len = z.total_out;
	deflateEnd(&z);
	if (smaller)
		return out;
	free(out);
	return NULL;
}

static struct MHD_Response *respond(char *text, size_t len, const char *tag)
{
	struct MHD_Response *response =
		MHD_create_response_from_buffer(len, text, MHD_RESPMEM_MUST_FREE);

	must(response != NULL);
	reply_guard(response, NULL);
	reply_header(response, "ETag", tag);
	reply_header(response, "Vary", "Accept-Encoding");
	return response;
}

void packed_answer(struct request *r, json_t *body)
{
	char *text = json_dumps(body, JSON_COMPACT | JSON_REAL_PRECISION(12)), *small = NULL;
	char tag[2 * TAG_BYTES + 3];

	must(text != NULL);
	json_decref(body);
	tag_of(text, tag);
	if (site_unchanged(request_header(r, "If-None-Match"), tag)) {
		free(text);
		request_answer(r, MHD_HTTP_NOT_MODIFIED, respond(NULL, 0, tag));
		return;
	}
	size_t len = strlen(text);
	if (len >= WORTH_BYTES && site_takes_gzip(request_header(r, "Accept-Encoding")))
		small = compressed(text, &len);
	if (small != NULL)
		free(text);
	else
		len = strlen(text);
	struct MHD_Response *response = respond(small != NULL ? small : text, len, tag);
	reply_header(response, "Content-Type", "application/json; charset=utf-8");
	if (small != NULL)
		reply_header(response, "Content-Encoding", "gzip");
	request_answer(r, MHD_HTTP_OK, response);
}
