/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The entries of emergencies and drills. */
#ifndef VX_PROOF_ALARM_H
#define VX_PROOF_ALARM_H

#include "base/civil.h"

#include <jansson.h>
#include <stdbool.h>

#define KIND_EMERGENCY_RAISED "emergency.raised"
#define KIND_EMERGENCY_CHANGED "emergency.changed"
#define KIND_EMERGENCY_UNREAD "emergency.unread"
#define KIND_CAP_RECEIVED "cap.received"
#define KIND_EMERGENCY_ENDED "emergency.ended"

struct alarm_facts {
	const char *by;	    /* who is answerable: "user:7", or the office in words */
	const char *reason; /* in that person's words */
	const char *who;    /* who gave the order to the program */
	bool drill;
	json_t *zones;	    /* names; taken over, as the next two */
	json_t *cut;	    /* [{"zone", "who", "at"}…]: cut when it was raised … */
	json_t *over;	    /* … names of those in which it sounds all the same */
	const char *bulletin, *sha256; /* its message; NULL: none yet */
	const char *text;   /* that is read aloud as its message; NULL or "": none */
	const char *cap;    /* key of the CAP message that ordered it; NULL or "": none */
	int every_s;	    /* 0: once */
	bool has_until;
	struct wall until;
};

/* Its id is "K" and its number. An intent of an airing that names it as "emergency" is authorised
 * by this and by emergency.changed, for the bytes that they name. */
json_t *entry_emergency_raised(const struct alarm_facts *f, const struct tz *tz);
/* It has another message from now on. */
json_t *entry_emergency_changed(const char *emergency, const char *bulletin, const char *sha256,
				const char *who);
/* Its text could not be read aloud; why: a code (err_code). */
json_t *entry_emergency_unread(const char *emergency, const char *why);
/* why: "ended" by who | "played" once as ordered | "cut" | "expired" | "no-message" |
 * "zone-gone": none of its zones is left in the settings. */
json_t *entry_emergency_ended(const char *emergency, const char *why, const char *reason,
			      int turns, const char *who);

#endif
