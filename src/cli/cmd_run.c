/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vangxa run and vangxa station: the station alone, or station and web under one supervisor that
 * starts again whatever dies. The supervisor holds nothing that could be lost. */
#include "base/limits.h"
#include "base/must.h"
#include "base/text.h"
#include "cli/args.h"
#include "cli/cli.h"
#include "station/station.h"
#include "sys/clock.h"
#include "sys/log.h"
#include "sys/loop.h"
#include "sys/notify.h"
#include "sys/proc.h"
#include "web/server.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

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
	int notify_fd;	     /* it says there how it does; −1: it need not */
	struct mono fed;     /* when it last said that it is well; 0: not yet */
	bool hung;	     /* it had to be killed: its next run writes that down */
	struct supervisor *super;
};

struct supervisor {
	struct loop *loop;
	struct clock_real clock;
	struct child station, web;
	struct notify above; /* systemd, if it started us */
	struct watch said;   /* of the station */
	struct timer look;   /* each second */
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

/* A hung station is as silent as a dead one, and the kernel does not tell of it. */
static void on_look(struct timer *t)
{
	struct supervisor *s = t->arg;
	struct child *c = &s->station;
	struct mono now = clock_mono(&s->clock.clock);

	notify_say(&s->above, "WATCHDOG=1"); /* whoever watches over the station is well */
	if (c->fed.ns != 0 && now.ns - c->fed.ns > WATCHDOG_S * NS_PER_S && c->proc.pid != 0) {
		log_warn(T("đài không trộn tiếng đã %d giây: tắt và khởi động lại",
			   "the station has mixed nothing for %d s: it is ended and started again"),
			 WATCHDOG_S);
		c->hung = true;
		c->fed.ns = 0;
		kill(c->proc.pid, SIGKILL);
	}
	timer_set(t, mono_add_ns(now, NS_PER_S));
}

static void on_said(struct watch *w, uint32_t events)
{
	struct supervisor *s = w->arg;
	char word[64];
	ssize_t n;

	(void)events;
	while ((n = recv(w->fd, word, sizeof(word) - 1, MSG_DONTWAIT)) > 0) {
		word[n] = '\0';
		if (strcmp(word, "READY=1") == 0)
			notify_say(&s->above, word);
		s->station.fed = clock_mono(&s->clock.clock);
	}
}

/* Its end is inherited by each station; the words of one that was killed are read before the next
 * begins. */
static void open_said(struct supervisor *s)
{
	int fds[2];

	must(socketpair(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0, fds) == 0);
	s->station.notify_fd = fds[1];
	s->said = (struct watch){.fd = fds[0], .events = EPOLLIN, .ready = on_said, .arg = s};
	loop_watch(s->loop, &s->said);
	s->look = (struct timer){.due = on_look, .arg = s};
	timer_open(&s->look, s->loop);
	timer_set(&s->look, clock_mono(&s->clock.clock));
}

static void start(struct child *c)
{
	struct proc_fds fds = {.in_fd = -1, .out_fd = -1};
	const char *args[sizeof(c->args) / sizeof(c->args[0]) + 3];
	struct err e = {0};
	int n = 0;

	for (; c->args[n] != NULL; n++)
		args[n] = c->args[n];
	if (c->notify_fd >= 0) {
		on_said(&c->super->said, 0);
		fds.kept = &c->notify_fd;
		fds.kept_count = 1;
		args[n++] = "--notify";
		args[n++] = "3";
	}
	if (c->hung)
		args[n++] = "--hung";
	args[n] = NULL;
	c->fed.ns = 0;
	c->hung = false;
	c->started = clock_mono(&c->super->clock.clock);
	if (!proc_start(&c->proc, (char *const *)args, &fds, &e)) {
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
	c->notify_fd = -1;
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
	notify_open(&s->above, -1);
	open_said(s);
	start(&s->station);
	start(&s->web);
	loop_run(s->loop);
	notify_say(&s->above, "STOPPING=1");
	proc_end(&s->web.proc, GRACE_MS);
	proc_end(&s->station.proc, GRACE_MS);
	timer_close(&s->station.again, s->loop);
	timer_close(&s->web.again, s->loop);
	timer_close(&s->look, s->loop);
	close(s->said.fd);
	close(s->station.notify_fd);
	notify_close(&s->above);
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
	const char *data = NULL, *notify = NULL;
	bool hung = false;
	struct err e = {0};
	/* The last two are the supervisor's. */
	const struct arg options[] = {{.name = "data", .value = &data, .path = true},
				      {.name = "notify", .value = &notify},
				      {.name = "hung", .flag = &hung},
				      {0}};

	if (!args_read(argc, argv, options, 0, 0, NULL, NULL, &e))
		return args_fail(&e);
	return station_main(args_data(data), notify != NULL && strcmp(notify, "3") == 0 ? 3 : -1,
			    hung);
}
