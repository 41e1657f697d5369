/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kinds of log entries and what each carries; a constructor a kind, so that no field is
 * forgotten. All give a new object for ledger_append, which takes it over. Strings may be NULL or
 * "": null is written. Personal names do not belong here: `who` is an id ("user:7", "uid:1000",
 * "station"). */
#ifndef VX_PROOF_ENTRY_H
#define VX_PROOF_ENTRY_H

#include "base/bulletin.h"
#include "base/civil.h"
#include "base/limits.h"
#include "base/moment.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/* Kinds (interfaces of the log; never rename one). */
#define KIND_STARTED "station.started"
#define KIND_STOPPED "station.stopped"
#define KIND_RECOVERED "station.recovered"
#define KIND_CLOCK_STEPPED "clock.stepped"
#define KIND_SLEPT "machine.slept"
#define KIND_OWED "past.owed"
#define KIND_PAST_LOST "past.lost"
#define KIND_ACCOUNTED "past.accounted"
#define KIND_CLOCK_CORRECTED "clock.corrected"
#define KIND_DEVICE_LOST "device.lost"
#define KIND_DEVICE_BACK "device.back"
#define KIND_RELAY_BED "relay.bed"
#define KIND_RELAY_LOST "relay.lost" /* made in proof/entry_relay.c, as is relay.back */
#define KIND_RELAY_BACK "relay.back"
#define KIND_RELAY_LEVEL "relay.level"
#define KIND_AIR_SILENT "air.silent" /* made in proof/entry_air.c */
#define KIND_QUARANTINED "item.quarantined" /* made in proof/entry_air.c, as is item.released */
#define KIND_RELEASED "item.released"
#define KIND_DISK_LOW "disk.low"
#define KIND_DISK_STALLED "disk.stalled"
#define KIND_RECEIVED "bulletin.received"
#define KIND_APPROVED "bulletin.approved"
#define KIND_EDITED "bulletin.edited"
#define KIND_ENDORSED "bulletin.endorsed"
#define KIND_REFUSED "bulletin.refused"
#define KIND_WITHDRAWN "bulletin.withdrawn"
#define KIND_ORDER_SET "order.set" /* made in proof/order.c, as is order.default */
#define KIND_ORDER_DEFAULT "order.default"
#define KIND_TIMETABLE "timetable.changed"
#define KIND_KEPT "plan.kept"
#define KIND_BROKEN "plan.broken"
#define KIND_JOINED "plan.joined"
#define KIND_DROPPED "plan.dropped"
#define KIND_INTENDED "airing.intended"
#define KIND_ENDED "airing.ended"
#define KIND_MISSED "airing.missed"
#define KIND_CHECKED "airing.checked"
/* Of a test of loudspeakers: as the airing.* kinds, and never among the airings. */
#define KIND_TEST_INTENDED "test.intended"
#define KIND_TEST_ENDED "test.ended"
#define KIND_TEST_MISSED "test.missed"
#define KIND_RECORDING "recording.closed"
#define KIND_RECORDING_LOST "recording.lost"
#define KIND_RECORDING_BEGUN "recording.begun"
#define KIND_RECORDING_UNKNOWN "recording.unknown"
#define KIND_REMOVED "recording.removed" /* made in proof/keep.h, as those of holds */
#define KIND_HELD "hold.set"
#define KIND_LIFTED "hold.lifted"
#define KIND_KEY_ROTATED "key.rotated"
#define KIND_NOTE "note.added"
#define KIND_LOG_CONTINUED "log.continued"
#define KIND_LOG_PADDED "log.padded"
#define KIND_WITNESS_SEEN "witness.seen"
#define KIND_WITNESS_DOUBTED "witness.doubted"
#define KIND_ACCOUNT "account.changed"
#define KIND_VIEWED "inspection.viewed"
#define KIND_REGISTER "register.written" /* made in proof/registers.h */
#define KIND_PREFLIGHT "preflight.made" /* made in station/preflights.c */

/* An id is a letter and the index of the entry that made the thing: B17 was received in entry 17,
 * A42 intended in entry 42, M43 missed in entry 43. */
void entry_id(char letter, int64_t n, char out[static ID_BYTES]);
/* The index in such an id; −1 if it is none of that letter. */
int64_t entry_id_index(const char *id, char letter);

/* boot: the kernel's id of the machine's present run. */
json_t *entry_station_started(const char *version, const char *station, const char *boot);
json_t *entry_station_stopped(const char *reason, const char *who);
/* First entry after an end without station.stopped. last: time of the last entry before (has_last
 * false: none readable); open: airings that had no outcome; lost: journal_lost. */
json_t *entry_station_recovered(bool has_last, struct wall last, int open, int64_t lost,
				const struct tz *tz);
/* The wall clock was set by so many ms (negative: back), as far as the monotonic clock can tell. */
json_t *entry_clock_stepped(double by_ms, struct wall before, struct wall after,
			    const struct tz *tz);
/* The machine was suspended from there to there, by a wall clock that went on. */
json_t *entry_machine_slept(struct wall from, struct wall to, const struct tz *tz);
/* What was planned from `from` on (up to `to`, NULL: still going on) could not air for this reason,
 * and is not all in the log yet; it is behind past.accounted, or behind station.recovered. */
json_t *entry_past_owed(struct wall from, const struct wall *to, const char *reason,
			const struct tz *tz);
json_t *entry_past_accounted(void);
/* At a start: the log of that time is lost (why: as in log.continued), and nobody knows what aired
 * in it, nor what was decided. No misses are written for it. */
json_t *entry_past_lost(struct wall from, struct wall to, const char *why, const struct tz *tz);
/* The times that entries [from_n, to_n] bear are to be read as so many ms later (negative:
 * earlier); found when the clock was synchronised, by the counter of the machine's boot, which may
 * be off by drift_ppm of the time between. See proof/stamp.h. */
json_t *entry_clock_corrected(int64_t from_n, int64_t to_n, int64_t offset_ms, const char *boot,
			      int drift_ppm);
/* detail: as saying_read takes it. */
json_t *entry_device_lost(const char *device, const char *detail);
json_t *entry_device_back(const char *device, double down_s);
/* In this occurrence of the slot another station was to be heard, and something else is from now
 * on, or nothing; detail and instead (what is heard): sayings, taken over. back: it is again,
 * after so many seconds, at this moment (a saying, taken over). */
/* What stood in for it is over, or there was nothing: from now on the bed is heard. */
json_t *entry_relay_bed(const char *relay, const char *slot, struct wall occurrence,
			const struct tz *tz);
json_t *entry_relay_lost(const char *relay, const char *slot, struct wall occurrence,
			 json_t *detail, json_t *instead, const struct tz *tz);
/* It is so far from the station's loudness that it is not brought to it; detail as above. */
json_t *entry_relay_level(const char *relay, const char *slot, struct wall occurrence,
			  json_t *detail, const struct tz *tz);
json_t *entry_relay_back(const char *relay, const char *slot, struct wall occurrence, double lost_s,
			 json_t *moment, const struct tz *tz);
/* item: "B17", or a sound file as the timetable has it; first, second: the airings in which the
 * program ended. */
json_t *entry_item_quarantined(const char *item, const char *sha256, const char *first,
			       const char *second);
json_t *entry_item_released(const char *item, const char *sha256, const char *who);
struct airing_facts;
/* An airing from which nothing was heard for so long ended there; then: a saying, what was begun in
 * its place, taken over. */
json_t *entry_air_silent(const struct airing_facts *f, double silent_s, json_t *then,
			 const struct tz *tz);
json_t *entry_disk_low(int64_t free_bytes, bool reserve_gone);
/* Nothing could be written for so long; `from` by the wall clock as it stood then. */
json_t *entry_disk_stalled(struct wall from, int64_t stalled_ns, const struct tz *tz);
/* Adds "happened", if it has none: the entry could not be written when that was, and waits. Its
 * "at" will be when it was written. */
void entry_happened(json_t *entry, struct wall t, const struct tz *tz);

/* b: its words and figures, what it replaces, and its sender, who stands apart only if it is not
 * `who`. original: SHA-256 of the upload. findings: an array of sayings, what the sender was told
 * about it; taken over. The station adds "upload", the file's name in DIR/incoming, to one that
 * came from there. */
json_t *entry_bulletin_received(const struct bulletin *b, const char *original, json_t *findings,
				const char *who);
/* All words as they now are, and of those that changed what they were; the sound never changes. */
json_t *entry_bulletin_edited(const struct bulletin *was, const struct bulletin *is,
			      const char *who);
/* The first of two persons approved: it may not air yet. Else as approved. */
json_t *entry_bulletin_endorsed(const char *bulletin, const char *sha256, const char *document,
				const char *who);
/* sha256: of the master that was heard: approval binds to the bytes. replaces: the bulletin that
 * ends with this entry, NULL none: one entry, so that no moment knows both or neither. */
json_t *entry_bulletin_approved(const char *bulletin, const char *sha256, const char *document,
				const char *replaces, const char *who);
json_t *entry_bulletin_refused(const char *bulletin, const char *reason, const char *who);
json_t *entry_bulletin_withdrawn(const char *bulletin, const char *reason, const char *who);

struct entry_file {
	const char *file, *sha256;
};
/* The timetables and settings now in force. kept: the text of each can be read for as long as the
 * log tells of it (station/versions.h). */
json_t *entry_timetable_changed(const struct entry_file *files, int count, bool kept,
				const char *who);

/* One airing: planned part for all three kinds, outcome for airing.ended (missed: reason only). */
struct airing_facts {
	const char *airing;   /* "A42"; ended only */
	const char *bulletin; /* "B17"; NULL: not a bulletin */
	const char *file;     /* sound file of the station's own, as in the timetable; NULL none */
	const char *relay;    /* another station, live: its name in the settings; NULL none */
	const char *live;     /* a voice: "microphone", "browser"; NULL none */
	const char *by;	      /* whose: an account's id or an office; of live only */
	const char *sha256;   /* of the master */
	const char *slot;
	struct wall occurrence; /* start of the slot's occurrence */
	int item;		/* number in its running order */
	const char *zones[ZONES_MAX];
	int zone_count;
	const char *level, *language, *fund;
	const char *programmes[BULLETIN_PROGRAMMES_MAX];
	int programme_count;
	struct wall planned;
	int64_t planned_frames; /* length */
	const char *device;
	const char *who;	/* who ordered it; NULL the timetable */
	bool demo;
	bool test;		/* the entries are of the kinds test.*, ids "T42" */
	const char *why;	/* of a test or voice: in the words of who ordered it; NULL none */
	const char *emergency;	/* of which it is a turn, "" if its entry could not be written;
				 * NULL: of none */
	bool drill;		/* that one is a drill */
	const char *resumes;	/* the airing that an emergency broke off, and this goes on with or
				 * begins again; NULL or "": none */
	int64_t from_frames;	/* of its master that this leaves out at the beginning */

	/* Outcome. */
	bool has_start, has_end;
	struct wall start, end;
	int64_t frames;		/* of the master that were heard */
	double complete;	/* 0–1 */
	const char *result;	/* full | partial | cut | interrupted */
	const char *reason;	/* code of proof/reason.h; missed, too */
	json_t *detail;		/* more on it, see base/saying.h; taken over; NULL none */
	double loudness_lufs, peak_dbtp; /* as mixed; NAN unknown */
	double night_db; /* the night's volume moved it by this at the lowest; 0: never */
	int64_t xruns;
	const char *proof;	/* "A" … ; NULL none: not sent to a device */
	const char *recording;	/* in which it begins; NULL none */
	int64_t recording_frames; /* as sample of it when decoded */
	double start_error_ms;	/* NAN unknown */
};
json_t *entry_airing_intended(const struct airing_facts *f, const struct tz *tz);
json_t *entry_airing_ended(const struct airing_facts *f, const struct tz *tz);
json_t *entry_airing_missed(const struct airing_facts *f, const struct tz *tz);

/* plan.broken: an emergency (or the end of the program) broke this airing off, and it goes on from
 * there (rule "resume") or from 0 ("restart"). An airing.intended follows that "resumes" it, or
 * plan.dropped, which says why not. With "zones" (the caller adds them): only there, while others
 * heard on; the rule is "join", and plan.joined with zones says when they were back. */
json_t *entry_plan_broken(const char *airing, const char *rule, int64_t from_frames);
json_t *entry_plan_joined(const char *airing);
json_t *entry_plan_dropped(const char *airing, const char *reason);

/* plan.kept: the plan no longer holds this, and a slot on air plays it all the same. "missed" is
 * its airing.missed, but for the reason, should its time never come: entry_kept_missed. */
json_t *entry_plan_kept(const struct airing_facts *f, const struct tz *tz);
json_t *entry_kept_missed(const json_t *kept, const char *reason);

/* What looking for the master's sound gave, in the recording of the mix or in what a microphone
 * took in. */
struct check_facts {
	const char *code;	/* see station/listen.h */
	const char *zone, *microphone; /* of a microphone; NULL: the recording */
	bool searched;		/* the figures below are there */
	double score, share;	/* base/heard.h */
	double offset_ms, drift_ppm;
	int parts, parts_all;	/* judged, and all that the sound has */
};
/* After airing.ended, once the recording is on the disk and the sound has come back from the horns.
 * sha256: of the master that was looked for. proof: the level that all this makes, with that of
 * airing.ended: "A", "B", "C", NULL: some zone's device did not take it; file: the recording, NULL
 * none; method: how it was sought, with its thresholds. microphones may be 0: none is set. */
json_t *entry_airing_checked(const char *airing, const char *sha256, const char *proof,
			     const char *method, const char *file,
			     const struct check_facts *recording,
			     const struct check_facts *microphones, int count);
/* A member of its "by_zone", where there are several: the search in that zone's recording, the
 * level that the zone has by now, NULL none, and how loud the found stretch of its recording is;
 * NAN: not measured. */
json_t *entry_checked_zone(const struct check_facts *recording, const char *file,
			   const char *proof, double loudness_lufs);

/* Before a recording's file is made: an array "files" of {file, zone, from}, entry_begun_file. What
 * no such entry names the station did not make. */
json_t *entry_recording_begun(json_t *files);
json_t *entry_begun_file(const char *file, const char *zone, struct wall from,
			 const struct tz *tz);
/* At a start: a file among the recordings that the station did not begin, and leaves alone. */
json_t *entry_recording_unknown(const char *file, int64_t bytes, struct wall written,
				const struct tz *tz);
/* One closed recording of a zone's mix. A start that closes what an earlier run left adds "reason",
 * and "differs" (proof/prefix.h) if it is not what was vouched for. */
json_t *entry_recording_closed(const char *file, const char *sha256, const char *zone,
			       struct wall from, struct wall to, int64_t bytes,
			       const struct tz *tz);
/* At a start: airings lie in this recording, which the run before left open, and it is gone. from,
 * to: as those airings say; reason: how that run ended. */
json_t *entry_recording_lost(const char *file, const char *zone, struct wall from, struct wall to,
			     const char *reason, const struct tz *tz);
/* Something became of an account: what: "added" | "role" | "enabled" | "disabled" | "password" |
 * "sessions-ended" | "calendar-token" | "calendar-token-ended"; account: "user:7"; role: the one it
 * has from now on. */
json_t *entry_account_changed(const char *account, const char *what, const char *role,
			      const char *who);
/* How the log before came to its end. */
struct entry_log_end {
	const char *why;  /* see struct notary_state */
	int64_t base;	  /* entries that were before the log that follows */
	int64_t last;	  /* number of the last of them that is still there, −1 none */
	const char *vkey; /* of the log before, "" unknown */
	int64_t size;	  /* of the last head that is known of it */
	const char *root;
	/* What lies there of it, signed or not: this entry vouches for all of it, and nobody can
	 * take away more and call it lost. 0: nothing, or it cannot be read. */
	int64_t kept_size;
	const char *kept_root;
};
/* The first entry of a log that follows another. */
json_t *entry_log_continued(const struct entry_log_end *end);
/* The last of a log: who signs the next. */
json_t *entry_key_rotated(const char *vkey, const char *next_vkey, const char *reason,
			  const char *who);
/* Says nothing: it lets the log grow past sizes that may have been signed before a power cut. */
json_t *entry_log_padded(void);
/* Somebody whose task is to inspect has looked at something: what: a code of station/inspection.h;
 * thing: which of them, "A42", "2026-11-23". */
json_t *entry_inspection_viewed(const char *what, const char *thing, const char *who);
/* Somebody outside has seen the log's head. */
struct witness_facts {
	const char *witness;	/* its name in the settings; of an authority its address */
	const char *method;	/* "cosignature" | "timestamp" */
	const char *log;	/* the head's origin */
	int64_t size;
	const char *root;	/* base64 */
	struct wall time;	/* that it said, by its own clock */
	bool trusted;		/* its signature was checked with a key or certificate set here */
};
json_t *entry_witness_seen(const struct witness_facts *f, const struct tz *tz);
/* A witness says that the log has been longer (witness-larger) or another (witness-forked).
 * size: entries that it has here; theirs: that the witness has seen, −1 not told; acted: no head of
 * it will be signed any more. */
json_t *entry_witness_doubted(const char *witness, const char *code, const char *log,
			      int64_t size, int64_t theirs, bool acted);
/* What the program has to say: said is taken over. */
json_t *entry_note_said(json_t *said, const char *who);

#endif
