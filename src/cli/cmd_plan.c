/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vangxa plan, check. */
#include "base/json.h"
#include "base/text.h"
#include "cli/args.h"
#include "cli/cli.h"
#include "cli/faulty.h"
#include "cli/remote.h"
#include "base/buf.h"
#include "plan/check.h"
#include "plan/plan_json.h"
#include "plan/plan_text.h"
#include "station/machine.h"
#include "station/world.h"

#include <stdio.h>
#include <stdlib.h>
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
	if (ok && as_json) {
		json_t *all = plan_json(&plan, &w.input, from, to);
		remote_print(all);
		json_decref(all);
	} else if (ok) {
		struct buf text = {0};
		plan_text(&text, &plan, &w.input);
		fputs(buf_str(&text), stdout);
		buf_finish(&text);
	}
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
		if (f->list[i].line > 0)
			printf("%s:%d: %s: %s\n", f->list[i].file, f->list[i].line, grade,
			       f->list[i].text);
		else
			printf("%s: %s: %s\n", f->list[i].file, grade, f->list[i].text);
	}
	return f->count;
}

int cmd_check(int argc, char **argv)
{
	const char *data = NULL;
	struct err e = {0};
	struct world w = {0};
	struct faults faults = {0};
	const struct arg options[] = {{.name = "data", .value = &data, .path = true}, {0}};

	if (!args_read(argc, argv, options, 0, 0, NULL, NULL, &e))
		return args_fail(&e);
	const char *dir = args_data(data);
	if (!world_open(&w, dir, &faults, &e)) {
		print_faults(&faults);
		faults_finish(&faults);
		return args_fail(&e);
	}
	struct wall now = {(int64_t)time(NULL) * NS_PER_S};
	check_plan(&w.input, now, &w.files->faults);
	machine_check(dir, &w.files->settings, &w.files->faults);
	machine_check_masters(dir, &w, now, &w.files->faults);
	int count = print_faults(&w.files->faults);
	if (count == 0)
		puts(T("Không có lỗi nào.", "No faults."));
	world_finish(&w);
	return count == 0 ? 0 : 1;
}
