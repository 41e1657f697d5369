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

/* Stamps that one process is to judge together: it takes longer to start than to judge. */
struct batch {
	struct buf in;
	int64_t sizes[ENVOY_TOKENS_MAX];
	size_t begins[ENVOY_TOKENS_MAX]; /* where each begins in `in` */
	int count;
};

struct looking {
	const struct verify *v;
	const struct verify_log *log;
	struct verdict *verdict;
	struct tree tree;
	struct batch batch;
	int64_t good;
	int64_t size, time_s; /* of the newest that is good */
};

static void differs(struct looking *k, int64_t size, const char *code, const char *what)
{
	char file[TOKENS_PATH_BYTES];

	tokens_path(k->log->survey.log, size, TOKENS_REPLY, file);
	verdict_differs(k->verdict, CHECK_HEADS, code, k->log->survey.log, -1, file, "%s: %s", file,
			what);
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
	struct checkpoint c;
	struct hash root;
	struct err ignored;

	return l->has_key && l->has_head &&
	       checkpoint_open(buf_str(note), note->len, &l->key, 1, &c, NULL, &ignored) &&
	       c.size == size && size <= l->head.size &&
	       tree_root(&k->tree, size, &root, &ignored) && hash_equal(&root, &c.root);
}

/* time_s 0: the answer is none to this question. */
static void take(struct looking *k, int64_t size, int64_t time_s)
{
	if (time_s <= 0) {
		differs(k, size, "stamp-damaged",
			T("không phải dấu thời gian (RFC 3161) của đầu nhật ký ấy",
			  "no time-stamp (RFC 3161) of that head"));
		return;
	}
	k->good++;
	if (size > k->size) {
		k->size = size;
		k->time_s = time_s;
	}
}

/* A line each. False: not one for each. */
static bool read_times(const struct buf *out, int64_t *times, int count)
{
	const char *at = buf_str(out);
	struct err ignored;
	int i = 0;

	for (; *at != '\0' && i < count; i++) {
		size_t len = strcspn(at, "\n");
		json_t *o = json_read(at, len, &ignored);

		times[i] = json_get_integer(o, "time_s", 0);
		json_decref(o);
		at += len + (at[len] == '\n');
	}
	return i == count && *at == '\0';
}

/* Of those from `from` on. Any authority: none is trusted here. */
static bool ask(const struct batch *b, int from, int count, int64_t *times)
{
	char sub[] = "witness", mode[] = "token";
	char *const args[] = {sub, mode, NULL};
	static const atomic_bool stop;
	struct buf in = {0}, out = {0};
	struct err ignored;
	size_t end = from + count < b->count ? b->begins[from + count] : b->in.len;

	buf_add(&in, b->in.data + b->begins[from], end - b->begins[from]);
	bool ok = errand_run(args, &in, ENVOY_OUT_BYTES_MAX, JUDGE_MS, &stop, &out, &ignored) &&
		  read_times(&out, times, count);
	buf_finish(&in);
	buf_finish(&out);
	return ok;
}

/* One by one where they could not be judged together: what one of them does to its judge is no
 * fault of the others. */
static void judge_batch(struct looking *k)
{
	struct batch *b = &k->batch;
	int64_t times[ENVOY_TOKENS_MAX] = {0};
	bool together = b->count > 0 && ask(b, 0, b->count, times);

	for (int i = 0; i < b->count; i++) {
		if (!together && !ask(b, i, 1, &times[i]))
			times[i] = 0;
		take(k, b->sizes[i], times[i]);
	}
	buf_reset(&b->in);
	b->count = 0;
}

static void add_to_batch(struct looking *k, int64_t size, const struct buf parts[TOKENS_PARTS])
{
	struct batch *b = &k->batch;

	if (b->count == ENVOY_TOKENS_MAX ||
	    b->in.len + (TOKENS_PARTS + 1) * (TOKEN_BYTES_MAX + 4) > ENVOY_IN_BYTES_MAX)
		judge_batch(k);
	b->sizes[b->count] = size;
	b->begins[b->count++] = b->in.len;
	for (int i = 0; i < TOKENS_PARTS; i++)
		errand_pack(&b->in, buf_str(&parts[i]), parts[i].len);
	errand_pack(&b->in, "", 0);
}

static bool look(int64_t size, void *arg)
{
	struct looking *k = arg;
	struct buf parts[TOKENS_PARTS] = {{0}};

	if (!read_parts(k, size, parts))
		differs(k, size, "stamp-incomplete",
			T("thiếu đầu nhật ký hoặc câu hỏi của dấu thời gian này",
			  "the head or the question of this time-stamp is missing"));
	else if (!has_head(k, size, &parts[TOKENS_CHECKPOINT]))
		differs(k, size, "stamp-head",
			T("dấu thời gian cho một đầu nhật ký không phải của nhật ký này",
			  "a time-stamp of a head that is not this log's"));
	else
		add_to_batch(k, size, parts);
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

static void judge_log(const struct verify *v, const struct verify_log *l, struct verdict *verdict)
{
	struct looking *k = calloc(1, sizeof(*k));
	struct err e;

	must(k != NULL);
	k->v = v;
	k->log = l;
	k->verdict = verdict;
	tree_init(&k->tree, v->disk, l->survey.log, l->head.size);
	if (!tokens_each(v->disk, l->survey.log, look, k, &e))
		verdict_differs(verdict, CHECK_HEADS, "stamps-unreadable", l->survey.log, -1, "",
				"%s", e.text);
	judge_batch(k);
	tell(k);
	buf_finish(&k->batch.in);
	free(k);
}

void verify_tokens(const struct verify *v, struct verdict *verdict)
{
	for (int i = 0; i < v->count; i++) {
		if (is_sound(&v->logs[i], verdict))
			judge_log(v, &v->logs[i], verdict);
		else
			not_judged(v, &v->logs[i], verdict);
	}
}
