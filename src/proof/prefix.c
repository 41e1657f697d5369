/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/prefix.h"

#include "base/json.h"
#include "base/must.h"
#include "base/saying.h"
#include "proof/bind.h"
#include "proof/query.h"

#include <errno.h>
#include <nettle/sha2.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define READ_BYTES (256 << 10)

json_t *prefix_json(const struct vouched *p)
{
	json_t *o = json_pack("{s:s, s:I, s:s}", "file", p->file, "bytes", (json_int_t)p->bytes,
			      "sha256", p->sha256);

	must(o != NULL);
	return o;
}

static bool apply_one(struct view *v, int64_t n, const json_t *o, struct err *e)
{
	if (!view_prepare(v, &v->prefix,
			  "INSERT OR REPLACE INTO prefixes VALUES(:n, :file, :bytes, :sha256)", e))
		return false;
	bind_integer(v->prefix, ":n", n);
	bind_member(v->prefix, ":file", o);
	bind_integer(v->prefix, ":bytes", json_get_integer(o, "bytes", 0));
	bind_member(v->prefix, ":sha256", o);
	return view_run(v, v->prefix, e);
}

bool prefix_apply(struct view *v, int64_t n, const json_t *o, struct err *e)
{
	const json_t *one;
	size_t i;

	json_array_foreach(json_object_get(o, "prefixes"), i, one)
		if (json_get_integer(one, "bytes", 0) > 0 && !apply_one(v, n, one, e))
			return false;
	return true;
}

/* The file, read as far as the longest prefix so far. */
struct reading {
	int fd;
	struct sha256_ctx hash;
	int64_t at;
	unsigned char *data;
	bool ended, failed;
	struct prefix_found *out;
};

static void read_to(struct reading *r, int64_t end)
{
	while (r->at < end && !r->ended) {
		int64_t most = end - r->at < READ_BYTES ? end - r->at : READ_BYTES;
		ssize_t n = read(r->fd, r->data, (size_t)most);
		if (n < 0 && errno == EINTR)
			continue;
		r->failed = r->failed || n < 0;
		r->ended = n <= 0;
		if (n > 0)
			sha256_update(&r->hash, (size_t)n, r->data);
		r->at += n > 0 ? n : 0;
	}
}

static void sum(const struct reading *r, char hex[static SHA256_HEX_BYTES])
{
	struct sha256_ctx hash = r->hash; /* it goes on */
	uint8_t digest[SHA256_DIGEST_SIZE];

	sha256_digest(&hash, sizeof(digest), digest);
	sodium_bin2hex(hex, SHA256_HEX_BYTES, digest, sizeof(digest));
}

/* Those that follow the first that is not there are not there either. */
static bool take_prefix(sqlite3_stmt *s, void *arg)
{
	struct reading *r = arg;
	int64_t bytes = sqlite3_column_int64(s, 1);
	char is[SHA256_HEX_BYTES];

	r->out->count++;
	if (r->out->n >= 0)
		return true;
	read_to(r, bytes);
	sum(r, is);
	if (r->at == bytes && strcmp(is, query_text(s, 2)) == 0) {
		r->out->held = bytes;
		return true;
	}
	r->out->n = sqlite3_column_int64(s, 0);
	r->out->bytes = bytes;
	return true;
}

bool prefix_find(struct view *v, const char *file, int fd, struct prefix_found *out,
		 struct err *e)
{
	struct reading r = {.fd = fd, .out = out};

	*out = (struct prefix_found){.n = -1};
	sqlite3_stmt *s = query_ask(v, "SELECT n, bytes, sha256 FROM prefixes WHERE file = ?1"
				       " ORDER BY bytes, n", e);
	if (s == NULL)
		return false;
	sqlite3_bind_text(s, 1, file, -1, SQLITE_STATIC);
	r.data = malloc(READ_BYTES);
	must(r.data != NULL);
	sha256_init(&r.hash);
	bool ok = query_walk(v, s, take_prefix, &r, e);
	read_to(&r, INT64_MAX);
	sum(&r, out->sha256);
	free(r.data);
	if (!ok || !r.failed)
		return ok;
	return err_errno(e, "%s", file);
}

json_t *prefix_differs(const struct prefix_found *found)
{
	if (found->n < 0)
		return NULL;
	json_t *said = saying(SAYING_NOT_VOUCHED);
	json_object_set_new(said, "entry", json_integer(found->n));
	json_object_set_new(said, "vouched_bytes", json_integer(found->bytes));
	json_object_set_new(said, "kept_bytes", json_integer(found->held));
	return said;
}
