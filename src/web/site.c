/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/site.h"

#include "base/buf.h"
#include "base/must.h"
#include "base/text.h"
#include "sys/log.h"
#include "web/pack.h"
#include "web/reply.h"
#include "web/request.h"

#include <dirent.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct site {
	char folder[512];
	bool tls;
	struct site_file files[SITE_FILES_MAX];
	int count;
	struct timespec read_at; /* index.html's time of change when the folder was read */
};

static const struct {
	const char *end, *type;
} types[] = {
	{".html", "text/html; charset=utf-8"},
	{".js", "text/javascript; charset=utf-8"},
	{".css", "text/css; charset=utf-8"},
	{".svg", "image/svg+xml"},
	{".json", "application/json; charset=utf-8"},
	{".webmanifest", "application/manifest+json"},
	{".png", "image/png"},
	{".txt", "text/plain; charset=utf-8"},
};

static bool ends_with(const char *text, const char *end)
{
	size_t len = strlen(text), tail = strlen(end);

	return len > tail && strcmp(text + len - tail, end) == 0;
}

static const char *type_of(const char *name)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (ends_with(name, types[i].end))
			return types[i].type;
	return NULL;
}

/* The build puts a hash of the content into the name: "app-4K2V7QXA.js". */
static bool has_hash(const char *name)
{
	const char *dash = strrchr(name, '-');

	return dash != NULL && strspn(dash + 1, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") == 8 &&
	       dash[9] == '.';
}

static bool read_file(int dir_fd, const char *name, struct buf *out)
{
	int fd = openat(dir_fd, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	char piece[16384];
	ssize_t n = fd >= 0 ? 1 : -1;

	while (n > 0 && out->len <= SITE_FILE_BYTES_MAX) {
		n = read(fd, piece, sizeof(piece));
		if (n > 0)
			buf_add(out, piece, (size_t)n);
	}
	if (fd >= 0)
		close(fd);
	return n == 0 && out->len > 0;
}

static struct MHD_Response *respond(const struct site *s, const struct site_file *f,
				    const struct buf *content)
{
	struct MHD_Response *r = MHD_create_response_from_buffer(
		content->len, content->data, MHD_RESPMEM_MUST_COPY);

	must(r != NULL);
	reply_guard(r, has_hash(f->name) ? "public, max-age=31536000, immutable" : "no-cache");
	if (s->tls)
		reply_tls(r);
	reply_header(r, "ETag", f->etag);
	reply_header(r, "Vary", "Accept-Encoding");
	return r;
}

static void load(struct site *s, int dir_fd, const char *name)
{
	struct site_file *f = &s->files[s->count];
	struct buf content = {0}, twin = {0}, nothing = {0};
	unsigned char hash[16];
	char gz[sizeof(f->name) + 4];
	size_t len = strlen(name);

	if (len >= sizeof(f->name) || !read_file(dir_fd, name, &content)) {
		buf_finish(&content);
		return;
	}
	memcpy(f->name, name, len + 1);
	crypto_generichash(hash, sizeof(hash), (const unsigned char *)content.data, content.len,
			   NULL, 0);
	f->etag[0] = '"';
	sodium_bin2hex(f->etag + 1, 33, hash, sizeof(hash));
	f->etag[33] = '"';
	f->etag[34] = '\0';
	f->plain = respond(s, f, &content);
	reply_header(f->plain, "Content-Type", type_of(name));
	memcpy(gz, name, len);
	memcpy(gz + len, ".gz", 4);
	if (read_file(dir_fd, gz, &twin)) {
		f->gzip = respond(s, f, &twin);
		reply_header(f->gzip, "Content-Type", type_of(name));
		reply_header(f->gzip, "Content-Encoding", "gzip");
	}
	buf_text(&nothing, "");
	nothing.len = 0;
	f->unchanged = respond(s, f, &nothing);
	s->count++;
	buf_finish(&content);
	buf_finish(&twin);
	buf_finish(&nothing);
}

static void forget(struct site *s)
{
	for (int i = 0; i < s->count; i++) {
		MHD_destroy_response(s->files[i].plain);
		MHD_destroy_response(s->files[i].unchanged);
		if (s->files[i].gzip != NULL)
			MHD_destroy_response(s->files[i].gzip);
		s->files[i] = (struct site_file){0};
	}
	s->count = 0;
}

static struct timespec changed_at(const struct site *s)
{
	char path[600];
	struct stat st;

	snprintf(path, sizeof(path), "%s/index.html", s->folder);
	return stat(path, &st) == 0 ? st.st_mtim : (struct timespec){0};
}

static void read_folder(struct site *s)
{
	DIR *dir = opendir(s->folder);

	forget(s);
	s->read_at = changed_at(s);
	if (dir == NULL)
		return;
	for (struct dirent *d; (d = readdir(dir)) != NULL;) {
		if (type_of(d->d_name) == NULL)
			continue;
		if (s->count == SITE_FILES_MAX) {
			log_warn(T("%s: quá nhiều tệp, bỏ qua phần còn lại",
				   "%s: too many files, the rest is left out"),
				 s->folder);
			break;
		}
		load(s, dirfd(dir), d->d_name);
	}
	closedir(dir);
}

struct site *site_create(const char *folder, bool tls)
{
	struct site *s = calloc(1, sizeof(*s));

	must(s != NULL && sodium_init() >= 0);
	snprintf(s->folder, sizeof(s->folder), "%s", folder);
	s->tls = tls;
	read_folder(s);
	return s;
}

void site_destroy(struct site *s)
{
	if (s == NULL)
		return;
	forget(s);
	free(s);
}

const struct site_file *site_find(const struct site *s, const char *path)
{
	const char *name = strcmp(path, "/") == 0		     ? "index.html"
			   : strcmp(path, "/api/openapi.json") == 0 ? "openapi.json"
			   : *path == '/'			     ? path + 1
								     : "";

	for (int i = 0; i < s->count; i++)
		if (strcmp(s->files[i].name, name) == 0)
			return &s->files[i];
	return NULL;
}

bool site_unchanged(const char *if_none_match, const char *etag)
{
	return if_none_match != NULL &&
	       (strcmp(if_none_match, "*") == 0 || strstr(if_none_match, etag) != NULL);
}

static void answer_with(struct request *r, unsigned status, struct MHD_Response *response)
{
	r->lent = true;
	request_answer(r, status, response);
}

static void not_built(struct request *r)
{
	const char *text = T("Trang chưa được dựng. Chạy: make page\n",
			     "The page is not built yet. Run: make page\n");
	struct MHD_Response *response = MHD_create_response_from_buffer(
		strlen(text), (void *)(uintptr_t)text, MHD_RESPMEM_PERSISTENT);

	must(response != NULL);
	reply_header(response, "Content-Type", "text/plain; charset=utf-8");
	reply_guard(response, NULL);
	request_answer(r, MHD_HTTP_SERVICE_UNAVAILABLE, response);
}

void site_answer(struct site *s, struct request *r, const char *path)
{
	struct timespec now = changed_at(s);
	struct err e = {0};

	if (now.tv_sec != s->read_at.tv_sec || now.tv_nsec != s->read_at.tv_nsec)
		read_folder(s);
	const struct site_file *f = site_find(s, path);
	if (f == NULL && strcmp(path, "/") == 0) {
		not_built(r);
	} else if (f == NULL) {
		err_set(&e, ERR_NOT_FOUND, T("không có địa chỉ này", "no such address"));
		request_refuse(r, &e, NULL);
	} else if (site_unchanged(request_header(r, "If-None-Match"), f->etag)) {
		answer_with(r, MHD_HTTP_NOT_MODIFIED, f->unchanged);
	} else {
		bool gzip = f->gzip != NULL &&
			    pack_taken(request_header(r, "Accept-Encoding"));
		answer_with(r, MHD_HTTP_OK, gzip ? f->gzip : f->plain);
	}
}
