/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/port.h"

#include "base/limits.h"
#include "base/must.h"
#include "base/text.h"
#include "sys/cert.h"
#include "web/crowd.h"
#include "web/guard.h"
#include "web/request.h"
#include "web/web.h"

#include <errno.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define IDLE_S 60	    /* a connection without traffic; streams beat every 15 s */
#define CONNECTION_BYTES (24 << 10) /* one connection's head and buffers */
/* TLS 1.3 first, 1.2 for old phones, and there only what is still sound (OWASP ASVS 12.1). */
#define PRIORITIES                                                                                 \
	"SECURE128:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-KX-ALL:+ECDHE-ECDSA:+ECDHE-RSA:"           \
	"-CIPHER-ALL:+AES-256-GCM:+CHACHA20-POLY1305:+AES-128-GCM:-MAC-ALL:+AEAD:"                 \
	"%SERVER_PRECEDENCE"

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

static uint16_t number_of(int fd)
{
	struct listen_address a = {0};
	socklen_t len = sizeof(a.to);

	must(getsockname(fd, &a.to.any, &len) == 0);
	return ntohs(a.to.v4.sin_port);
}

static enum MHD_Result admit(void *cls, const struct sockaddr *from, socklen_t len)
{
	(void)len;
	return crowd_admit(cls, from) ? MHD_YES : MHD_NO;
}

static void notice(void *cls, struct MHD_Connection *connection, void **context,
		   enum MHD_ConnectionNotificationCode what)
{
	const struct port *p = cls;

	if (what == MHD_CONNECTION_NOTIFY_STARTED)
		*context = visit_begins(p->web, connection, p->tls);
	else if (*context != NULL)
		visit_ends(p->web, *context);
}

/* Of libmicrohttpd's two strict ways the older one is off: head.c is stricter, and 0.9.75 sends the
 * head of its own answer to a request without Host twice. The newer one does what head.c cannot do
 * there. */
#if MHD_VERSION >= 0x00097701
#define STRICT MHD_OPTION_CLIENT_DISCIPLINE_LVL, 2
#else
#define STRICT MHD_OPTION_STRICT_FOR_CLIENT, 0
#endif

static struct MHD_Daemon *start_daemon(struct port *p, int listen_fd, const struct cert *cert)
{
	struct web *w = p->web;
	struct MHD_OptionItem tls[] = {
		{MHD_OPTION_HTTPS_MEM_CERT, 0, cert != NULL ? cert->chain_pem : NULL},
		{MHD_OPTION_HTTPS_MEM_KEY, 0, cert != NULL ? cert->key_pem : NULL},
		{MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)(uintptr_t)PRIORITIES},
		{MHD_OPTION_END, 0, NULL},
	};

	return MHD_start_daemon(
		MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG |
			(cert != NULL ? MHD_USE_TLS : 0),
		0, admit, w, request_handle, w, MHD_OPTION_EXTERNAL_LOGGER, hush, NULL,
		MHD_OPTION_LISTEN_SOCKET, listen_fd, MHD_OPTION_CONNECTION_LIMIT,
		(unsigned)(w->clients_max + HTTP_CLOSING_MAX), MHD_OPTION_CONNECTION_TIMEOUT,
		(unsigned)IDLE_S, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_BYTES,
		STRICT, MHD_OPTION_URI_LOG_CALLBACK, request_target, w,
		MHD_OPTION_NOTIFY_COMPLETED, request_completed, w, MHD_OPTION_NOTIFY_CONNECTION,
		notice, p, MHD_OPTION_ARRAY, cert != NULL ? tls : tls + 3, MHD_OPTION_END);
}

bool port_open(struct port *p, struct web *w, const struct listen_address *a,
	       const struct cert *cert, struct err *e)
{
	int fd = listen_socket(a, e);

	if (fd < 0)
		return false;
	p->web = w;
	p->tls = cert != NULL;
	p->number = number_of(fd);
	p->daemon = start_daemon(p, fd, cert);
	if (p->daemon == NULL) {
		close(fd);
		return err_set(e, ERR_FAILED, T("libmicrohttpd không mở được cổng %d",
						"libmicrohttpd cannot open port %d"), p->number);
	}
	p->watch = (struct watch){
		.fd = MHD_get_daemon_info(p->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd,
		.events = EPOLLIN,
		.ready = daemon_ready};
	loop_watch(w->loop, &p->watch);
	return true;
}

int port_wait_ms(const struct port *p, int wait_ms)
{
	MHD_UNSIGNED_LONG_LONG ms;

	if (p->daemon == NULL || MHD_get_timeout(p->daemon, &ms) != MHD_YES ||
	    (wait_ms >= 0 && ms >= (unsigned)wait_ms))
		return wait_ms;
	return ms < 60000 ? (int)ms : 60000;
}

void port_run(struct port *p)
{
	if (p->daemon != NULL)
		MHD_run(p->daemon);
}

void port_close(struct port *p)
{
	if (p->daemon == NULL)
		return;
	loop_unwatch(p->web->loop, &p->watch);
	MHD_stop_daemon(p->daemon);
	p->daemon = NULL;
}
