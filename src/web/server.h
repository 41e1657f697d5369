/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The web server: binds the address, accepts connections, ends those that dawdle. */
#ifndef VX_WEB_SERVER_H
#define VX_WEB_SERVER_H

#include "base/err.h"
#include "sys/clock.h"
#include "sys/loop.h"
#include "web/guard.h"

#include <stdbool.h>
#include <stdint.h>

#define WEB_HOSTS_MAX 8

struct cert;

/* Texts stay the caller's and must outlive the server. */
struct web_config {
	const char *dir;	     /* DIR: control.sock, live.sock, incoming/ */
	const char *www;	     /* folder of the built page */
	struct listen_address listen; /* plain */
	const struct cert *tls_cert;  /* NULL: no TLS */
	struct listen_address tls;    /* where it is spoken then */
	bool open;		     /* without accounts, who may connect may do everything */
	const char *hosts[WEB_HOSTS_MAX]; /* names under which it is reached, besides the usual */
	int host_count;
	int head_ms;		     /* a request's head must be there by then; 0: 10 s */
	int body_ms;		     /* a body that is no upload, by then; 0: 30 s */
	/* The newest log there was when this process shut itself in: what begins later it may not
	 * read, and whoever asks for that makes it end, to be started anew. 0: it never ends so. */
	int logs;
	int early_ms;		     /* an upload is answered by then; 0: TOLD_EARLY_MS */
};

struct web;

/* Binds and gets ready to serve on the loop. On an address that other machines reach, and without
 * config.open, a visitor may make the first account as long as there is none, and hear the live
 * stream, and nothing else: else whoever reaches the port could take the station off the air.
 * ERR_CONFLICT when the port is taken. Loop and clock stay the caller's. */
bool web_create(struct web **w, const struct web_config *config, struct loop *loop,
		struct clock *clock, struct err *e);

/* True while there is nothing but the first account to be made by who comes to this port: the plain
 * one, or that with TLS. */
bool web_shut(struct web *w, bool tls);

/* The port in use; the one chosen by the kernel when 0 was asked for. */
uint16_t web_port(const struct web *w);
/* The same of the port with TLS; 0: none. */
uint16_t web_tls_port(const struct web *w);

/* Runs until web_stop. On the loop's thread. */
void web_run(struct web *w);
/* One round of at most wait_ms (−1 for ever): what web_run repeats. */
void web_step(struct web *w, int wait_ms);
void web_stop(struct web *w);

/* Ends every connection and frees all. Accepts NULL. */
void web_destroy(struct web *w);

#endif
