/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What playout writes down: runs and airings turned into entries of the log. */
#ifndef VX_STATION_RECORD_H
#define VX_STATION_RECORD_H

#include "base/saying.h"
#include "station/playout.h"

/* airing.intended, of a test test.intended; sets a->id. False + err when it could not be made
 * durable: then it must not air. ERR_STALLED: it may become so; call again, which never waits long.
 */
bool record_intent(struct playout *p, const struct run *r, struct airing *a, struct err *e);

/* airing.ended or test.ended, from what was measured. A failure is kept and told (log_warn); the
 * next start of the program then closes the airing as interrupted. */
void record_outcome(struct playout *p, const struct run *r, const struct airing *a);

/* airing.missed. s: those that the slot was read with. bulletin and asset may both be NULL: the
 * slot as a whole. item: its number in the plan of the slot; 0 of what that leaves out. off: who
 * has taken the slot off, for the reason; NULL: nobody. */
void record_missed(struct playout *p, const struct settings *s, const struct slot *slot,
		   struct wall occurrence, int item,
		   const struct bulletin *bulletin, const struct asset *asset, struct wall planned,
		   int64_t length_frames, enum reason reason, const struct slot_off *off);

/* plan.kept: it stays in the run though the plan does not hold it. */
void record_kept(struct playout *p, const struct run *r, const struct airing *a);

/* airing.missed of an item of a run, or test.missed of an operator's test; what was held says who
 * cut each zone, and when. */
void record_item_missed(struct playout *p, const struct run *r, const struct airing *a,
			enum reason reason);

/* Marks an entry that could not be written when it happened: now. */
void record_late(struct playout *p, json_t *entry);

/* Puts an entry that was not written (err: why) behind all that wait; the reference stays the
 * caller's. */
void record_wait(struct playout *p, json_t *entry, const struct err *e);

/* An entry that may wait for the disk; takes the reference. */
void record_entry(struct playout *p, json_t *entry);

/* Once a second: tries to write down what the disk did not take (outcomes and missed entries;
 * intents are never kept, they decide whether something airs). */
void record_retry(struct playout *p);

/* True if the log already has an intent or a missed entry for this thing in this occurrence. due:
 * its time comes (again): that a clock once leapt over it does not count. */
bool record_known(struct playout *p, const struct slot *slot, struct wall occurrence,
		  const struct bulletin *bulletin, const struct asset *asset, bool due);

/* True if the log says already that this relay was missed in the slot that the run is of: of what
 * is live there is always more to air, so a station that starts again takes it up once more. */
bool record_relay_missed(struct playout *p, const struct run *r, const struct asset *relay);

/* True if the log tells of anything in this occurrence. */
bool record_begun(struct playout *p, const struct slot *slot, struct wall occurrence);

/* relay.lost: from now on, or from its start on, its fallback stands in for it, or there is none
 * (detail: a saying, taken over); relay.level: how far its loudness is off; relay.back: it is heard
 * again, after so many seconds, from such a moment on. */
void record_relay_bed(struct playout *p, const struct run *r, const char *relay);
void record_relay_lost(struct playout *p, const struct run *r, const char *relay, json_t *detail,
		       bool stands_in);
void record_relay_level(struct playout *p, const struct run *r, const char *relay, json_t *detail);
void record_relay_back(struct playout *p, const struct run *r, const char *relay, double lost_s,
		       enum saying moment);

/* clock.stepped, stamped with the new time. */
void record_step(struct playout *p, struct wall before, struct wall after);

/* machine.slept, stamped with the new time. */
void record_slept(struct playout *p, struct wall before, struct wall after);

/* past.owed: what was planned from there (to there; NULL: open) is not all in the log yet, and why
 * it could not air. past.accounted: now it is. See station/owed.h. */
void record_owed(struct playout *p, struct wall from, const struct wall *to, enum reason why);
void record_accounted(struct playout *p);

/* clock.corrected, for each stretch of entries stamped before the clock was synchronised. */
void record_corrections(struct playout *p);

/* note.added: an operator vouches for the clock. */
void record_trust(struct playout *p, const char *who);

/* note.added: an operator held the timetable in these zones, or let it go on. */
void record_hold(struct playout *p, uint32_t zones, bool held, const char *who);

#endif
