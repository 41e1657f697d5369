/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/remote.h"

#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "cli/args.h"
#include "station/client.h"
#include "sys/clock.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* An upload of hours on a slow PC; progress restarts it. */
#define WAIT_MS 120000

#define ASK_AGAIN_MS 20

static bool on_station(const char *dir, const struct remote_call *call, json_t **reply,
		       struct err *e)
{
	struct client c;

	*e = (struct err){0};
	if (!client_open(&c, dir, e))
		return false;
	bool ok = client_call(&c, call->request, WAIT_MS, call->progress, call->arg, reply, e);
	client_close(&c);
	if (!ok && e->kind == ERR_NOT_FOUND)
		e->kind = ERR_FAILED; /* what it did not find is no reason to go round it */
	return ok;
}

/* A station that is starting holds the folder a moment before it listens:
 * then it is asked again. */
static bool anywhere(const char *dir, const struct remote_call *call, json_t **reply,
		     struct err *e)
{
	if (on_station(dir, call, reply, e))
		return true;
	if (e->kind != ERR_NOT_FOUND)
		return false;
	struct err held = {0};
	if (remote_alone(dir, call, reply, &held))
		return true;
	if (held.kind == ERR_CONFLICT && on_station(dir, call, reply, e))
		return true;
	if (held.kind != ERR_CONFLICT || e->kind == ERR_NOT_FOUND)
		*e = held;
	return false;
}

bool remote_call(const char *dir, json_t *request, void (*progress)(double done, void *arg),
		 void *arg, json_t **reply, struct err *e)
{
	struct remote_call call = {request, progress, arg};

	must(request != NULL);
	json_object_set_new(request, "id", json_integer(1));
	json_object_set_new(request, "lang", json_string(text_lang(TEXT_OWN)));
	bool ok = anywhere(dir, &call, reply, e);
	if (ok) {
		/* Of the socket, not of the answer. */
		json_object_del(*reply, "id");
		json_object_del(*reply, "ok");
	}
	json_decref(request);
	return ok;
}

/* `vangxa` that has waited in vain becomes vangxa-station, which shall not wait once more: it is
 * the same process, and finds its number here. */
#define AWAITED "VANGXA_AWAITED"

static bool has_awaited(void)
{
	const char *pid = getenv(AWAITED);

	return pid != NULL && strtol(pid, NULL, 10) == (long)getpid();
}

static void note_awaited(void)
{
	char pid[24];

	snprintf(pid, sizeof(pid), "%ld", (long)getpid());
	setenv(AWAITED, pid, 1);
}

/* Until somebody listens at the socket, or nobody will: false. */
static bool await_station(const char *dir)
{
	struct clock_real real;
	struct client c;
	struct err e;

	clock_real_open(&real);
	int64_t until = clock_mono(&real.clock).ns + REMOTE_SOON_MS * NS_PER_MS;
	bool there = false, told = false;
	while (!(there = client_open(&c, dir, &e)) && e.kind == ERR_NOT_FOUND &&
	       clock_mono(&real.clock).ns < until) {
		if (!told)
			fprintf(stderr, "%s\n", T("đài chưa trả lời, có thể đang khởi động: đợi…",
						  "the station does not answer, and may be "
						  "starting: waiting…"));
		told = true;
		poll(NULL, 0, ASK_AGAIN_MS);
	}
	if (there)
		client_close(&c);
	clock_real_close(&real);
	return there || e.kind != ERR_NOT_FOUND;
}

bool remote_call_soon(const char *dir, json_t *request, json_t **reply, struct err *e)
{
	bool there = !has_awaited() && await_station(dir);

	if (!there)
		note_awaited();
	if (remote_call(dir, request, NULL, NULL, reply, e))
		return true;
	if (!there)
		err_wrap(e, T("đã đợi %d giây mà không có đài nào nhận lệnh, loa KHÔNG phát gì",
			      "no station took the order within %d s, and NOTHING sounds"),
			 REMOTE_SOON_MS / 1000);
	return false;
}

void remote_progress(double done, void *arg)
{
	(void)arg;
	if (!isatty(STDERR_FILENO) || done < 0)
		return;
	fprintf(stderr, "\r%3d %%%s", (int)(done * 100), done >= 1.0 ? "\n" : "");
	fflush(stderr);
}

void remote_print(const json_t *value)
{
	char *text = json_dumps(value, JSON_INDENT(2) | JSON_SORT_KEYS | JSON_REAL_PRECISION(15));

	must(text != NULL);
	puts(text);
	free(text);
}

int remote_tell(const char *data, json_t *request, bool as_json,
		void (*print)(const json_t *reply))
{
	struct err e = {0};
	json_t *reply;

	if (!remote_call(args_data(data), request, NULL, NULL, &reply, &e))
		return args_fail(&e);
	if (as_json)
		remote_print(reply);
	else
		print(reply);
	json_decref(reply);
	return 0;
}
