/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/outside.h"

#include "base/must.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* The whole request; the body begins at the result. */
static char *take(int fd, char *all, size_t size)
{
	size_t len = 0, need = size;
	ssize_t n;
	char *body = NULL;

	while (len < need && (n = recv(fd, all + len, size - 1 - len, 0)) > 0) {
		len += (size_t)n;
		all[len] = '\0';
		body = strstr(all, "\r\n\r\n");
		char *length = strstr(all, "Content-Length: ");
		if (body != NULL && length != NULL)
			need = (size_t)(body + 4 - all) + strtoul(length + 16, NULL, 10);
	}
	return body != NULL ? body + 4 : all + len;
}

static void answer(struct outside *o, int fd)
{
	struct buf lines = {0}, all = {0};
	const char *note = strstr(o->body, "\n\n");
	const char *end = note != NULL ? strstr(note + 2, "\n\n") : NULL;

	if (o->status == 200 && end != NULL)
		note_sign(&o->signer, note + 2, (size_t)(end + 1 - note - 2), o->time_s, &lines);
	else
		buf_text(&lines, o->text != NULL ? o->text : "");
	buf_print(&all, "HTTP/1.1 %d OK\r\nContent-Length: %zu\r\n\r\n", o->status, lines.len);
	buf_add(&all, buf_str(&lines), lines.len);
	(void)!send(fd, all.data, all.len, MSG_NOSIGNAL);
	buf_finish(&lines);
	buf_finish(&all);
}

static void *serve(void *arg)
{
	struct outside *o = arg;
	static char all[32768];
	int fd;

	while ((fd = accept(o->fd, NULL, NULL)) >= 0) {
		const char *body = take(fd, all, sizeof(all));
		pthread_mutex_lock(&o->lock);
		snprintf(o->body, sizeof(o->body), "%s", body);
		o->asked++;
		answer(o, fd);
		pthread_mutex_unlock(&o->lock);
		close(fd);
	}
	return NULL;
}

void outside_open(struct outside *o)
{
	struct sockaddr_in a = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	const uint8_t seed[NOTE_SEED_BYTES] = {9};
	socklen_t len = sizeof(a);

	*o = (struct outside){.status = 200, .time_s = 1795386000};
	pthread_mutex_init(&o->lock, NULL);
	note_signer_make(&o->signer, "w.example/a", NOTE_COSIGNATURE, seed);
	note_verifier_print(&o->signer.verifier, o->vkey);
	o->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	must(bind(o->fd, (struct sockaddr *)&a, len) == 0 && listen(o->fd, 8) == 0 &&
	     getsockname(o->fd, (struct sockaddr *)&a, &len) == 0);
	snprintf(o->url, sizeof(o->url), "http://127.0.0.1:%d", ntohs(a.sin_port));
	must(pthread_create(&o->thread, NULL, serve, o) == 0);
}

void outside_close(struct outside *o)
{
	shutdown(o->fd, SHUT_RDWR); /* accept returns */
	pthread_join(o->thread, NULL);
	close(o->fd);
	pthread_mutex_destroy(&o->lock);
}

void outside_says(struct outside *o, int status, const char *text)
{
	pthread_mutex_lock(&o->lock);
	o->status = status;
	o->text = text;
	pthread_mutex_unlock(&o->lock);
}

void outside_time(struct outside *o, int64_t time_s)
{
	pthread_mutex_lock(&o->lock);
	o->time_s = time_s;
	pthread_mutex_unlock(&o->lock);
}

void outside_signs_as(struct outside *o, const char *name, uint8_t seed)
{
	const uint8_t all[NOTE_SEED_BYTES] = {seed};

	pthread_mutex_lock(&o->lock);
	note_signer_make(&o->signer, name, NOTE_COSIGNATURE, all);
	pthread_mutex_unlock(&o->lock);
}

int outside_asked(struct outside *o)
{
	pthread_mutex_lock(&o->lock);
	int asked = o->asked;
	pthread_mutex_unlock(&o->lock);
	return asked;
}

const char *outside_body(struct outside *o)
{
	(void)outside_asked(o); /* the lock has been let go of since it was written */
	return o->body;
}
