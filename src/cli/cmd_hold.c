/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vangxa hold, unhold: recordings that an inspection wants kept. */
#include "base/json.h"
#include "base/text.h"
#include "cli/args.h"
#include "cli/cli.h"
#include "cli/remote.h"

#include <stdio.h>

static void print_hold(const json_t *h)
{
	const char *zone = json_get_text(h, "zone", ""), *lifted = json_get_text(h, "lifted", "");

	printf(T("%s  %s – %s  %s%s: %s", "%s  %s to %s  %s%s: %s"), json_get_text(h, "id", ""),
	       json_get_text(h, "from", ""), json_get_text(h, "to", ""),
	       zone[0] != '\0' ? T("cụm ", "zone ") : T("mọi cụm", "all zones"), zone,
	       json_get_text(h, "reason", ""));
	if (lifted[0] != '\0')
		printf(T("; đã bỏ ngày %.10s: %s", "; lifted on %.10s: %s"), lifted,
		       json_get_text(h, "lifted_why", ""));
	putchar('\n');
}

static void print_list(const json_t *reply)
{
	const json_t *list = json_object_get(reply, "holds"), *h;
	size_t i;

	if (json_array_size(list) == 0)
		puts(T("Không có lệnh giữ nào. Đặt: vangxa hold --from NGÀY --to NGÀY --reason "
		       "LÝ-DO",
		       "There are no holds. To set one: vangxa hold --from DAY --to DAY --reason "
		       "REASON"));
	json_array_foreach(list, i, h)
		print_hold(h);
}

/* What is gone already nobody can keep: who asks must hear of it. */
static void print_set(const json_t *reply)
{
	int there = (int)json_get_integer(reply, "recordings", 0);
	int removed = (int)json_get_integer(reply, "removed", 0);

	print_hold(json_object_get(reply, "hold"));
	printf(T("Giữ %d bản ghi âm đang có", "%d recordings that are there are kept"), there);
	if (removed > 0)
		printf(T("; %d bản đã bị xóa từ trước", "; %d were removed before"), removed);
	puts(".");
}

static void print_lifted(const json_t *reply)
{
	print_hold(json_object_get(reply, "hold"));
}

int cmd_hold(int argc, char **argv)
{
	const char *data = NULL, *from = NULL, *to = NULL, *zone = NULL, *reason = NULL;
	bool as_json = false;
	struct err e = {0};
	const struct arg options[] = {{.name = "data", .value = &data, .path = true},
				      {.name = "from", .value = &from},
				      {.name = "to", .value = &to},
				      {.name = "zone", .value = &zone},
				      {.name = "reason", .value = &reason},
				      {.name = "json", .flag = &as_json},
				      {0}};

	if (!args_read(argc, argv, options, 0, 0, NULL, NULL, &e))
		return args_fail(&e);
	if (from == NULL && to == NULL && zone == NULL && reason == NULL)
		return remote_tell(data, json_pack("{s:s}", "do", "holds"), as_json, print_list);
	return remote_tell(data, json_pack("{s:s, s:s*, s:s*, s:s*, s:s*}", "do", "hold", "from",
					   from, "to", to, "zone", zone, "reason", reason),
			   as_json, print_set);
}

int cmd_unhold(int argc, char **argv)
{
	const char *data = NULL, *reason = NULL;
	bool as_json = false;
	char **words;
	int count;
	struct err e = {0};
	const struct arg options[] = {{.name = "data", .value = &data, .path = true},
				      {.name = "reason", .value = &reason},
				      {.name = "json", .flag = &as_json},
				      {0}};

	if (!args_read(argc, argv, options, 1, 1, &words, &count, &e) ||
	    !args_utf8(argv[0], words[0], &e))
		return args_fail(&e);
	return remote_tell(data, json_pack("{s:s, s:s, s:s*}", "do", "unhold", "hold", words[0],
					   "reason", reason), as_json, print_lifted);
}
