/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/seen.h"

#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "plan/settings.h"
#include "proof/entry.h"
#include "proof/notary.h"
#include "proof/token.h"
#include "proof/tokens.h"
#include "proof/verify_cosigners.h"
#include "sys/tz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct seeing {
	const struct verify *v;
	struct verdict *verdict;
	int64_t first[LOGS_MAX + 1]; /* entry that tells of a cosignature, by log; −1 none */
};

/* The log of that name, as its key has it; NULL: none. */
static const struct verify_log *named(const struct verify *v, const char *name)
{
	for (int i = 0; i < v->count; i++)
		if (v->logs[i].has_key && strcmp(v->logs[i].key.name, name) == 0)
			return &v->logs[i];
	return NULL;
}

static void check_stamp(const struct seeing *s, int64_t n, const struct verify_log *l, int64_t size)
{
	char path[TOKENS_PATH_BYTES];
	struct buf b = {0};
	struct err e;

	tokens_path(l->survey.log, size, TOKENS_REPLY, path);
	/* A pack has no stamp of a head that is larger than its own. */
	bool there = (l->has_head && size > l->head.size) ||
		     disk_read(s->v->disk, path, TOKEN_BYTES_MAX, &b, &e);
	buf_finish(&b);
	if (!there)
		verdict_differs(s->verdict, CHECK_HEADS, "stamp-missing", l->survey.log, n, path,
				T("%s: không còn, mà mục %lld nói đã nhận dấu thời gian này",
				  "%s: it is gone, and entry %lld tells of that time-stamp"), path,
				(long long)n);
}

/* The station took it for the word of somebody on the way, and signed on: who was right the folder
 * does not show. What it acted on the next log tells of (proof/verify_next.c). */
static void take_doubt(const struct seeing *s, int64_t n, const json_t *o)
{
	if (json_get_bool(o, "acted", true))
		return;
	verdict_warn(s->verdict, "forked", 1,
		     T("nhân chứng %s nói đã thấy một đầu khác của nhật ký %s (mục %lld), và đài "
		       "vẫn ký tiếp dưới tên ấy: lời ấy không đủ chắc (http, ai ở giữa cũng nói "
		       "được), hoặc nhật ký ấy khi đó đã kết thúc. Hãy hỏi nhân chứng đầu mà họ "
		       "giữ",
		       "the witness %s says that it has seen another head of the log %s (entry "
		       "%lld), and the station signed on under that name: its word was not sure "
		       "enough (http, anybody on the way could have said it), or that log had "
		       "ended by then. Ask the witness for the head that it holds"),
		     json_get_text(o, "witness", "?"), json_get_text(o, "log", "?"), (long long)n);
}

static bool take_entry(int64_t n, const char *text, size_t len, void *arg)
{
	struct seeing *s = arg;
	struct err ignored;

	if (memmem(text, len, "\"witness.", strlen("\"witness.")) == NULL)
		return true;
	json_t *o = json_read(text, len, &ignored);
	const char *kind = json_get_text(o, "kind", "");
	const struct verify_log *l = named(s->v, json_get_text(o, "log", ""));
	if (strcmp(kind, KIND_WITNESS_DOUBTED) == 0) {
		take_doubt(s, n, o);
	} else if (l != NULL && strcmp(kind, KIND_WITNESS_SEEN) == 0) {
		if (strcmp(json_get_text(o, "method", ""), "timestamp") == 0)
			check_stamp(s, n, l, json_get_integer(o, "size", 0));
		else if (s->first[l->number] < 0)
			s->first[l->number] = n;
	}
	json_decref(o);
	return true;
}

static void check_witnessed(const struct seeing *s, const struct verify_log *l)
{
	char path[LOG_DIR_BYTES + 16];
	int64_t n = s->first[l->number];

	snprintf(path, sizeof(path), "%s/" NOTARY_WITNESSED, l->survey.log);
	if (n >= 0 && l->survey.witnessed.len == 0)
		verdict_differs(s->verdict, CHECK_HEADS, "witnessed-missing", l->survey.log, n,
				path,
				T("%s: không còn chữ ký của nhân chứng, mà mục %lld nói đã nhận",
				  "%s: the witnesses' signatures are gone, and entry %lld tells of "
				  "them"), path, (long long)n);
}

/* By the settings as far as they can be read: `vangxa check` says what is wrong with them. */
static void check_all_lines(const struct seeing *s)
{
	struct settings *set = calloc(1, sizeof(*set));
	struct faults faults = {0};
	struct note_verifier key;
	struct buf text = {0};
	struct err ignored;

	must(set != NULL);
	if (disk_read(s->v->disk, "station.yaml", YAML_FILE_BYTES_MAX, &text, &ignored))
		settings_parse(set, "station.yaml", buf_str(&text), text.len, tz_load, &faults);
	for (int i = 0; i < set->witness_count; i++)
		if (note_verifier_parse(&key, set->witnesses[i].key, &ignored))
			verify_cosigner(s->v, &key, false, s->verdict);
	faults_finish(&faults);
	buf_finish(&text);
	free(set);
}

void seen_verify(const struct verify *v, bool pack, struct verdict *verdict)
{
	struct seeing s = {.v = v, .verdict = verdict};

	for (int i = 0; i <= LOGS_MAX; i++)
		s.first[i] = -1;
	verify_read(v, take_entry, &s);
	for (int i = 0; i < v->count; i++)
		check_witnessed(&s, &v->logs[i]);
	if (!pack)
		check_all_lines(&s);
}
