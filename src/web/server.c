/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/server.h"

#include "base/limits.h"
#include "base/must.h"
#include "base/text.h"
#include "people/users.h"
#include "sys/log.h"
#include "sys/proc.h"
#include "web/crowd.h"
#include "web/incoming.h"
#include "web/live.h"
#include "web/request.h"
#include "web/session.h"
#include "web/site.h"
#include "web/sse.h"
#include "web/told.h"
#include "web/tusset.h"
#include "web/upload.h"
#include "web/web.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define HEAD_MS 10000	    /* default of config.head_ms */
#define BODY_MS 30000	    /* default of config.body_ms */
#define IDLE_S 60	    /* a connection without traffic; streams beat every 15 s */
#define DEAD_MS 40000	    /* unacknowledged data: the client is gone */
#define SWEEP_MS 1000
#define CONNECTION_BYTES (24 << 10) /* one connection's head and buffers */

int64_t web_now_ms(struct web *w)
{
	return clock_mono(w->clock).ns / NS_PER_MS;
}

uint16_t web_port(const struct web *w)
{
	return w->port;
}

void visit_end(struct visit *v)
{
	shutdown(v->fd, SHUT_RDWR);
	v->ended = true;
	v->deadline_ms = 0;
}

/* A slow drip of bytes keeps libmicrohttpd's own timeout away for ever: past its deadline the
 * socket is shut down, and libmicrohttpd then finds it closed. */
static void sweep(struct timer *t)
{
	struct web *w = t->arg;
	int64_t now = web_now_ms(w);

	for (struct visit *v = w->visits; v != NULL; v = v->next) {
		if (v->deadline_ms != 0 && now >= v->deadline_ms)
			visit_end(v);
	}
	session_sweep(w);
	if (w->visits != NULL)
		timer_set(t, mono_add_ns(clock_mono(w->clock), SWEEP_MS * NS_PER_MS));
}

static void visit_begins(struct web *w, struct MHD_Connection *connection, void **context)
{
	struct visit *v = calloc(1, sizeof(*v));
	unsigned dead_ms = DEAD_MS;

	must(v != NULL);
	v->fd = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
	v->deadline_ms = web_now_ms(w) + w->config.head_ms;
	v->party = crowd_party(MHD_get_connection_info(connection,
						       MHD_CONNECTION_INFO_CLIENT_ADDRESS)
				       ->client_addr);
	setsockopt(v->fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &dead_ms, sizeof(dead_ms));
	if (w->visits == NULL)
		timer_set(&w->sweep, mono_add_ns(clock_mono(w->clock), SWEEP_MS * NS_PER_MS));
	v->next = w->visits;
	if (v->next != NULL)
		v->next->prev = v;
	w->visits = v;
	*context = v;
}

static void visit_ends(struct web *w, struct visit *v)
{
	*(v->prev != NULL ? &v->prev->next : &w->visits) = v->next;
	if (v->next != NULL)
		v->next->prev = v->prev;
	free(v);
}

static void connection_notice(void *cls, struct MHD_Connection *connection, void **context,
			      enum MHD_ConnectionNotificationCode what)
{
	if (what == MHD_CONNECTION_NOTIFY_STARTED)
		visit_begins(cls, connection, context);
	else if (*context != NULL)
		visit_ends(cls, *context);
}

static void daemon_ready(struct watch *watch, uint32_t events)
{
	(void)watch;
	(void)events; /* web_step runs the daemon after every round */
}

/* libmicrohttpd's complaints are about clients, not about us: told by nobody. */
static void hush(void *cls, const char *fmt, va_list args)
{
	(void)cls;
	(void)fmt;
	(void)args;
}

static bool has_accounts(const char *dir, bool *any, struct err *e)
{
	struct users *u = users_create(dir);
	bool ok = users_any(u, any, e);

	users_destroy(u);
	return ok;
}

static bool may_listen(const struct web_config *c, struct err *e)
{
	bool any;

	if (c->listen.loopback || c->open)
		return true;
	if (!has_accounts(c->dir, &any, e))
		return false;
	if (any)
		return true;
	return err_set(e, ERR_REFUSED,
		       T("--listen: chưa có tài khoản nào, nên trang chỉ mở cho chính máy này; ai "
			 "vào được cũng có thể cắt sóng. Tạo tài khoản: vangxa user add TÊN "
			 "--role admin; hoặc nếu tin được mạng này, thêm --open",
			 "--listen: there is no account yet, so the page is only for this machine; "
			 "whoever reaches it can take the station off the air. Make an account: "
			 "vangxa user add NAME --role admin; or if this network can be trusted, "
			 "add --open"));
}

static int listen_socket(const struct listen_address *a, struct err *e)
{
	socklen_t len = a->to.any.sa_family == AF_INET6 ? sizeof(a->to.v6) : sizeof(a->to.v4);
	int one = 1, port = ntohs(a->to.v4.sin_port); /* v6 has it at the same place */
	int fd = socket(a->to.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (fd >= 0)
		setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (fd >= 0 && bind(fd, &a->to.any, len) == 0 && listen(fd, 128) == 0)
		return fd;
	bool taken = errno == EADDRINUSE;
	err_errno(e, T("không mở được cổng %d", "cannot listen on port %d"), port);
	if (taken)
		err_set(e, ERR_CONFLICT,
			T("cổng %d đang có chương trình khác dùng (VangXa đã chạy rồi?); "
			  "tắt nó đi, hoặc chọn cổng khác bằng --listen",
			  "port %d is in use by another program (VangXa already running?); "
			  "stop it, or choose another port with --listen"),
			port);
	if (fd >= 0)
		close(fd);
	return -1;
}

static uint16_t port_of(int fd)
{
	struct listen_address a = {0};
	socklen_t len = sizeof(a.to);

	must(getsockname(fd, &a.to.any, &len) == 0);
	return ntohs(a.to.v4.sin_port);
}

static int clients_max(void)
{
	int files = proc_allow_files(HTTP_CLIENTS_MAX + HTTP_CLOSING_MAX + HTTP_FILES_MAX);
	int clients = files - HTTP_CLOSING_MAX - HTTP_FILES_MAX;

	return clients > files / 2 ? clients : files / 2;
}

static enum MHD_Result admit(void *cls, const struct sockaddr *from, socklen_t len)
{
	(void)len;
	return crowd_admit(cls, from) ? MHD_YES : MHD_NO;
}

/* Not STRICT_FOR_CLIENT: head.c is stricter, and libmicrohttpd 0.9.75 sends the head of its own
 * answer to a request without Host twice. */
static struct MHD_Daemon *start_daemon(struct web *w, int listen_fd)
{
	return MHD_start_daemon(
		MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG, 0, admit, w,
		request_handle, w, MHD_OPTION_EXTERNAL_LOGGER, hush, NULL,
		MHD_OPTION_LISTEN_SOCKET, listen_fd, MHD_OPTION_CONNECTION_LIMIT,
		(unsigned)(w->clients_max + HTTP_CLOSING_MAX), MHD_OPTION_CONNECTION_TIMEOUT,
		(unsigned)IDLE_S, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_BYTES,
		MHD_OPTION_STRICT_FOR_CLIENT, 0, MHD_OPTION_URI_LOG_CALLBACK, request_target, w,
		MHD_OPTION_NOTIFY_COMPLETED, request_completed, w,
		MHD_OPTION_NOTIFY_CONNECTION, connection_notice, w, MHD_OPTION_END);
}

static bool tus_keeps(const char *id, void *tus)
{
	return tusset_find(tus, id) != NULL;
}

bool web_create(struct web **out, const struct web_config *config, struct loop *loop,
		struct clock *clock, struct err *e)
{
	int listen_fd = may_listen(config, e) ? listen_socket(&config->listen, e) : -1;

	if (listen_fd < 0)
		return false;
	struct web *w = calloc(1, sizeof(*w));
	must(w != NULL);
	w->config = *config;
	w->config.open = config->open || !config->listen.loopback;
	if (w->config.head_ms == 0)
		w->config.head_ms = HEAD_MS;
	if (w->config.body_ms == 0)
		w->config.body_ms = BODY_MS;
	if (w->config.early_ms == 0)
		w->config.early_ms = TOLD_EARLY_MS;
	w->loop = loop;
	w->clock = clock;
	w->port = port_of(listen_fd);
	timer_open(&w->sweep, loop);
	w->sweep.due = sweep;
	w->sweep.arg = w;
	w->clients_max = clients_max();
	w->daemon = start_daemon(w, listen_fd);
	must(w->daemon != NULL);
	w->daemon_watch = (struct watch){
		.fd = MHD_get_daemon_info(w->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd,
		.events = EPOLLIN,
		.ready = daemon_ready};
	loop_watch(loop, &w->daemon_watch);
	w->tus = tusset_open(w);
	incoming_clean(config->dir, tus_keeps, w->tus);
	w->users = users_create(config->dir);
	w->site = site_create(config->www);
	w->sse = sse_create(w, false);
	w->sse_narrow = sse_create(w, true);
	w->live = live_create(w);
	*out = w;
	return true;
}

void web_step(struct web *w, int wait_ms)
{
	MHD_UNSIGNED_LONG_LONG daemon_ms;

	if (MHD_get_timeout(w->daemon, &daemon_ms) == MHD_YES &&
	    (wait_ms < 0 || daemon_ms < (unsigned)wait_ms))
		wait_ms = daemon_ms < 60000 ? (int)daemon_ms : 60000;
	loop_once(w->loop, wait_ms);
	MHD_run(w->daemon);
}

void web_run(struct web *w)
{
	while (!w->stopping)
		web_step(w, -1);
}

void web_stop(struct web *w)
{
	w->stopping = true;
}

/* libmicrohttpd aborts when it is stopped with a suspended connection: all are woken first. */
void web_destroy(struct web *w)
{
	if (w == NULL)
		return;
	w->stopping = true;
	sse_stop(w->sse);
	sse_stop(w->sse_narrow);
	live_stop(w->live);
	stream_end_all(&w->lines);
	for (struct visit *v = w->visits; v != NULL; v = v->next)
		if (v->request != NULL)
			request_resume(v->request);
	loop_unwatch(w->loop, &w->daemon_watch);
	MHD_stop_daemon(w->daemon);
	must(w->visits == NULL);
	upload_stop_all(w);
	tusset_close(w->tus);
	timer_close(&w->sweep, w->loop);
	sse_destroy(w->sse);
	sse_destroy(w->sse_narrow);
	live_destroy(w->live);
	site_destroy(w->site);
	users_destroy(w->users);
	free(w);
}
