/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vangxa add, approve, refuse, withdraw, bulletins. */
#include "base/json.h"
#include "base/text.h"
#include "cli/args.h"
#include "cli/cli.h"
#include "cli/remote.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool needed(const char *command, const char *option, const char *value, struct err *e)
{
	if (value != NULL && value[0] != '\0')
		return true;
	return err_set(e, ERR_USAGE, T("%s: thiếu --%s \"…\"", "%s: --%s \"…\" is missing"),
		       command, option);
}

static json_t *list_of(const struct arg_list *l)
{
	json_t *list = json_array();

	for (int i = 0; i < l->count; i++)
		json_array_append_new(list, json_string(l->items[i]));
	return list;
}

static void set(json_t *o, const char *key, const char *value)
{
	if (value != NULL)
		json_object_set_new(o, key, json_string(value));
}

/* One line of a bulletin for people: id, state, length, loudness, title. */
static void print_bulletin(const json_t *b)
{
	static const char *const codes[] = {"received",	"approved", "refused",
					    "withdrawn", "replaced", "endorsed"};
	const char *state = json_get_text(b, "state", "");
	const char *const vi[] = {"chờ duyệt", "đã duyệt", "bị từ chối",
				  "đã rút",    "đã thay",  "chờ người 2"};
	double length_s = json_get_number(b, "length_s", 0);

	for (int i = 0; i < 6; i++)
		if (!text_english() && strcmp(state, codes[i]) == 0)
			state = vi[i];
	printf("%-6s %-11s %3d:%02d  %6.1f LUFS  %s\n", json_get_text(b, "id", ""), state,
	       (int)length_s / 60, (int)length_s % 60, json_get_number(b, "loudness_lufs", 0),
	       json_get_text(b, "title", ""));
}

static void print_findings(const json_t *bulletin)
{
	const json_t *said;
	size_t i;

	json_array_foreach(json_object_get(bulletin, "findings"), i, said)
		fprintf(stderr, T("vangxa: lưu ý: %s\n", "vangxa: note: %s\n"),
			json_get_text(json_object_get(said, "texts"), T("vi", "en"), ""));
}

static int finish(json_t *reply, bool as_json)
{
	const json_t *bulletin = json_object_get(reply, "bulletin");

	if (as_json)
		remote_print(bulletin);
	else
		print_bulletin(bulletin);
	print_findings(bulletin);
	json_decref(reply);
	return 0;
}

int cmd_add(int argc, char **argv)
{
	const char *data = NULL, *title = NULL, *language = NULL, *fund = NULL, *level = NULL,
		   *from = NULL, *to = NULL, *kind = NULL, *replaces = NULL;
	struct arg_list programmes = {0}, slots = {0};
	bool as_json = false;
	char **words, *path;
	int count;
	struct err e = {0};
	const struct arg options[] = {
		{.name = "data", .value = &data, .path = true},
		{.name = "title", .value = &title},
		{.name = "language", .value = &language}, {.name = "fund", .value = &fund},
		{.name = "level", .value = &level},	  {.name = "from", .value = &from},
		{.name = "to", .value = &to},		  {.name = "kind", .value = &kind},
		{.name = "replaces", .value = &replaces},
		{.name = "programme", .list = &programmes},
		{.name = "slot", .list = &slots},	  {.name = "json", .flag = &as_json},
		{0}};

	if (!args_read(argc, argv, options, 1, 1, &words, &count, &e) ||
	    !needed(argv[0], "title", title, &e))
		return args_fail(&e);
	if (!args_utf8(T("tên tệp", "the file's name"), words[0], &e))
		return args_fail(&e);
	path = realpath(words[0], NULL);
	if (path == NULL) {
		err_errno(&e, "%s", words[0]);
		return args_fail(&e);
	}
	const char *slash = strrchr(path, '/');
	json_t *rq = json_pack("{s:s, s:s, s:s, s:b, s:o, s:o}", "do", "bulletin.add", "path", path,
			       "name", slash + 1, "progress", 1, "programmes", list_of(&programmes),
			       "slots", list_of(&slots)), *reply;
	free(path);
	if (rq == NULL) {
		err_set(&e, ERR_USAGE,
			T("tên tệp không phải UTF-8", "the file's name is not UTF-8"));
		return args_fail(&e);
	}
	set(rq, "title", title);
	set(rq, "language", language);
	set(rq, "fund", fund);
	set(rq, "level", level);
	set(rq, "from", from);
	set(rq, "to", to);
	set(rq, "kind", kind);
	set(rq, "replaces", replaces);
	if (!remote_call(args_data(data), rq, remote_progress, NULL, &reply, &e))
		return args_fail(&e);
	return finish(reply, as_json);
}

/* approve, refuse and withdraw differ in one field. */
static int decide(int argc, char **argv, const char *what, const char *field, bool need)
{
	const char *data = NULL, *text = NULL;
	bool as_json = false;
	char **words;
	int count;
	struct err e = {0};
	const struct arg options[] = {{.name = "data", .value = &data, .path = true},
				      {.name = field, .value = &text},
				      {.name = "json", .flag = &as_json},
				      {0}};
	json_t *reply;

	if (!args_read(argc, argv, options, 1, 1, &words, &count, &e) ||
	    !args_utf8(argv[0], words[0], &e) || (need && !needed(argv[0], field, text, &e)))
		return args_fail(&e);
	json_t *rq = json_pack("{s:s, s:s}", "do", what, "bulletin", words[0]);
	set(rq, field, text);
	if (!remote_call(args_data(data), rq, NULL, NULL, &reply, &e))
		return args_fail(&e);
	return finish(reply, as_json);
}

int cmd_approve(int argc, char **argv)
{
	return decide(argc, argv, "bulletin.approve", "document", false);
}

int cmd_refuse(int argc, char **argv)
{
	return decide(argc, argv, "bulletin.refuse", "reason", true);
}

int cmd_withdraw(int argc, char **argv)
{
	return decide(argc, argv, "bulletin.withdraw", "reason", true);
}

int cmd_bulletins(int argc, char **argv)
{
	const char *data = NULL;
	bool as_json = false;
	struct err e = {0};
	const struct arg options[] = {
		{.name = "data", .value = &data, .path = true},
		{.name = "json", .flag = &as_json},
		{0}};
	json_t *reply, *bulletin;
	size_t i;

	if (!args_read(argc, argv, options, 0, 0, NULL, NULL, &e) ||
	    !remote_call(args_data(data), json_pack("{s:s}", "do", "bulletins"), NULL, NULL, &reply,
			 &e))
		return args_fail(&e);
	json_t *list = json_object_get(reply, "bulletins");
	if (as_json)
		remote_print(list);
	else
		json_array_foreach(list, i, bulletin)
			print_bulletin(bulletin);
	json_decref(reply);
	return 0;
}
