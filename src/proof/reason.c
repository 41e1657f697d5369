/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/reason.h"

#include "base/json.h"
#include "base/must.h"
#include "base/text.h"

#include <stddef.h>
#include <string.h>

struct words {
	const char *code, *vi, *en;
};

static const struct words reasons[] = {
#define X(name, code, cause, vi, en) {code, vi, en},
	REASONS(X)
#undef X
};

static const enum cause cause_of[] = {
#define X(name, code, cause, vi, en) CAUSE_##cause,
	REASONS(X)
#undef X
};

static const struct words causes[] = {
#define X(name, code, vi, en) {code, vi, en},
	CAUSES(X)
#undef X
};

static const struct words results[] = {
	{"full", "phát đủ", "aired in full"},
	{"partial", "phát thiếu", "aired in part"},
	{"cut", "bị ngắt", "cut"},
	{"interrupted", "đứt giữa chừng", "interrupted"},
	{"missed", "không phát", "not aired"},
	{"unsent", "không ra loa", "no loudspeaker"},
	{"unsure", "chưa chắc đủ", "not surely whole"},
	{"on-air", "đang phát", "on air"},
};

static const char *find(const struct words *list, size_t count, const char *code, bool english)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i].code, code) == 0)
			return english ? list[i].en : list[i].vi;
	return code;
}

const char *reason_code(enum reason r)
{
	must(r < REASON_COUNT);
	return reasons[r].code;
}

const char *reason_text(const char *code)
{
	return code != NULL ? find(reasons, REASON_COUNT, code, text_english()) : "";
}

static json_t *texts(const struct words *list, size_t count, const char *code)
{
	if (code == NULL || code[0] == '\0')
		return json_null();
	return json_pack("{s:o, s:o}", "vi", json_text(find(list, count, code, false)), "en",
			 json_text(find(list, count, code, true)));
}

json_t *reason_texts(const char *code)
{
	return texts(reasons, REASON_COUNT, code);
}

enum reason reason_parse(const char *code)
{
	int r = 0;

	while (r < REASON_COUNT && strcmp(reasons[r].code, code) != 0)
		r++;
	return (enum reason)r;
}

const char *reason_cause(const char *code)
{
	if (code == NULL || code[0] == '\0')
		return NULL;
	enum reason r = reason_parse(code);
	return causes[r < REASON_COUNT ? cause_of[r] : CAUSE_UNKNOWN].code;
}

const char *reason_cause_text(const char *cause)
{
	return cause != NULL ? find(causes, CAUSE_COUNT, cause, text_english()) : "";
}

json_t *reason_cause_texts(const char *cause)
{
	return texts(causes, CAUSE_COUNT, cause);
}

static void list(struct buf *out, const struct words *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		buf_print(out, "%s\n%s\n%s\n", words[i].code, words[i].vi, words[i].en);
}

void reason_list(struct buf *out)
{
	list(out, reasons, REASON_COUNT);
	list(out, causes, CAUSE_COUNT);
	list(out, results, sizeof(results) / sizeof(results[0]));
	for (int i = 0; i < REASON_COUNT; i++)
		buf_print(out, "%d\n", (int)cause_of[i]);
}

const char *reason_result_text(const char *result)
{
	return find(results, sizeof(results) / sizeof(results[0]), result, text_english());
}
