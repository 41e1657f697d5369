/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The station's own certificate for TLS: DIR/tls/cert.pem and key.pem (0600), made at first use.
 *
 * * A station in a commune has no name that a public authority could certify, and often no
 * Internet. So it signs for itself, and a person compares the fingerprint once, on each device. Its
 * key is nobody's authority (CA:FALSE): a device that accepts it trusts this station and nothing
 * else. The road not taken: an authority of the station's own that phones install; its key, on a PC
 * in an open office, could then speak for every bank.
 *
 * Whoever has a certificate puts the two files there. */
#ifndef VX_SYS_CERT_H
#define VX_SYS_CERT_H

#include "base/err.h"
#include "base/moment.h"

#include <stdbool.h>

#define CERT_NAMES_MAX 24
#define CERT_NAME_BYTES 256
#define CERT_PRINT_BYTES 96 /* 32 bytes as "AB:CD:…" */

struct cert {
	char *chain_pem, *key_pem; /* key: wiped by cert_finish */
	char print[CERT_PRINT_BYTES]; /* SHA-256 of the certificate, as browsers show it */
	struct wall from, until;
	char names[CERT_NAMES_MAX][CERT_NAME_BYTES]; /* DNS names and addresses it speaks for */
	int name_count;
};

/* The names and addresses under which this machine may be asked for: host name, that with .local,
 * localhost, extra[], and every address but link-local ones. Returns how many. */
int cert_machine_names(char names[CERT_NAMES_MAX][CERT_NAME_BYTES], const char *const extra[],
		       int extra_count);

/* Unless DIR/tls/cert.pem is there: makes one for these names, with key.pem if that is there, else
 * with a new P-256 key. Valid for ten years from now, and from 2026 on: a clock that is wrong does
 * no harm. */
bool cert_make(const char *dir, const char names[][CERT_NAME_BYTES], int count, struct wall now,
	       struct err *e);

/* Reads both files; *c is zero before, cert_finish after, also on failure. ERR_NOT_FOUND when there
 * are none, ERR_DAMAGED when they cannot be read, or do not belong together, with what to do. */
bool cert_load(struct cert *c, const char *dir, struct err *e);

/* What will make a browser complain beyond the first time: it has ended, has not begun, or does not
 * name one of `names`. True if nothing. */
bool cert_fits(const struct cert *c, const char names[][CERT_NAME_BYTES], int count,
	       struct wall now, struct err *e);

/* Accepts what cert_load left, and a zeroed one. */
void cert_finish(struct cert *c);

#endif
