/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/verify_strange.h"

#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "proof/history.h"
#include "proof/query.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define DEPTH_MAX 6
#define FILES_MAX 500000 /* decades of a few zones */
#define FRESH_NS (60 * NS_PER_S)

struct lying {
	const char *dir;
	int64_t fresh_ns; /* what was written since is passed over */
	json_t *files;	  /* relative to dir */
};

static bool is_fresh(const struct lying *l, const struct stat *st)
{
	return st->st_mtim.tv_sec * NS_PER_S + st->st_mtim.tv_nsec >= l->fresh_ns;
}

/* NOLINTNEXTLINE(misc-no-recursion): DEPTH_MAX deep */
static void collect(struct lying *l, const char *folder, int depth)
{
	char path[PATH_BYTES], full[PATH_BYTES * 2];
	struct stat st;

	snprintf(full, sizeof(full), "%s/%s", l->dir, folder);
	DIR *list = opendir(full);
	if (list == NULL)
		return;
	for (struct dirent *one; (one = readdir(list)) != NULL;) {
		if (strcmp(one->d_name, ".") == 0 || strcmp(one->d_name, "..") == 0 ||
		    json_array_size(l->files) >= FILES_MAX)
			continue;
		int len = snprintf(path, sizeof(path), "%s/%s", folder, one->d_name);
		snprintf(full, sizeof(full), "%s/%s", l->dir, path);
		if (len >= (int)sizeof(path) || lstat(full, &st) != 0)
			continue;
		if (S_ISDIR(st.st_mode) && depth < DEPTH_MAX)
			collect(l, path, depth + 1);
		else if (!S_ISDIR(st.st_mode) && !is_fresh(l, &st))
			json_array_append_new(l->files, json_text(path));
	}
	closedir(list);
}

struct unknown {
	int64_t count;
	char first[PATH_BYTES];
};

static bool take_unknown(sqlite3_stmt *s, void *arg)
{
	struct unknown *u = arg;

	if (u->count++ == 0)
		QUERY_COPY(u->first, s, 0);
	return true;
}

/* Each list is made only if a name is in none of those before it. */
static const char unknown[] =
	"SELECT l.value FROM json_each(?1) l WHERE l.value NOT IN (SELECT file FROM recordings)"
	" AND l.value NOT IN (SELECT file FROM prefixes)"
	" AND l.value NOT IN (SELECT json_extract(f.value, '$.file') FROM events b,"
	"  json_each(b.text, '$.files') f WHERE b.kind = 'recording.begun'"
	"  AND json_extract(f.value, '$.file') IS NOT NULL)"
	" AND l.value NOT IN (SELECT a.recording FROM " AIRINGS_RECORDED
	" WHERE a.recording IS NOT NULL) ORDER BY l.value";

static bool ask(struct view *made, const char *names, struct unknown *u, struct err *e)
{
	sqlite3_stmt *s = query_ask(made, unknown, e);

	if (s == NULL)
		return false;
	sqlite3_bind_text(s, 1, names, -1, SQLITE_STATIC);
	return query_walk(made, s, take_unknown, u, e);
}

bool verify_unknown(struct view *made, const char *dir, bool running, struct wall now,
		    struct verdict *verdict, struct err *e)
{
	struct lying l = {.dir = dir, .files = json_array(),
			  .fresh_ns = running ? now.ns - FRESH_NS : INT64_MAX};
	struct unknown u = {0};

	must(l.files != NULL);
	collect(&l, "aircheck", 0);
	char *names = json_dumps(l.files, JSON_COMPACT);
	must(names != NULL);
	bool ok = ask(made, names, &u, e);
	free(names);
	json_decref(l.files);
	if (ok && u.count > 0)
		verdict_note(verdict, "recordings-unknown", u.count,
			     T("%lld tệp lạ trong aircheck/ (đầu tiên: %s): nhật ký không có mục "
			       "nào nói tới, nên không phải bản ghi của lần phát nào",
			       "%lld unknown files in aircheck/ (the first: %s): no entry of the "
			       "log tells of them, so they are no airing's recording"),
			     (long long)u.count, u.first);
	return ok;
}

/* No head above the ceiling is ever signed, and it is durable before. */
void verify_copies(const struct verify *v, struct verdict *verdict)
{
	const struct verify_log *l = v->count > 0 ? &v->logs[v->count - 1] : NULL;
	const struct heads *h = &v->heads;

	if (l == NULL || !l->has_head || l->head.size == 0)
		return;
	if (h->log == 0)
		verdict_note(verdict, "heads-gone", 1, "%s",
			     T("bản sao các đầu sổ đã ký (thư mục heads/) không còn hoặc hỏng: đài "
			       "không tự biết được nếu cuối nhật ký bị cắt",
			       "the copies of the signed heads (folder heads/) are gone or bad: "
			       "the station could not tell by them that the log was cut off"));
	else if (h->log < l->number || (h->log == l->number && h->ceiling < l->head.size))
		verdict_note(verdict, "heads-older", 1,
			     T("bản sao các đầu sổ đã ký (thư mục heads/) cũ hơn nhật ký: chúng "
			       "biết tới %lld mục của nhật ký số %d, mà %s đã ký %lld mục; chúng "
			       "bị thay bằng bản cũ hoặc bị hỏng",
			       "the copies of the signed heads (folder heads/) are older than the "
			       "log: they know of %lld entries of log %d, and %s has %lld signed "
			       "ones; an older copy took their place, or they are damaged"),
			     (long long)h->ceiling, h->log, l->survey.log,
			     (long long)l->head.size);
}
