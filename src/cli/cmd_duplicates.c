/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vangxa duplicates: products that are perhaps one, and what a person decides about two. */
#include "base/json.h"
#include "base/text.h"
#include "cli/args.h"
#include "cli/cli.h"
#include "cli/remote.h"

#include <stdio.h>
#include <string.h>

static void print_side(const json_t *o)
{
	const char *producer = json_get_text(o, "producer", "");
	const char *fund = json_get_text(o, "fund", "");

	printf("    %-7s %s", json_get_text(o, "name", ""), json_get_text(o, "title", "?"));
	if (json_get_number(o, "length_s", 0) > 0)
		printf(", %.0f s", json_get_number(o, "length_s", 0));
	if (json_get_text(o, "language", "")[0] != '\0')
		printf(", %s", json_get_text(o, "language", ""));
	if (producer[0] != '\0')
		printf(", %s", producer);
	if (fund[0] != '\0')
		printf(T(", nguồn %s", ", fund %s"), fund);
	if (json_object_get(o, "amount") != NULL)
		printf(", %lld đồng", (long long)json_get_integer(o, "amount", 0));
	putchar('\n');
}

static const char *decision_text(const char *code)
{
	if (strcmp(code, "same") == 0)
		return T("một sản phẩm, tính một lần", "one product, counted once");
	if (strcmp(code, "reuse") == 0)
		return T("dùng lại, kinh phí 0", "used again at no cost");
	return strcmp(code, "different") == 0 ? T("không trùng", "no duplicate") : code;
}

static void print_pair(const json_t *pair)
{
	const json_t *decided = json_object_get(pair, "decided");
	bool red = strcmp(json_get_text(pair, "severity", ""), "red") == 0;

	if (json_is_object(decided))
		printf("- %s: %s\n", decision_text(json_get_text(decided, "decision", "")),
		       json_get_text(decided, "reason", ""));
	else
		printf("%s %s\n", red ? "!" : "-", json_get_text(pair, "words", ""));
	print_side(json_object_get(pair, "first"));
	print_side(json_object_get(pair, "second"));
}

static void print_list(const json_t *reply)
{
	const json_t *open = json_object_get(reply, "open"), *pair;
	size_t i;

	json_array_foreach(json_object_get(reply, "pairs"), i, pair)
		print_pair(pair);
	printf(T("%lld cặp chưa ai quyết định, trong đó %lld khác nguồn kinh phí; %lld đã quyết "
		 "định; %lld bản ngôn ngữ khác\n",
		 "%lld pairs that nobody has decided, %lld of them with two funds; %lld decided; "
		 "%lld versions in another language\n"),
	       (long long)json_get_integer(open, "count", 0),
	       (long long)json_get_integer(open, "red", 0),
	       (long long)json_get_integer(reply, "decided", 0),
	       (long long)json_get_integer(reply, "versions", 0));
	if (json_get_bool(reply, "more", false))
		puts(T("còn nữa: thêm --after SỐ-CẶP-ĐÃ-XEM", "more: --after PAIRS-SEEN"));
}

static void print_done(const json_t *reply)
{
	printf(T("đã ghi vào nhật ký, mục %lld\n", "written into the log, entry %lld\n"),
	       (long long)json_get_integer(reply, "n", 0));
}

int cmd_duplicates(int argc, char **argv)
{
	const char *data = NULL, *decision = NULL, *reason = NULL, *after = NULL;
	bool as_json = false;
	char **words;
	int count;
	struct err e = {0};
	const struct arg options[] = {{.name = "data", .value = &data, .path = true},
				      {.name = "decision", .value = &decision},
				      {.name = "reason", .value = &reason},
				      {.name = "after", .value = &after},
				      {.name = "json", .flag = &as_json},
				      {0}};

	if (!args_read(argc, argv, options, 0, 2, &words, &count, &e))
		return args_fail(&e);
	for (int i = 0; i < count; i++)
		if (!args_utf8(argv[0], words[i], &e))
			return args_fail(&e);
	if (count < 2)
		return remote_tell(data, json_pack("{s:s, s:s*, s:s*}", "do", "duplicates", "list",
						   count == 1 ? words[0] : NULL, "after", after),
				   as_json, print_list);
	return remote_tell(data, json_pack("{s:s, s:s, s:s, s:s*, s:s*}", "do", "duplicate.decide",
					   "first", words[0], "second", words[1], "decision",
					   decision, "reason", reason), as_json, print_done);
}
