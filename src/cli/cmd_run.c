/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vangxa run and vangxa station: the station alone, or station and web under one supervisor that
 * starts again whatever dies. The supervisor holds nothing that could be lost. */
#include "base/must.h"
#include "base/text.h"
#include "cli/args.h"
#include "cli/cli.h"
#include "station/station.h"
#include "sys/clock.h"
#include "sys/log.h"
#include "sys/loop.h"
#include "sys/proc.h"
#include "web/server.h"

#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/wait.h>

/* A child that lived this long was well: its next death is a first one again. */
#define WELL_NS (60 * NS_PER_S)
#define BACK_OFF_MAX_NS (30 * NS_PER_S)  /* of the page */
#define STATION_WAIT_MAX_NS (2 * NS_PER_S) /* a radio is not kept silent for long */
#define GRACE_MS 6000

struct child {
	const char *name;
	const char *args[16 + 2 * WEB_HOSTS_MAX];
	struct proc proc;
	struct watch ended;
	struct timer again;
	struct mono started;
	int64_t back_off_ns; /* before the next start; 0: at once */
	bool vital;	     /* when it refuses to start at all, so does the whole */
	bool ever_well;
	struct supervisor *super;
};

struct supervisor {
	struct loop *loop;
	struct clock_real clock;
	struct child station, web;
	int status;
};

static void start(struct child *c);

static void start_later(struct child *c)
{
	struct mono now = clock_mono(&c->super->clock.clock);

	if (now.ns - c->started.ns > WELL_NS)
		c->back_off_ns = 0;
	timer_set(&c->again, mono_add_ns(now, c->back_off_ns));
	c->back_off_ns = c->back_off_ns == 0 ? NS_PER_S : c->back_off_ns * 2;
	int64_t most_ns = c->vital ? STATION_WAIT_MAX_NS : BACK_OFF_MAX_NS;
	if (c->back_off_ns > most_ns)
		c->back_off_ns = most_ns;
}

static void on_again(struct timer *t)
{
	start(t->arg);
}

static void on_ended(struct watch *w, uint32_t events)
{
	struct child *c = w->arg;
	struct supervisor *s = c->super;
	int status;

	(void)events;
	loop_unwatch(s->loop, w);
	if (!proc_reap(&c->proc, &status))
		return;
	/* A refusal is told by the child and final: of the station whatever it is (another one in
	 * DIR, faulty settings), of the page when it was called wrongly. A port in use may become
	 * free: the page waits for it by itself (--wait). */
	bool refused = WIFEXITED(status) && WEXITSTATUS(status) != 0 && !c->ever_well;
	if (refused && (c->vital || WEXITSTATUS(status) == 2)) {
		s->status = WEXITSTATUS(status);
		loop_stop(s->loop);
		return;
	}
	if (WIFSIGNALED(status))
		log_warn(T("tiến trình %s chết (tín hiệu %d), khởi động lại",
			   "process %s died (signal %d), starting it again"),
			 c->name, WTERMSIG(status));
	else
		log_warn(T("tiến trình %s kết thúc (mã %d), khởi động lại",
			   "process %s ended (status %d), starting it again"),
			 c->name, WEXITSTATUS(status));
	c->ever_well = true;
	start_later(c);
}

static void start(struct child *c)
{
	struct proc_fds fds = {.in_fd = -1, .out_fd = -1};
	struct err e = {0};

	c->started = clock_mono(&c->super->clock.clock);
	if (!proc_start(&c->proc, (char *const *)c->args, &fds, &e)) {
		log_warn("%s", e.text);
		start_later(c);
		return;
	}
	c->ended = (struct watch){
		.fd = c->proc.pidfd, .events = EPOLLIN, .ready = on_ended, .arg = c};
	loop_watch(c->super->loop, &c->ended);
}

static void prepare(struct supervisor *s, struct child *c)
{
	c->super = s;
	c->proc.pidfd = -1;
	c->again = (struct timer){.due = on_again, .arg = c};
	timer_open(&c->again, s->loop);
}

static void on_stop(void *arg)
{
	loop_stop(((struct supervisor *)arg)->loop);
}

static int supervise(struct supervisor *s)
{
	clock_real_open(&s->clock);
	s->loop = loop_create();
	loop_on_stop_signals(s->loop, on_stop, s);
	prepare(s, &s->station);
	prepare(s, &s->web);
	start(&s->station);
	start(&s->web);
	loop_run(s->loop);
	proc_end(&s->web.proc, GRACE_MS);
	proc_end(&s->station.proc, GRACE_MS);
	timer_close(&s->station.again, s->loop);
	timer_close(&s->web.again, s->loop);
	loop_destroy(s->loop);
	clock_real_close(&s->clock);
	return s->status;
}

int cmd_run(int argc, char **argv)
{
	const char *data = NULL, *listen = "127.0.0.1:8080", *www = NULL, *tls = NULL;
	struct arg_list hosts = {0};
	bool open_to_all = false;
	struct err e = {0};
	const struct arg options[] = {{.name = "data", .value = &data, .path = true},
				      {.name = "listen", .value = &listen},
				      {.name = "tls", .value = &tls},
				      {.name = "host", .list = &hosts},
				      {.name = "www", .value = &www, .path = true},
				      {.name = "open", .flag = &open_to_all},
				      {0}};

	if (!args_read(argc, argv, options, 0, 0, NULL, NULL, &e))
		return args_fail(&e);
	const char *dir = args_data(data);
	struct supervisor s = {
		.station = {.name = "station", .args = {"station", "--data", dir}, .vital = true},
		.web = {.name = "web",
			.args = {"web", "--wait", "--data", dir, "--listen", listen}}};
	int n = 6;
	if (tls != NULL) {
		s.web.args[n++] = "--tls";
		s.web.args[n++] = tls;
	}
	if (www != NULL) {
		s.web.args[n++] = "--www";
		s.web.args[n++] = www;
	}
	for (int i = 0; i < hosts.count && i < WEB_HOSTS_MAX; i++) {
		s.web.args[n++] = "--host";
		s.web.args[n++] = hosts.items[i];
	}
	if (open_to_all)
		s.web.args[n++] = "--open";
	return supervise(&s);
}

int cmd_station(int argc, char **argv)
{
	const char *data = NULL;
	struct err e = {0};
	const struct arg options[] = {{.name = "data", .value = &data, .path = true}, {0}};

	if (!args_read(argc, argv, options, 0, 0, NULL, NULL, &e))
		return args_fail(&e);
	return station_main(args_data(data));
}
