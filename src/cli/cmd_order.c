/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vangxa order: which of the priority bulletins that meet airs first. */
#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"
#include "cli/args.h"
#include "cli/cli.h"
#include "cli/remote.h"

#include <stdio.h>
#include <string.h>

static void print_collision(const json_t *c)
{
	const char *start = json_get_text(c, "start", "");
	const char *with = json_get_text(c, "with", "");
	long long more = json_get_integer(c, "starts", 1) - 1;
	const json_t *b;
	size_t i;

	printf("%.10s %.5s  %s", start, strlen(start) > 11 ? start + 11 : "",
	       json_get_text(c, "slot", ""));
	if (more > 0)
		printf(T(" (và %lld lượt sau)", " (and %lld later)"), more);
	if (with[0] != '\0')
		printf(T(" chồng giờ với %s", " overlaps %s"), with);
	if (!json_get_bool(c, "given", false))
		puts(with[0] != '\0'
			     ? T(": chưa ai chọn, khung giờ ấy sẽ chiếm sóng theo lịch",
				 ": nobody has said, that slot takes the air by the timetable")
			     : T(": chưa ai chọn, sẽ phát theo thứ tự của khung giờ",
				 ": nobody has said, the slot's own order applies"));
	else
		printf(T(": %s đã chọn thứ tự\n", ": put in order by %s\n"),
		       json_get_text(c, "name", json_get_text(c, "who", "")));
	json_array_foreach(json_object_get(c, "bulletins"), i, b)
		printf("  %zu. %s  %s\n", i + 1, json_get_text(b, "bulletin", ""),
		       json_get_text(b, "title", ""));
}

static void print_orders(const json_t *reply)
{
	const json_t *list = json_object_get(reply, "orders"), *c;
	bool open = false;
	size_t i;

	if (json_array_size(list) == 0)
		puts(T("Trong 24 giờ tới không có bản tin ưu tiên nào trùng giờ.",
		       "No priority bulletins meet within the next 24 hours."));
	json_array_foreach(list, i, c) {
		print_collision(c);
		open = open || !json_get_bool(c, "given", false);
	}
	if (open)
		puts(T("Chọn: vangxa order MÃ MÃ… (bản tin phát trước đứng đầu)",
		       "To say: vangxa order ID ID… (the one that airs first first)"));
}

int cmd_order(int argc, char **argv)
{
	const char *data = NULL;
	bool as_json = false;
	char **words;
	int count;
	struct err e = {0};
	const struct arg options[] = {{.name = "data", .value = &data, .path = true},
				      {.name = "json", .flag = &as_json},
				      {0}};

	if (!args_read(argc, argv, options, 0, COLLISION_MAX, &words, &count, &e))
		return args_fail(&e);
	json_t *ids = json_array();
	for (int i = 0; i < count; i++) {
		if (!args_utf8(argv[0], words[i], &e)) {
			json_decref(ids);
			return args_fail(&e);
		}
		json_array_append_new(ids, json_string(words[i]));
	}
	json_t *rq = json_pack("{s:s, s:o*}", "do", count > 0 ? "order" : "orders", "bulletins",
			       count > 0 ? ids : NULL);
	if (count == 0)
		json_decref(ids);
	return remote_tell(data, rq, as_json, print_orders);
}
