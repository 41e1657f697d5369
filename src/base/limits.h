/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every bound of the program in one place, with its unit and the reason for its size. */
#ifndef VX_BASE_LIMITS_H
#define VX_BASE_LIMITS_H

/* Mixing. */
#define BLOCK_FRAMES 480	   /* one mix step: 10 ms; whole milliseconds keep plans exact */
#define ZONES_MAX 8		   /* loudspeaker clusters of one station */
#define DEVICES_MAX 4		   /* sound devices of one station */
#define VETTED_MAX 64		   /* masters remembered by their digests: 65 kB for half an hour */
#define DECKS_MAX 16		   /* mixed at once: items, idents, beds, relay, voice, alarm */
#define DECK_AHEAD_FRAMES 65536	   /* read ahead per deck: 1.4 s, longer than a slow disk seeks */
#define DECK_AHEAD_OFFLINE_FRAMES 8192 /* read ahead without a thread: stays in the cache */
#define FEED_FRAMES 4096	   /* read at once; offline at least this much is always ahead */
#define MIX_COMMANDS_MAX 256	   /* orders that wait for their frame: 16 for each deck */
#define MIX_EVENTS_MAX 1024	   /* unread events; a start and an end of each order, and room */
#define AUDIO_MAX_S (12 * 3600)	   /* longest bulletin */
#define MASTER_BYTES_MAX (INT64_C(8) << 30) /* that, and were it noise */
#define AUDIO_FILE_BYTES_MAX (INT64_C(4) << 30) /* largest upload */
#define AUDIO_RATE_MIN_HZ 4000	   /* below telephone sound nothing is a programme */
#define AUDIO_RATE_MAX_HZ 192000   /* above it only headers that lie */
#define CLIP_FULL_SCALE 0.999f	   /* of a channel; recorders that clip stop at or just below 1 */
#define CLIP_RUN_FRAMES 3	   /* so many in a row are a flat top; one or two are just loud */
#define CLIP_TIMES_MIN 20	   /* fewer flat tops are not heard, */
#define CLIP_TIMES_PER_MIN 30	   /* nor so few a minute: loud music has some */
#define SILENCE_HEAD_S 3.0	   /* listeners think the loudspeaker is dead */
#define SILENCE_MIDDLE_S 5.0	   /* readers breathe for 1 s, turn a page for 3 */
#define SILENCE_TAIL_S 5.0	   /* the last note of music may ring for some seconds */
#define SILENCE_BELOW_DB 40.0f	   /* under the speech: the noise of a room is above it */
#define CHANNEL_APART_DB 40.0	   /* the worst cable crosstalk is less */
#define CANCEL_DB 12.0		   /* two unlike channels lose 3 dB in the mix, one alone 3 */
#define NARROW_BELOW_DB 45.0f	   /* speech has so much there; music of few tones has not */
#define NARROW_CLIFF_DB 25.0f	   /* from 2–3.4 kHz to above 4 kHz; speech falls by 5–15 */
#define QUIET_BELOW_DB -40.0f	   /* of the loud moments; speech at −23 LUFS has −18 */
#define NOISE_SNR_MIN_DB 20.0	   /* below it horns outdoors are hard to follow; clean speech has
				    * 34, over a bed of music 21 (bench/noise_floor.sh) */
#define NOISE_MOMENTS 0.03	   /* the softest in each band; more of them reach into the words */
#define PRINT_PAUSE_DB 30.0f	   /* under the loud moments; what a codec puts there varies */
#define ALIKE_SHIFT_S 8.0	   /* cut off at the head beyond silence; each second costs time */
#define ALIKE_LEFT_MAX 0.1	   /* of what is heard, in only one of two: more is another cut */
#define ALIKE_LEFT_S 1.0	   /* … and this much in short ones: ends drown in noise */
#define ALIKE_SHARE_MIN 0.755	   /* of equal bits, in all and in each 1.4 s: AMR at 7.4 kbit/s
				    * leaves 0.778, one changed word 0.730 (bench/same_sound.sh) */
#define OFFSET_MAX 0.02		   /* of full scale; sound recorders stay below 0.5 % */
#define WORKER_CPU_S 1800	   /* 12 hours decode in two minutes, ten times more on an old PC */
#define WORKER_MEMORY_BYTES (512UL << 20) /* address space, libraries included */
#define PACK_MEMBERS_MAX 2000000 /* of a pack that is verified: 20 years of 8 zones' hours */
#define PACK_KEPT_BYTES_MAX (INT64_C(16) << 30) /* of its log and tables: a busy year has 11 MB */
#define PACK_TEXT_BYTES_MAX 65536 /* what it says of itself: 6 kB, and a line for each log */
#define PACK_TABLE_BYTES_MAX (INT64_C(4) << 30)
#define PACK_SOUND_BYTES_MAX (INT64_C(1) << 30) /* an hour of MP3 has 144 MB at most */
#define CARRIERS_MAX 2		/* packs that are taken at once, and as many reports */
#define UNZIP_CPU_S 3600	   /* a pack of years of recordings */
#define UNZIP_MEMORY_BYTES (1UL << 30) /* address space, libraries included */
#define WORKER_SILENT_MS 30000	   /* a worker that sends nothing for so long is ended */

/* Sound devices. */
#define ENGINE_TICK_MS 30	   /* the mixing thread wakes so often: three blocks at a time */
#define ENGINE_AHEAD_MS 70	   /* beyond what the device has taken: a tick and 40 ms late */
#define ENGINE_AHEAD_MAX_MS 600	   /* at most so much beyond what is heard */
#define ENGINE_UNHEARD_BLOCKS 24   /* given out, not taken yet: a tick, ENGINE_AHEAD_MS and a
				    * device that takes 140 ms at once */
#define BREAK_IN_MS 50		   /* what an emergency or a cut takes off the air fades so fast */
#define BREAK_IN_LEAST_MS 1000	   /* an emergency's sound is longer than all that is unheard */
#define ENGINE_CATCH_UP_BLOCKS 50  /* in one tick after the machine stood still: 25 × real time */
#define SHMRING_FRAMES 65536	   /* shared with a sink child: 1.4 s, twice ENGINE_AHEAD_MAX_MS */
#define SINK_LATENCY_MS 200	   /* below it PulseAudio crackles, and a radio needs no less */
#define SINK_OPEN_MS 10000	   /* a sound server may be starting; then the child is ended */
#define SINK_SILENT_MS 2000	   /* no callback for so long: the device is dead */
#define SINK_RETRY_MS 5000	   /* a lost device is tried again so often */
#define SINK_RETRY_EAGER_MS 60000  /* for its first minute, and when /dev/snd changes; then … */
#define SINK_RETRY_SLOW_MS 60000   /* … so often: a try costs 60 ms of an old PC's time */
#define SINK_SLIP_FRAMES 480	   /* a device may be so far off the station's time: 10 ms */
#define SINK_SLIP_WAIT_MS 10000	   /* waits so long for a quiet moment to correct it */
#define SINK_UNSTEADY_MAX 6	   /* jumps of its clock within a minute: then it is no use */

/* Dead air: nothing is heard of what is on air. */
#define DEAD_AIR_DB -60.0	   /* a peak below it is heard from no horn */
#define DEAD_AIR_S 20		   /* so long, unless the setting says */
#define DEAD_AIR_S_MIN 5
#define DEAD_AIR_S_MAX 600
#define DEAD_AIR_TOLD_S 86400	   /* on the page: whoever comes once a day shall read it */

/* Whoever supervises the station. */
#define WATCHDOG_S 10		   /* no block was mixed for so long: killed and started again */
#define WATCHDOG_MAIN_S 180	   /* the main thread may wait for the disk: see proof/signer.h */
#define QUARANTINE_MAX 64	   /* items put aside; the oldest are forgotten */
#define QUARANTINE_DAYS 7	   /* two deaths farther apart are no pattern */

/* Relays: another station's sound. */
#define RELAYS_MAX 16		   /* upper stations that may be relayed */
#define RELAY_SILENCE_S 20	   /* silent for so long: the fallback, unless the setting says */
#define RELAY_AHEAD_S 15	   /* it is connected so long before its slot */
#define RELAY_HOLD_S 4		   /* of sound that waits, and more where it comes in bursts */
#define RELAY_HOLD_MAX_S 30
#define LINE_RING_FRAMES (1 << 16) /* 1.4 s between two looks at an input */
#define RELAY_BUFFER_FRAMES (1 << 21) /* 43 s: an HLS window of three segments of 10 s */
#define RELAY_AGAIN_S 20	   /* between attempts that the station itself fails in */
#define RELAY_STEADY_S 5	   /* it must sound so long before one goes back to it */
#define RELAY_RETURN_S 60	   /* one that is back waits no longer for its fallback's end */
#define RELAY_PAUSE_MS 300	   /* between two sentences of that one may go back */
#define RELAY_PAUSE_DB -45.0	   /* as it is heard; speech is 25 dB above */
#define RELAY_FADE_MS 1000	   /* where it does not pause */
#define RELAY_SILENT_DB -55.0	   /* below it nothing is heard from a horn; a hiss is at −60 */
#define RELAY_FOREIGN_LU 12.0	   /* so far off the station's own level: a person should know */
#define RELAY_LEVEL_S 10		   /* its gain is looked at so often while it is on air */
#define RELAY_PPM_MAX 1000.0	   /* clocks of sound cards are within 200; beyond is no clock */
#define RELAY_PPM_STEP 5.0	   /* most that the correction moves in a second: nobody hears it */
#define RELAY_FOLLOW_S 120.0	   /* a buffer off by 1 s is brought back within minutes */
#define RELAY_RATE_MAX_HZ 96000	   /* no radio sends more; decoding it would starve the mixer */
#define RELAY_CHANNELS_MAX 6
#define RELAY_BARREN_BYTES (256 << 10) /* without a frame of sound: it is another kind by now */
#define RELAY_CPU_S 21600	   /* of a decoder: a day takes half an hour on an old PC */
#define RELAY_STILL_S 25	   /* without sound for so long: connected anew */
#define RELAY_RETRY_MS 1000	   /* connected anew after this, doubled up to … */
#define RELAY_RETRY_MAX_MS 30000   /* … this, and a random part of it */
#define RELAY_PACE 1.25	   /* taken in at most so much faster than it is played … */
#define RELAY_BURST_S 50	   /* … after a burst of so much */
/* Live voice. */
#define VOICE_S_MAX 7200	   /* that a setting may allow */
#define VOICE_HOLD_MS 200	   /* waits of it before it begins: the longest wait for a part … */
#define VOICE_HOLD_MAX_MS 2000	   /* … and more where the line is uneven, up to this */
#define VOICE_LEVEL_MS 60	   /* lowest level that is held between two parts */
#define VOICE_MOST_MS 2500	   /* more waits after a hole: the oldest is left out */
#define VOICE_AHEAD_FRAMES 4096	   /* in its deck: 85 ms, two turns of the feeder */
#define VOICE_PPM_MAX 10000.0
#define VOICE_STILL_MS 3000	   /* nothing has come for so long: it is lost */
#define VOICE_GAPS_MS 1000	   /* of silence for want of sound, in all: not whole any more */
#define VOICE_PART_BYTES (48 << 10) /* of sound in one request: three seconds of μ-law */
#define VOICE_WARN_S 60		   /* whoever speaks is told so long before the end */
#define VOICE_LATENCY_MS 50	   /* asked of a microphone: less than a broadcast needs, but
				    * whoever speaks waits for the echo from the horn */
#define FETCH_CONNECT_S 10
#define FETCH_STALL_S 10	   /* fewer than FETCH_LEAST_BYTES a second for so long */
#define FETCH_LEAST_BYTES 500	   /* 4 kbit/s: no sound needs less */
#define FETCH_MOST_BYTES (512 << 10) /* a second; FLAC needs 150 kB */
#define FETCH_HEADER_BYTES (64 << 10)
#define FETCH_REDIRECTS 5
#define HLS_TEXT_BYTES (256 << 10) /* of a playlist */
#define HLS_SEGMENTS 64		   /* of one window, the newest */
#define HLS_SEGMENT_BYTES (16 << 20)
#define HLS_SEGMENT_S 60	   /* to fetch one, at most */
#define HLS_BEGIN 3		   /* segments before the end: RFC 8216, 6.3.3 */
#define HLS_FAILS_MAX 3		   /* in a row */

/* Plan. */
#define SLOTS_MAX 4000		   /* slots over all timetables */
#define STARTS_DAY_MAX 100000	   /* starts a day, repeats included: more than one a second */
#define TIMETABLES_MAX 64	   /* files in schedules/ */
#define SLOT_TAGS_MAX 16	   /* programmes, languages, zones in one slot */
#define SLOT_DATES_MAX 400	   /* single dates or exceptions in one slot */
#define SLOT_LUNAR_MAX 32	   /* lunar days, or lunar exceptions, in one slot */
#define SLOT_OFFS_MAX 100	   /* times that one slot is skipped or paused by somebody */
#define HOLIDAYS_MAX 64		   /* in seeds/ngay-le.yaml: the law has six; years of their own */
#define HOLIDAY_DAYS_MAX 30	   /* that one of them lasts */
#define REPLACES_MAX 8		   /* timetables that one names to stand in for */
#define SLOT_ITEMS_MAX 400	   /* items in one occurrence of a slot */
#define COLLISION_MAX 16	   /* priority bulletins that are put into order together */
#define COLLISIONS_MAX 20	   /* such meetings that somebody is told of */
#define SLOT_WAITING_MAX 20	   /* named of those that a full slot leaves out; a library of years
				    * would else fill the log with what nobody expected to hear */
#define BULLETINS_MAX 200000	   /* in one station's library */
#define PLAN_DAYS_MAX 3700	   /* ten years at once */
#define YAML_FILE_BYTES_MAX (4 << 20)
#define TIMETABLE_TEXT_BYTES_MAX (256 << 10) /* changed over the page: 1,500 slots, and escaped it
					      * must fit into a line of the control socket */
#define FILE_VERSIONS_TOLD 100	   /* of one timetable or list, newest first */
#define CALENDAR_DAYS 28	   /* what a phone's calendar is told: four weeks … */
#define CALENDAR_STARTS_DAY_MAX 48 /* … without what comes more often than every half hour … */
#define CALENDAR_EVENTS_MAX 5000   /* … and no more than this: 2 MB */
#define ICS_BYTES_MAX (1 << 20)	   /* of a calendar that is imported … */
#define ICS_EVENTS_MAX 1000	   /* … with so many events; read within … */
#define ICS_TEXT_BYTES_MAX (256 << 10) /* over the page; escaped it fits into a request */
#define ICS_CHANGES_MAX 200	   /* slots that one calendar may add or change */
#define ICS_JOBS_MAX 2		   /* calendars read at once */
#define ICS_MS 10000		   /* … ten seconds */
#define ICS_MEMORY_BYTES (256UL << 20)
#define PREFLIGHT_FINDINGS_MAX 40	   /* of one day, in its entry … */
#define PREFLIGHT_STARTS_MAX 100   /* … with so many starts, as long as it fits */
#define PREFLIGHT_MS (20 * 60000)  /* a day rendered by an old PC beside the air */
#define PREFLIGHT_BYTES (1 << 20)  /* what it may print */
#define CHANGES_MAX 4		   /* changes of timetables looked at at once */
#define YAML_DEPTH_MAX 16
#define YAML_NODES_MAX 400000	   /* aliases count as often as they are used: none may multiply */
#define YAML_KEYS_MAX 200	   /* keys of one mapping; looking for doubles is quadratic in it */
#define YAML_ANCHORS_MAX 256	   /* named places in one file */
#define FAULTS_MAX 500		   /* faults listed; the rest are only counted */
#define AIR_CLAIMS_MAX 64	   /* runs that hold or want a zone at once: four for each deck */
#define PLAN_OCCURRENCES_MAX 1000000 /* in one plan: a year of 200 slots has 73,000 */

/* Words, in bytes including the final NUL. */
#define ID_BYTES 32
#define NAME_BYTES 200
#define CODE_BYTES 32
#define PLACE_BYTES 160 /* keys of a file of YAML, dots between */
#define TITLE_BYTES 400
#define PATH_BYTES 512
#define REASON_BYTES 400
#define WARNINGS_BYTES 4000 /* two dozen codes with their figures */
#define SHA256_HEX_BYTES 65

/* Log. */
#define ENTRY_BYTES_MAX 16384	   /* one entry; the bundle format allows 65,535 */
#define AIRING_ENTRIES_MAX 8192	   /* other entries between an airing's intent and its outcome */
#define BUNDLE_ENTRIES 256	   /* C2SP tlog-tiles: full entry bundle */
#define LOGS_MAX 256		   /* of one station: a new key each month for twenty years */
#define LOG_PLAIN_BUNDLES 64 /* the newest full ones, which are not packed: some four months */
#define LOG_RESERVE_BYTES (INT64_C(64) << 20) /* so that a full disk cannot silence the log */
#define LEDGER_LATE_MAX 16 /* entries that got in late, and whose callers did not ask again yet */
#define LEDGER_PATIENCE_MS 2000	   /* a station waits so long for one sync: longer, and it hangs */
#define LEDGER_SOON_MS 200	   /* … and so long for what can be asked for again */
#define WITNESSES_MAX 8		   /* that one station asks; the network has a handful */
#define WITNESS_KEY_BYTES 256	   /* as text: proof/note.h */
#define GAP_DAYS_MAX 35		   /* how far back a restart lists each missed item by itself */
#define THEN_CHANGES_MAX 4096	   /* of one kind that such a look back undoes: what is older counts
				    * as in force all the time */
#define WHY_CHANGES_MAX 64	   /* timetables read again to tell since when a slot is in them */

/* Encoder: stream, recordings, measuring. */
#define ENCODER_RING_BLOCKS 512	   /* 5 s of mix: longer than a worn card stalls on a sync */
#define ENCODER_TURN_MS 500	   /* it wakes so often: players hold a second ahead anyway */
#define ENCODER_GAP_S 10	   /* dropped blocks become silence up to here, then all anew */
#define ENCODER_REQUESTS 256	   /* time points and measures on their way to the encoder */
#define ENCODER_EVENTS 64	   /* closed recordings on their way to the station */
#define ENCODER_HISTORY_BLOCKS 256 /* 2.5 s kept for measures that are asked for late */
#define ENCODER_MEASURES_MAX 64	   /* under way at once: items and idents on all zones */
#define MP3_FRAME_BYTES_MAX 960	   /* 320 kbit/s at 48 kHz */
#define LIVE_CLIENTS_MAX 16	   /* on the live socket: the web process and a few tools */
#define LIVE_FRAMES 128		   /* 3 s of MP3 held for clients; a power of two */
#define LIVE_BURST_FRAMES 42	   /* 1 s given at once, so that a player starts at once */
#define LIVE_SOCKET_BYTES (16 << 10) /* in the kernel for each client: a second or two */
#define LIVE_PART_BYTES 4096	   /* sent to one client at once; at least one MP3 frame */
#define LIVE_STALL_S 10		   /* a client that takes nothing for so long is gone */
#define RECORDER_BUFFER_BYTES 8192 /* one second at 64 kbit/s: what kill -9 may cost */
#define RECORDER_WAIT_BYTES 65536  /* eight seconds, while the log has not told its name yet */
#define RECORDER_SYNC_S 10	   /* what a power cut may cost */
#define RECORDER_RETRY_S 60	   /* after a fault of the disk */
#define RECORDER_BACK_S 10	   /* a wall clock this far before the recorded hour was set back */
#define RECORDER_FREE_BYTES (LOG_RESERVE_BYTES + (2 << 20)) /* checked every RECORDER_SYNC_S */
#define KEEP_DAYS 180		   /* recordings, unless the station says otherwise */
#define KEEP_DAYS_MIN 30	   /* a month's report can still be looked into */
#define KEEP_DAYS_MAX 36500
#define KEEP_ROOM_BYTES (INT64_C(384) << 20) /* less is free: the oldest recordings go, before
					      * uploads are refused and recording stops … */
#define KEEP_ROOM_UNTIL_BYTES (INT64_C(448) << 20) /* … until so much is */
#define AHEADS_MAX 4		   /* outlooks and calendars planned at once */
#define LOOKUPS_MAX 8		   /* of one airing each, at once */
#define OUTLINES_MAX 4		   /* drawn at once, of bulletins and of recordings */
#define OUTLINE_S_MAX 1800	   /* of a recording that is drawn: some seconds of decoding */
#define LIKENESS_LOOKED_MAX 5000   /* compared with one that comes, of nearly its length: … */
#define LIKENESS_PERCENT 10	   /* … so much longer or shorter, */
#define LIKENESS_S 15		   /* or this, if it is more: silence that somebody left */
#define LIKENESS_MADE_MAX 20	   /* missing fingerprints at one upload: some seconds */
#define EMERGENCIES_MAX 8	   /* at once; the second waits for the first where they meet */
#define EMERGENCY_EVERY_S_MIN 60   /* from start to start: programmes and people need pauses */
#define EMERGENCY_TEXT_BYTES 4000   /* read aloud: some five minutes */
#define EMERGENCY_READ_BYTES (EMERGENCY_TEXT_BYTES + 64) /* with what is said of a drill */
#define SPEECH_MS 120000	   /* a better voice on an old PC; the siren sounds meanwhile */
#define SPEECH_BYTES_MAX (64 << 20) /* of sound: eleven minutes at 48 kHz */
#define SPEECH_MEMORY_BYTES (4UL << 30) /* address space: neural voices map their models */
#define CAP_BYTES_MAX (128 << 10)  /* a message: polygons are long, pictures stay out */
#define CAP_KEY_BYTES 400	   /* "sender,identifier,sent" */
#define CAP_KEYS_MAX 16		   /* in DIR/cap-keys, of so many bytes: */
#define CAP_PEM_BYTES_MAX 16384
#define CAP_PARTS_MAX (CAP_BYTES_MAX + CAP_KEYS_MAX * (CAP_PEM_BYTES_MAX + 1024))
#define CAP_ANSWER_BYTES_MAX (1 << 20) /* the same as JSON */
#define CAP_READ_MS 10000	   /* a signature takes milliseconds */
#define CAP_MEMORY_BYTES (256UL << 20)
#define CAP_CALLED_OFF_MAX 20	   /* messages that one may call off before they come */
#define CAP_SEEN_MAX 1000	   /* messages remembered, so that none sounds twice */
#define CAP_GEOCODES_MAX 8	   /* of one zone: province to commune, old and new names */
#define ALARM_DECKS 4		   /* kept free for emergencies: siren and message, two at once */
#define TONE_S_MAX 10		   /* an operator's test of loudspeakers */
#define DETAIL_BYTES 3072	   /* what more is said of an airing, as JSON: eight silent zones */
#define BY_ZONE_BYTES 4096	   /* what each zone got of an airing, as JSON: eight zones */
#define CHECKED_BYTES 8192	   /* an airing.checked as JSON: eight zones with microphones */
#define CHECKS_MAX 1000		   /* airings that wait to be listened to again, the newest */
#define CHECK_WAIT_S 30		   /* for the recorder's buffer to reach the disk */
#define EAR_EARLY_S 1		   /* sound of a microphone from before an airing that is kept */
#define EAR_LATE_S 3		   /* from the mix to a microphone: cards, air, echo */
#define EAR_KEEP_S 7200		   /* what an ear's memory holds while something airs, … */
#define EAR_IDLE_S 5		   /* … and while nothing does */
#define EAR_SILENT_MS 5000	   /* an ear that tells nothing for so long is started anew */
#define EAR_RETRY_MS 10000	   /* … and one that has ended, after */
#define RECORDING_PARTS_MAX 48	   /* files under one airing: a day of hours, and restarts */
#define RECORDINGS_PER_HOUR_MAX 9999 /* of one zone: every restart begins another */

/* Inspections. */
#define INSPECTION_ONCE_S 3600	   /* the same look by the same person is one entry in so long */
#define INSPECTIONS_LOOKED_MAX 1000 /* of the last hour; who looks at more is written down again */

/* Reports. */
#define PERIOD_DAYS_MAX 7700	   /* one is about: 21 years, of all that a log is asked for */
#define TABLE_COLUMNS_MAX 32
#define REPORT_GROUPS_MAX 4000	   /* programme, language and kind together */
#define CODES_MAX 2000		   /* in one list of seeds/ */
#define CODE_BASES_MAX 12	   /* documents that one of them rests on */
#define PLACES_MAX 5000		   /* all communes of the country, old and new, fit */
#define PLACE_CLASSES_MAX 12	   /* of one place, in all its years */
#define TARGETS_MAX 2000
#define TARGET_PLACES_MAX 100	   /* that one target is set for */
#define TARGET_PARTS_MAX 40	   /* that it is the sum of */
#define RATES_MAX 200
#define MODELS_MAX 50	   /* of reports */
#define MODEL_PARTS_MAX 12
#define MODEL_BASES_MAX 16
#define MODEL_TEXT_BYTES 600
#define DEADLINES_MAX 500
#define DUES_MAX 2000		   /* days on which something is due, told at once */

/* Registers. */
#define REGISTER_LONG_BYTES 2001   /* some sentences in one cell */
#define REGISTER_ROW_BYTES_MAX 12000 /* as JSON: with the rest of its entry below ENTRY_BYTES_MAX */
#define REGISTER_IMPORT_ROWS_MAX 100000 /* of one sheet */
#define REGISTER_SHEET_BYTES_MAX (64 << 20)
#define SHEET_UNPACKED_BYTES_MAX ((size_t)512 << 20) /* 100,000 rows of 20 cells are 130 MB */
#define SHEET_STRINGS_BYTES_MAX ((size_t)64 << 20) /* texts that cells share: held in memory, … */
#define SHEET_STRINGS_MAX 4000000  /* … so many */
#define SHEET_FORMATS_MAX 65536	   /* looks of cells; Excel allows 65,490 */
#define SHEETS_MAX 256		   /* of one file; more are not seen */
#define SHEET_CPU_S 60		   /* the largest file on an old PC */
#define SHEET_MEMORY_BYTES (512UL << 20) /* address space: twice the texts while they grow */
#define SHEET_SILENT_MS 30000	   /* without a row: a disk that hangs */
#define REGISTER_FAULTS_TOLD 5000  /* bad cells of one sheet, each; more are counted: 2 MB */
#define REGISTER_EXAMPLES_TOLD 20  /* of rows that would be written */
#define REGISTER_READ_TOLD 3	   /* rows of a sheet as they were read */
#define REGISTER_SIFT_ROWS 2000	   /* looked at in one search; whoever wants more asks again */
#define REGISTER_PAGE_ROWS 500	   /* told at once: at their longest they fit into a reply */

/* Accounts. */
#define USERS_MAX 500		   /* a commune has a dozen */
#define USER_NAME_BYTES 33
#define PASSWORD_CHARACTERS_MIN 8  /* OWASP ASVS 5.0, 6.2.1 */
#define PASSWORD_BYTES 400	   /* 64 characters at least must fit (6.2.9), of 4 bytes each */
#define LOGINS_MAX 2		   /* hashed at once: 32 MiB and a processor each */

/* Control socket and web. */
#define CONTROL_LINE_BYTES_MAX (1 << 20)  /* a request */
#define CONTROL_REPLY_BYTES_MAX (8 << 20) /* a reply: a day of 480 short slots is 3 MB */
#define CONTROL_CLIENTS_MAX 64
#define HTTP_CLIENTS_MAX 1000	   /* connections; 500 of no good leave room for everybody */
#define HTTP_CLOSING_MAX 100	   /* more that have been shut down and are not gone yet */
#define HTTP_LINGER_MAX 32	   /* that have their answer and still send */
#define HTTP_ADDRESS_MAX 80	   /* of one address: two dozen browsers behind one router */
#define HTTP_FILES_MAX 232	   /* what else the web process has open: sockets, uploads, pages */
#define HTTP_BODY_BYTES_MAX (64 << 10) /* JSON bodies; uploads have their own bound */
#define HTTP_ASKS_MAX 32	   /* requests to the station; half of CONTROL_CLIENTS_MAX */
#define HTTP_EVENT_CLIENTS_MAX 250 /* pages that watch; leaves room for requests and listeners */
#define HTTP_LISTENERS_MAX 120	   /* of /live.mp3: 120 × 64 kbit/s is 7.7 Mbit/s */
#define HTTP_SHEETS_MAX 4	   /* that are on their way into a register, or wait to be */
#define HTTP_UPLOADS_MAX 4	   /* at once; each may fill the disk */
#define UPLOAD_RESERVE_BYTES (INT64_C(256) << 20) /* left free by uploads, for the log */
#define TUS_UPLOADS_MAX 64	   /* begun and not whole; each may be gone on with for … */
#define TUS_EXPIRES_S 86400	   /* … a day after its last byte: a producer's night */
#define TUS_ADDRESS_MAX 16	   /* of them from one address: a district behind one router */
#define TUS_ACCOUNT_MAX 8	   /* … of one account: a person has two hands */
#define TUS_KEPT_MAX 1000	   /* with those that are over, and what became of them */
#define TUS_BEGIN_PER_MINUTE 120   /* begun by all; in a normal week nobody begins 20 a day */
#define TUS_ADDRESS_PER_MINUTE 30  /* … by one address, and by one account */
#define TUS_SYNC_BYTES (1 << 20)   /* made durable while more arrives: what a kill may cost */

#endif
