/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vangxa emergency: the siren at once, then a message; a drill; its end. */
#include "base/json.h"
#include "base/text.h"
#include "cli/args.h"
#include "cli/cli.h"
#include "cli/remote.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct wish {
	const char *data, *by, *reason, *zone, *repeat, *until, *text;
	bool over_cut, drill, end, as_json;
	const char *what; /* a file, or a bulletin's or emergency's id; NULL none */
};

/* "B17", "K42". */
static bool is_id(const char *text, char letter)
{
	return text != NULL && text[0] == letter && text[1] != '\0' &&
	       strspn(text + 1, "0123456789") == strlen(text + 1);
}

static void print_cut(const json_t *m)
{
	const json_t *cut;
	size_t i;

	json_array_foreach(json_object_get(m, "cut"), i, cut) {
		const char *at = json_get_text(cut, "at", "");
		printf(T("  cụm %s IM LẶNG: %s đã ngắt lúc %.8s; phát cả ở đó: --over-cut\n",
			 "  zone %s IS SILENT: cut by %s at %.8s; to sound there too: "
			 "--over-cut\n"),
		       json_get_text(cut, "zone", ""), json_get_text(cut, "who", ""),
		       strlen(at) > 19 ? at + 11 : at);
	}
}

static void print_one(const json_t *m)
{
	const char *id = json_get_text(m, "id", "");
	bool drill = json_get_bool(m, "drill", false);
	const json_t *zone;
	size_t i;

	printf("%s %s:", drill ? T("Diễn tập", "Drill") : T("KHẨN CẤP", "EMERGENCY"), id);
	json_array_foreach(json_object_get(m, "zones"), i, zone)
		printf("%s %s", i > 0 ? "," : "", json_string_value(zone));
	putchar('\n');
	print_cut(m);
	if (json_get_text(m, "text", "")[0] != '\0')
		puts(T("  lời đang được đọc thành tiếng, phát ngay sau còi",
		       "  the text is being read aloud and follows the siren"));
	if (id[0] == '\0')
		puts(T("  chưa ghi được nhật ký (đĩa?); sẽ ghi khi được",
		       "  not in the log yet (the disk?); it will be when that is possible"));
}

static void print_ended(bool left)
{
	if (left)
		puts(T("Đã kết thúc; còn lệnh khẩn cấp khác: vangxa status",
		       "Ended; there is another emergency still: vangxa status"));
	else
		puts(T("Đã kết thúc; lịch phát tiếp tục", "Ended; the timetable goes on"));
}

static bool call(const struct wish *w, json_t *rq, json_t **reply, struct err *e)
{
	return remote_call_soon(args_data(w->data), rq, reply, e);
}

/* The siren sounds meanwhile: decoding a file takes its time. */
static bool send_file(const struct wish *w, const char *path, const char *emergency,
		      struct err *e)
{
	json_t *reply, *rq;

	rq = json_pack("{s:s, s:s, s:s, s:s, s:s}", "do", "bulletin.add", "path", path, "title",
		       w->reason, "level", "khan-cap", "kind", "thong-bao");
	if (rq == NULL || !call(w, rq, &reply, e))
		return false;
	rq = json_pack("{s:s, s:s, s:O}", "do", "emergency.message", "emergency", emergency,
		       "bulletin", json_object_get(json_object_get(reply, "bulletin"), "id"));
	json_decref(reply);
	if (rq == NULL || !call(w, rq, &reply, e))
		return false;
	json_decref(reply);
	return true;
}

/* Before the siren: a name typed wrong would leave it without words, and those of the next order
 * waiting behind it. */
static bool find_file(const char *what, char path[static PATH_MAX], struct err *e)
{
	if (realpath(what, path) != NULL && access(path, R_OK) == 0)
		return true;
	err_errno(e, "%s", what);
	err_wrap(e, T("chưa phát gì", "nothing sounds yet"));
	return false;
}

static bool raise_one(const struct wish *w, json_t **reply, struct err *e)
{
	bool file = w->what != NULL && !is_id(w->what, 'B');
	char path[PATH_MAX];

	if (file && !find_file(w->what, path, e))
		return false;
	json_t *rq = json_pack("{s:s, s:s*, s:s*, s:s*, s:s*, s:s*, s:s*, s:s*, s:b, s:b, s:b}",
			       "do",
			       "emergency", "by", w->by, "reason", w->reason, "zone", w->zone,
			       "repeat", w->repeat, "until", w->until, "bulletin",
			       file ? NULL : w->what, "text", w->text,
			       "over_cut", w->over_cut, "drill", w->drill,
			       "waits", file);

	if (!call(w, rq, reply, e))
		return false;
	const json_t *m = json_object_get(*reply, "emergency");
	if (file && !send_file(w, path, json_get_text(m, "id", ""), e)) {
		err_wrap(e, T("còi đang phát, nhưng chưa có lời: phát một bản tin bằng vangxa "
			      "emergency B…, hoặc kết thúc bằng vangxa emergency --end",
			      "the siren sounds, but without a message: raise one with a bulletin "
			      "(vangxa emergency B…), or end this (vangxa emergency --end)"));
		return false;
	}
	return true;
}

static bool end_one(const struct wish *w, json_t **reply, struct err *e)
{
	return call(w, json_pack("{s:s, s:s*, s:s*}", "do", "emergency.end", "emergency", w->what,
				 "reason", w->reason), reply, e);
}

int cmd_emergency(int argc, char **argv)
{
	struct wish w = {0};
	char **words;
	int count;
	struct err e = {0};
	json_t *reply;
	const struct arg options[] = {{.name = "data", .value = &w.data, .path = true},
				      {.name = "by", .value = &w.by},
				      {.name = "text", .value = &w.text},
				      {.name = "reason", .value = &w.reason},
				      {.name = "zone", .value = &w.zone},
				      {.name = "repeat", .value = &w.repeat},
				      {.name = "until", .value = &w.until},
				      {.name = "over-cut", .flag = &w.over_cut},
				      {.name = "drill", .flag = &w.drill},
				      {.name = "end", .flag = &w.end},
				      {.name = "json", .flag = &w.as_json},
				      {0}};

	if (!args_read(argc, argv, options, 0, 1, &words, &count, &e))
		return args_fail(&e);
	w.what = count > 0 ? words[0] : NULL;
	if (!(w.end ? end_one(&w, &reply, &e) : raise_one(&w, &reply, &e)))
		return args_fail(&e);
	if (w.as_json)
		remote_print(reply);
	else if (w.end)
		print_ended(json_get_bool(reply, "left", false));
	else
		print_one(json_object_get(reply, "emergency"));
	json_decref(reply);
	return 0;
}
