/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vangxa verify: recomputes everything that the log says, and names what differs. */
#include "base/json.h"
#include "base/text.h"
#include "cli/args.h"
#include "cli/cli.h"
#include "proof/verify.h"
#include "proof/verify_story.h"
#include "proof/verify_view.h"
#include "sys/disk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TOLD_MAX 20 /* differences that people are told; --json has more */

struct wish {
	const char *data, *key;
	bool log_only, json;
};

static void print_findings(const struct verdict *v)
{
	const struct finding *first = verdict_first(v);

	for (int i = 0; i < v->note_count; i++)
		printf(T("lưu ý: %s\n", "note: %s\n"), v->notes[i].text);
	if (first == NULL) {
		puts(T("Không có gì khác biệt.", "No difference."));
		return;
	}
	printf(T("KHÁC BIỆT đầu tiên: %s\n", "The first DIFFERENCE: %s\n"), first->text);
	for (int i = 0, told = 1; i < v->finding_count && told < TOLD_MAX; i++) {
		if (&v->findings[i] == first)
			continue;
		printf(T("khác biệt: %s\n", "difference: %s\n"), v->findings[i].text);
		told++;
	}
	if (v->differ > 1)
		printf(T("Tất cả: %lld khác biệt.\n", "%lld differences in all.\n"),
		       (long long)v->differ);
}

static void print(const struct verdict *v)
{
	for (int i = 0; i < VERDICT_CHECKS; i++) {
		char text[ERR_TEXT_BYTES];

		if (!v->checks[i].done)
			continue;
		verdict_check_text(v, (enum verdict_check)i, text);
		printf("%s %s\n",
		       v->checks[i].differ == 0 ? T("đúng ", "right") : T("KHÁC ", "WRONG"),
		       text);
	}
	print_findings(v);
}

/* How far the logs go, so that two people can tell whether they looked at the same. */
static json_t *logs_json(const struct verify *v)
{
	json_t *list = json_array();

	for (int i = 0; i < v->count; i++) {
		const struct verify_log *l = &v->logs[i];
		char root[HASH_TEXT_BYTES] = "";

		if (l->has_head)
			hash_print(&l->head.root, root);
		json_array_append_new(list, json_pack("{s:s, s:s, s:I, s:I, s:I, s:s}", "log",
			l->survey.log, "name", l->key.name, "base", (json_int_t)l->base,
			"entries", (json_int_t)l->survey.count, "signed",
			(json_int_t)(l->has_head ? l->head.size : 0), "root", root));
	}
	return list;
}

static void print_json(const struct verify *v, const struct verdict *verdict)
{
	json_t *o = verdict_json(verdict);
	char *text;

	json_object_set_new(o, "logs", logs_json(v));
	text = json_dumps(o, JSON_LINE);
	puts(text != NULL ? text : "{}");
	free(text);
	json_decref(o);
}

static void print_logs(const struct verify *v)
{
	for (int i = 0; i < v->count; i++) {
		const struct verify_log *l = &v->logs[i];
		char root[HASH_TEXT_BYTES] = "-";

		if (l->has_head)
			hash_print(&l->head.root, root);
		printf(T("%s: %s, %lld mục, đã ký %lld, gốc %s\n",
			 "%s: %s, %lld entries, signed %lld, root %s\n"),
		       l->survey.log, l->has_key ? l->key.name : "-", (long long)l->survey.count,
		       (long long)(l->has_head ? l->head.size : 0), root);
	}
}

/* A station at work holds its folder. */
static bool is_running(const char *data)
{
	struct disk_real disk;
	struct err e = {0};

	if (!disk_real_open(&disk, data, &e))
		return false;
	bool running = !disk_real_lock(&disk, &e) && e.kind == ERR_CONFLICT;
	disk_real_close(&disk);
	return running;
}

/* What stands on the log. On a damaged one nothing can stand. */
static bool verify_rest(const struct wish *w, const struct verify *v, bool running,
			struct verdict *verdict, struct err *e)
{
	char path[PATH_BYTES + 16];
	struct view *made = NULL;

	if (w->log_only)
		return true;
	if (verdict->checks[CHECK_ENTRIES].differ > 0) {
		verdict_note(verdict, "log-damaged", 0, "%s",
			     T("nhật ký hỏng: những gì dựa vào nó không được kiểm",
			       "the log is damaged: what stands on it was not looked at"));
		return true;
	}
	verify_story(v, running, verdict);
	snprintf(path, sizeof(path), "%s/view.sqlite", w->data);
	bool ok = verify_view(v, path, verdict, &made, e) &&
		  verify_sound(made, w->data, verdict, e);
	view_close(made);
	return ok;
}

static bool verify(const struct wish *w, struct verdict *verdict, struct err *e)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	struct verify_setup how = {.key = w->key, .threads = cores > 0 ? (int)cores : 1,
				   .running = is_running(w->data)};
	struct disk_real disk;
	struct verify v;

	if (!disk_real_open(&disk, w->data, e))
		return false;
	bool ok = verify_open(&v, &disk.disk, &how, verdict, e) || err_wrap(e, "%s", w->data);
	if (ok) {
		verify_logs(&v, &how, verdict);
		ok = verify_rest(w, &v, how.running, verdict, e);
		if (ok && w->json) {
			print_json(&v, verdict);
		} else if (ok) {
			print_logs(&v);
			print(verdict);
		}
		verify_close(&v);
	}
	disk_real_close(&disk);
	return ok;
}

int cmd_verify(int argc, char **argv)
{
	struct wish w = {0};
	struct verdict verdict;
	const char *data = NULL;
	char **words;
	int count;
	struct err e = {0};
	const struct arg options[] = {{.name = "data", .value = &data, .path = true},
				      {.name = "key", .value = &w.key},
				      {.name = "log-only", .flag = &w.log_only},
				      {.name = "json", .flag = &w.json},
				      {0}};

	if (!args_read(argc, argv, options, 0, 0, &words, &count, &e))
		return args_fail(&e);
	w.data = args_data(data);
	verdict_init(&verdict);
	bool ok = verify(&w, &verdict, &e);
	int status = ok ? (verdict.differ > 0 ? 3 : 0) : args_fail(&e);
	verdict_finish(&verdict);
	return status;
}
