/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The life of an upload:
 *
 *   RECEIVING  pieces of the body are written as they come, on the server's thread
 *   SYNCING    the whole file is made durable; that may take a slow disk seconds, so a thread of
 *              its own waits for it and says so through an eventfd
 *   ADDING     the station decodes and measures it; its progress is passed on
 *
 * The client may leave at any moment: before the last byte the file is removed, afterwards the
 * work goes on without it, because the producer on a poor line believes the file has arrived. */
#include "web/upload.h"

#include "base/limits.h"
#include "base/must.h"
#include "base/text.h"
#include "sys/chance.h"
#include "sys/log.h"
#include "web/api.h"
#include "web/request.h"
#include "web/sse.h"
#include "web/told.h"
#include "web/web.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

#define SILENCE_MS 300000	/* the station decodes; progress comes more often than that */
#define GRACE_MS 60000		/* an upload may be slow, but not slower than … */
#define BYTES_PER_S_MIN 1000	/* … this, on the average */
#define STALE_S (24 * 3600)

enum upload_state {
	UPLOAD_RECEIVING,
	UPLOAD_SYNCING,
	UPLOAD_ADDING,
};

struct upload {
	struct upload *prev, *next;
	struct web *web;
	struct told told; /* the client */
	enum upload_state state;
	json_t *command;	 /* bulletin.add, complete but for its path */
	char path[PATH_BYTES];
	int fd;
	int64_t bytes;
	int64_t since_ms;
	pthread_t syncer;	 /* SYNCING only */
	struct watch synced;
	struct err sync_err;	 /* the syncer's until it has signalled */
	bool sync_ok;
	struct link add;
};

static const char *const text_fields[] = {"title", "name", "language", "level", "fund", NULL};

/* Room for the upload and its master beside the reserve? The master of an MP3 is larger than the
 * MP3, but the station checks that itself when it knows the length. */
static bool has_room(const char *dir, int64_t bytes, struct err *e)
{
	struct statvfs fs;

	if (statvfs(dir, &fs) != 0)
		return err_errno(e, "%s", dir);
	if ((int64_t)fs.f_bavail * (int64_t)fs.f_frsize - bytes >= UPLOAD_RESERVE_BYTES)
		return true;
	return err_set(e, ERR_NO_SPACE,
		       T("đĩa sắp đầy: không nhận thêm tệp, để còn chỗ ghi nhật ký; hãy dọn đĩa",
			 "the disk is nearly full: no more files are taken, so that the log can go "
			 "on; make room"));
}

static bool make_file(struct upload *u, struct err *e)
{
	unsigned char random[16];
	char folder[PATH_BYTES - 64], name[33];

	snprintf(folder, sizeof(folder), "%s/incoming", u->web->config.dir);
	if (mkdir(folder, 0770) != 0 && errno != EEXIST)
		return err_errno(e, "%s", folder);
	chance_bytes(random, sizeof(random));
	for (size_t i = 0; i < sizeof(random); i++)
		snprintf(name + 2 * i, 3, "%02x", random[i]);
	snprintf(u->path, sizeof(u->path), "%s/%s", folder, name);
	u->fd = open(u->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
	return u->fd >= 0 || err_errno(e, "%s", u->path);
}

static enum MHD_Result take_programme(void *cls, enum MHD_ValueKind kind, const char *key,
				      const char *value)
{
	json_t *list = cls;

	(void)kind;
	if (strcmp(key, "programme") == 0 && value != NULL && json_array_size(list) < 8)
		json_array_append_new(list, json_string(value));
	return MHD_YES;
}

/* The query's words into the command; checks form, the station checks sense. */
static bool take_words(struct request *r, json_t *command, const char **field, struct err *e)
{
	for (const char *const *f = text_fields; *f != NULL; f++) {
		const char *value =
			MHD_lookup_connection_value(r->connection, MHD_GET_ARGUMENT_KIND, *f);
		*field = *f;
		if (value == NULL)
			continue;
		if (!api_check(*f, value, e))
			return false;
		json_object_set_new(command, *f, json_string(value));
	}
	const char *title = json_string_value(json_object_get(command, "title"));
	*field = "title";
	if (title == NULL || title[strspn(title, " ")] == '\0')
		return err_set(e, ERR_USAGE, T("hãy đặt tên cho bản tin (title)",
					       "give the bulletin a title (title)"));
	json_t *programmes = json_array();
	MHD_get_connection_values(r->connection, MHD_GET_ARGUMENT_KIND, take_programme, programmes);
	json_object_set_new(command, "programmes", programmes);
	return true;
}

/* A form that wraps the file in parts is another address's business. */
static bool takes_type(struct request *r, struct err *e)
{
	const char *type = request_header(r, "Content-Type");

	if (type == NULL || strncasecmp(type, "multipart/", 10) != 0)
		return true;
	return err_set(e, ERR_USAGE, T("gửi chính tệp âm thanh làm nội dung, không qua biểu mẫu",
				       "send the sound file itself as the body, not a form"));
}

static int uploads_under_way(const struct web *w)
{
	int count = 0;

	for (const struct upload *u = w->uploads; u != NULL; u = u->next)
		count++;
	return count;
}

static bool may_begin(struct request *r, int64_t bytes, struct err *e)
{
	if (uploads_under_way(r->web) >= HTTP_UPLOADS_MAX)
		return err_set(e, ERR_CONFLICT, T("đang nhận nhiều tệp khác; thử lại sau ít phút",
						  "other files are arriving; try again in a few "
						  "minutes"));
	return has_room(r->web->config.dir, bytes, e);
}

static void destroy(struct upload *u, bool remove_file)
{
	struct web *w = u->web;

	link_close(&u->add);
	if (u->told.request != NULL)
		u->told.request->upload = NULL;
	told_finish(&u->told);
	if (u->fd >= 0)
		close(u->fd);
	if (remove_file && u->path[0] != '\0')
		unlink(u->path);
	*(u->prev != NULL ? &u->prev->next : &w->uploads) = u->next;
	if (u->next != NULL)
		u->next->prev = u->prev;
	json_decref(u->command);
	free(u);
}

static struct upload *create(struct request *r)
{
	struct upload *u = calloc(1, sizeof(*u));

	must(u != NULL);
	u->web = r->web;
	told_init(&u->told, r);
	u->fd = -1;
	u->since_ms = web_now_ms(r->web);
	u->command = json_pack("{s:i, s:s, s:b}", "id", 1, "do", "bulletin.add", "progress", 1);
	must(u->command != NULL);
	u->next = r->web->uploads;
	if (u->next != NULL)
		u->next->prev = u;
	r->web->uploads = u;
	r->upload = u;
	return u;
}

void upload_begin(struct request *r)
{
	const char *length = request_header(r, "Content-Length"), *field = NULL;
	int64_t bytes = length != NULL ? strtoll(length, NULL, 10) : 0;
	struct err e = {0};

	if (sse_away(r->web->sse, &e)) {
		request_away(r, &e);
	} else if (!takes_type(r, &e)) {
		request_refuse_as(r, MHD_HTTP_UNSUPPORTED_MEDIA_TYPE, &e, NULL);
	} else if (bytes > AUDIO_FILE_BYTES_MAX) {
		err_set(&e, ERR_USAGE, T("tệp quá lớn", "the file is too large"));
		request_refuse_as(r, MHD_HTTP_CONTENT_TOO_LARGE, &e, NULL);
	} else if (!may_begin(r, bytes, &e)) {
		request_refuse(r, &e, NULL);
	} else {
		struct upload *u = create(r);
		r->visit->deadline_ms = u->since_ms + GRACE_MS;
		if (take_words(r, u->command, &field, &e) && make_file(u, &e))
			return;
		destroy(u, true);
		request_refuse(r, &e, e.kind == ERR_USAGE ? field : NULL);
	}
}

static bool write_all(int fd, const char *data, size_t len, struct err *e)
{
	while (len > 0) {
		ssize_t n = write(fd, data, len);
		if (n < 0 && errno != EINTR)
			return err_errno(e, T("không ghi được tệp", "cannot write the file"));
		if (n > 0) {
			data += n;
			len -= (size_t)n;
		}
	}
	return true;
}

void upload_body(struct request *r, const char *data, size_t len)
{
	struct upload *u = r->upload;
	struct err e = {0};
	int64_t before = u->bytes;

	u->bytes += (int64_t)len;
	r->visit->deadline_ms =
		u->since_ms + GRACE_MS + u->bytes * 1000 / BYTES_PER_S_MIN;
	if (u->bytes > AUDIO_FILE_BYTES_MAX) {
		err_set(&e, ERR_USAGE, T("tệp quá lớn", "the file is too large"));
		destroy(u, true);
		request_refuse_as(r, MHD_HTTP_CONTENT_TOO_LARGE, &e, NULL);
		return;
	}
	/* A body without a length is only known by what has come: look again every 4 MiB. */
	bool look = before >> 22 != u->bytes >> 22;
	if (write_all(u->fd, data, len, &e) && (!look || has_room(u->web->config.dir, 0, &e)))
		return;
	destroy(u, true);
	request_refuse(r, &e, NULL);
}

static void failed(struct upload *u, const struct err *e)
{
	if (u->told.request == NULL)
		log_warn(T("tệp đã tải lên bị từ chối: %s", "an uploaded file was refused: %s"),
			 e->text);
	told_error(&u->told, e);
	destroy(u, true);
}

static void added(struct upload *u, const json_t *reply)
{
	json_t *body = json_pack("{s:O?}", "bulletin", json_object_get(reply, "bulletin"));

	must(body != NULL);
	told_outcome(&u->told, MHD_HTTP_CREATED, body);
	destroy(u, true);
}

static bool add_line(struct link *l, const json_t *line)
{
	struct upload *u = l->arg;
	struct err e = {0};
	double done;

	if (json_integer_value(json_object_get(line, "id")) != 1)
		return true;
	if (client_progress(line, &done)) {
		told_progress(&u->told, done);
		return true;
	}
	if (client_outcome(line, &e))
		added(u, line);
	else
		failed(u, &e);
	return false;
}

static void add_lost(struct link *l, const struct err *e)
{
	failed(l->arg, e);
}

static void ask_station(struct upload *u)
{
	char real[PATH_MAX];
	struct err e = {0};

	u->state = UPLOAD_ADDING;
	u->add.line = add_line;
	u->add.lost = add_lost;
	u->add.arg = u;
	json_object_set_new(u->command, "path",
			    json_string(realpath(u->path, real) != NULL ? real : u->path));
	if (!link_open(&u->add, u->web->loop, u->web->clock, u->web->config.dir, u->command,
		       SILENCE_MS, &e))
		failed(u, &e);
}

static bool sync_folder(const char *path, struct err *e)
{
	char folder[PATH_BYTES];

	snprintf(folder, sizeof(folder), "%.*s", (int)(strrchr(path, '/') - path), path);
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool good = fd >= 0 && fsync(fd) == 0;
	if (!good)
		err_errno(e, "%s", folder);
	if (fd >= 0)
		close(fd);
	return good;
}

/* The syncer thread: owns fd, path and sync_err until it signals. */
static void *sync_file(void *arg)
{
	struct upload *u = arg;
	uint64_t one = 1;

	u->sync_ok = (fdatasync(u->fd) == 0 ||
		      err_errno(&u->sync_err, T("không ghi được tệp", "cannot write the file"))) &&
		     sync_folder(u->path, &u->sync_err);
	must(write(u->synced.fd, &one, sizeof(one)) == (ssize_t)sizeof(one));
	return NULL;
}

static void join_syncer(struct upload *u)
{
	must(pthread_join(u->syncer, NULL) == 0);
	loop_unwatch(u->web->loop, &u->synced);
	close(u->synced.fd);
	close(u->fd);
	u->fd = -1;
}

static void synced(struct watch *w, uint32_t events)
{
	struct upload *u = w->arg;

	(void)events;
	join_syncer(u);
	if (u->sync_ok)
		ask_station(u);
	else
		failed(u, &u->sync_err);
}

void upload_answer(struct request *r)
{
	struct upload *u = r->upload;
	struct err e = {0};

	if (u->bytes == 0) {
		err_set(&e, ERR_USAGE, T("tệp trống", "the file is empty"));
		destroy(u, true);
		request_refuse(r, &e, NULL);
		return;
	}
	r->visit->deadline_ms = 0;
	told_wait(&u->told);
	u->state = UPLOAD_SYNCING;
	u->synced = (struct watch){.fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK),
				   .events = EPOLLIN, .ready = synced, .arg = u};
	must(u->synced.fd >= 0);
	loop_watch(r->web->loop, &u->synced);
	must(pthread_create(&u->syncer, NULL, sync_file, u) == 0);
}

void upload_forsake(struct request *r)
{
	struct upload *u = r->upload;

	if (u == NULL)
		return;
	r->upload = NULL;
	told_finish(&u->told);
	if (u->state == UPLOAD_RECEIVING)
		destroy(u, true);
}

void upload_stop_all(struct web *w)
{
	for (struct upload *u = w->uploads, *next; u != NULL; u = next) {
		next = u->next;
		if (u->state == UPLOAD_SYNCING)
			join_syncer(u);
		/* What the station has begun to read stays; upload_clean finds it tomorrow. */
		destroy(u, u->state != UPLOAD_ADDING);
	}
	must(w->uploads == NULL);
}

void upload_clean(const char *dir)
{
	char folder[PATH_BYTES];
	struct stat st;
	time_t now = time(NULL);

	snprintf(folder, sizeof(folder), "%s/incoming", dir);
	DIR *d = opendir(folder);
	for (struct dirent *f; d != NULL && (f = readdir(d)) != NULL;)
		if (strlen(f->d_name) == 32 &&
		    fstatat(dirfd(d), f->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
		    S_ISREG(st.st_mode) && now - st.st_mtime > STALE_S)
			unlinkat(dirfd(d), f->d_name, 0);
	if (d != NULL)
		closedir(d);
}
