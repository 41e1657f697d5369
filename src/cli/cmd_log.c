/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vangxa log: what aired and what did not, with reasons: for people, as JSON lines, or as CSV. */
#include "base/json.h"
#include "base/saying.h"
#include "base/text.h"
#include "base/utf8.h"
#include "cli/args.h"
#include "cli/cli.h"
#include "cli/station_tz.h"
#include "plan/cap.h"
#include "proof/afresh.h"
#include "proof/alarm.h"
#include "proof/entry.h"
#include "proof/entry_lists.h"
#include "proof/lag.h"
#include "proof/newest.h"
#include "proof/reader.h"
#include "proof/reason.h"
#include "proof/row.h"
#include "proof/sameness.h"
#include "proof/sheet.h"
#include "proof/zonelevel.h"
#include "sys/disk.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct log_command {
	const char *data, *from_text, *to_text;
	bool json, csv, events;
	struct tz tz;
	struct wall from, to;
	struct buf out;
	struct date day; /* the heading that stands above the last row */
	int sums[ROW_SUM_COUNT];
	struct checkpoint head; /* size 0: none */
};

static void flush(struct log_command *c)
{
	fwrite(buf_str(&c->out), 1, c->out.len, stdout);
	buf_reset(&c->out);
}

static const char *time_text(const struct log_command *c, int64_t ms, char out[static 32])
{
	out[0] = '\0';
	if (ms != 0)
		wall_print((struct wall){ms * NS_PER_MS}, &c->tz, out);
	return out;
}

static bool json_row(const struct airing_row *r, void *arg)
{
	struct log_command *c = arg;
	json_t *o = row_airing_json(r, &c->tz);
	char *text = json_dumps(o, JSON_LINE);

	if (text != NULL)
		puts(text);
	free(text);
	json_decref(o);
	return text != NULL;
}

static bool csv_row(const struct airing_row *r, void *arg)
{
	struct log_command *c = arg;

	sheet_row(&c->out, r, &c->tz, &c->head);
	flush(c);
	return true;
}

/* Pads by characters: printf counts bytes, and Vietnamese has more of them. */
static void cell(struct buf *out, const char *text, size_t width)
{
	buf_print(out, "%s  ", text);
	for (size_t len = utf8_length(text); len < width; len++)
		buf_text(out, " ");
}

static void heading(struct log_command *c, struct date day)
{
	char text[11];

	if (date_compare(day, c->day) == 0)
		return;
	date_print(day, text);
	buf_print(&c->out, "%s%s\n", c->day.year != 0 ? "\n" : "", text);
	c->day = day;
}

/* What the clock showed stands in its column; beside it, what it should have shown. */
static void add_corrected(struct log_command *c, int64_t ms)
{
	char time[32];

	if (ms != 0)
		buf_print(&c->out, T(" [giờ đúng: %.10s %.8s]", " [corrected: %.10s %.8s]"),
			  time_text(c, ms, time), time + 11);
}

static void add_proof(struct log_command *c, const struct airing_row *r)
{
	json_t *levels = zonelevel_read(r->by_zone, r->checked), *said = row_recorded(r);
	char words[REASON_BYTES];

	saying_words(said, text_english(), words, sizeof(words));
	if (zonelevel_best(levels, r->proof)[0] != '\0') {
		buf_text(&c->out, "  [");
		zonelevel_tell(&c->out, levels, r->proof);
		buf_print(&c->out, said != NULL ? ": %s]" : "%s]", words);
	}
	json_decref(levels);
	json_decref(said);
}

static bool table_row(const struct airing_row *r, void *arg)
{
	struct log_command *c = arg;
	const char *why = reason_text(r->reason);
	int32_t second;
	char time[16], detail[REASON_BYTES];

	heading(c, tz_date(&c->tz, (struct wall){r->planned_ms * NS_PER_MS}, &second));
	snprintf(time, sizeof(time), "%02d:%02d:%02d", (int)(second / 3600),
		 (int)(second / 60 % 60), (int)(second % 60));
	buf_text(&c->out, "  ");
	cell(&c->out, time, 8);
	cell(&c->out, r->id, 7);
	cell(&c->out, reason_result_text(row_fate_of(r)), 16);
	buf_print(&c->out, "%s", row_place(r));
	if (row_title(r)[0] != '\0')
		buf_print(&c->out, " › %s", row_title(r));
	if (r->speaker[0] != '\0')
		buf_print(&c->out, " (%s)", r->speaker);
	if (why[0] != '\0')
		buf_print(&c->out, " — %s", why);
	saying_tell(r->detail, detail, sizeof(detail));
	if (detail[0] != '\0')
		buf_print(&c->out, " (%s)", detail);
	add_corrected(c, row_corrected_ms(r, r->start_ms != 0 ? r->start_ms : r->planned_ms));
	add_proof(c, r);
	buf_text(&c->out, "\n");
	c->sums[row_sum(r)]++;
	flush(c);
	return true;
}

static void say_code(json_t *entry, const char *key, const char *group)
{
	char code[64];

	snprintf(code, sizeof(code), "%s.%s", group, json_get_text(entry, key, ""));
	json_object_set_new(entry, key, json_pack("{s:o}", "code", json_text(code)));
}

/* One that could not be read has no name of its own. */
static void say_cap(json_t *entry)
{
	const char *why = json_get_text(entry, "reason", "");
	char words[REASON_BYTES];

	snprintf(words, sizeof(words), "(%s)", cap_why(why));
	json_object_set_new(entry, "reason", json_text(why[0] != '\0' ? words : ""));
	if (json_get_text(entry, "identifier", "")[0] == '\0')
		json_object_set_new(entry, "identifier",
				    json_text(T("không đọc được mã", "without a readable name")));
	snprintf(words, sizeof(words), "<%s>", json_get_text(entry, "sender", ""));
	if (words[1] != '>')
		json_object_set_new(entry, "sender", json_text(words));
	say_code(entry, "verdict", "cap");
}

/* Some zones of an airing alone: the entry names them. */
static void say_where(json_t *entry)
{
	struct buf where = {0};
	const char *word = T(" ở ", " in ");
	json_t *zone;
	size_t i;

	json_array_foreach(json_object_get(entry, "zones"), i, zone) {
		buf_print(&where, "%s%s", word, json_string_value(zone));
		word = ", ";
	}
	json_object_set_new(entry, "where", json_text(buf_str(&where)));
	buf_finish(&where);
}

static void say_alarm(const char *kind, json_t *entry)
{
	if (strncmp(kind, "plan.", 5) == 0)
		say_where(entry);
	if (strcmp(kind, KIND_BROKEN) == 0)
		say_code(entry, "rule", "rule");
	else if (strcmp(kind, KIND_DROPPED) == 0)
		json_object_set_new(entry, "reason",
				    json_text(reason_text(json_get_text(entry, "reason", ""))));
	else if (strcmp(kind, KIND_CAP_RECEIVED) == 0)
		say_cap(entry);
}

/* "what" is a word for programs; people read the saying behind it. */
static void say_what(const char *kind, json_t *entry)
{
	bool account = strcmp(kind, KIND_ACCOUNT) == 0;

	say_alarm(kind, entry);
	if (strcmp(kind, KIND_REMOVED) == 0)
		say_code(entry, "why", "removed");
	if (strcmp(kind, KIND_REGISTER) == 0)
		say_code(entry, "register", "register");
	if (strcmp(kind, KIND_DEADLINE) == 0)
		say_code(entry, "state", "deadline");
	if (strcmp(kind, KIND_DUPLICATE) == 0)
		say_code(entry, "decision", "duplicate");
	if (account || strcmp(kind, KIND_VIEWED) == 0)
		say_code(entry, "what", account ? "account" : "viewed");
}

/* What a newer program wrote, and we have no words for, is shown as it stands. */
static void tell_event(const struct event_row *r)
{
	struct err ignored;
	json_t *entry = json_read(r->text, strlen(r->text), &ignored);
	const char *who = json_get_text(entry, "who", "");
	char words[2 * REASON_BYTES];

	json_object_set_new(entry, "code", json_string(r->kind));
	say_what(r->kind, entry);
	saying_words(entry, text_english(), words, sizeof(words));
	for (size_t len = strlen(words); len > 0 && words[len - 1] == ' '; len--)
		words[len - 1] = '\0'; /* of a figure that is not there */
	if (strcmp(words, r->kind) == 0)
		printf("%s %s", r->kind, r->text);
	else
		fputs(words, stdout);
	if (who[0] != '\0' && strcmp(who, "station") != 0)
		printf(" – %s", who);
	json_decref(entry);
}

static bool event_row(const struct event_row *r, void *arg)
{
	struct log_command *c = arg;
	char at[32];

	if (r->text[0] == '\0') /* an airing: not asked for here */
		return true;
	if (c->json) {
		printf("%s\n", r->text);
		return true;
	}
	time_text(c, r->at_ms, at);
	printf("%.10s %.8s  ", at, strlen(at) > 11 ? at + 11 : "");
	tell_event(r);
	add_corrected(c, r->corrected ? r->at_ms + r->offset_ms : 0);
	buf_text(&c->out, "\n");
	flush(c);
	return true;
}

static void print_sums(const struct log_command *c)
{
	printf(T("%s%d lần phát đủ, %d lần phát thiếu, %d lần không phát",
		 "%s%d aired in full, %d in part, %d not aired"),
	       c->day.year != 0 ? "\n" : "", c->sums[ROW_AIRED], c->sums[ROW_IN_PART],
	       c->sums[ROW_NOT_AIRED]);
	if (c->sums[ROW_UNSURE] > 0)
		printf(T(", %d lần chưa chắc đủ", ", %d not surely whole"), c->sums[ROW_UNSURE]);
	if (c->sums[ROW_UNSENT] > 0)
		printf(T(", %d lần không ra loa", ", %d to no loudspeaker"), c->sums[ROW_UNSENT]);
	if (c->sums[ROW_UNKNOWN] > 0)
		printf(T(", %d lần đứt giữa chừng, không rõ đã phát được bao nhiêu",
			 ", %d interrupted, nobody knows how far they came"),
		       c->sums[ROW_UNKNOWN]);
	if (c->sums[ROW_ON_AIR] > 0)
		printf(T(", %d lần đang phát", ", %d on air"), c->sums[ROW_ON_AIR]);
	puts(".");
}

/* Whoever keeps what was printed can show later that nothing was taken out of the log. */
static void print_head(const struct log_command *c)
{
	char root[HASH_TEXT_BYTES];

	if (c->head.size == 0)
		return;
	hash_print(&c->head.root, root);
	printf(T("Sổ nhật ký %s: %" PRId64 " mục đã ký, mã gốc %s\n",
		 "Log %s: %" PRId64 " entries signed, root %s\n"),
	       c->head.origin, c->head.size, root);
}

static void read_head(struct log_command *c, const char *data)
{
	struct disk_real disk;
	struct err none = {0};

	if (!disk_real_open(&disk, data, &none))
		return;
	if (!newest_head(&disk.disk, &c->head, &none))
		c->head.size = 0;
	disk_real_close(&disk);
}

static bool print_rows(struct log_command *c, struct view *v, struct err *e)
{
	if (c->events)
		return reader_events(v, c->from, c->to, event_row, c, e);
	if (c->csv) {
		sheet_head(&c->out, &c->head);
		flush(c);
		return reader_airings(v, c->from, c->to, csv_row, c, e);
	}
	if (c->json)
		return reader_airings(v, c->from, c->to, json_row, c, e);
	if (!reader_airings(v, c->from, c->to, table_row, c, e))
		return false;
	print_sums(c);
	print_head(c);
	return true;
}

/* Of the log, not of the view that lies beside it: who reads this may rely on it. */
static bool print(struct log_command *c, struct view *have, const char *data, struct err *e)
{
	struct disk_real disk;
	struct view *made;

	if (!disk_real_open(&disk, data, e))
		return false;
	bool ok = afresh_make(&made, have, &disk.disk, c->from, c->to, e);
	disk_real_close(&disk);
	if (!ok)
		return false;
	ok = print_rows(c, made, e);
	reader_close(made);
	return ok;
}

static bool not_a_time(const char *option, const char *text, struct err *e)
{
	return err_set(e, ERR_USAGE,
		       T("--%s %s: không phải thời điểm; viết như 2026-11-23 hoặc 2026-11-23T05:30",
			 "--%s %s: not a time; write it like 2026-11-23 or 2026-11-23T05:30"),
		       option, text);
}

/* A day is meant whole, as pack and report take it. */
static bool read_end(struct log_command *c)
{
	struct date day;

	if (!date_parse(c->to_text, &day))
		return wall_parse(c->to_text, &c->tz, &c->to);
	c->to = tz_wall(&c->tz, date_add_days(day, 1), 0);
	return true;
}

static bool read_times(struct log_command *c, struct err *e)
{
	c->from.ns = 0;
	c->to.ns = INT64_MAX;
	if (c->from_text != NULL && !wall_parse(c->from_text, &c->tz, &c->from))
		return not_a_time("from", c->from_text, e);
	if (c->to_text != NULL && !read_end(c))
		return not_a_time("to", c->to_text, e);
	if (c->to.ns <= c->from.ns)
		return err_set(e, ERR_USAGE,
			       T("--to phải sau --from", "--to must be after --from"));
	if (c->json && c->csv)
		return err_set(e, ERR_USAGE, "--json --csv: %s",
			       T("chỉ chọn một", "choose one of them"));
	if (c->events && c->csv) /* a sheet has the columns of airings */
		return err_set(e, ERR_USAGE, "--events --csv: %s",
			       T("chỉ chọn một", "choose one of them"));
	return true;
}

static bool run(struct log_command *c, struct err *e)
{
	const char *data = args_data(c->data);
	char path[PATH_BYTES + 16];
	struct view *v;

	snprintf(path, sizeof(path), "%s/view.sqlite", data);
	if (!station_tz(&c->tz, data, e) || !read_times(c, e) || !reader_open(&v, path, e))
		return false;
	lag_warn(data, v);
	read_head(c, data);
	bool ok = print(c, v, data, e);
	reader_close(v);
	buf_finish(&c->out);
	return ok && (fflush(stdout) == 0 || err_errno(e, "stdout"));
}

int cmd_log(int argc, char **argv)
{
	struct log_command c = {0};
	const struct arg options[] = {
		{.name = "data", .value = &c.data, .path = true},
		{.name = "from", .value = &c.from_text},
		{.name = "to", .value = &c.to_text},
		{.name = "json", .flag = &c.json},
		{.name = "csv", .flag = &c.csv},
		{.name = "events", .flag = &c.events},
		{0},
	};
	struct err e;

	if (!args_read(argc, argv, options, 0, 0, NULL, NULL, &e) || !run(&c, &e))
		return args_fail(&e);
	return 0;
}
