/* SPDX-License-Identifier: GPL-3.0-or-later */
/* station.yaml as a struct: who the station is, its zones, quiet hours, sound files, loudness. */
#ifndef VX_PLAN_SETTINGS_H
#define VX_PLAN_SETTINGS_H

#include "base/civil.h"
#include "base/letter.h"
#include "base/limits.h"
#include "plan/faults.h"

#include <stdbool.h>
#include <stdint.h>

/* A loudspeaker cluster: one channel of one device (or two, for stereo). */
struct zone {
	char name[NAME_BYTES];
	char device[NAME_BYTES]; /* "default", a PortAudio name or part of it; "none": null sink */
	int channel;		 /* 1-based channel of the device */
	bool has_place;
	double lat, lon;	 /* degrees, WGS 84 */
	char geocodes[CAP_GEOCODES_MAX][CODE_BYTES]; /* codes of its area in CAP messages */
	int geocode_count;
	char microphone[NAME_BYTES]; /* that hears its horns, as device; "" none */
	char place[CODE_BYTES];	     /* where it is, of seeds/dia-ban.yaml; "" the station's */
};

/* An upper station that can be relayed: an address, or an input of the sound card. */
struct relay {
	char name[NAME_BYTES];
	char url[PATH_BYTES];	 /* http or https; "": device */
	char device[NAME_BYTES]; /* as of a zone; "": url */
	int channel;		 /* of the device, from 1; 1 unless set */
	int32_t silence_s; /* silent this long: the fallback airs; 20 unless set, 1–600 */
	int line;
};

/* Somebody outside who sees the log's head and signs that it grew from the last one seen. */
struct witness_place {
	char name[CODE_BYTES];
	char url[PATH_BYTES];
	char key[WITNESS_KEY_BYTES]; /* "name+id+base64"; looked at by who has proof/note.h */
	int line;
};

/* Speaking live. */
struct live_settings {
	bool allowed;		 /* true unless set */
	char device[NAME_BYTES]; /* microphone of the station's machine; "default" unless set */
	int32_t channel;	 /* of it, from 1 */
	int32_t minutes;	 /* how long at most, 10 unless set */
	bool chime;		 /* before it; true unless set */
	double gain_db;		 /* of the voice, 0 unless set */
};

struct settings {
	char file[PATH_BYTES];
	char name[NAME_BYTES];	 /* station: */
	char id[CODE_BYTES];	 /* id: [a-z0-9-], never changes */
	struct tz tz;		 /* timezone: */
	char place[CODE_BYTES];	 /* place: its code in seeds/dia-ban.yaml; "" not said */
	int place_line;		 /* 0 unset */
	struct zone zones[ZONES_MAX];
	int zone_count;		 /* ≥ 1; without zones: one called "chinh" on device default */
	bool has_quiet;
	int32_t quiet_from_s, quiet_to_s; /* seconds of day; may wrap midnight */
	bool has_night;
	int32_t night_from_s, night_to_s; /* seconds of day; may wrap midnight */
	double night_db;	 /* what sounds then is moved by this, but alarms; −60 to 0 */
	int32_t preflight_s;	 /* second of day at which tomorrow is looked through; 18:30 */
	double target_lufs;	 /* −16 unless set; −36 to −8 */
	double peak_dbtp;	 /* −1 unless set; −12 to −0.1 */
	/* Ranks of plan/cap.h: the least that sounds; severe and expected unless set. */
	int cap_severity, cap_urgency;
	char cap_above[CAP_KEYS_MAX][NAME_BYTES]; /* keys that may end what others began */
	int cap_above_count;
	int32_t cap_repeat_s;	 /* from start to start; 600 unless set */
	char speech[PATH_BYTES]; /* command that reads text (library/speech.h); "": espeak-ng */
	char ident[PATH_BYTES];	 /* "" none; relative to DIR or absolute */
	char ident_out[PATH_BYTES];
	char bed[PATH_BYTES];
	int ident_line, ident_out_line, bed_line; /* where they stand in the file, 0 unset */
	double bed_db;		 /* bed alone, −12 unless set */
	double duck_db;		 /* further attenuation of the bed under speech, −12 unless set */
	int32_t dead_air_s;	 /* nothing heard for so long: something else airs; 0: off */
	int32_t crossfade_ms;	 /* between items of a slot, 500 unless set, 0–5000 */
	char stream_zone[NAME_BYTES]; /* whose mix /live.mp3 carries; first zone unless set */
	bool record;		 /* hourly recordings; true unless set */
	int32_t keep_days; /* recordings are kept, KEEP_DAYS unless set */
	int32_t approval_persons; /* who must approve a bulletin: 1 unless set, or 2 */
	bool approval_own; /* one may approve what one has sent; false unless set */
	bool approval_document;	 /* an approval needs the number of a document; false unless set */
	struct witness_place witnesses[WITNESSES_MAX];
	int witness_count;
	char tsa[PATH_BYTES];	 /* address of a time-stamp authority (RFC 3161); "" none */
	char tsa_ca[PATH_BYTES]; /* whose signature is believed, PEM; "" none; as ident */
	int tsa_ca_line;	 /* 0 unset */
	struct relay relays[RELAYS_MAX];
	int relay_count;
	struct live_settings live;
	struct letter letter; /* report: */
	bool faulty;		 /* had errors: a zone or relay it means to have may be missing */
};

/* Reads and checks one station.yaml text. Every fault is added to `faults` (file:line: reason);
 * true if there was none. A fault of a value names its field: its key, "quiet_from",
 * "quiet_to", "night_from", "night_to", "night_db", "report_issuer"…, "live_minutes"…,
 * "zones.name", "zones.device", "zones.channel". The zone table comes from load_tz
 * (sys/tz.h tz_load on a real machine), so that tests need no database. Pure apart from load_tz. *s
 * is filled as far as possible in any case. */
struct err;
bool settings_parse(struct settings *s, const char *file, const char *text, size_t len,
		    bool (*load_tz)(struct tz *, const char *, struct err *),
		    struct faults *faults);

/* Index of the zone with this name, −1 if there is none. */
int settings_zone(const struct settings *s, const char *name);

/* Index of the relay with this name, −1 if there is none. */
int settings_relay(const struct settings *s, const char *name);

#endif
