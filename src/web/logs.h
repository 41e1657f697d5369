/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The station's logs over HTTP: their files as C2SP tlog-tiles names them, read from the disk
 * beside the station, and single proofs. */
#ifndef VX_WEB_LOGS_H
#define VX_WEB_LOGS_H

#include <jansson.h>

struct request;

/* GET /log/…, /log-2/…: checkpoint, witnessed and vkey as text; tiles and bundles of any
 * width that is there, which never change. A full bundle is packed for who takes gzip. A head goes
 * to an inspector once the station has written down who looks (log.head), or cannot be reached; to
 * everybody else, and to programs that mirror the log with them, from the disk alone. */
void logs_answer(struct request *r);
/* What to do with the station's answer to that; takes over body. */
void logs_noted(struct request *r, json_t *body);
/* And when it does not answer: the file lies there, and a station that is down must keep nobody
 * from reading what it wrote. */
void logs_alone(struct request *r);

/* For api_ask: the "proof" in the station's reply as a file; takes the reply over. */
void logs_proof(struct request *r, json_t *reply);

#endif
