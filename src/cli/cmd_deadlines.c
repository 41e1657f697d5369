/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vangxa deadlines: what is to be handed in, and what was. */
#include "base/civil.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"
#include "cli/args.h"
#include "cli/cli.h"
#include "cli/remote.h"

#include <stdio.h>
#include <string.h>

static void told_day(const char *iso, char out[static 11])
{
	struct date d;

	snprintf(out, 11, "%.10s", iso);
	if (date_parse(iso, &d))
		date_tell(d, out);
}

static void print_state(const json_t *d)
{
	const char *state = json_get_text(d, "state", "");
	int left = (int)json_get_integer(d, "left", 0);
	int late = (int)json_get_integer(d, "late_by", 0);

	if (strcmp(state, "handed-in") == 0)
		printf(T("đã nộp %s", "handed in: %s"), json_get_text(d, "document", ""));
	else if (strcmp(state, "before") == 0)
		fputs(T("trước khi có sổ", "before the log began"), stdout);
	else if (left < 0)
		printf(T("CHẬM %d ngày", "LATE by %d days"), -left);
	else
		printf(T("còn %d ngày", "%d days left"), left);
	if (late > 0)
		printf(T(" (chậm %d ngày)", " (late by %d days)"), late);
}

static void print_one(const json_t *d)
{
	const char *who = json_get_text(d, "who", ""), *to = json_get_text(d, "to", "");
	char day[11];

	told_day(json_get_text(d, "due", ""), day);
	printf("%s %s  ", json_get_bool(d, "near", false) ? "!" : "-", day);
	print_state(d);
	printf("  %s", json_get_text(d, "what", ""));
	if (who[0] != '\0' || to[0] != '\0')
		printf(" (%s → %s)", who[0] != '\0' ? who : "?", to[0] != '\0' ? to : "?");
	printf("  [%s@%s]\n", json_get_text(d, "code", ""), json_get_text(d, "due", ""));
}

static void print_list(const json_t *reply)
{
	const json_t *list = json_object_get(reply, "deadlines"), *d;
	size_t i;

	if (json_array_size(list) == 0)
		puts(T("Không có thời hạn nào trong một năm tới; thêm vào seeds/thoi-han.yaml.",
		       "Nothing is due within a year; add to seeds/thoi-han.yaml."));
	json_array_foreach(list, i, d)
		print_one(d);
	json_array_foreach(json_object_get(reply, "always"), i, d)
		printf("- %s  %s\n",
		       strcmp(json_get_text(d, "when", ""), "at-once") == 0
			       ? T("ngay khi có", "at once")
			       : T("định kỳ", "now and then"),
		       json_get_text(d, "what", ""));
}

/* "ket-qua@2026-12-14" → both; false + err for what is no such thing. The word stays: without
 * a station another program goes on with the same words. */
static bool split(const char *word, char code[static CODE_BYTES], const char **due, struct err *e)
{
	const char *at = strrchr(word, '@');

	if (at == NULL || at == word || at - word >= CODE_BYTES)
		return err_set(e, ERR_USAGE, T("\"%.60s\": cần dạng MÃ@NGÀY, như vangxa deadlines "
					       "in ra",
					       "\"%.60s\": CODE@DAY is needed, as vangxa deadlines "
					       "prints it"), word);
	snprintf(code, CODE_BYTES, "%.*s", (int)(at - word), word);
	*due = at + 1;
	return true;
}

int cmd_deadlines(int argc, char **argv)
{
	const char *data = NULL, *document = NULL, *on = NULL, *due = "";
	char code[CODE_BYTES] = "";
	bool as_json = false;
	char **words;
	int count;
	struct err e = {0};
	const struct arg options[] = {{.name = "data", .value = &data, .path = true},
				      {.name = "document", .value = &document},
				      {.name = "on", .value = &on},
				      {.name = "json", .flag = &as_json},
				      {0}};

	if (!args_read(argc, argv, options, 0, 1, &words, &count, &e) ||
	    (count == 1 && (!args_utf8(argv[0], words[0], &e) ||
			    !split(words[0], code, &due, &e))))
		return args_fail(&e);
	if (count == 0)
		return remote_tell(data, json_pack("{s:s}", "do", "deadlines"), as_json,
				   print_list);
	return remote_tell(data, json_pack("{s:s, s:s, s:s, s:s*, s:s*}", "do", "deadline.done",
					   "deadline", code, "due", due, "document", document, "on",
					   on), as_json, print_list);
}
