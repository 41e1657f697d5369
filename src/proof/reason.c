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
#define X(name, code, vi, en) {code, vi, en},
	REASONS(X)
#undef X
};

static const struct words results[] = {
	{"full", "phát đủ", "aired in full"},
	{"partial", "phát thiếu", "aired in part"},
	{"cut", "bị ngắt", "cut"},
	{"interrupted", "đứt giữa chừng", "interrupted"},
	{"missed", "không phát", "not aired"},
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

json_t *reason_texts(const char *code)
{
	if (code == NULL || code[0] == '\0')
		return json_null();
	return json_pack("{s:o, s:o}", "vi", json_text(find(reasons, REASON_COUNT, code, false)),
			 "en", json_text(find(reasons, REASON_COUNT, code, true)));
}

enum reason reason_parse(const char *code)
{
	int r = 0;

	while (r < REASON_COUNT && strcmp(reasons[r].code, code) != 0)
		r++;
	return (enum reason)r;
}

const char *reason_result_text(const char *result)
{
	return find(results, sizeof(results) / sizeof(results[0]), result, text_english());
}
