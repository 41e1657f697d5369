/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vangxa plan, check. */
#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "cli/args.h"
#include "cli/cli.h"
#include "cli/keptline.h"
#include "cli/faulty.h"
#include "base/buf.h"
#include "plan/check.h"
#include "plan/days_json.h"
#include "plan/plan_json.h"
#include "plan/plan_text.h"
#include "station/confirmed.h"
#include "station/machine.h"
#include "station/world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define DAY_NS (86400 * NS_PER_S)

static bool not_a_time(const char *option, const char *text, struct err *e)
{
	return err_set(e, ERR_USAGE,
		       T("--%s %s: không phải thời điểm; viết như 2026-11-23 hoặc 2026-11-23T05:30",
			 "--%s %s: not a time; write it like 2026-11-23 or 2026-11-23T05:30"),
		       option, text);
}

/* Whole days, and nothing behind the number. */
static bool read_days(const char *text, long *days, struct err *e)
{
	char *end = NULL;

	*days = text != NULL ? strtol(text, &end, 10) : 1;
	if (*days >= 1 && *days <= PLAN_DAYS_MAX && (end == NULL || *end == '\0'))
		return true;
	return err_set(e, ERR_USAGE, T("--days %s: một số ngày từ 1 đến %d",
				       "--days %s: a number of days, 1 to %d"),
		       text, PLAN_DAYS_MAX);
}

static bool read_span(const struct tz *tz, const char *from_text, const char *to_text,
		      const char *days_text, struct wall *from, struct wall *to, struct err *e)
{
	struct wall now = {(int64_t)time(NULL) * NS_PER_S};
	long days;

	*from = tz_wall(tz, tz_date(tz, now, NULL), 0);
	if (from_text != NULL && !wall_parse(from_text, tz, from))
		return not_a_time("from", from_text, e);
	if (!read_days(days_text, &days, e))
		return false;
	*to = wall_add_ns(*from, days * DAY_NS);
	if (to_text != NULL && !wall_parse(to_text, tz, to))
		return not_a_time("to", to_text, e);
	if (to->ns <= from->ns)
		return err_set(e, ERR_USAGE,
			       T("--to phải sau --from", "--to must be after --from"));
	return true;
}

#define WRITE_BYTES (64 << 10) /* of text gathered before it is written */

/* A year of a busy station is 50 MB of text and 300 MB of JSON: neither is held at once. */
static void print_text(const struct plan *p, const struct plan_input *in, struct wall from,
		       struct wall to)
{
	const struct tz *tz = &in->settings->tz;
	struct date next = tz_date(tz, from, NULL);
	struct date end = date_add_days(tz_date(tz, wall_add_ns(to, -1), NULL), 1);
	struct buf text = {0};

	for (int i = 0; i < p->count; i++) {
		struct date day = tz_date(tz, p->list[i].start, NULL);
		if (plan_text_silent(&text, in, next, day, i == 0) > 0 && i == 0)
			buf_text(&text, "\n");
		next = date_add_days(day, 1);
		plan_text_occurrence(&text, p, i, in);
		if (text.len < WRITE_BYTES)
			continue;
		fwrite(buf_str(&text), 1, text.len, stdout);
		buf_reset(&text);
	}
	if (plan_text_silent(&text, in, next, end, p->count == 0) == 0 && p->count == 0)
		plan_text_nothing(&text);
	fwrite(buf_str(&text), 1, text.len, stdout);
	buf_finish(&text);
}

/* The value (takes the reference) as remote_print would print it so deep inside another. */
static void print_inner(json_t *value, const char *indent)
{
	char *text = json_dumps(value, JSON_INDENT(2) | JSON_SORT_KEYS | JSON_REAL_PRECISION(15) |
					       JSON_ENCODE_ANY);

	must(text != NULL);
	for (char *line = text, *end;; line = end + 1) {
		end = strchrnul(line, '\n');
		fwrite(line, 1, (size_t)(end - line), stdout);
		if (*end == '\0')
			break;
		printf("\n%s", indent);
	}
	free(text);
	json_decref(value);
}

/* What plan_json makes, one occurrence at a time. */
static void print_json(const struct plan *p, const struct plan_input *in, struct wall from,
		       struct wall to)
{
	const struct tz *tz = &in->settings->tz;

	printf("{\n  \"days\": ");
	print_inner(days_json(in, from, to), "  ");
	printf(",\n  \"from\": ");
	print_inner(json_time(from, tz), "");
	printf(",\n  \"occurrences\": [");
	for (int i = 0; i < p->count; i++) {
		printf("%s\n    ", i > 0 ? "," : "");
		print_inner(plan_json_occurrence(&p->list[i], in), "    ");
	}
	printf("%s],\n  \"to\": ", p->count > 0 ? "\n  " : "");
	print_inner(json_time(to, tz), "");
	printf("\n}\n");
}

int cmd_plan(int argc, char **argv)
{
	const char *data = NULL, *from_text = NULL, *to_text = NULL, *days = NULL;
	bool as_json = false;
	struct err e = {0};
	struct world w;
	struct wall from = {0}, to = {0};
	struct plan plan = {0};
	const struct arg options[] = {
		{.name = "data", .value = &data, .path = true},
		{.name = "from", .value = &from_text},
		{.name = "to", .value = &to_text},
		{.name = "days", .value = &days},
		{.name = "json", .flag = &as_json},
		{0}};

	if (!args_read(argc, argv, options, 0, 0, NULL, NULL, &e))
		return args_fail(&e);
	if (!world_open(&w, args_data(data), NULL, &e))
		return args_fail(&e);
	/* A script shall not take a plan for whole in which a timetable is missing. */
	int left_out = faulty_tell(&w.files->faults, args_data(data), stderr);
	bool ok = read_span(&w.files->settings.tz, from_text, to_text, days, &from, &to, &e) &&
		  plan_make(&plan, &w.input, from, to, &e);
	if (ok && as_json)
		print_json(&plan, &w.input, from, to);
	else if (ok)
		print_text(&plan, &w.input, from, to);
	plan_finish(&plan);
	world_finish(&w);
	if (!ok)
		return args_fail(&e);
	return left_out > 0 ? 1 : 0;
}

static int print_faults(const struct faults *f)
{
	for (int i = 0; i < f->count; i++) {
		const char *grade = f->list[i].grade == FAULT_ERROR ? T("lỗi", "error")
								    : T("lưu ý", "warning");
		char place[PATH_BYTES + 16];
		fault_place(&f->list[i], place);
		printf("%s: %s: %s\n", place, grade, fault_text(&f->list[i]));
	}
	return f->count;
}

static void print_kept(const char *dir, const struct settings *s, struct wall now)
{
	json_t *keep = machine_keep(dir, s, now);
	struct buf line = {0};

	if (keep == NULL)
		return;
	keptline_add(keep, &line);
	fputs(buf_str(&line), stdout);
	buf_finish(&line);
	json_decref(keep);
}

/* No fault, for a station may want none; but then nobody notices a slot typed for 03:15. */
static void print_quiet(const struct settings *s)
{
	if (s->has_quiet)
		return;
	printf(T("%s: chưa có giờ yên tĩnh: khung giờ gõ nhầm vào ban đêm (03:15) sẽ phát mà không "
		 "ai được hỏi; thêm dòng quiet: {from: \"21:00\", to: \"05:00\"}\n",
		 "%s: there are no quiet hours: a slot typed for the night by mistake (03:15) airs "
		 "and nobody is asked; add the line quiet: {from: \"21:00\", to: \"05:00\"}\n"),
	       s->file);
}

int cmd_check(int argc, char **argv)
{
	const char *data = NULL;
	struct err e = {0};
	struct world w = {0};
	struct faults faults = {0};
	char print[CERT_PRINT_BYTES];
	const struct arg options[] = {{.name = "data", .value = &data, .path = true}, {0}};

	if (!args_read(argc, argv, options, 0, 0, NULL, NULL, &e))
		return args_fail(&e);
	const char *dir = args_data(data);
	if (!world_open(&w, dir, &faults, &e)) {
		int told = print_faults(&faults);
		faults_finish(&faults);
		/* That there are faults, they say themselves. */
		return told > 0 ? 1 : args_fail(&e);
	}
	struct wall now = {(int64_t)time(NULL) * NS_PER_S};
	confirmed_check_kept(w.files, dir);
	check_plan(&w.input, now, &w.files->faults);
	machine_check(dir, &w.files->settings, &w.files->faults);
	machine_check_seeds(dir, &w.files->settings, &w.files->faults);
	machine_check_codes(dir, &w.files->schedule, &w.files->faults);
	machine_check_masters(dir, &w, now, &w.files->faults);
	machine_check_approvers(dir, &w.files->settings, &w.files->faults);
	machine_check_cert(dir, now, print, &w.files->faults);
	int count = print_faults(&w.files->faults);
	if (print[0] != '\0')
		printf(T("Vân tay chứng chỉ TLS (SHA-256): %s\n",
			 "Fingerprint of the TLS certificate (SHA-256): %s\n"), print);
	print_kept(dir, &w.files->settings, now);
	print_quiet(&w.files->settings);
	if (count == 0)
		puts(T("Không có lỗi nào.", "No faults."));
	world_finish(&w);
	return count == 0 ? 0 : 1;
}
