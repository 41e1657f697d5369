/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was not there, and for how long: as stretches of time, out of the entries that say that a
 * device or a relay was lost and that it was back, that the station was off, that the disk was
 * short of room. */
#ifndef VX_PROOF_OUTAGES_H
#define VX_PROOF_OUTAGES_H

#include "base/err.h"
#include "base/moment.h"

#include <stdbool.h>
#include <stdint.h>

struct view;

enum outage_kind {
	OUTAGE_DEVICE, /* name: of the device */
	OUTAGE_RELAY,  /* of the relay */
	OUTAGE_OFF,    /* the station could not air: a code of proof/reason.h */
	OUTAGE_DISK,   /* "": it was short of room; a moment */
	OUTAGE_KINDS
};

/* Texts live until the callback returns; times with the correction where there is one. */
struct outage {
	enum outage_kind kind;
	const char *name, *detail; /* detail: for saying_tell */
	int64_t from_ms, to_ms;    /* to_ms 0: it is not over at the end of the period */
	int64_t entry;		   /* that tells of its beginning */
};

/* Those that touch [from, to), by the entry that ends them, and then those that are not over. One
 * that began before is told from its beginning if the view knows it. A device that is lost twice
 * is lost from the first time on. each() returns false to stop. */
bool outages_rows(struct view *v, struct wall from, struct wall to,
		  bool (*each)(const struct outage *o, void *arg), void *arg, struct err *e);

/* SQL: the entries that it reads for [?1, ?2): those of the period, also by the correction of their
 * clock, and before it the loss of each device and relay that had not come back. That the station
 * was off is written when it is on again, which looks back 35 days. For proof/afresh.c and
 * proof/pick.c, which hold them against the log. */
#define OUTAGE_KINDS_SQL                                                                           \
	"('device.lost', 'device.back', 'relay.lost', 'relay.back', 'past.owed', 'disk.low')"
#define OUTAGE_STANDING(lost, back, member)                                                        \
	" UNION SELECT min(l.n) FROM events l LEFT JOIN (SELECT max(n) AS last,"                   \
	" json_extract(text, '$." member "') AS name FROM events WHERE kind = '" back "'"          \
	" AND at_ms < ?1 AND json_valid(text) GROUP BY 2) b"                                       \
	" ON b.name = json_extract(l.text, '$." member "') WHERE l.kind = '" lost "'"              \
	" AND l.at_ms < ?1 AND json_valid(l.text) AND l.n > coalesce(b.last, -1)"                  \
	" GROUP BY json_extract(l.text, '$." member "')"
#define OUTAGE_ENTRIES                                                                             \
	"(SELECT n FROM events WHERE kind IN " OUTAGE_KINDS_SQL                                    \
	" AND at_ms >= ?1 AND at_ms < ?2 UNION SELECT n FROM events WHERE kind = 'past.owed'"      \
	" AND at_ms >= ?2 AND at_ms < ?2 + 36 * 86400000 UNION SELECT x.n FROM corrections c"      \
	" JOIN events x ON x.n BETWEEN c.from_n AND c.to_n WHERE x.kind IN " OUTAGE_KINDS_SQL      \
	" AND x.at_ms + c.offset_ms >= ?1 AND x.at_ms + c.offset_ms < ?2"                          \
	OUTAGE_STANDING("device.lost", "device.back", "device")                                    \
	OUTAGE_STANDING("relay.lost", "relay.back", "relay") ")"

#endif
