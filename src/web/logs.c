/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/logs.h"

#include "base/gzip.h"
#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "proof/shelf.h"
#include "sys/disk.h"
#include "sys/log.h"
#include "web/api.h"
#include "web/pack.h"
#include "web/reply.h"
#include "web/request.h"
#include "web/web.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define PATH_IN_LOG_BYTES (ROUTE_PARAMETER_BYTES + 8)
#define HEAD_BYTES_MAX 65536 /* a checkpoint with all its cosignatures */

/* Takes the bytes over. */
static struct MHD_Response *bytes(struct buf *b, const char *type, const char *cache)
{
	struct MHD_Response *response =
		MHD_create_response_from_buffer(b->len, b->data, MHD_RESPMEM_MUST_FREE);

	must(response != NULL);
	*b = (struct buf){0};
	reply_header(response, "Content-Type", type);
	reply_guard(response, cache);
	return response;
}

static struct MHD_Response *tile(struct request *r, const struct tile_name *t, struct buf *b)
{
	bool full = t->level == TILE_ENTRIES && t->width == TILE_WIDTH, packed;
	struct buf small = {0};

	packed = full && pack_taken(request_header(r, "Accept-Encoding"));
	if (packed) {
		gzip_pack(&small, b->data, b->len);
		buf_finish(b);
	}
	struct MHD_Response *response = bytes(packed ? &small : b, "application/octet-stream",
					      "private, max-age=31536000, immutable");
	if (packed)
		reply_header(response, "Content-Encoding", "gzip");
	if (full)
		reply_header(response, "Vary", "Accept-Encoding");
	return response;
}

static bool load(struct disk *d, const char *path, enum shelf_kind kind,
		 const struct tile_name *t, struct buf *b, struct err *e)
{
	if (kind == SHELF_TILE)
		return shelf_read(d, t, b, e);
	if (kind == SHELF_HEAD)
		return disk_read(d, path, HEAD_BYTES_MAX, b, e);
	return err_set(e, ERR_NOT_FOUND, T("không có địa chỉ này", "no such address"));
}

/* A key was rotated, or a disk put back, since this process took its own rights away. */
static bool begun_since(const struct web *w, const char *path)
{
	char name[LOG_DIR_BYTES], full[PATH_BYTES + LOG_DIR_BYTES];
	struct stat st;

	snprintf(name, sizeof(name), "%.*s", (int)strcspn(path, "/"), path);
	snprintf(full, sizeof(full), "%s/%s", w->config.dir, name);
	return w->config.logs > 0 && log_dir_number(name) > w->config.logs &&
	       stat(full, &st) == 0 && S_ISDIR(st.st_mode);
}

static void begin_anew(struct request *r)
{
	struct err e = {0};

	err_set(&e, ERR_TOO_MANY,
		T("nhật ký mới vừa bắt đầu; trang mở lại để đọc được nó, hỏi lại sau vài giây",
		  "a new log has just begun; the page starts again so that it can read it: ask "
		  "again in a few seconds"));
	log_info("%s", e.text);
	request_refuse(r, &e, NULL);
	web_stop(r->web);
}

/* Only what shelf_kind knows is opened: no path of a visitor's. */
static void give(struct request *r, const char *path, enum shelf_kind kind,
		 const struct tile_name *t)
{
	struct disk_real disk;
	struct buf b = {0};
	struct err e = {0};

	if (!disk_real_open(&disk, r->web->config.dir, &e)) {
		request_refuse(r, &e, NULL);
		return;
	}
	bool ok = load(&disk.disk, path, kind, t, &b, &e);
	disk_real_close(&disk);
	if (ok)
		request_answer(r, MHD_HTTP_OK, kind == SHELF_TILE ? tile(r, t, &b) :
			       bytes(&b, "text/plain; charset=utf-8", "no-cache"));
	else
		request_refuse(r, &e, NULL);
	buf_finish(&b);
}

/* Of the thousands of files that somebody reads who checks the log, this one is read each time. */
static bool is_head(const char *path)
{
	const char *name = strrchr(path, '/');

	return name != NULL && strcmp(name, "/checkpoint") == 0;
}

static void note_look(struct request *r, const char *path)
{
	char log[LOG_DIR_BYTES];

	snprintf(log, sizeof(log), "%.*s", (int)strcspn(path, "/"), path);
	api_send(r, json_pack("{s:s, s:s}", "do", "log.head", "log", log));
}

static enum shelf_kind path_of(const struct request *r, char path[static PATH_IN_LOG_BYTES],
			       struct tile_name *t)
{
	snprintf(path, PATH_IN_LOG_BYTES, LOG_DIR "%s", r->parameter);
	return shelf_kind(path, t);
}

void logs_answer(struct request *r)
{
	char path[PATH_IN_LOG_BYTES];
	struct tile_name t;
	enum shelf_kind kind = path_of(r, path, &t);

	if (kind != SHELF_NONE && begun_since(r->web, path))
		begin_anew(r);
	else if (kind == SHELF_HEAD && r->inspector && is_head(path))
		note_look(r, path);
	else
		give(r, path, kind, &t);
}

void logs_noted(struct request *r, json_t *body)
{
	char path[PATH_IN_LOG_BYTES];
	struct tile_name t;
	enum shelf_kind kind = path_of(r, path, &t);

	json_decref(body);
	give(r, path, kind, &t);
}

void logs_alone(struct request *r)
{
	char path[PATH_IN_LOG_BYTES];
	struct tile_name t;
	enum shelf_kind kind = path_of(r, path, &t);

	log_warn(T("tài khoản thanh tra user:%lld đọc %s khi đài không chạy: nhật ký không ghi",
		   "the inspector's account user:%lld reads %s while the station is down: no entry "
		   "tells of it"), (long long)r->account, path);
	give(r, path, kind, &t);
}

void logs_proof(struct request *r, json_t *reply)
{
	char name[160], of[32] = "";

	if (json_get_text(reply, "of", "")[0] != '\0')
		snprintf(of, sizeof(of), "-%lld", (long long)json_get_integer(reply, "entry", -1));
	snprintf(name, sizeof(name), "attachment; filename=\"%.64s%s.tlog-proof\"", r->parameter,
		 of);
	struct MHD_Response *response = reply_text(json_get_text(reply, "proof", ""),
						   "text/plain; charset=utf-8");
	reply_header(response, "Content-Disposition", name);
	json_decref(reply);
	request_answer(r, MHD_HTTP_OK, response);
}
