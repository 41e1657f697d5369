/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who leaves before an answer is there: libmicrohttpd does not look at a connection that waits, and
 * what takes the station long would be made for nobody. */
#ifndef VX_WEB_LEAVING_H
#define VX_WEB_LEAVING_H

struct request;

/* From now on until leaving_forget: if the other end of the request's connection closes, its
 * question to the station is taken back. */
void leaving_watch(struct request *r);
void leaving_forget(struct request *r); /* fine twice */

#endif
