/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of the view. A changed table gets a new VIEW_VERSION: an older view is made anew from
 * the log instead of being migrated. */
#ifndef VX_PROOF_VIEW_SCHEMA_H
#define VX_PROOF_VIEW_SCHEMA_H

#define VIEW_VERSION 16

/* Times are Unix milliseconds. n is always the index of the entry that made the row. */
#define VIEW_SCHEMA                                                                                \
	/* applied: how many entries are in the view. The two hashes tell whose log it is. */      \
	"CREATE TABLE progress("                                                                   \
	"  one INTEGER PRIMARY KEY CHECK(one = 1), applied INTEGER NOT NULL,"                      \
	"  first_sha256 TEXT NOT NULL, last_sha256 TEXT NOT NULL) STRICT;"                         \
	"INSERT INTO progress VALUES(1, 0, '', '');"                                               \
	/* text only where no other table holds the entry's facts; about: the bulletin or airing   \
	 * that such an entry names, '' none. */                                                   \
	"CREATE TABLE events("                                                                     \
	"  n INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, kind TEXT NOT NULL, text TEXT,"          \
	"  about TEXT NOT NULL) STRICT;"                                                           \
	"CREATE INDEX events_about ON events(about, n) WHERE about <> '';"                         \
	"CREATE INDEX events_at ON events(at_ms);"                                                 \
	"CREATE INDEX events_kind ON events(kind, at_ms);"                                         \
	"CREATE INDEX events_newest ON events(kind, n);"                                           \
	/* programmes, slots and findings: JSON arrays. */                                         \
	"CREATE TABLE bulletins("                                                                  \
	"  n INTEGER PRIMARY KEY, title TEXT NOT NULL, sha256 TEXT NOT NULL,"                      \
	"  frames INTEGER NOT NULL, loudness_lufs REAL, peak_dbtp REAL, level INTEGER NOT NULL,"   \
	"  state INTEGER NOT NULL, language TEXT NOT NULL, kind TEXT NOT NULL,"                    \
	"  fund TEXT NOT NULL, programmes TEXT NOT NULL, slots TEXT NOT NULL,"                     \
	"  from_day TEXT NOT NULL, to_day TEXT NOT NULL, received_ms INTEGER NOT NULL,"            \
	"  original_sha256 TEXT NOT NULL, findings TEXT NOT NULL, sender TEXT NOT NULL,"           \
	"  revision INTEGER NOT NULL, replaces TEXT NOT NULL, replaced_by TEXT NOT NULL,"          \
	"  endorsed_by TEXT NOT NULL, decided_ms INTEGER NOT NULL, decided_by TEXT NOT NULL,"      \
	"  decided_why TEXT NOT NULL, noise_db REAL, order_n INTEGER NOT NULL DEFAULT 0,"          \
	"  order_place INTEGER NOT NULL DEFAULT 0) STRICT;"                                        \
	"CREATE INDEX bulletins_state ON bulletins(state, n);"                                     \
	"CREATE INDEX bulletins_sha256 ON bulletins(sha256);"                                      \
	"CREATE INDEX bulletins_original ON bulletins(original_sha256);"                           \
	"CREATE INDEX bulletins_title ON bulletins(title, frames);"                                \
	"CREATE INDEX bulletins_findings ON bulletins(n) WHERE findings <> '[]';"                  \
	"CREATE TABLE airings("                                                                    \
	"  n INTEGER PRIMARY KEY, ended_n INTEGER, bulletin TEXT NOT NULL, file TEXT NOT NULL,"    \
	"  sha256 TEXT NOT NULL, slot TEXT NOT NULL, occurrence_ms INTEGER NOT NULL,"              \
	"  item INTEGER NOT NULL, zones TEXT NOT NULL, level TEXT NOT NULL,"                       \
	"  language TEXT NOT NULL, programmes TEXT NOT NULL, fund TEXT NOT NULL,"                  \
	"  planned_ms INTEGER NOT NULL, planned_length_ms INTEGER NOT NULL,"                       \
	"  device TEXT NOT NULL, who TEXT NOT NULL, demo INTEGER NOT NULL,"                        \
	"  start_ms INTEGER NOT NULL, end_ms INTEGER NOT NULL, frames INTEGER NOT NULL,"           \
	"  complete REAL NOT NULL, result TEXT NOT NULL, reason TEXT NOT NULL,"                    \
	"  detail TEXT NOT NULL, loudness_lufs REAL, peak_dbtp REAL, xruns INTEGER NOT NULL,"      \
	"  proof TEXT NOT NULL, recording TEXT NOT NULL, start_error_ms REAL,"                     \
	"  recording_frames INTEGER, synced INTEGER NOT NULL, not_before_ms INTEGER,"             \
	/* checked: the entry airing.checked as a line of JSON; proof is what it says. */          \
	"  checked_n INTEGER, checked TEXT NOT NULL,"                                              \
	/* by_zone: that of airing.ended as a line of JSON; '' a single zone. */                   \
	"  by_zone TEXT NOT NULL,"                                                                 \
	/* emergency: of which it is a turn; speaker: who spoke live; '' none. from_frames: of its \
	 * sound that it leaves out at the beginning, the rest of one that was broken off. */      \
	"  emergency TEXT NOT NULL, drill INTEGER NOT NULL, speaker TEXT NOT NULL,"                \
	"  from_frames INTEGER NOT NULL,"                                                          \
	/* The planned time as it is to be read since a correction came; NULL: as it stands. */    \
	"  counted_ms INTEGER,"                                                                    \
	/* sent: 1 when the device of some zone took it whole, though perhaps not of all. */       \
	"  sent INTEGER NOT NULL,"                                                                 \
	/* How far the night lowered it at most, dB; NULL: it did not. */                          \
	"  night_db REAL) STRICT;"                                                                 \
	"CREATE INDEX airings_counted ON airings(counted_ms, n) WHERE counted_ms IS NOT NULL;"     \
	"CREATE INDEX airings_unchecked ON airings(ended_n)"                                       \
	"  WHERE checked_n IS NULL AND sent <> 0 AND frames > 0;"                                 \
	"CREATE INDEX airings_planned ON airings(planned_ms, n);"                                  \
	"CREATE INDEX airings_key ON airings(occurrence_ms, slot, item);"                          \
	"CREATE INDEX airings_bulletin ON airings(bulletin, planned_ms);"                          \
	"CREATE INDEX airings_open ON airings(n) WHERE result = 'on-air';"                         \
	/* Each approval that let a bulletin air, as it was then: a later word of the same bulletin\
	 * takes nothing of it away. endorsed_by: the first of two persons. */                     \
	"CREATE TABLE approvals("                                                                  \
	"  n INTEGER PRIMARY KEY, bulletin INTEGER NOT NULL, at_ms INTEGER NOT NULL,"              \
	"  who TEXT NOT NULL, document TEXT NOT NULL, endorsed_by TEXT NOT NULL) STRICT;"          \
	"CREATE INDEX approvals_bulletin ON approvals(bulletin, n);"                               \
	/* How often a bulletin was heard, so that nobody counts a life's airings for a page. */   \
	"CREATE TABLE aired(bulletin TEXT PRIMARY KEY, times INTEGER NOT NULL,"            \
	" parts INTEGER NOT NULL, unsure INTEGER NOT NULL) STRICT;"                        \
	/* Entries whose times are to be read as so many ms later: see proof/stamp.h. */           \
	"CREATE TABLE corrections("                                                                \
	"  from_n INTEGER PRIMARY KEY, to_n INTEGER NOT NULL, offset_ms INTEGER NOT NULL) STRICT;" \
	"CREATE TABLE recordings("                                                                 \
	"  n INTEGER PRIMARY KEY, file TEXT NOT NULL, zone TEXT NOT NULL, sha256 TEXT NOT NULL,"   \
	"  from_ms INTEGER NOT NULL, to_ms INTEGER NOT NULL, bytes INTEGER NOT NULL,"              \
	"  removed_n INTEGER, removed_ms INTEGER, removed_why TEXT NOT NULL,"                      \
	/* differs: 1 when its entry says itself that this is not what was vouched for. */         \
	"  differs INTEGER NOT NULL) STRICT;"                                                      \
	"CREATE INDEX recordings_time ON recordings(zone, from_ms);"                               \
	"CREATE INDEX recordings_file ON recordings(file);"                                        \
	"CREATE INDEX recordings_from ON recordings(from_ms);"                                     \
	"CREATE INDEX recordings_there ON recordings(n) WHERE removed_n IS NULL;"                  \
	"CREATE INDEX recordings_removed ON recordings(removed_n) WHERE removed_n IS NOT NULL;"    \
	/* Of recordings that were being written: see proof/prefix.h. */                           \
	"CREATE TABLE prefixes("                                                                   \
	"  n INTEGER NOT NULL, file TEXT NOT NULL, bytes INTEGER NOT NULL,"                        \
	"  sha256 TEXT NOT NULL, PRIMARY KEY(file, n)) STRICT;"                                    \
	/* Recordings of [from, to) that an inspection wants kept; zone '' all. */                 \
	"CREATE TABLE holds("                                                                      \
	"  n INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, from_ms INTEGER NOT NULL,"               \
	"  to_ms INTEGER NOT NULL, zone TEXT NOT NULL, reason TEXT NOT NULL, who TEXT NOT NULL,"   \
	"  lifted_n INTEGER, lifted_ms INTEGER, lifted_by TEXT NOT NULL,"                          \
	"  lifted_why TEXT NOT NULL) STRICT;"                                                      \
	/* Rows of registers, each time that one was written; the highest n of an id is what holds.\
	 * fields: a line of JSON, NULL: struck out. See proof/registers.h. */                     \
	"CREATE TABLE registers("                                                                  \
	"  register TEXT NOT NULL, number INTEGER NOT NULL, id TEXT NOT NULL, n INTEGER NOT NULL," \
	"  at_ms INTEGER NOT NULL, who TEXT NOT NULL, why TEXT NOT NULL, source TEXT NOT NULL,"    \
	"  fields TEXT, PRIMARY KEY(register, number, id, n)) STRICT, WITHOUT ROWID;"

#endif
