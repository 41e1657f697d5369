/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vangxa register: what a station counts besides its airings. */
#include "base/json.h"
#include "base/must.h"
#include "base/register.h"
#include "base/text.h"
#include "cli/args.h"
#include "cli/cli.h"
#include "cli/remote.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct words {
	const char *data, *row, *reason, *sheet;
	const char *path, *format, *lang, *reply; /* of what cmd_register_out.c does */
	bool as_json, apply;
	char **list; /* the register's name, what is to be done, and with what */
	int count;
};

static void print_registers(const json_t *reply)
{
	const json_t *import = json_object_get(reply, "import");
	const char *error = json_get_text(import, "error", "");
	const json_t *one;
	size_t i;

	if (json_is_object(import))
		printf(T("Nhập %s: đã ghi %lld trong %lld dòng%s%s\n",
			 "Import of %s: %lld of %lld rows are written%s%s\n"),
		       json_get_text(import, "name", ""),
		       (long long)json_get_integer(import, "done", 0),
		       (long long)json_get_integer(import, "rows", 0), error[0] != '\0' ? "; " : "",
		       error);
	json_array_foreach(json_object_get(reply, "registers"), i, one)
		printf(T("%-13s %s: %lld dòng\n", "%-13s %s: %lld rows\n"),
		       json_get_text(one, "name", ""), json_get_text(one, "label", ""),
		       (long long)json_get_integer(one, "rows", 0));
}

static void print_row(const json_t *one, const struct register_shape *r)
{
	const json_t *fields = json_object_get(one, "fields");
	char cell[REGISTER_CELL_BYTES];
	const char *before = "  ";

	printf("%s", json_get_text(one, "row", ""));
	if (!json_is_object(fields))
		printf("%s%s", before, T("(đã gạch)", "(struck out)"));
	for (const struct register_field *f = r->fields; f->key != NULL; f++) {
		register_tell(f, json_object_get(fields, f->key), cell);
		if (cell[0] == '\0')
			continue;
		printf("%s%s: %s", before, T(f->vi, f->en), cell);
		before = "; ";
	}
	putchar('\n');
}

/* The register that the command has named; of a reply nothing else says which. */
static const struct register_shape *shown;

static void print_rows(const json_t *reply)
{
	const json_t *one;
	size_t i;

	json_array_foreach(json_object_get(reply, "rows"), i, one)
		print_row(one, shown);
	json_array_foreach(json_object_get(reply, "history"), i, one) {
		printf("%.10s %.5s  %s  ", json_get_text(one, "at", ""),
		       json_get_text(one, "at", "2026-11-23T") + strlen("2026-11-23T"),
		       json_get_text(one, "who", ""));
		print_row(one, shown);
	}
	if (json_get_bool(reply, "more", false))
		printf(T("… còn nữa, tất cả %lld dòng\n", "… and more, %lld rows in all\n"),
		       (long long)json_get_integer(reply, "count", 0));
}

static void print_written(const json_t *reply)
{
	print_row(json_object_get(reply, "row"), shown);
}

/* key=value, as many as there are: an empty value takes away. The words stay as they are: without a
 * station vangxa-station is called with them again. */
static bool take_pairs(char *const *pairs, int count, json_t *fields, struct err *e)
{
	for (int i = 0; i < count; i++) {
		const char *equal = strchr(pairs[i], '=');
		char key[CODE_BYTES];
		if (equal == NULL || equal == pairs[i])
			return err_set(e, ERR_USAGE,
				       T("\"%.60s\": viết CỘT=GIÁ-TRỊ",
					 "\"%.60s\": write KEY=VALUE"),
				       pairs[i]);
		if (!args_utf8("set", pairs[i], e))
			return false;
		snprintf(key, sizeof(key), "%.*s", (int)(equal - pairs[i]), pairs[i]);
		must(json_object_set_new(fields, key, json_string(equal + 1)) == 0);
	}
	return true;
}

static int set(const struct words *w)
{
	int first = w->count > 2 && strchr(w->list[2], '=') == NULL ? 3 : 2;
	const char *row = first == 3 ? w->list[2] : "";
	json_t *fields = json_object();
	struct err e = {0};

	if (w->count <= first)
		err_set(&e, ERR_USAGE, T("thiếu CỘT=GIÁ-TRỊ", "KEY=VALUE is missing"));
	else if (args_utf8("set", row, &e) &&
		 take_pairs(w->list + first, w->count - first, fields, &e))
		return remote_tell(w->data, json_pack("{s:s, s:s, s:s, s:o, s:s*}", "do",
						      "register.write", "register", shown->name,
						      "row", row, "fields", fields, "reason",
						      w->reason), w->as_json, print_written);
	json_decref(fields);
	return args_fail(&e);
}

static int strike(const struct words *w)
{
	struct err e = {0};

	if (w->count != 3)
		err_set(&e, ERR_USAGE, T("gạch dòng nào? vangxa register %s strike SỐ-HIỆU "
					 "--reason LÝ-DO",
					 "which row? vangxa register %s strike ID --reason REASON"),
			shown->name);
	else if (args_utf8("strike", w->list[2], &e))
		return remote_tell(w->data, json_pack("{s:s, s:s, s:s, s:b, s:s*}", "do",
						      "register.write", "register", shown->name,
						      "row", w->list[2], "strike", 1, "reason",
						      w->reason), w->as_json, print_written);
	return args_fail(&e);
}

static void print_faults(const json_t *reply)
{
	const json_t *one;
	size_t i;
	long long bad = json_get_integer(reply, "bad", 0);

	json_array_foreach(json_object_get(reply, "faults"), i, one)
		printf(T("  dòng %lld, cột %s %s: \"%s\": %s\n",
			 "  row %lld, column %s %s: \"%s\": %s\n"),
		       (long long)json_get_integer(one, "row", 0),
		       json_get_text(one, "column", "-"), json_get_text(one, "name", ""),
		       json_get_text(one, "value", ""), json_get_text(one, "why", ""));
	if (bad > (long long)i)
		printf(T("  … tất cả %lld ô\n", "  … %lld cells in all\n"), bad);
	if (bad > 0)
		puts(T("Chưa ghi gì: sửa các ô trên rồi nhập lại.",
		       "Nothing was written: mend these cells and import the sheet again."));
}

static void print_kind(const json_t *reply)
{
	const char *sheet = json_get_text(reply, "sheet", NULL);

	printf("%s (%s, ", json_get_text(reply, "name", ""), json_get_text(reply, "encoding", ""));
	if (sheet != NULL)
		printf(T("trang tính \"%s\")", "sheet \"%s\")"), sheet);
	else
		printf(T("phân cách \"%s\")", "separator \"%s\")"),
		       json_get_text(reply, "separator", ""));
}

/* Before what is wrong with them: of a wrong character set everything is. */
static void print_first(const json_t *reply)
{
	const json_t *row, *cell;
	size_t i, k;

	json_array_foreach(json_object_get(reply, "first"), i, row) {
		printf(T("  đọc được dòng %lld:", "  row %lld reads:"),
		       (long long)json_get_integer(row, "row", 0));
		json_array_foreach(json_object_get(row, "cells"), k, cell)
			printf("%s %s: %s", k > 0 ? ";" : "", json_get_text(cell, "name", ""),
			       json_get_text(cell, "value", ""));
		puts("");
	}
}

static void print_import(const json_t *reply)
{
	long long added = json_get_integer(reply, "added", 0);
	long long changed = json_get_integer(reply, "changed", 0);
	long long bad = json_get_integer(reply, "bad", 0);

	print_kind(reply);
	printf(T(": %lld dòng: %lld mới, %lld sửa, %lld như đã có, "
		 "%lld dòng có ô sai (%lld ô)\n",
		 ": %lld rows: %lld new, %lld changed, %lld the same, "
		 "%lld with bad cells (%lld cells)\n"),
	       (long long)json_get_integer(reply, "rows", 0),
	       added, changed, (long long)json_get_integer(reply, "same", 0),
	       (long long)json_get_integer(reply, "bad_rows", 0), bad);
	print_first(reply);
	print_faults(reply);
	if (json_get_bool(reply, "applying", false))
		puts(T("Các dòng ấy đang được ghi vào sổ; xem: vangxa register",
		       "They are being written; to see how far: vangxa register"));
	else if (bad == 0 && added + changed > 0)
		puts(T("Chưa ghi gì; ghi vào sổ: thêm --apply",
		       "Nothing was written; to write them: add --apply"));
}

/* A path of this command line's folder means nothing to the station. Status 1: it has
 * bad cells, and cannot be written as it is, whether it was to be or only looked at. */
static int import(const struct words *w)
{
	struct err e = {0};
	char *path = w->count == 3 ? realpath(w->list[2], NULL) : NULL;

	if (w->count != 3)
		err_set(&e, ERR_USAGE, T("nhập tệp nào? vangxa register %s import TỆP",
					 "which file? vangxa register %s import FILE"),
			shown->name);
	else if (path == NULL)
		err_errno(&e, "%s", w->list[2]);
	if (e.kind != ERR_NONE || !args_utf8("import", path, &e)) {
		free(path);
		return args_fail(&e);
	}
	json_t *reply, *rq = json_pack("{s:s, s:s, s:s, s:b, s:s*}", "do", "register.import",
				       "register", shown->name, "path", path, "apply", w->apply,
				       "sheet", w->sheet);
	free(path);
	if (!remote_call(args_data(w->data), rq, NULL, NULL, &reply, &e))
		return args_fail(&e);
	if (w->as_json)
		remote_print(reply);
	else
		print_import(reply);
	bool refused = json_get_integer(reply, "bad", 0) > 0;
	json_decref(reply);
	return refused ? 1 : 0;
}

static int list(const struct words *w)
{
	return remote_tell(w->data, json_pack("{s:s, s:s, s:s*}", "do", "register.list",
					      "register", shown->name, "row", w->row),
			   w->as_json, print_rows);
}

static int act(const struct words *w)
{
	static const struct {
		const char *name;
		int (*run)(const struct words *w);
	} actions[] = {{"list", list}, {"set", set}, {"strike", strike}, {"import", import}};
	const char *action = w->count > 1 ? w->list[1] : "list";
	struct err e = {0};

	for (size_t i = 0; i < sizeof(actions) / sizeof(actions[0]); i++)
		if (strcmp(actions[i].name, action) == 0)
			return actions[i].run(w);
	err_set(&e, ERR_USAGE, T("\"%.40s\": chọn list, set, strike hoặc import",
				 "\"%.40s\": choose list, set, strike or import"), action);
	return args_fail(&e);
}

int cmd_register(int argc, char **argv)
{
	struct words w = {0};
	struct err e = {0};
	const struct arg options[] = {{.name = "data", .value = &w.data, .path = true},
				      {.name = "row", .value = &w.row},
				      {.name = "reason", .value = &w.reason},
				      {.name = "sheet", .value = &w.sheet},
				      {.name = "json", .flag = &w.as_json},
				      {.name = "apply", .flag = &w.apply},
				      {.name = "export", .value = &w.path, .path = true},
				      {.name = "format", .value = &w.format},
				      {.name = "lang", .value = &w.lang},
				      {.name = "reply", .value = &w.reply},
				      {0}};

	if (!args_read(argc, argv, options, 0, ARGS_LIST_MAX, &w.list, &w.count, &e))
		return args_fail(&e);
	if (w.path != NULL || w.format != NULL) {
		cli_become_report(&e);
		return args_fail(&e);
	}
	if (w.count == 0)
		return remote_tell(w.data, json_pack("{s:s}", "do", "registers"), w.as_json,
				   print_registers);
	shown = register_find(w.list[0]);
	if (shown != NULL)
		return act(&w);
	err_set(&e, ERR_USAGE, T("không có sổ \"%.40s\"; xem các sổ: vangxa register",
				 "there is no register \"%.40s\"; to see them: vangxa register"),
		w.list[0]);
	return args_fail(&e);
}
