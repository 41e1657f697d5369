/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vangxa-net fetch URL: an upper station's bytes from the network to stdout, as they come, and
 * nothing kept. */
#ifndef VX_MIX_FETCH_H
#define VX_MIX_FETCH_H

#include "base/buf.h"
#include "base/relayfault.h"

#include <stdbool.h>
#include <stdint.h>

/* Fences itself in (sys/jail.h: names of hosts and certificates may be read, sockets opened, and
 * no more), fetches until it ends; the exit status (relay_fault_status). */
int fetch_main(const char *url);

/* The work without the fences, for tests: a stream over HTTP (Icecast, Shoutcast), a playlist that
 * names one, or HLS. It never leads into this machine (loopback), by a name or a redirect, unless
 * the address itself says so. Ends with RELAY_NONE only when nobody reads out_fd any more.
 * pause_ms waits between two looks at a playlist. Blocks. */
enum relay_fault fetch_run(const char *url, int out_fd, void (*pause_ms)(int64_t ms));

/* For fetch_hls.c: one transfer. */
struct fetch {
	int out_fd;
	bool inside;	  /* the address that was set is on this machine */
	bool gone;	  /* nobody reads */
	void (*pause_ms)(int64_t ms);
	/* Of the transfer under way. */
	struct buf text;  /* a playlist; at most HLS_TEXT_BYTES */
	bool as_text, as_sound; /* which of the two it is, once known */
	bool barred;	  /* it leads into this machine */
	bool too_long;
	int64_t bytes, most_bytes; /* of sound; 0: no end */
	int64_t header_bytes;
	char url[2048];	  /* where it was found in the end, after redirects */
};

/* GET: a playlist goes to f->text, all else to out_fd. limit_s: to be done by then, 0: never. */
enum relay_fault fetch_get(struct fetch *f, const char *url, int64_t most_bytes, int limit_s);

/* As `address` stands in a text found at `base`; false when it makes no sense. */
bool fetch_resolve(const char *base, const char *address, char *out, size_t size);

/* HLS: f->text is a playlist found at f->url. Until there is no more of it. */
enum relay_fault fetch_hls(struct fetch *f);

#endif
