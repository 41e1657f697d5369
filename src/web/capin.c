/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nothing is read of it here: this process may be killed at any moment, and knows no keys. */
#include "web/capin.h"

#include "base/limits.h"
#include "base/must.h"
#include "base/text.h"
#include "web/api.h"
#include "web/request.h"

#include <jansson.h>
#include <sodium.h>
#include <stdlib.h>

static void refuse_long(struct request *r)
{
	struct err e = {0};

	err_set(&e, ERR_USAGE,
		T("bản tin CAP dài hơn %d kB", "the CAP message is longer than %d kB"),
		CAP_BYTES_MAX >> 10);
	request_refuse_as(r, MHD_HTTP_CONTENT_TOO_LARGE, &e, NULL);
}

void capin_begin(struct request *r)
{
	const char *length = request_header(r, "Content-Length");

	if (length != NULL && strtoll(length, NULL, 10) > CAP_BYTES_MAX)
		refuse_long(r);
}

void capin_body(struct request *r, const char *data, size_t len)
{
	if (r->body.len + len <= CAP_BYTES_MAX)
		buf_add(&r->body, data, len);
	else
		refuse_long(r);
}

void capin_answer(struct request *r)
{
	size_t size = sodium_base64_encoded_len(r->body.len, sodium_base64_VARIANT_ORIGINAL);
	char *text = malloc(size);

	must(text != NULL);
	sodium_bin2base64(text, size, (const unsigned char *)buf_str(&r->body), r->body.len,
			  sodium_base64_VARIANT_ORIGINAL);
	api_send(r, json_pack("{s:s, s:s}", "do", "cap", "xml", text));
	free(text);
}
