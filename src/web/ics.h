/* SPDX-License-Identifier: GPL-3.0-or-later */
/* /lich.ics: what will air, for a phone's calendar, which shows no session but the token of its
 * address. The station looks at the token, because it counts the tries. */
#ifndef VX_WEB_ICS_H
#define VX_WEB_ICS_H

#include <jansson.h>

struct request;

void ics_ask(struct request *r);
void ics_told(struct request *r, json_t *body);

#endif
