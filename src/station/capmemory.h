/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which CAP messages were received, so that none sounds twice, and which wait for their time. It is
 * made anew from the log at each start. Main thread. */
#ifndef VX_STATION_CAPMEMORY_H
#define VX_STATION_CAPMEMORY_H

#include "base/limits.h"
#include "proof/reader.h"

#include <jansson.h>
#include <stdbool.h>

/* key as in plan/cap.h. */
struct capmemory {
	json_t *seen;	 /* key → true: taken; false: refused; null: only known as a duplicate */
	json_t *waiting; /* key → {"sha256", "from_s"} */
	json_t *signers; /* key → whose key had signed it, of what was taken */
	json_t *called_off; /* key → whose key said that it is over, before it came */
};

void capmemory_init(struct capmemory *m);
void capmemory_finish(struct capmemory *m);

/* The newest CAP_SEEN_MAX entries cap.received. */
bool capmemory_read(struct capmemory *m, struct view *view, struct err *e);

/* Was it taken before? What was refused (by a clock that is wrong, while loudspeakers were cut) may
 * come again. */
bool capmemory_knows(const struct capmemory *m, const char *key);

/* It has been decided, and waits no more. */
void capmemory_settle(struct capmemory *m, const char *key, bool refused);

/* Whose key signed it when it was taken; "" unknown. */
const char *capmemory_signer(const struct capmemory *m, const char *key);
void capmemory_sign(struct capmemory *m, const char *key, const char *signer);

/* It waits until from_s (seconds since 1970). */
void capmemory_wait(struct capmemory *m, const char *key, const char *sha256, int64_t from_s);

/* Those waiting to which the message refers wait no more; their keys are added to ended. */
void capmemory_end(struct capmemory *m, const json_t *alert, json_t *ended);

/* What the message says is over and has not come yet is called off in the name of its signer: notes
 * it, and gives the keys (the caller's). above: the signer may end what others send. */
json_t *capmemory_call_off(struct capmemory *m, const json_t *alert, const char *signer,
			   bool above);

/* Who called it off before it came; NULL nobody. */
const char *capmemory_called_off(const struct capmemory *m, const char *key);

/* One whose time has come: its key and the name of its kept file; false: none. */
bool capmemory_due(const struct capmemory *m, int64_t now_s, char key[static CAP_KEY_BYTES],
		   char sha256[static SHA256_HEX_BYTES]);

#endif
