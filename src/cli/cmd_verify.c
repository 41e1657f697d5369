/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vangxa verify: recomputes everything that the log says, and names what differs. */
#include "base/json.h"
#include "base/text.h"
#include "cli/args.h"
#include "cli/cli.h"
#include "cli/known_keys.h"
#include "cli/pack_check.h"
#include "cli/seen_heads.h"
#include "cli/verify_proof.h"
#include "proof/tlogproof.h"
#include "proof/verify.h"
#include "proof/verify_story.h"
#include "proof/verify_strange.h"
#include "proof/verify_tokens.h"
#include "proof/verify_view.h"
#include "station/explain.h"
#include "station/seen.h"
#include "sys/disk.h"

#include <fcntl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define TOLD_MAX 20 /* differences that people are told; --json has more */

struct wish {
	const char *data;
	struct known_keys known;
	struct seen_heads seen;
	bool log_only, json;
};

static void print_findings(const struct verdict *v)
{
	const struct finding *first = verdict_first(v);

	for (int i = 0; i < v->note_count; i++)
		printf(v->notes[i].grave ? T("CẢNH BÁO: %s\n", "WARNING: %s\n")
					 : T("lưu ý: %s\n", "note: %s\n"), v->notes[i].text);
	if (first == NULL && verdict_warns(v)) {
		puts(T("Những gì nằm ở đây khớp với nhau, nhưng có CẢNH BÁO ở trên.",
		       "What lies here agrees with itself, but there is a WARNING above."));
		return;
	}
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
		char root[HASH_TEXT_BYTES] = "", vkey[NOTE_KEY_BYTES] = "";

		if (l->has_head)
			hash_print(&l->head.root, root);
		if (l->has_key)
			note_verifier_print(&l->key, vkey);
		json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:I, s:I, s:I, s:s}",
			"log", l->survey.log, "name", l->key.name, "vkey", vkey, "base",
			(json_int_t)l->base, "entries", (json_int_t)l->survey.count, "signed",
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
		char root[HASH_TEXT_BYTES] = "-", vkey[NOTE_KEY_BYTES] = "-";

		if (l->has_head)
			hash_print(&l->head.root, root);
		if (l->has_key)
			note_verifier_print(&l->key, vkey);
		printf(T("%s: %s, %lld mục, đã ký %lld, gốc %s\n  khóa %s\n",
			 "%s: %s, %lld entries, signed %lld, root %s\n  key %s\n"),
		       l->survey.log, l->has_key ? l->key.name : "-", (long long)l->survey.count,
		       (long long)(l->has_head ? l->head.size : 0), root, vkey);
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

static struct wall now(void)
{
	return (struct wall){(int64_t)time(NULL) * NS_PER_S};
}

/* A folder at rest or at work, and whose. */
struct station_asked {
	const char *data;
	bool running;
};

static bool station_rest(const struct verify *v, void *arg, struct verdict *verdict, struct err *e)
{
	const struct station_asked *s = arg;
	char path[PATH_BYTES + 16];
	struct view *made = NULL;

	verify_copies(v, verdict);
	verify_story(v, s->running, verdict);
	verify_tokens(v, verdict);
	seen_verify(v, false, verdict);
	explain_airings(v, verdict);
	snprintf(path, sizeof(path), "%s/view.sqlite", s->data);
	bool ok = verify_view(v, path, verdict, &made, e) &&
		  verify_sound(made, s->data, verdict, e) &&
		  verify_kept(made, s->data, verdict, e) &&
		  verify_unknown(made, s->data, s->running, now(), verdict, e);
	view_close(made);
	return ok;
}

static void print_all(const struct verify *v, const struct verdict *verdict, void *arg)
{
	const struct wish *w = arg;

	if (w->json) {
		print_json(v, verdict);
		return;
	}
	print_logs(v);
	print(verdict);
}

static struct folder_check how_of(struct wish *w)
{
	return (struct folder_check){.name = w->data, .known = &w->known,
				     .seen = w->seen.heads, .seen_count = w->seen.count,
				     .log_only = w->log_only, .done = print_all, .arg = w};
}

static bool verify_pack(struct wish *w, int fd, struct verdict *verdict, struct err *e)
{
	struct folder_check how = how_of(w);
	struct unparcel u;

	if (!unparcel_open(&u, fd, e))
		return err_wrap(e, "%s", w->data);
	bool ok = pack_check(&u, &how, verdict, e);
	unparcel_close(&u);
	return ok;
}

enum shape { SHAPE_NONE, SHAPE_PROOF, SHAPE_PACK };

/* A proof is text and small, and is read here. */
static enum shape read_shape(int fd, struct buf *text, struct err *e)
{
	char piece[4096];
	ssize_t n = pread(fd, piece, sizeof(piece), 0);

	if (n < 0) {
		err_errno(e, "%s", T("không đọc được", "cannot be read"));
		return SHAPE_NONE;
	}
	if (!verify_proof_is(piece, (size_t)n))
		return pack_check_is(piece, (size_t)n, e) ? SHAPE_PACK : SHAPE_NONE;
	for (off_t at = 0; n > 0 && text->len <= TLOGPROOF_BYTES_MAX;
	     at += n, n = pread(fd, piece, sizeof(piece), at))
		buf_add(text, piece, (size_t)n);
	return SHAPE_PROOF;
}

static int verdict_status(bool ok, const struct verdict *verdict, const struct err *e)
{
	return ok ? (verdict->differ > 0 ? 3 : 0) : args_fail(e);
}

static int verify_file(struct wish *w, int fd)
{
	struct buf text = {0};
	struct verdict verdict;
	struct err e = {0};
	int status;

	switch (read_shape(fd, &text, &e)) {
	case SHAPE_PROOF:
		if (w->seen.count > 0) {
			err_set(&e, ERR_USAGE,
				T("--seen: một bằng chứng không cho biết nhật ký nối tiếp đầu sổ "
				  "nào; hãy kiểm gói hoặc thư mục",
				  "--seen: a proof does not tell which head the log continues; "
				  "verify a pack or the folder"));
			status = args_fail(&e);
			break;
		}
		status = verify_proof(&text, &w->known, w->json);
		break;
	case SHAPE_PACK:
		verdict_init(&verdict);
		status = verdict_status(verify_pack(w, fd, &verdict, &e), &verdict, &e);
		verdict_finish(&verdict);
		break;
	default:
		err_wrap(&e, "%s", w->data);
		status = args_fail(&e);
	}
	buf_finish(&text);
	return status;
}

static int verify_dir(struct wish *w)
{
	struct station_asked asked = {w->data, is_running(w->data)};
	struct folder_check how = how_of(w);
	struct verdict verdict;
	struct err e = {0};

	how.running = asked.running;
	how.rest = station_rest;
	how.rest_arg = &asked;
	verdict_init(&verdict);
	bool ok = folder_check(w->data, &how, &verdict, &e);
	int status = verdict_status(ok, &verdict, &e);
	verdict_finish(&verdict);
	return status;
}

/* A folder, a pack or a proof. */
static int verify_named(struct wish *w, const char *path)
{
	struct err e = {0};
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

	if (fd < 0 || fstat(fd, &st) != 0) {
		err_errno(&e, "%s", path);
		if (fd >= 0)
			close(fd);
		return args_fail(&e);
	}
	w->data = path;
	int status = S_ISDIR(st.st_mode) ? verify_dir(w) : verify_file(w, fd);
	close(fd);
	return status;
}

int cmd_verify(int argc, char **argv)
{
	static struct wish w; /* zeroed; too large for a stack that is to stay small */
	struct arg_list keys = {0}, seen = {0};
	const char *data = NULL;
	char **words;
	int count;
	struct err e = {0};
	const struct arg options[] = {{.name = "data", .value = &data, .path = true},
				      {.name = "key", .list = &keys},
				      {.name = "seen", .list = &seen},
				      {.name = "log-only", .flag = &w.log_only},
				      {.name = "json", .flag = &w.json},
				      {0}};

	setlocale(LC_CTYPE, "C.UTF-8"); /* names of recordings in a zip file */
	if (!args_read(argc, argv, options, 0, 1, &words, &count, &e))
		return args_fail(&e);
	if (!known_keys_read(&w.known, &keys, &e) || !seen_heads_read(&w.seen, &seen, &e))
		return args_fail(&e);
	if (count == 1 && data != NULL) {
		err_set(&e, ERR_USAGE, T("verify: hoặc --data, hoặc một tệp, không cả hai",
					 "verify: either --data or a file, not both"));
		return args_fail(&e);
	}
	if (count == 1)
		return verify_named(&w, words[0]);
	w.data = args_data(data);
	return verify_dir(&w);
}
