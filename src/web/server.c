/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/server.h"

#include "base/limits.h"
#include "base/must.h"
#include "base/text.h"
#include "people/users.h"
#include "sys/log.h"
#include "sys/proc.h"
#include "web/arrival.h"
#include "web/crowd.h"
#include "web/incoming.h"
#include "web/linger.h"
#include "web/live.h"
#include "web/request.h"
#include "web/session.h"
#include "web/sheets.h"
#include "web/site.h"
#include "web/sse.h"
#include "web/told.h"
#include "web/tusset.h"
#include "web/web.h"

#include <netinet/tcp.h>
#include <stdlib.h>
#include <sys/socket.h>

#define HEAD_MS 10000	    /* default of config.head_ms */
#define BODY_MS 30000	    /* default of config.body_ms */
#define DEAD_MS 40000	    /* unacknowledged data: the client is gone */
#define SWEEP_MS 1000

int64_t web_now_ms(struct web *w)
{
	return clock_mono(w->clock).ns / NS_PER_MS;
}

uint16_t web_port(const struct web *w)
{
	return w->plain.number;
}

uint16_t web_tls_port(const struct web *w)
{
	return w->tls.number;
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
	linger_sweep(w, now);
	if (w->visits != NULL || w->lingers != NULL)
		timer_set(t, mono_add_ns(clock_mono(w->clock), SWEEP_MS * NS_PER_MS));
}

struct visit *visit_begins(struct web *w, struct MHD_Connection *connection, bool tls)
{
	struct visit *v = calloc(1, sizeof(*v));
	unsigned dead_ms = DEAD_MS;

	must(v != NULL);
	v->fd = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
	v->tls = tls;
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
	return v;
}

void visit_ends(struct web *w, struct visit *v)
{
	*(v->prev != NULL ? &v->prev->next : &w->visits) = v->next;
	if (v->next != NULL)
		v->next->prev = v->prev;
	if (v->early && !v->ended && !w->stopping)
		linger_begin(w, v->fd);
	free(v);
}

bool web_shut(struct web *w, bool tls)
{
	struct err e = {0};
	bool any;

	return (tls ? w->shut_tls : w->shut) && (!users_any(w->users, &any, &e) || !any);
}

static int clients_max(void)
{
	int files = proc_allow_files(HTTP_CLIENTS_MAX + HTTP_CLOSING_MAX + HTTP_FILES_MAX);
	int clients = files - HTTP_CLOSING_MAX - HTTP_FILES_MAX;

	return clients > files / 2 ? clients : files / 2;
}

static bool tus_keeps(const char *id, void *tus)
{
	return tusset_find(tus, id) != NULL;
}

static void set_defaults(struct web_config *c)
{
	c->open |= !c->listen.loopback || (c->tls_cert != NULL && !c->tls.loopback);
	if (c->head_ms == 0)
		c->head_ms = HEAD_MS;
	if (c->body_ms == 0)
		c->body_ms = BODY_MS;
	if (c->early_ms == 0)
		c->early_ms = TOLD_EARLY_MS;
}

static bool open_ports(struct web *w, struct err *e)
{
	const struct web_config *c = &w->config;

	if (port_open(&w->plain, w, &c->listen, NULL, e) &&
	    (c->tls_cert == NULL || port_open(&w->tls, w, &c->tls, c->tls_cert, e)))
		return true;
	port_close(&w->plain);
	return false;
}

bool web_create(struct web **out, const struct web_config *config, struct loop *loop,
		struct clock *clock, struct err *e)
{
	struct web *w = calloc(1, sizeof(*w));
	must(w != NULL);
	w->config = *config;
	w->shut = !config->open && !config->listen.loopback;
	w->shut_tls = !config->open && config->tls_cert != NULL && !config->tls.loopback;
	set_defaults(&w->config);
	w->loop = loop;
	w->clock = clock;
	w->clients_max = clients_max();
	if (!open_ports(w, e)) {
		free(w);
		return false;
	}
	timer_open(&w->sweep, loop);
	w->sweep.due = sweep;
	w->sweep.arg = w;
	w->tus = tusset_open(w);
	incoming_clean(config->dir, tus_keeps, w->tus);
	w->users = users_create(config->dir);
	w->site = site_create(config->www, false);
	w->site_tls = config->tls_cert != NULL ? site_create(config->www, true) : NULL;
	w->sse = sse_create(w, false);
	w->sse_narrow = sse_create(w, true);
	w->live = live_create(w);
	*out = w;
	return true;
}

void web_step(struct web *w, int wait_ms)
{
	loop_once(w->loop, port_wait_ms(&w->plain, port_wait_ms(&w->tls, wait_ms)));
	port_run(&w->plain);
	port_run(&w->tls);
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
	port_close(&w->plain);
	port_close(&w->tls);
	must(w->visits == NULL);
	linger_drop(w);
	arrival_stop_all(w);
	sheets_drop(w);
	tusset_close(w->tus);
	timer_close(&w->sweep, w->loop);
	sse_destroy(w->sse);
	sse_destroy(w->sse_narrow);
	live_destroy(w->live);
	site_destroy(w->site);
	site_destroy(w->site_tls);
	users_destroy(w->users);
	free(w);
}
