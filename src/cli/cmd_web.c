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
		  "[--host TÊN]… [--www THƯ-MỤC]",
		  "usage: vangxa web [--data DIR] [--listen ADDR:PORT] [--open] [--host NAME]… "
		  "[--www DIR]"));
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

static bool read_options(int argc, char **argv, struct web_config *c, const char **listen)
{
	static const struct option options[] = {
		{"data", required_argument, NULL, 'd'}, {"listen", required_argument, NULL, 'l'},
		{"open", no_argument, NULL, 'o'},	{"host", required_argument, NULL, 'h'},
		{"www", required_argument, NULL, 'w'},	{NULL, 0, NULL, 0},
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
		else if (o == 'o')
			c->open = true;
		else if (o == 'h' && c->host_count < WEB_HOSTS_MAX)
			c->hosts[c->host_count++] = optarg;
		else
			return false;
	}
	return optind == argc;
}

static void stop(void *web)
{
	web_stop(web);
}

static void greet(const struct web *w, const char *listen)
{
	const char *colon = strrchr(listen, ':');

	log_info(T("trang ở http://%.*s:%d/", "the page is at http://%.*s:%d/"),
		 (int)(colon - listen), listen, web_port(w));
}

static int serve(const struct web_config *c, const char *listen)
{
	struct loop *loop = loop_create();
	struct clock_real clock;
	struct web *w = NULL;
	struct err e = {0};

	clock_real_open(&clock);
	bool good = web_create(&w, c, loop, &clock.clock, &e);
	if (good) {
		loop_on_stop_signals(loop, stop, w);
		greet(w, listen);
		web_run(w);
	} else {
		fprintf(stderr, "vangxa: web: %s\n", e.text);
	}
	web_destroy(w);
	clock_real_close(&clock);
	loop_destroy(loop);
	/* What was refused needs another call, as wrong usage does: nobody need try again. */
	if (e.kind == ERR_REFUSED)
		return 2;
	return good ? 0 : err_exit_status(&e);
}

int cmd_web(int argc, char **argv)
{
	char www[PATH_BYTES];
	struct web_config c = {.dir = args_data(NULL), .www = find_www(www)};
	const char *listen = "127.0.0.1:8080";
	struct err e = {0};

	if (!read_options(argc, argv, &c, &listen))
		return usage();
	if (!guard_listen(listen, &c.listen, &e)) {
		fprintf(stderr, "vangxa: web: %s\n", e.text);
		return 2;
	}
	/* A client that hangs up while it is written to is no reason to die. */
	sigaction(SIGPIPE, &(struct sigaction){.sa_handler = SIG_IGN}, NULL);
	return serve(&c, listen);
}
