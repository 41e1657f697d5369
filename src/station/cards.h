/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bulletins as answers tell of them: the row of the view, how often it aired, and people by their
 * names, which stand in no entry (people/users.h). */
#ifndef VX_STATION_CARDS_H
#define VX_STATION_CARDS_H

#include "base/bulletin.h"
#include "station/desk.h"

#include <jansson.h>
#include <stdbool.h>

/* What is asked once for many cards. */
struct cards {
	const struct desk *desk;
	json_t *aired, *findings, *names;
};

/* id NULL: for any bulletin. False + err: nothing is left open. Main thread. */
bool cards_open(struct cards *c, struct desk *d, const char *id, struct err *e);
void cards_close(struct cards *c);

/* row_bulletin_json and "aired" (whole), "aired_parts", "aired_unsure", "sender_name",
 * "endorsed_name", "decided.name" (null: the account is not known, or it was somebody at the
 * machine). The caller owns it. */
json_t *cards_make(const struct cards *c, const struct bulletin *b);

/* The name of "user:7" for people; null otherwise. The caller's reference. */
json_t *cards_name(const struct cards *c, const char *who);

#endif
