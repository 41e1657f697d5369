/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/verify_tokens.h"

#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "proof/envoy.h"
#include "proof/token.h"
#include "proof/tokens.h"
#include "proof/tree.h"
#include "sys/errand.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define JUDGE_MS 30000

struct looking {
	const struct verify *v;
	const struct verify_log *log;
	struct verdict *verdict;
	int64_t good;
	int64_t size, time_s; /* of the newest that is good */
};

static bool differs(struct looking *k, int64_t size, const char *code, const char *what)
{
	char file[TOKENS_PATH_BYTES];

	tokens_path(k->log->survey.log, size, TOKENS_REPLY, file);
	verdict_differs(k->verdict, CHECK_HEADS, code, k->log->survey.log, -1, file, "%s: %s", file,
			what);
	return true; /* on to the next */
}

static bool read_parts(struct looking *k, int64_t size, struct buf parts[TOKENS_PARTS])
{
	char path[TOKENS_PATH_BYTES];
	struct err ignored;

	for (int i = 0; i < TOKENS_PARTS; i++) {
		tokens_path(k->log->survey.log, size, (enum tokens_part)i, path);
		if (!disk_read(k->v->disk, path, TOKEN_BYTES_MAX, &parts[i], &ignored))
			return false;
	}
	return true;
}

/* The head is one of this log, as it is. */
static bool has_head(struct looking *k, int64_t size, const struct buf *note)
{
	const struct verify_log *l = k->log;
	struct tree *t = malloc(sizeof(*t));
	struct checkpoint c;
	struct hash root;
	struct err ignored;

	must(t != NULL);
	bool ok = l->has_key && l->has_head &&
		  checkpoint_open(buf_str(note), note->len, &l->key, 1, &c, NULL, &ignored) &&
		  c.size == size && size <= l->head.size;
	if (ok) {
		tree_init(t, k->v->disk, l->survey.log, l->head.size);
		ok = tree_root(t, size, &root, &ignored) && hash_equal(&root, &c.root);
	}
	free(t);
	return ok;
}

/* Any authority: none is trusted here. 0: the answer is none to this question. */
static int64_t time_told(const struct buf parts[TOKENS_PARTS])
{
	char sub[] = "witness", mode[] = "token";
	char *const args[] = {sub, mode, NULL};
	static const atomic_bool stop;
	struct buf in = {0}, out = {0};
	struct err ignored;
	int64_t time_s = 0;

	for (int i = 0; i < TOKENS_PARTS; i++)
		errand_pack(&in, buf_str(&parts[i]), parts[i].len);
	errand_pack(&in, "", 0);
	if (errand_run(args, &in, ENVOY_OUT_BYTES_MAX, JUDGE_MS, &stop, &out, &ignored)) {
		json_t *o = json_read(buf_str(&out), out.len, &ignored);

		time_s = json_get_integer(o, "time_s", 0);
		json_decref(o);
	}
	buf_finish(&in);
	buf_finish(&out);
	return time_s;
}

static bool look(int64_t size, void *arg)
{
	struct looking *k = arg;
	struct buf parts[TOKENS_PARTS] = {{0}};
	int64_t time_s = 0;

	if (!read_parts(k, size, parts))
		differs(k, size, "stamp-incomplete",
			T("thiếu đầu nhật ký hoặc câu hỏi của dấu thời gian này",
			  "the head or the question of this time-stamp is missing"));
	else if (!has_head(k, size, &parts[TOKENS_CHECKPOINT]))
		differs(k, size, "stamp-head",
			T("dấu thời gian cho một đầu nhật ký không phải của nhật ký này",
			  "a time-stamp of a head that is not this log's"));
	else if ((time_s = time_told(parts)) == 0)
		differs(k, size, "stamp-damaged",
			T("không phải dấu thời gian (RFC 3161) của đầu nhật ký ấy",
			  "no time-stamp (RFC 3161) of that head"));
	if (time_s != 0) {
		k->good++;
		if (size > k->size) {
			k->size = size;
			k->time_s = time_s;
		}
	}
	for (int i = 0; i < TOKENS_PARTS; i++)
		buf_finish(&parts[i]);
	return true;
}

static void tell(const struct looking *k)
{
	char when[32] = "";
	time_t s = (time_t)k->time_s;
	struct tm tm;

	if (k->good == 0)
		return;
	gmtime_r(&s, &tm);
	strftime(when, sizeof(when), "%Y-%m-%dT%H:%M:%SZ", &tm);
	verdict_note(k->verdict, "stamps", k->good,
		     T("%s có %lld dấu thời gian (RFC 3161) đúng với đầu nhật ký; dấu mới nhất "
		       "nói: %lld mục đầu đã có vào khoảng %s. Chữ ký của nơi cấp thì kiểm bằng "
		       "openssl: openssl ts -verify -data %s/tsa/%lld.checkpoint -in "
		       "%s/tsa/%lld.tsr -CAfile CHỨNG-THƯ",
		       "%s has %lld time-stamps (RFC 3161) that fit its heads; the newest says: "
		       "the first %lld entries were there at about %s. Whose signature it is "
		       "openssl checks: openssl ts -verify -data %s/tsa/%lld.checkpoint -in "
		       "%s/tsa/%lld.tsr -CAfile CERTIFICATE"),
		     k->log->survey.log, (long long)k->good, (long long)k->size, when,
		     k->log->survey.log, (long long)k->size, k->log->survey.log,
		     (long long)k->size);
}

/* A stamp is held against the log's key, head and tiles: where those are wrong, it would be accused
 * of what they did. */
static bool is_sound(const struct verify_log *l, const struct verdict *verdict)
{
	const char *log = l->survey.log;

	for (int i = 0; i < verdict->finding_count; i++) {
		const struct finding *f = &verdict->findings[i];

		if (f->check <= CHECK_HEADS && strcmp(f->log, log) == 0)
			return false;
	}
	return verdict->differ <= verdict->finding_count && l->has_key && l->has_head;
}

static bool count_one(int64_t size, void *arg)
{
	int64_t *count = arg;

	(void)size;
	(*count)++;
	return true;
}

static void not_judged(const struct verify *v, const struct verify_log *l, struct verdict *verdict)
{
	int64_t count = 0;
	struct err ignored;

	if (tokens_each(v->disk, l->survey.log, count_one, &count, &ignored) && count > 0)
		verdict_note(verdict, "stamps-unjudged", count,
			     T("%lld dấu thời gian của %s chưa được xét: khóa, đầu hoặc mã băm của "
			       "sổ ấy hỏng; openssl ts -verify vẫn kiểm được từng dấu với tệp "
			       ".checkpoint cạnh nó",
			       "%lld time-stamps of %s were not judged: that log's key, head or "
			       "hashes are wrong; openssl ts -verify still checks each with the "
			       "file .checkpoint beside it"), (long long)count, l->survey.log);
}

void verify_tokens(const struct verify *v, struct verdict *verdict)
{
	for (int i = 0; i < v->count; i++) {
		struct looking k = {.v = v, .log = &v->logs[i], .verdict = verdict};
		struct err e;

		if (!is_sound(k.log, verdict)) {
			not_judged(v, k.log, verdict);
			continue;
		}
		if (!tokens_each(v->disk, k.log->survey.log, look, &k, &e))
			verdict_differs(verdict, CHECK_HEADS, "stamps-unreadable",
					k.log->survey.log, -1, "", "%s", e.text);
		tell(&k);
	}
}
