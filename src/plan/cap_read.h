/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A CAP 1.2 file from a stranger as plain JSON, once its signature is found to be by one of our
 * keys and to cover all of it. Read by libxml2 and xmlsec in a process of its own that has no
 * rights (`vangxa worker cap`). */
#ifndef VX_PLAN_CAP_READ_H
#define VX_PLAN_CAP_READ_H

#include "base/buf.h"

#include <jansson.h>
#include <stdbool.h>

/* stdin, in parts (sys/errand.h): the XML, then for each key a name and a PEM (a public key or a
 * certificate). On stdout one line of JSON: {"error": code of cap_why} or {"key": name, "alert":
 * {the texts of <alert> by their names, "info": [{…, "category", "responseType": [texts], "area":
 * [{"areaDesc", "polygon", "circle": [texts], "geocode": [{"valueName", "value"}]}]}]}}. Shuts
 * itself in before it parses. The exit status: 0 when it has answered. */
int cap_read_main(void);

/* What the libraries load, once a process, before the next one. */
bool cap_read_prepare(void);

/* The answer to what came on stdin, the caller's; NULL: it is not in parts, or the fence cannot be
 * put up. fenced: the process gives its rights away between the keys, which are ours, and the
 * XML. */
json_t *cap_read_parts(const struct buf *in, bool fenced);

#endif
