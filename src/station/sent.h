/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of an airing was sent to the devices of its zones: to each by itself, and claimed of all
 * only what holds for the worst. */
#ifndef VX_STATION_SENT_H
#define VX_STATION_SENT_H

#include "proof/entry.h"
#include "station/airing.h"

/* In the order in which they are worse. */
enum sent_how {
	SENT_WHOLE,	/* taken without a gap */
	SENT_WITH_GAPS, /* the device had to play silence of its own */
	SENT_PARTED,	/* an alarm had the zone for a while: station/parting.h */
	SENT_IN_PART,	/* it was lost or came back meanwhile */
	SENT_NOWHERE,	/* the zone had no device, before and after */
};

struct sent {
	uint32_t zones;	/* those that heard it to its end, or but for an alarm: bit i: zone i */
	enum sent_how how[ZONES_MAX];
	int64_t xruns[ZONES_MAX];
	char device[ZONES_MAX][NAME_BYTES];
	char devices[NAME_BYTES]; /* all of them, each once, with commas */
};

/* Asks the devices, which were asked when it began (airing.before). Main thread, once its last
 * frame was heard. */
void sent_look(struct sent *s, struct playout *p, const struct airing *a);

/* Of the zones that heard it to its end, one at least, the first of those that got the most. */
int sent_best(const struct sent *s);

/* device, xruns, proof and detail of the outcome; device points into s. Level A is claimed only if
 * the devices of all zones took it whole; where they differ, detail names the zones that did not
 * get it, and "device" in it what that makes of the whole. */
void sent_put(struct airing_facts *f, const struct sent *s, const struct playout *p,
	      const struct airing *a);

/* "by_zone" of the outcome: {zone: {device, proof, complete, frames, xruns, recording,
 * recording_s}}; complete and frames null where nobody knows,
 * and of a zone that an alarm had for a while what is left. NULL for a single zone, of which the
 * outcome itself says it all. complete: of the outcome. The caller's. */
json_t *sent_by_zone(const struct sent *s, const struct playout *p, const struct airing *a,
		     double complete);

#endif
