/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vangxa why: why something did not play, or what became of it. */
#include "base/json.h"
#include "base/text.h"
#include "cli/args.h"
#include "cli/cli.h"
#include "cli/remote.h"
#include "proof/reason.h"

#include <stdio.h>
#include <string.h>

static const char *in_our_words(const json_t *o, const char *key)
{
	return json_get_text(json_object_get(o, key), T("vi", "en"), "");
}

static const char *fate_text(const char *fate)
{
	if (strcmp(fate, "waiting") == 0)
		return T("chờ đến giờ", "its time has not come");
	if (strcmp(fate, "omitted") == 0)
		return T("sẽ không phát", "will not air");
	return reason_result_text(fate);
}

/* The person's name, or the id of what is no account. */
static const char *name_of(const json_t *people, const json_t *o)
{
	const char *who = json_get_text(o, "who", "");

	return json_get_text(people, who, who);
}

static void print_order(const json_t *order, const json_t *people)
{
	const char *at = json_get_text(order, "at", "");

	if (strlen(at) > 16)
		printf(T("Thứ tự giữa các bản tin ưu tiên: %s chọn lúc %.5s ngày %.10s.\n",
			 "Its order among priority bulletins: chosen by %s at %.5s on %.10s.\n"),
		       name_of(people, order), at + 11, at);
}

static void print_line(const json_t *line, const json_t *people)
{
	const char *planned = json_get_text(line, "planned", "");
	const char *title = json_get_text(line, "title", ""), *why;

	printf("%.8s  %s: %s", strlen(planned) > 11 ? planned + 11 : "", title,
	       fate_text(json_get_text(line, "fate", "")));
	if ((why = in_our_words(line, "reason_texts"))[0] != '\0')
		printf(" — %s", why);
	if ((why = in_our_words(line, "detail_texts"))[0] != '\0')
		printf(" (%s)", why);
	if ((why = in_our_words(line, "cause_texts"))[0] != '\0')
		printf(T(". Nguyên nhân: %s", ". Cause: %s"), why);
	if ((why = name_of(people, line))[0] != '\0')
		printf(T(". Người ra lệnh: %s", ". Ordered by: %s"), why);
	puts(".");
}

static void print(const json_t *reply)
{
	const char *texts = in_our_words(reply, "texts");
	const json_t *people = json_object_get(reply, "people");
	const json_t *line;
	size_t i;

	if (texts[0] != '\0')
		printf("%s.\n", texts);
	json_array_foreach(json_object_get(reply, "lines"), i, line)
		print_line(line, people);
	print_order(json_object_get(reply, "order"), people);
}

int cmd_why(int argc, char **argv)
{
	const char *data = NULL, *on = NULL;
	bool as_json = false;
	char **words;
	int count;
	struct err e = {0};
	const struct arg options[] = {{.name = "data", .value = &data, .path = true},
				      {.name = "on", .value = &on},
				      {.name = "json", .flag = &as_json},
				      {0}};

	if (!args_read(argc, argv, options, 1, 1, &words, &count, &e) ||
	    !args_utf8(argv[0], words[0], &e))
		return args_fail(&e);
	return remote_tell(data, json_pack("{s:s, s:s, s:s}", "do", "why", "what", words[0],
					   "date", on != NULL ? on : ""), as_json, print);
}
