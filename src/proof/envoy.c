/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/envoy.h"

#include "base/buf.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/must.h"
#include "proof/token.h"
#include "sys/errand.h"
#include "sys/jail.h"
#include "sys/post.h"

#include <openssl/crypto.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ALARM_S (POST_TOTAL_S + 30) /* whatever a library may hang in */

static bool read_all(struct buf *b)
{
	char part[4096];
	ssize_t n;

	while ((n = read(STDIN_FILENO, part, sizeof(part))) > 0 && b->len < ENVOY_IN_BYTES_MAX)
		buf_add(b, part, (size_t)n);
	return n == 0;
}

static int write_all(const struct buf *b)
{
	size_t done = 0;

	while (done < b->len) {
		ssize_t n = write(STDOUT_FILENO, b->data + done, b->len - done);
		if (n <= 0)
			return 1;
		done += (size_t)n;
	}
	return 0;
}

static void run_post(const char *url, const char *type, const struct buf *in, struct buf *out)
{
	struct buf answer = {0};
	struct err e;
	int status;

	if (post(url, type, in->data, in->len, TOKEN_BYTES_MAX, &answer, &status, &e)) {
		buf_print(out, "%d\n", status);
		buf_add(out, buf_str(&answer), answer.len);
	} else {
		buf_print(out, "0\n%s", e.text);
	}
	buf_finish(&answer);
}

/* Everything that libcrypto looks for on the disk, before no file can be named any more. */
static bool shut_in(void)
{
	static const struct jail_limits limits = {.cpu_s = 20, .memory_bytes = WORKER_MEMORY_BYTES};
	struct buf warm = {0};
	struct err e;
	bool ok = OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_ATEXIT |
				      OPENSSL_INIT_LOAD_CRYPTO_STRINGS |
				      OPENSSL_INIT_ADD_ALL_CIPHERS | OPENSSL_INIT_ADD_ALL_DIGESTS,
				      NULL) == 1 &&
		  token_query("", 0, &warm, &e) && jail_enter(&limits, &e);

	buf_finish(&warm);
	if (!ok)
		fprintf(stderr, "vangxa: witness: %s\n", e.text);
	return ok;
}

static bool unpack(const char **at, const char *end, struct token_parts *p)
{
	return errand_unpack(at, end, &p->data, &p->data_len) &&
	       errand_unpack(at, end, &p->query, &p->query_len) &&
	       errand_unpack(at, end, &p->reply, &p->reply_len) &&
	       errand_unpack(at, end, &p->ca, &p->ca_len);
}

static void judge_one(const struct token_parts *p, struct buf *out)
{
	struct token_word w;
	struct err e;
	json_t *o = token_check(p, &w, &e)
			    ? json_pack("{s:I, s:b}", "time_s", (json_int_t)w.time_s, "trusted",
					w.trusted)
			    : json_pack("{s:s, s:o}", "kind", err_code(e.kind), "fault",
					json_text(e.text));
	char *line = json_dumps(o, JSON_LINE);
	must(line != NULL);
	buf_print(out, "%s\n", line);
	free(line);
	json_decref(o);
}

static bool run_token(const struct buf *in, struct buf *out)
{
	const char *at = buf_str(in), *end = at + in->len;
	struct token_parts p;
	int count = 0;

	while (at < end && count < ENVOY_TOKENS_MAX && unpack(&at, end, &p)) {
		judge_one(&p, out);
		count++;
	}
	return count > 0 && at == end;
}

int envoy_main(int argc, char **argv)
{
	struct buf in = {0}, out = {0};
	struct err e;
	bool ok = argc > 1;

	alarm(ALARM_S);
	if (ok && strcmp(argv[1], "post") == 0 && argc == 4) {
		ok = read_all(&in);
		if (ok)
			run_post(argv[2], argv[3], &in, &out);
	} else {
		ok = ok && shut_in() && read_all(&in) &&
		     (strcmp(argv[1], "query") == 0 ? token_query(buf_str(&in), in.len, &out, &e)
						    : run_token(&in, &out));
	}
	int status = ok ? write_all(&out) : 1;
	buf_finish(&in);
	buf_finish(&out);
	return status;
}
