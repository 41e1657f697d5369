/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A CAP 1.2 file from a stranger as plain JSON, once its signature is found to be by one of our
 * keys and to cover all of it. Read by libxml2 and xmlsec in a process of its own that has no
 * rights (`vangxa worker cap`). */
#ifndef VX_PLAN_CAP_READ_H
#define VX_PLAN_CAP_READ_H

/* stdin, in parts (sys/errand.h): the XML, then for each key a name and a PEM (a public key or a
 * certificate). On stdout one line of JSON: {"error": code of cap_why} or {"key": name, "alert":
 * {the texts of <alert> by their names, "info": [{…, "category", "responseType": [texts], "area":
 * [{"areaDesc", "polygon", "circle": [texts], "geocode": [{"valueName", "value"}]}]}]}}. Shuts
 * itself in before it parses. The exit status: 0 when it has answered. */
int cap_read_main(void);

#endif
