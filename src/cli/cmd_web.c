/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vangxa web: the page and the HTTP interface, as a process that may be killed at any moment. */
#include "base/limits.h"
#include "base/text.h"
#include "cli/args.h"
#include "cli/cli.h"
#include "sys/log.h"
#include "sys/loop.h"
#include "web/server.h"

#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int usage(void)
{
	fprintf(stderr, "%s\n",
		T("cách dùng: vangxa web [--data THƯ-MỤC] [--listen ĐỊA-CHỈ:CỔNG] [--open] "
		  "[--host TÊN]… [--www THƯ-MỤC] [--wait]",
		  "usage: vangxa web [--data DIR] [--listen ADDR:PORT] [--open] [--host NAME]… "
		  "[--www DIR] [--wait]"));
	return 2;
}

/* The page lies at one place from the program: PREFIX/share/vangxa/www from PREFIX/bin (make
 * install), web/dist from build/NAME (make page). Found from the program itself and not from the
 * folder it was started in, so that any PREFIX works and nobody's web/dist is served by accident.
 * */
static const char *find_www(char path[PATH_BYTES])
{
	char program[PATH_BYTES / 2];
	ssize_t len = readlink("/proc/self/exe", program, sizeof(program) - 1);

	program[len > 0 ? len : 0] = '\0';
	char *slash = strrchr(program, '/');
	if (slash != NULL)
		*slash = '\0';
	snprintf(path, PATH_BYTES, "%s/../../web/dist/index.html", program);
	bool here = access(path, R_OK) == 0;
	snprintf(path, PATH_BYTES, "%s/../%s", program, here ? "../web/dist" : "share/vangxa/www");
	return path;
}

static bool read_options(int argc, char **argv, struct web_config *c, const char **listen,
			 bool *wait)
{
	static const struct option options[] = {
		{"data", required_argument, NULL, 'd'}, {"listen", required_argument, NULL, 'l'},
		{"open", no_argument, NULL, 'o'},	{"host", required_argument, NULL, 'h'},
		{"www", required_argument, NULL, 'w'},	{"wait", no_argument, NULL, 'W'},
		{NULL, 0, NULL, 0},
	};

	opterr = 0;
	optind = 0;
	for (int o; (o = getopt_long(argc, argv, "", options, NULL)) != -1;) {
		if (o == 'd')
			c->dir = optarg;
		else if (o == 'l')
			*listen = optarg;
		else if (o == 'w')
			c->www = optarg;
		else if (o == 'W')
			*wait = true;
		else if (o == 'o')
			c->open = true;
		else if (o == 'h' && c->host_count < WEB_HOSTS_MAX)
			c->hosts[c->host_count++] = optarg;
		else
			return false;
	}
	return optind == argc;
}

static void greet(const struct web *w, const char *listen)
{
	const char *colon = strrchr(listen, ':');

	log_info(T("trang ở http://%.*s:%d/", "the page is at http://%.*s:%d/"),
		 (int)(colon - listen), listen, web_port(w));
}

/* The web process from its first try to listen until it is told to stop. */
struct serving {
	struct loop *loop;
	struct clock_real clock;
	struct timer again;
	struct web *web; /* NULL: no port yet */
	bool stopping;
};

static void stop(void *arg)
{
	struct serving *s = arg;

	s->stopping = true;
	if (s->web != NULL)
		web_stop(s->web);
}

static void on_again(struct timer *t)
{
	(void)t; /* it only ends the wait of loop_once */
}

/* Until web_create has a port, or refuses for a reason that time does not mend, or a signal ends
 * the wait. The same sentence is told once, however often it is true. */
static bool listen_at_last(struct serving *s, const struct web_config *c, bool wait, struct err *e)
{
	char told[ERR_TEXT_BYTES] = "";
	int64_t pause_s = 1;

	while (!web_create(&s->web, c, s->loop, &s->clock.clock, e)) {
		if (strcmp(told, e->text) != 0)
			fprintf(stderr, "vangxa: web: %s\n", e->text);
		snprintf(told, sizeof(told), "%s", e->text);
		if (!wait || e->kind != ERR_CONFLICT)
			return false;
		struct mono again =
			mono_add_ns(clock_mono(&s->clock.clock), pause_s * NS_PER_S);
		timer_set(&s->again, again);
		while (!s->stopping && clock_mono(&s->clock.clock).ns < again.ns)
			loop_once(s->loop, -1);
		if (s->stopping) {
			*e = (struct err){0};
			return false;
		}
		pause_s = pause_s < 16 ? pause_s * 2 : 30;
	}
	return true;
}

static int serve(const struct web_config *c, const char *listen, bool wait)
{
	struct serving s = {.loop = loop_create(), .again = {.due = on_again}};
	struct err e = {0};

	clock_real_open(&s.clock);
	timer_open(&s.again, s.loop);
	loop_on_stop_signals(s.loop, stop, &s);
	if (listen_at_last(&s, c, wait, &e)) {
		e = (struct err){0};
		greet(s.web, listen);
		web_run(s.web);
	}
	web_destroy(s.web);
	timer_close(&s.again, s.loop);
	clock_real_close(&s.clock);
	loop_destroy(s.loop);
	/* What was refused needs another call, as wrong usage does: nobody need try again. */
	return e.kind == ERR_REFUSED ? 2 : err_exit_status(&e);
}

int cmd_web(int argc, char **argv)
{
	char www[PATH_BYTES];
	struct web_config c = {.dir = args_data(NULL), .www = find_www(www)};
	const char *listen = "127.0.0.1:8080";
	bool wait = false;
	struct err e = {0};

	if (!read_options(argc, argv, &c, &listen, &wait))
		return usage();
	if (!guard_listen(listen, &c.listen, &e)) {
		fprintf(stderr, "vangxa: web: %s\n", e.text);
		return 2;
	}
	/* A client that hangs up while it is written to is no reason to die. */
	sigaction(SIGPIPE, &(struct sigaction){.sa_handler = SIG_IGN}, NULL);
	return serve(&c, listen, wait);
}
