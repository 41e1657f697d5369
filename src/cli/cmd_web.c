/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vangxa web: the page and the HTTP interface, as a process that may be killed at any moment. */
#include "base/limits.h"
#include "base/text.h"
#include "cli/args.h"
#include "cli/cli.h"
#include "cli/shipped.h"
#include "people/users.h"
#include "proof/tile.h"
#include "sys/cert.h"
#include "sys/jail.h"
#include "sys/log.h"
#include "sys/loop.h"
#include "web/server.h"

#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Where a device on the network finds the page: at each address of the machine, if it listens at
 * all of them. */
static bool is_listened_at(const struct listen_address *a, const char *name)
{
	struct in6_addr v6;
	struct in_addr v4;

	if (a->to.any.sa_family == AF_INET)
		return inet_pton(AF_INET, name, &v4) == 1 &&
		       (a->to.v4.sin_addr.s_addr == v4.s_addr ||
			(a->to.v4.sin_addr.s_addr == 0 && ntohl(v4.s_addr) >> 24 != 127));
	return inet_pton(AF_INET6, name, &v6) == 1 &&
	       (memcmp(&a->to.v6.sin6_addr, &v6, sizeof(v6)) == 0 ||
		(IN6_IS_ADDR_UNSPECIFIED(&a->to.v6.sin6_addr) && !IN6_IS_ADDR_LOOPBACK(&v6)));
}

static void greet_tls(const struct web *w, const struct web_config *c)
{
	const struct cert *cert = c->tls_cert;
	bool v6 = c->tls.to.any.sa_family == AF_INET6;

	for (int i = 0; i < cert->name_count; i++)
		if (is_listened_at(&c->tls, cert->names[i]))
			log_info(T("trang có mã hóa ở https://%s%s%s:%d/",
				   "the page over TLS is at https://%s%s%s:%d/"),
				 v6 ? "[" : "", cert->names[i], v6 ? "]" : "", web_tls_port(w));
	log_info(T("vân tay chứng chỉ (SHA-256), để so với điện thoại: %s",
		   "fingerprint of the certificate (SHA-256), to compare on the phone: %s"),
		 cert->print);
}

static void greet(struct web *w, const struct web_config *c, const char *listen)
{
	const char *colon = strrchr(listen, ':');

	log_info(T("trang ở http://%.*s:%d/", "the page is at http://%.*s:%d/"),
		 (int)(colon - listen), listen, web_port(w));
	if (c->tls_cert != NULL)
		greet_tls(w, c);
	if (web_shut(w, false) || web_shut(w, true))
		log_info("%s",
			 T("chưa có tài khoản nào, nên từ mạng chỉ nghe được và tạo được tài khoản "
			   "quản trị đầu tiên, bằng mã của đài",
			   "there is no account yet: from the network one can only listen and make "
			   "the first administrator's account, with the station's code"));
}

/* The certificate, made if there is none. Without one that works the page goes on without TLS: that
 * is told, and the port stays closed. */
static bool find_cert(struct cert *cert, const struct web_config *c, struct wall now)
{
	static char names[CERT_NAMES_MAX][CERT_NAME_BYTES];
	int count = cert_machine_names(names, c->hosts, c->host_count);
	struct err e = {0};

	if (!cert_make(c->dir, names, count, now, &e) || !cert_load(cert, c->dir, &e)) {
		log_warn(T("không mở cổng có mã hóa: %s", "no port with TLS: %s"), e.text);
		return false;
	}
	if (!cert_fits(cert, names, count, now, &e))
		log_warn("%s", e.text);
	return true;
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

#define LOGS_READ 32 /* of the station, over /log/…; more only by the command line */
#define FOLDERS_MAX (LOGS_READ + 24)

/* What the web process works with. It speaks to strangers, so that it may come to be in their
 * hands: then the key of the log, the log's files for writing, the settings and the timetables are
 * still not. What it may change there is its own: sessions, and uploads that are under way. */
static bool shut_in(struct web_config *c, struct err *e)
{
	static const char *const own[] = {USERS_DIR, "incoming"};
	static const char *const read[] = {"masters", "aircheck", LOG_DIR};
	static const char *const system[] = {"/etc", "/usr", "/lib", "/lib64", "/proc", "/sys",
					     "/dev", "/run"};
	static char paths[FOLDERS_MAX][PATH_BYTES + 32];
	struct jail_folder list[FOLDERS_MAX] = {{c->www, JAIL_READ}, {c->dir, JAIL_NAMES}};
	int count = 2, at = 0;

	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++, at++) {
		snprintf(paths[at], sizeof(paths[at]), "%s/%s", c->dir, own[i]);
		mkdir(paths[at], 0700); /* what is there stays as it is */
		list[count++] = (struct jail_folder){paths[at], JAIL_OWN};
	}
	for (size_t i = 0; i < sizeof(read) / sizeof(read[0]); i++, at++) {
		snprintf(paths[at], sizeof(paths[at]), "%s/%s", c->dir, read[i]);
		mkdir(paths[at], 0750); /* only what is there now can be allowed */
		list[count++] = (struct jail_folder){paths[at], JAIL_READ};
	}
	/* A log that begins later is read after the next start of this process (web/logs.c). */
	c->logs = 1;
	for (int k = 2; k <= LOGS_READ; k++, at++) {
		char log[LOG_DIR_BYTES];

		log_dir(k, log);
		snprintf(paths[at], sizeof(paths[at]), "%s/%s", c->dir, log);
		if (access(paths[at], F_OK) == 0)
			c->logs = k < LOGS_READ ? k : 0; /* beginning anew would not help */
		list[count++] = (struct jail_folder){paths[at], JAIL_READ};
	}
	for (size_t i = 0; i < sizeof(system) / sizeof(system[0]); i++)
		list[count++] = (struct jail_folder){system[i], JAIL_READ};
	return jail_folders(list, count, e);
}

static int serve(struct web_config *c, const char *listen, bool tls, bool wait)
{
	struct serving s = {.loop = loop_create(), .again = {.due = on_again}};
	struct cert cert = {0};
	struct err e = {0};

	clock_real_open(&s.clock);
	if (tls && find_cert(&cert, c, clock_wall(&s.clock.clock)))
		c->tls_cert = &cert;
	timer_open(&s.again, s.loop);
	loop_on_stop_signals(s.loop, stop, &s);
	if (shut_in(c, &e) && listen_at_last(&s, c, wait, &e)) {
		e = (struct err){0};
		greet(s.web, c, listen);
		web_run(s.web);
	}
	web_destroy(s.web);
	c->tls_cert = NULL;
	cert_finish(&cert);
	timer_close(&s.again, s.loop);
	clock_real_close(&s.clock);
	loop_destroy(s.loop);
	/* What was refused needs another call, as wrong usage does: nobody need try again. */
	return e.kind == ERR_REFUSED ? 2 : err_exit_status(&e);
}

int cmd_web(int argc, char **argv)
{
	char www[PATH_BYTES];
	const char *data = NULL, *listen = "127.0.0.1:8080", *tls = NULL;
	struct web_config c = {.www = NULL};
	struct arg_list hosts = {0};
	bool wait = false;
	struct err e = {0};
	const struct arg options[] = {{.name = "data", .value = &data, .path = true},
				      {.name = "listen", .value = &listen},
				      {.name = "tls", .value = &tls},
				      {.name = "host", .list = &hosts},
				      {.name = "www", .value = &c.www, .path = true},
				      {.name = "open", .flag = &c.open},
				      {.name = "wait", .flag = &wait},
				      {0}};

	if (!args_read(argc, argv, options, 0, 0, NULL, NULL, &e) ||
	    !guard_listen(listen, &c.listen, &e) || (tls != NULL && !guard_listen(tls, &c.tls, &e)))
		return args_fail(&e);
	if (c.www == NULL) {
		shipped_www(www);
		c.www = www;
	}
	c.dir = args_data(data);
	for (; c.host_count < hosts.count && c.host_count < WEB_HOSTS_MAX; c.host_count++)
		c.hosts[c.host_count] = hosts.items[c.host_count];
	/* A client that hangs up while it is written to is no reason to die. */
	sigaction(SIGPIPE, &(struct sigaction){.sa_handler = SIG_IGN}, NULL);
	return serve(&c, listen, tls != NULL, wait);
}
