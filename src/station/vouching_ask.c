/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/vouching_ask.h"

#include "base/json.h"
#include "base/must.h"
#include "proof/envoy.h"
#include "proof/token.h"
#include "proof/tokens.h"
#include "proof/tree.h"
#include "sys/errand.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define POST_MS 100000 /* the child's own bound is less; this one is for a child that hangs */
#define JUDGE_MS 30000
#define CA_BYTES_MAX (256 << 10)
#define AHEAD_S 3600 /* a clock that goes so far before our synchronised one is wrong */
#define EARLIEST_S INT64_C(1767225600) /* 2026: no log of ours is older */

/* "http://127.0.0.1:8080/…": what is said there never leaves the machine. */
static bool is_here(const char *url)
{
	static const char *const hosts[] = {"http://127.0.0.1", "http://[::1]",
					    "http://localhost"};

	for (size_t i = 0; i < sizeof(hosts) / sizeof(hosts[0]); i++) {
		size_t len = strlen(hosts[i]);
		if (strncmp(url, hosts[i], len) == 0 &&
		    (url[len] == ':' || url[len] == '/' || url[len] == '\0'))
			return true;
	}
	return false;
}

bool vouching_is_sure(const char *url)
{
	return strncmp(url, "https://", 8) == 0 || is_here(url);
}

static bool is_code(const char *text)
{
	return text[0] != '\0' && strspn(text, "abcdefghijklmnopqrstuvwxyz-") == strlen(text);
}

/* True: *status and, in answer, the body. */
static bool send_it(struct vouching *v, struct vouching_one *one, const char *url,
		    const char *type, const struct buf *body, struct buf *answer, int *status)
{
	char sub[] = "witness", mode[] = "post", where[PATH_BYTES + 32], what[64];
	char *const args[] = {sub, mode, where, what, NULL};
	struct err e;

	snprintf(where, sizeof(where), "%s", url);
	snprintf(what, sizeof(what), "%s", type);
	one->sure = vouching_is_sure(url);
	if (!errand_run(args, body, ENVOY_OUT_BYTES_MAX, POST_MS, &v->stop, answer, &e)) {
		vouching_fault(one, SAYING_WITNESS_UNREACHED, "why", json_text(e.text));
		return false;
	}
	*status = (int)strtol(buf_str(answer), NULL, 10);
	const char *end = strchr(buf_str(answer), '\n');
	buf_drop(answer, end != NULL ? (size_t)(end + 1 - answer->data) : answer->len);
	if (*status > 0)
		return true;
	vouching_fault(one, SAYING_WITNESS_UNREACHED, "why",
		       is_code(buf_str(answer)) ? json_pack("{s:s}", "code", buf_str(answer))
						: json_null());
	return false;
}

/* The time somebody else said, if it can be. */
static bool believe(const struct vouching *v, int64_t time_s)
{
	return time_s >= EARLIEST_S && (v->now_s == 0 || time_s <= v->now_s + AHEAD_S);
}

static void seen(struct vouching *v, struct vouching_one *one, int64_t time_s, bool trusted)
{
	one->result = VOUCHING_SEEN;
	one->time_s = time_s;
	one->trusted = trusted;
	one->time_believed = trusted && believe(v, time_s);
}

static void doubt(struct vouching_one *one, const char *code, int64_t theirs)
{
	one->result = VOUCHING_DOUBTED;
	one->code = code;
	one->theirs = theirs;
}

static void take_word(struct vouching *v, struct vouching_one *one, int status,
		      struct witness_word *w)
{
	switch (w->code) {
	case WITNESS_SIGNED:
		seen(v, one, w->time_s, true);
		one->lines = w->lines;
		return;
	case WITNESS_LARGER:
		doubt(one, saying_code(SAYING_WITNESS_LARGER), w->size);
		break;
	case WITNESS_FORKED:
		doubt(one, saying_code(SAYING_WITNESS_FORKED), -1);
		break;
	case WITNESS_STRANGER:
		vouching_fault(one, SAYING_WITNESS_STRANGER, "status", json_integer(status));
		break;
	case WITNESS_BEHIND:
	case WITNESS_FAULTY:
		if (status == 200)
			vouching_fault(one, SAYING_WITNESS_WRONG, NULL, NULL);
		else
			vouching_fault(one, SAYING_WITNESS_STATUS, "status", json_integer(status));
		break;
	}
	buf_finish(&w->lines);
}

static bool request(struct vouching *v, struct vouching_one *one, struct buf *body)
{
	struct hash path[TREE_PATH_MAX];
	char log[LOG_DIR_BYTES];
	struct tree t;
	struct err ignored;
	int count = 0;

	log_dir(v->log, log);
	tree_init(&t, v->disk, log, v->head.size);
	if (one->old > 0 && one->old < v->head.size &&
	    !tree_extension(&t, one->old, path, &count, &ignored)) {
		vouching_fault(one, SAYING_HEAD_UNREADABLE, NULL, NULL);
		return false;
	}
	witness_request(one->old, path, count, v->note.data, v->note.len, body);
	return true;
}

/* True: to be asked once more, from the size that it has seen. */
static bool ask_once(struct vouching *v, struct vouching_one *one,
		     const struct note_verifier *key)
{
	char url[PATH_BYTES + 32];
	struct buf body = {0}, answer = {0};
	struct witness_word w = {.code = WITNESS_FAULTY};
	int status = 0;

	snprintf(url, sizeof(url), "%s" WITNESS_PATH, one->url);
	bool ok = request(v, one, &body) &&
		  send_it(v, one, url, "text/plain", &body, &answer, &status);
	if (ok) {
		const struct witness_asked a = {v->note.data, v->note.len, v->head.size, one->old,
						v->entries, key};
		witness_judge(&a, status, buf_str(&answer), answer.len, &w);
		take_word(v, one, status, &w);
	}
	buf_finish(&body);
	buf_finish(&answer);
	if (!ok || w.code != WITNESS_BEHIND || w.size > v->head.size)
		return false;
	one->old = w.size;
	return true;
}

void vouching_ask_witness(struct vouching *v, struct vouching_one *one)
{
	struct note_verifier key;
	struct err ignored;

	if (!note_verifier_parse(&key, one->key, &ignored) || key.type != NOTE_COSIGNATURE) {
		vouching_fault(one, SAYING_WITNESS_KEY, NULL, NULL);
		return;
	}
	/* After a power cut the head on the disk may be older than one that was shown: later. */
	if (one->old > v->head.size) {
		one->result = VOUCHING_NOT_ASKED;
		return;
	}
	if (ask_once(v, one, &key))
		ask_once(v, one, &key);
}

/* Files go beside the log: what anybody can check with openssl. */
static bool keep_token(struct vouching *v, const struct buf *query, const struct buf *reply,
		       struct err *e)
{
	const struct buf *const parts[TOKENS_PARTS] = {&v->note, query, reply};
	char log[LOG_DIR_BYTES], dir[PATH_BYTES], path[TOKENS_PATH_BYTES];

	log_dir(v->log, log);
	vouching_path(v, TOKENS_DIR, dir);
	bool ok = disk_make_dir(v->disk, dir, e);
	for (int i = 0; ok && i < TOKENS_PARTS; i++) {
		tokens_path(log, v->head.size, (enum tokens_part)i, path);
		ok = disk_put(v->disk, path, parts[i]->data, parts[i]->len, e);
	}
	return ok;
}

static bool read_ca(struct vouching *v, struct buf *ca)
{
	struct vouching_one *one = &v->tsa;
	struct disk_real root;
	struct err e;

	if (one->ca[0] == '\0')
		return true;
	bool absolute = one->ca[0] == '/';
	bool ok = absolute && disk_real_open(&root, "/", &e);
	if (ok) {
		ok = disk_read(&root.disk, one->ca + 1, CA_BYTES_MAX, ca, &e);
		disk_real_close(&root);
	} else if (!absolute) {
		ok = disk_read(v->disk, one->ca, CA_BYTES_MAX, ca, &e);
	}
	if (!ok)
		vouching_fault(one, SAYING_CA_UNREADABLE, "why", json_text(e.text));
	return ok;
}

/* What the child that looked at the answer says of it. */
static void take_verdict(struct vouching *v, const struct buf *verdict)
{
	static const struct {
		enum err_kind kind;
		enum saying said;
	} faults[] = {{ERR_REFUSED, SAYING_TOKEN_REFUSED},
		      {ERR_CONFLICT, SAYING_TOKEN_OTHER},
		      {ERR_DIFFERS, SAYING_TOKEN_WRONG}};
	struct vouching_one *one = &v->tsa;
	struct err ignored;
	json_t *o = json_read(buf_str(verdict), verdict->len, &ignored);
	const char *kind = json_get_text(o, "kind", "");
	int64_t time_s = json_get_integer(o, "time_s", 0);
	bool damaged = true;

	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++)
		if (strcmp(kind, err_code(faults[i].kind)) == 0) {
			vouching_fault(one, faults[i].said, NULL, NULL);
			damaged = false;
		}
	if (kind[0] == '\0' && time_s > 0)
		seen(v, one, time_s, json_get_bool(o, "trusted", false));
	else if (damaged)
		vouching_fault(one, SAYING_TOKEN_DAMAGED, NULL, NULL);
	json_decref(o);
}

static void judge_token(struct vouching *v, const struct buf *query, const struct buf *reply,
			const struct buf *ca)
{
	char sub[] = "witness", mode[] = "token";
	char *const args[] = {sub, mode, NULL};
	struct buf parts = {0}, verdict = {0};
	struct err e;

	errand_pack(&parts, v->note.data, v->note.len);
	errand_pack(&parts, buf_str(query), query->len);
	errand_pack(&parts, buf_str(reply), reply->len);
	errand_pack(&parts, buf_str(ca), ca->len);
	if (errand_run(args, &parts, ENVOY_OUT_BYTES_MAX, JUDGE_MS, &v->stop, &verdict, &e))
		take_verdict(v, &verdict);
	else
		vouching_fault(&v->tsa, SAYING_TOKEN_DAMAGED, NULL, NULL);
	buf_finish(&parts);
	buf_finish(&verdict);
}

static bool ask_token(struct vouching *v, struct buf *query, struct buf *reply)
{
	char sub[] = "witness", mode[] = "query";
	char *const args[] = {sub, mode, NULL};
	struct vouching_one *one = &v->tsa;
	struct err e;
	int status;

	if (!errand_run(args, &v->note, TOKEN_BYTES_MAX, JUDGE_MS, &v->stop, query, &e)) {
		vouching_fault(one, SAYING_WITNESS_UNREACHED, "why", json_text(e.text));
		return false;
	}
	if (!send_it(v, one, one->url, TOKEN_QUERY_TYPE, query, reply, &status))
		return false;
	if (status != 200)
		vouching_fault(one, SAYING_WITNESS_STATUS, "status", json_integer(status));
	return status == 200;
}

void vouching_ask_tsa(struct vouching *v)
{
	struct buf query = {0}, reply = {0}, ca = {0};
	struct err e;

	if (read_ca(v, &ca) && ask_token(v, &query, &reply)) {
		judge_token(v, &query, &reply, &ca);
		if (v->tsa.result == VOUCHING_SEEN && !keep_token(v, &query, &reply, &e))
			vouching_fault(&v->tsa, SAYING_STAMP_KEEPING, "why", json_text(e.text));
	}
	buf_finish(&query);
	buf_finish(&reply);
	buf_finish(&ca);
}
