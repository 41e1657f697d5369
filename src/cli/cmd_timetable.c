/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vangxa timetable list|show|check|put|history|skip|pause|back: what the page does with timetables,
 * for who sits at the machine. */
#include "base/buf.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"
#include "cli/args.h"
#include "cli/cli.h"
#include "cli/remote.h"
#include "cli/station_tz.h"
#include "plan/ics_table.h"
#include "sys/errand.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct words {
	const char *data, *version, *was, *slot, *date, *from, *to, *reason;
	bool as_json;
	char **rest; /* behind the verb */
	int count;
};

/* Sends it; the reply's, NULL when refused, which is told. */
static json_t *ask(const struct words *w, json_t *rq, struct err *e)
{
	json_t *reply;

	return remote_call(args_data(w->data), rq, NULL, NULL, &reply, e) ? reply : NULL;
}

/* A file of any kind, "-" for what is piped in; its text must be UTF-8 to be sent. */
static bool read_text(const char *path, struct buf *text, struct err *e)
{
	char piece[4096];
	ssize_t n;
	int fd = strcmp(path, "-") == 0 ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return err_errno(e, "%s", path);
	while ((n = read(fd, piece, sizeof(piece))) > 0 || (n < 0 && errno == EINTR)) {
		if (n > 0)
			buf_add(text, piece, (size_t)n);
		if (text->len > TIMETABLE_TEXT_BYTES_MAX)
			break; /* the station says so, in its words */
	}
	bool ok = n >= 0 || err_errno(e, "%s", path);
	close(fd);
	return ok;
}

/* "lich/hang-ngay.yaml" → "hang-ngay": the name that a file has by itself. */
static void stem(const char *path, char name[static PATH_BYTES])
{
	const char *slash = strrchr(path, '/'), *base = slash != NULL ? slash + 1 : path;
	const char *end = strrchr(base, '.');

	snprintf(name, PATH_BYTES, "%.*s", (int)(end != NULL ? (size_t)(end - base) : strlen(base)),
		 base);
}

/* True if one of them is an error. */
static bool print_faults(const json_t *reply)
{
	const json_t *f;
	bool error = false;
	size_t i;

	json_array_foreach(json_object_get(reply, "faults"), i, f) {
		bool bad = strcmp(json_get_text(f, "grade", ""), "error") == 0;
		error |= bad;
		fprintf(stderr, "vangxa: %s:%d: %s: %s\n", json_get_text(f, "file", ""),
			(int)json_get_number(f, "line", 0),
			bad ? T("lỗi", "error") : T("lưu ý", "warning"),
			json_get_text(f, "text", ""));
	}
	return error;
}

static void print_effect(const json_t *effect)
{
	const json_t *change;
	size_t i;

	if (effect == NULL || json_is_null(effect))
		return;
	if (json_get_bool(effect, "same", false))
		puts(T("7 ngày tới phát như cũ.", "The next 7 days air as before."));
	json_array_foreach(json_object_get(effect, "changes"), i, change)
		printf("%s %s\n", json_get_bool(change, "grave", false) ? "!" : "-",
		       json_get_text(json_object_get(change, "texts"), T("vi", "en"), ""));
	int more = (int)json_get_number(effect, "more", 0);
	if (more > 0)
		printf(T("… và %d điều khác.\n", "… and %d more.\n"), more);
}

/* Of a preview or of saving; takes the reply. */
static int finish(const struct words *w, json_t *reply, bool saving)
{
	bool faulty = print_faults(reply), saved = json_get_bool(reply, "saved", false);

	if (w->as_json)
		remote_print(reply);
	else if (!faulty)
		print_effect(json_object_get(reply, "effect"));
	if (!w->as_json && saved)
		printf("%s: %s\n", json_get_text(reply, "file", ""),
		       json_get_bool(reply, "in_force", false)
			       ? T("đã lưu, đài dùng từ bây giờ", "saved, in force from now on")
			       : T("đã lưu; có hiệu lực khi sửa xong lỗi ở các tệp khác, hoặc khi "
				   "đài chạy",
				   "saved; in force once the faults of other files are mended, or "
				   "the station runs"));
	else if (saving && faulty)
		fputs(T("vangxa: chưa lưu: sửa các lỗi trên rồi làm lại\n",
			"vangxa: not saved: mend the faults above and repeat\n"),
		      stderr);
	json_decref(reply);
	return faulty ? 1 : 0;
}

static int list(const struct words *w, struct err *e)
{
	json_t *reply = ask(w, json_pack("{s:s}", "do", "timetables"), e);
	const json_t *all = json_object_get(reply, "timetables"), *one;
	size_t i;

	if (reply == NULL)
		return args_fail(e);
	if (w->as_json)
		remote_print(all);
	else
		json_array_foreach(all, i, one)
			printf("%-20s %-14s %s\n",
			       json_get_text(one, "name", json_get_text(one, "file", "")),
			       !json_get_bool(one, "in_force", false)
				       ? T("chưa dùng: lỗi", "not in force")
			       : json_get_bool(one, "enabled", false)
				       ? T("đang dùng", "in force")
				       : T("tạm tắt", "switched off"),
			       json_get_text(one, "title", ""));
	json_decref(reply);
	return 0;
}

static int show(const struct words *w, struct err *e)
{
	json_t *reply = ask(w, json_pack("{s:s, s:s, s:s*}", "do", "timetable", "name", w->rest[0],
					 "version", w->version), e);

	if (reply == NULL)
		return args_fail(e);
	if (w->as_json)
		remote_print(reply);
	else
		fputs(json_get_text(reply, "text", ""), stdout);
	json_decref(reply);
	return 0;
}

static int history(const struct words *w, struct err *e)
{
	json_t *reply = ask(w, json_pack("{s:s, s:s}", "do", "timetable.history", "name",
					 w->rest[0]), e);
	const json_t *one;
	size_t i;

	if (reply == NULL)
		return args_fail(e);
	if (w->as_json)
		remote_print(json_object_get(reply, "versions"));
	else
		json_array_foreach(json_object_get(reply, "versions"), i, one) {
			const char *sha256 = json_get_text(one, "sha256", "");
			const char *who = json_get_text(one, "who", "");
			printf("%.19s  %-16s %s%s\n", json_get_text(one, "since", ""),
			       json_get_text(json_object_get(reply, "people"), who, who),
			       sha256[0] != '\0' ? sha256 : T("không có tệp này", "no such file"),
			       json_get_bool(one, "kept", false) || sha256[0] == '\0'
				       ? ""
				       : T(" (không còn giữ)", " (not kept)"));
		}
	json_decref(reply);
	return 0;
}

/* check FILE, check NAME FILE; put NAME FILE. */
static int offer(const struct words *w, bool saving, struct err *e)
{
	const char *path = w->rest[w->count - 1];
	char name[PATH_BYTES];
	struct buf text = {0};

	stem(path, name);
	bool ok = read_text(path, &text, e);
	json_t *rq = ok ? json_pack("{s:s, s:s, s:s%, s:s*}", "do",
				    saving ? "timetable.put" : "timetable.preview", "name",
				    w->count > 1 ? w->rest[0] : name, "text", buf_str(&text),
				    text.len, "was", w->was)
			: NULL;
	buf_finish(&text);
	if (ok && rq == NULL)
		ok = err_set(e, ERR_USAGE, T("%s: không phải văn bản UTF-8", "%s: not UTF-8 text"),
			     path);
	json_t *reply = ok ? ask(w, rq, e) : NULL;
	return reply != NULL ? finish(w, reply, saving) : args_fail(e);
}

/* Read by a process without rights: a calendar comes by mail, from anybody. */
static json_t *read_events(const char *path, struct err *e)
{
	char *const args[] = {(char *)"worker", (char *)"ics", (char *)T("vi", "en"),
			      NULL};
	const atomic_bool stop = false;
	struct buf text = {0}, said = {0};
	json_t *answer = NULL, *events = NULL;

	bool ok = read_text(path, &text, e) &&
		  errand_run(args, &text, 8 * ICS_BYTES_MAX, ICS_MS, &stop, &said, e);
	if (ok)
		answer = json_read(buf_str(&said), said.len, e);
	events = json_incref(json_object_get(answer, "events"));
	if (answer != NULL && events == NULL)
		err_set(e, ERR_REFUSED, "%s: %s", path, json_get_text(answer, "error", "?"));
	json_decref(answer);
	buf_finish(&text);
	buf_finish(&said);
	return events;
}

/* To stdout, for `check` and `put` to judge like any other timetable. */
static int import(const struct words *w, struct err *e)
{
	struct buf yaml = {0};
	json_t *left_out = json_array(), *events = NULL, *one;
	struct tz tz;
	char name[PATH_BYTES];
	size_t i;

	stem(w->rest[0], name);
	if (!station_tz(&tz, args_data(w->data), e) ||
	    (events = read_events(w->rest[0], e)) == NULL) {
		json_decref(left_out);
		return args_fail(e);
	}
	ics_table(events, &tz, name, &yaml, left_out);
	fputs(buf_str(&yaml), stdout);
	json_array_foreach(left_out, i, one)
		fprintf(stderr, T("vangxa: bỏ lại \"%s\": %s\n", "vangxa: left out \"%s\": %s\n"),
			json_get_text(one, "name", ""), json_get_text(one, "text", ""));
	int status = json_array_size(left_out) > 0 ? 3 : 0;
	buf_finish(&yaml);
	json_decref(events);
	json_decref(left_out);
	return status;
}

/* Two steps, as the page does: the new text with its effect, then saved if nobody was quicker. */
static int change(const struct words *w, const char *op, struct err *e)
{
	json_t *edit = json_pack("{s:s, s:s*, s:s*, s:s*, s:s*, s:s*}", "op", op, "slot", w->slot,
				 "date", w->date, "from", w->from, "to", w->to, "reason",
				 w->reason);
	json_t *made = ask(w, json_pack("{s:s, s:s, s:o}", "do", "timetable.edit", "name",
					w->rest[0], "edit", edit), e);

	if (made == NULL)
		return args_fail(e);
	json_t *put = json_pack("{s:s, s:s, s:O, s:O}", "do", "timetable.put", "name", w->rest[0],
				"text", json_object_get(made, "text"), "was",
				json_object_get(made, "was"));
	json_decref(made);
	json_t *reply = ask(w, put, e);
	return reply != NULL ? finish(w, reply, true) : args_fail(e);
}

enum verb { VERB_LIST, VERB_SHOW, VERB_CHECK, VERB_PUT, VERB_HISTORY, VERB_SKIP, VERB_PAUSE,
	    VERB_BACK, VERB_IMPORT, VERBS };

/* What each verb takes. Letters of options: v --version, w --was, s --slot, d --date, f --from,
 * t --to, r --reason; capitals must be given. */
static const struct {
	const char *name, *options;
	int least, most;
} verbs[VERBS] = {
	[VERB_LIST] = {"list", "", 0, 0},	   [VERB_SHOW] = {"show", "v", 1, 1},
	[VERB_CHECK] = {"check", "", 1, 2},	   [VERB_PUT] = {"put", "w", 2, 2},
	[VERB_HISTORY] = {"history", "", 1, 1},	   [VERB_SKIP] = {"skip", "SDr", 1, 1},
	[VERB_PAUSE] = {"pause", "SFtr", 1, 1},	   [VERB_BACK] = {"back", "SF", 1, 1},
	[VERB_IMPORT] = {"import", "", 1, 1},
};

static bool has(const char *options, const char *name, const char *value, struct err *e)
{
	bool must_be = strchr(options, name[0] - 'a' + 'A') != NULL;

	if (must_be && value == NULL)
		return err_set(e, ERR_USAGE,
			       T("timetable: thiếu --%s", "timetable: --%s is missing"),
			       name);
	return value == NULL || must_be || strchr(options, name[0]) != NULL ||
	       err_set(e, ERR_USAGE,
		       T("timetable: --%s không đi với việc này; xem: vangxa timetable --help",
			 "timetable: --%s does not go with this; see: vangxa timetable --help"),
		       name);
}

static bool options_fit(const struct words *w, const char *options, struct err *e)
{
	return has(options, "version", w->version, e) && has(options, "was", w->was, e) &&
	       has(options, "slot", w->slot, e) && has(options, "date", w->date, e) &&
	       has(options, "from", w->from, e) && has(options, "to", w->to, e) &&
	       has(options, "reason", w->reason, e);
}

static bool read_words(int argc, char **argv, struct words *w, enum verb *verb, struct err *e)
{
	const struct arg options[] = {{.name = "data", .value = &w->data, .path = true},
				      {.name = "version", .value = &w->version},
				      {.name = "was", .value = &w->was},
				      {.name = "slot", .value = &w->slot},
				      {.name = "date", .value = &w->date},
				      {.name = "from", .value = &w->from},
				      {.name = "to", .value = &w->to},
				      {.name = "reason", .value = &w->reason},
				      {.name = "json", .flag = &w->as_json},
				      {0}};

	if (!args_read(argc, argv, options, 1, 3, &w->rest, &w->count, e))
		return false;
	for (*verb = 0; *verb < VERBS && strcmp(verbs[*verb].name, w->rest[0]) != 0;)
		(*verb)++;
	w->rest++;
	w->count--;
	if (*verb == VERBS || w->count < verbs[*verb].least || w->count > verbs[*verb].most)
		return err_set(e, ERR_USAGE,
			       T("timetable list | show TÊN | check [TÊN] TỆP | put TÊN TỆP | "
				 "history TÊN | skip TÊN | pause TÊN | back TÊN | import TỆP.ics; "
				 "xem: vangxa "
				 "timetable --help",
				 "timetable list | show NAME | check [NAME] FILE | put NAME FILE | "
				 "history NAME | skip NAME | pause NAME | back NAME | "
				 "import FILE.ics; see: vangxa "
				 "timetable --help"));
	bool named = w->count > 0 && !(*verb == VERB_CHECK && w->count == 1) &&
		     *verb != VERB_IMPORT;
	return options_fit(w, verbs[*verb].options, e) &&
	       (!named || args_utf8(T("tên lịch phát", "the timetable"), w->rest[0], e));
}

int cmd_timetable(int argc, char **argv)
{
	struct words w = {0};
	struct err e = {0};
	enum verb verb;

	if (!read_words(argc, argv, &w, &verb, &e))
		return args_fail(&e);
	switch (verb) {
	case VERB_LIST:
		return list(&w, &e);
	case VERB_SHOW:
		return show(&w, &e);
	case VERB_HISTORY:
		return history(&w, &e);
	case VERB_IMPORT:
		return import(&w, &e);
	case VERB_CHECK:
	case VERB_PUT:
		return offer(&w, verb == VERB_PUT, &e);
	default:
		return change(&w, verbs[verb].name, &e);
	}
}
