/* SPDX-License-Identifier: GPL-3.0-or-later */
/* random_log DIR SEED [NAME]: the log of a station over 75 days from 10 October 2026 in which
 * everything happens that a table counts or must not count, by the program's own constructors
 * and its notary: bulletins that are edited, replaced, withdrawn and approved anew, airings of
 * every outcome, rests, voices, relays, emergencies, demonstrations, faults, and a clock that
 * was off for a day. With NAME its log is called so, and nothing in it claims more than its
 * other entries bear out: a verifier finds no difference. */
#include "base/json.h"
#include "base/saying.h"
#include "proof/alarm.h"
#include "proof/entry.h"
#include "proof/notary.h"
#include "proof/reason.h"
#include "proof/registers.h"
#include "proof/sameness.h"
#include "sys/chance.h"
#include "sys/disk.h"
#include "sys/tz.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_DAY ((struct date){2026, 10, 10})
#define DAYS 75
#define DAY_NS (INT64_C(86400) * NS_PER_S)
#define KEPT_MAX 200
#define ZONES 3

static const char *const programmes[] = {"1719.10.1.2", "GNBV.D10", "NTM.TT", "KHAC"};
static const char *const languages[] = {"vi", "stieng", "mnong"};
static const char *const kinds[] = {"ban-tin", "thong-bao", "tinh", ""};
static const char *const funds[] = {"1719", "xa", ""};
static const char *const people[] = {"user:1", "user:2", "user:3"};
static const char *const slots[] = {"Sáng", "Chiều"};
static const char *const zones[ZONES] = {"trung-tam", "thon-1", "thon-2"};

struct making {
	struct notary *notary;
	struct chance chance;
	struct tz tz;
	struct wall now; /* the right time */
	int64_t off_ns, n;
	bool synced, failed;
	bool sound; /* a verifier is to find nothing */
	struct err e;
	struct bulletin bulletins[KEPT_MAX];
	int bulletin_count;
	int rows[3]; /* of its registers */
	char broken[ID_BYTES]; /* an airing that a rest may follow */
};

static int below(struct making *m, int bound)
{
	return (int)chance_below(&m->chance, (uint64_t)bound);
}

#define ONE_OF(m, list) ((list)[below(m, (int)(sizeof(list) / sizeof((list)[0])))])

static struct wall shown(const struct making *m, struct wall t)
{
	return wall_add_ns(t, m->off_ns);
}

/* As ledger_append stamps it; its number. */
static int64_t add(struct making *m, json_t *o)
{
	json_t *clock = json_pack("{s:b, s:o}", "synced", (int)m->synced, "max_error_ms",
				  m->synced ? json_real(1.5) : json_null());

	m->now = wall_add_ns(m->now, NS_PER_S);
	json_object_set_new(o, "at", json_time(shown(m, m->now), &m->tz));
	json_object_set_new(o, "clock", clock);
	json_object_set_new(o, "n", json_integer(m->n));
	char *text = json_dumps(o, JSON_LINE);
	if (text == NULL || !notary_append(m->notary, text, strlen(text), &m->e))
		m->failed = true;
	free(text);
	json_decref(o);
	return m->n++;
}

static void choose_words(struct making *m, struct bulletin *b)
{
	int first = below(m, 4), count = below(m, 4);

	snprintf(b->title, sizeof(b->title), "Tin số %d", below(m, 1000));
	snprintf(b->language, sizeof(b->language), "%s", ONE_OF(m, languages));
	snprintf(b->kind, sizeof(b->kind), "%s", ONE_OF(m, kinds));
	snprintf(b->fund, sizeof(b->fund), "%s", ONE_OF(m, funds));
	b->programme_count = count;
	for (int i = 0; i < count; i++)
		snprintf(b->programmes[i], CODE_BYTES, "%s", programmes[(first + i) % 4]);
}

static void approve(struct making *m, struct bulletin *b)
{
	char document[32];

	snprintf(document, sizeof(document), "%d/CV", below(m, 90));
	if (below(m, 4) == 0)
		add(m, entry_bulletin_endorsed(b->id, b->sha256, document, ONE_OF(m, people)));
	add(m, entry_bulletin_approved(b->id, b->sha256, document, b->replaces, ONE_OF(m, people)));
	b->state = BULLETIN_APPROVED;
	for (int i = 0; i < m->bulletin_count; i++)
		if (strcmp(m->bulletins[i].id, b->replaces) == 0)
			m->bulletins[i].state = BULLETIN_REPLACED;
}

static void receive(struct making *m)
{
	struct bulletin *b = &m->bulletins[m->bulletin_count];

	if (m->bulletin_count == KEPT_MAX)
		return;
	*b = (struct bulletin){.frames = FRAMES_PER_S * (20 + below(m, 200)), .noise_db = NAN,
			       .loudness_lufs = -16, .peak_dbtp = -1};
	choose_words(m, b);
	snprintf(b->sha256, sizeof(b->sha256), "%064d", m->bulletin_count / 2);
	snprintf(b->sender, sizeof(b->sender), "%s", ONE_OF(m, people));
	if (m->bulletin_count > 0 && below(m, 6) == 0)
		memcpy(b->replaces, m->bulletins[m->bulletin_count - 1].id, ID_BYTES);
	entry_id('B', m->n, b->id);
	add(m, entry_bulletin_received(b, NULL, json_array(), ONE_OF(m, people)));
	m->bulletin_count++;
	if (below(m, 8) == 0)
		add(m, entry_bulletin_refused(b->id, "chưa được", ONE_OF(m, people)));
	else
		approve(m, b);
}

static void change_one(struct making *m)
{
	struct bulletin *b = &m->bulletins[below(m, m->bulletin_count)], was = *b;

	if (below(m, 2) == 0) {
		add(m, entry_bulletin_withdrawn(b->id, "nhầm", ONE_OF(m, people)));
		b->state = BULLETIN_WITHDRAWN;
		return;
	}
	choose_words(m, b);
	add(m, entry_bulletin_edited(&was, b, ONE_OF(m, people)));
	approve(m, b);
}

/* What is no bulletin. */
static void choose_source(struct making *m, struct airing_facts *f)
{
	int which = below(m, 4);

	f->language = which == 0 ? "" : "vi";
	f->file = which == 0 ? "audio/nhac-hieu.flac" : NULL;
	f->relay = which == 1 ? "vov1" : NULL;
	f->live = which >= 2 ? "microphone" : NULL;
	f->by = which >= 2 ? ONE_OF(m, people) : NULL;
	f->level = level_code(LEVEL_ORDINARY);
}

static void choose_bulletin(struct making *m, struct airing_facts *f, const struct bulletin *b)
{
	f->bulletin = b->id;
	f->sha256 = b->sha256;
	f->language = b->language;
	f->fund = b->fund;
	f->level = level_code(below(m, 2) == 0 ? LEVEL_ORDINARY : LEVEL_PRIORITY);
	f->programme_count = b->programme_count;
	for (int i = 0; i < b->programme_count; i++)
		f->programmes[i] = b->programmes[i];
}

/* As a station may claim it. */
static json_t *zones_taken(const struct airing_facts *f)
{
	json_t *o = json_object();

	for (int i = 0; i < f->zone_count; i++)
		json_object_set_new(o, f->zones[i],
				    json_pack("{s:s, s:s, s:I, s:f}", "proof", "A", "device",
					      "default", "frames", (json_int_t)f->frames,
					      "complete", f->complete));
	return o;
}

static json_t *each_zone(struct making *m, const struct airing_facts *f)
{
	json_t *o = json_object();

	if (m->sound) {
		json_decref(o);
		return zones_taken(f);
	}
	for (int i = 0; i < f->zone_count; i++) {
		bool took = below(m, 3) != 0, unknown = !took && i == 1;
		json_t *frames = unknown ? json_null() : json_integer(took ? f->frames : 0);
		json_object_set_new(o, f->zones[i],
				    json_pack("{s:s?, s:o}", "proof", took ? "A" : NULL, "frames",
					      frames));
	}
	return o;
}

static void listen(struct making *m, const struct airing_facts *f)
{
	static const char *const levels[] = {"B", "C", NULL};
	struct check_facts found = {.code = "found", .searched = true, .score = 0.9, .share = 1};

	add(m, entry_airing_checked(f->airing, "0", ONE_OF(m, levels), "thử",
				    "aircheck/2026/10/10/05.mp3", &found, NULL, 0));
}

static const struct bulletin *bulletin_of(const struct making *m, const char *id)
{
	for (int i = 0; id != NULL && i < m->bulletin_count; i++)
		if (strcmp(m->bulletins[i].id, id) == 0)
			return &m->bulletins[i];
	return NULL;
}

static void be_sound(struct making *m, struct airing_facts *f)
{
	const struct bulletin *b = bulletin_of(m, f->bulletin);
	int64_t whole = b != NULL ? b->frames : 9000000;
	bool full = strcmp(f->result, "full") == 0;

	if (f->frames == 0)
		f->proof = NULL;
	else
		f->frames = full ? whole : 1 + (int64_t)below(m, (int)whole);
	f->complete = (double)f->frames / (double)whole;
	f->complete = f->complete > 0.01 ? f->complete - 0.005 : 0;
	f->proof = f->complete > 0 ? f->proof : NULL;
}

static void end(struct making *m, struct airing_facts *f)
{
	static const char *const results[] = {"full", "full", "full", "partial", "cut",
					      "interrupted"};
	char id[ID_BYTES];

	f->result = ONE_OF(m, results);
	f->has_start = f->has_end = true;
	f->start = wall_add_ns(f->planned, NS_PER_S);
	f->end = wall_add_ns(f->planned, 60 * NS_PER_S);
	f->frames = strcmp(f->result, "interrupted") == 0 ? 0 : 1 + below(m, 9000000);
	f->proof = below(m, 6) == 0 ? NULL : "A";
	if (m->sound)
		be_sound(m, f);
	f->detail = f->proof == NULL && below(m, 2) == 0 ? saying(SAYING_NO_DEVICE) : NULL;
	f->reason = strcmp(f->result, "cut") == 0 ? reason_code(REASON_CUT_BY_OPERATOR) : NULL;
	entry_id('A', add(m, entry_airing_intended(f, &m->tz)), id);
	f->airing = id;
	json_t *o = entry_airing_ended(f, &m->tz);
	if (f->zone_count > 1 && below(m, 2) == 0 && (!m->sound || f->proof != NULL))
		json_object_set_new(o, "by_zone", each_zone(m, f));
	m->now = wall_add_ns(m->now, 60 * NS_PER_S);
	add(m, o);
	if (!m->sound && below(m, 3) == 0)
		listen(m, f);
	if (strcmp(f->result, "cut") == 0)
		memcpy(m->broken, id, ID_BYTES);
}

static void emergency_turn(struct making *m, struct airing_facts *f, char id[static ID_BYTES])
{
	struct alarm_facts a = {.by = "user:1", .reason = "lũ", .who = "user:2",
				.drill = below(m, 2) == 0, .zones = json_array(),
				.cut = json_array(), .over = json_array()};

	entry_id('K', add(m, entry_emergency_raised(&a, &m->tz)), id);
	f->emergency = id;
	f->drill = a.drill;
	f->slot = NULL;
}

static void choose_some(struct making *m, struct airing_facts *f)
{
	const struct bulletin *b = &m->bulletins[below(m, m->bulletin_count)];

	if (m->sound && b->state != BULLETIN_APPROVED)
		choose_source(m, f);
	else
		choose_bulletin(m, f, b);
}

static void air(struct making *m, int hour)
{
	static const enum reason reasons[] = {REASON_POWER_OFF, REASON_RELAY_LOST, REASON_SKIPPED,
					      REASON_DEVICE_LOST};
	char emergency[ID_BYTES];
	struct airing_facts f = {.slot = ONE_OF(m, slots), .item = 1, .device = "default",
				 .planned = shown(m, m->now), .planned_frames = 60 * FRAMES_PER_S,
				 .loudness_lufs = NAN, .peak_dbtp = NAN, .start_error_ms = NAN};

	f.occurrence = wall_add_ns(f.planned, -(int64_t)below(m, 2) * 600 * NS_PER_S);
	f.zone_count = 1 + below(m, ZONES);
	for (int i = 0; i < f.zone_count; i++)
		f.zones[i] = zones[i];
	f.demo = below(m, 12) == 0;
	f.who = below(m, 5) == 0 ? ONE_OF(m, people) : NULL;
	if (f.who != NULL)
		f.slot = NULL;
	if (below(m, 4) == 0)
		choose_source(m, &f);
	else
		choose_some(m, &f);
	if (hour == 17 && below(m, 9) == 0)
		emergency_turn(m, &f, emergency);
	if (m->broken[0] != '\0' && below(m, 2) == 0) {
		f.resumes = m->broken;
		f.from_frames = 480;
	}
	f.reason = reason_code(ONE_OF(m, reasons));
	if (below(m, 6) == 0)
		add(m, entry_airing_missed(&f, &m->tz));
	else
		end(m, &f);
	m->broken[0] = '\0';
}

static void fault(struct making *m)
{
	json_t *said = saying(SAYING_NO_DEVICE);

	struct wall off = m->now;

	switch (below(m, 6)) {
	case 0:
		add(m, entry_device_lost("hw:1", NULL));
		m->now = wall_add_ns(m->now, (int64_t)below(m, 9) * 900 * NS_PER_S);
		if (below(m, 5) > 0)
			add(m, entry_device_back("hw:1", 60));
		break;
	case 1:
		add(m, entry_relay_lost("vov1", "Sáng", m->now, json_incref(said), json_null(),
					&m->tz));
		add(m, entry_relay_back("vov1", "Sáng", m->now, 30,
					saying(SAYING_RELAY_AT_END), &m->tz));
		break;
	case 2:
		add(m, entry_disk_low(1000, false));
		break;
	case 3:
		m->now = wall_add_ns(off, (int64_t)(1 + below(m, 40)) * 3600 * NS_PER_S);
		add(m, entry_station_started("1", "thu", "boot"));
		add(m, entry_past_owed(off, &m->now, reason_code(REASON_POWER_OFF), &m->tz));
		break;
	default:
		break;
	}
	json_decref(said);
}

static json_t *day_of(struct making *m)
{
	char day[11];

	date_print(tz_date(&m->tz, m->now, NULL), day);
	return json_string(day);
}

static json_t *product(struct making *m)
{
	bool of_bulletin = m->bulletin_count > 0 && below(m, 2) == 0;
	json_t *o = json_pack("{s:o, s:i, s:s, s:b}", "accepted", day_of(m), "amount",
			      1000 * below(m, 900), "fund", ONE_OF(m, funds), "reused",
			      below(m, 2));

	if (of_bulletin) {
		json_object_set_new(o, "bulletin", json_string(
			m->bulletins[below(m, m->bulletin_count)].id));
		return o;
	}
	json_object_set_new(o, "title", json_string(below(m, 2) == 0 ? "Tờ rơi  một"
								      : "TỜ RƠI MỘT"));
	json_object_set_new(o, "kind", json_string("to-roi"));
	json_object_set_new(o, "programmes", json_pack("[s]", ONE_OF(m, programmes)));
	return o;
}

static json_t *work(struct making *m)
{
	return json_pack("{s:o, s:s, s:s, s:s, s:i, s:f}", "day", day_of(m), "person",
			 ONE_OF(m, people), "role", below(m, 3) > 0 ? "read" : "write",
			 "language", ONE_OF(m, languages), "count", 1 + below(m, 4), "pages",
			 below(m, 12) / 4.0);
}

static json_t *difficulty(struct making *m)
{
	static const char *const states[] = {"open", "proposed", "beyond"};
	json_t *o = json_pack("{s:o, s:s, s:s}", "since", day_of(m), "what", "loa hỏng", "state",
			      ONE_OF(m, states));

	if (below(m, 2) == 0)
		json_object_set_new(o, "solved", json_string("2026-11-20"));
	return o;
}

/* One row of a register, one that was there already a fifth of the time, or struck out. */
static void write_row(struct making *m, const char *name, const char *prefix, int *last,
		      json_t *fields)
{
	char id[ID_BYTES];
	bool again = *last > 0 && below(m, 5) == 0;

	snprintf(id, sizeof(id), "%s%d", prefix, again ? 1 + below(m, *last) : ++*last);
	if (again && below(m, 2) == 0) {
		json_decref(fields);
		fields = json_null();
	}
	add(m, registers_entry(name, json_pack("{s:o}", id, fields), ONE_OF(m, people), "", NULL,
			       NULL));
}

static void any_product(struct making *m, char id[static ID_BYTES])
{
	if (m->bulletin_count > 0 && below(m, 3) > 0)
		memcpy(id, m->bulletins[below(m, m->bulletin_count)].id, ID_BYTES);
	else
		snprintf(id, ID_BYTES, "SP%d", 1 + below(m, m->rows[0] + 1));
}

/* Of two that are seldom suspected, and again of the same two. */
static void decide(struct making *m)
{
	static const char *const decisions[] = {"same", "reuse", "different", "open"};
	char first[ID_BYTES], second[ID_BYTES];

	any_product(m, first);
	any_product(m, second);
	for (int i = 0; i < 1 + below(m, 2) && strcmp(first, second) != 0; i++)
		add(m, entry_duplicate_decided(first, second, "", "", ONE_OF(m, decisions),
					       "xem rồi", ONE_OF(m, people)));
}

/* On one day the clock shows another month, and the log is told later. */
static void go_off(struct making *m, int64_t off_ns)
{
	m->off_ns = off_ns;
	m->synced = off_ns == 0;
}

static void live_day(struct making *m, int day)
{
	struct wall morning = tz_wall(&m->tz, date_add_days(FIRST_DAY, day), 5 * 3600);
	int64_t first = m->n;

	if (m->sound && morning.ns < m->now.ns)
		return; /* the station was off */
	if (day == 40 && !m->sound)
		go_off(m, -50 * DAY_NS);
	m->now = morning;
	for (int i = below(m, 3) + (day == 0); i > 0; i--)
		receive(m);
	for (int hour = 6; hour < 21 && !m->failed; hour += 1 + below(m, 4)) {
		m->now = wall_add_ns(morning, (hour - 5) * 3600 * NS_PER_S);
		air(m, hour);
	}
	if (day == 40 && !m->sound) {
		go_off(m, 0);
		add(m, entry_clock_corrected(first, m->n - 1, 50 * DAY_NS / NS_PER_MS, "boot",
					     500));
	}
	if (below(m, 3) == 0)
		change_one(m);
	if (below(m, 4) == 0)
		fault(m);
	write_row(m, "products", "SP", &m->rows[0], product(m));
	write_row(m, "works", "TL", &m->rows[1], work(m));
	if (below(m, 3) == 0)
		decide(m);
	if (below(m, 5) == 0)
		write_row(m, "difficulties", "VM", &m->rows[2], difficulty(m));
}

int main(int argc, char **argv)
{
	struct making *m = calloc(1, sizeof(*m));
	struct notary_setup how = {.name = "vangxa/thu", .boot = "boot", .seed = {5}};
	struct disk_real disk;

	if (argc < 3 || m == NULL)
		return 1;
	m->chance.state = strtoull(argv[2], NULL, 10);
	how.seed[1] = (uint8_t)m->chance.state;
	m->sound = argc > 3;
	if (m->sound)
		snprintf(how.name, sizeof(how.name), "%s", argv[3]);
	m->synced = true;
	m->failed = !disk_real_open(&disk, argv[1], &m->e) ||
		    !tz_load(&m->tz, "Asia/Ho_Chi_Minh", &m->e) ||
		    !notary_open(&m->notary, &disk.disk, &how, &m->e);
	for (int day = 0; day < DAYS && !m->failed; day++)
		live_day(m, day);
	if (m->failed)
		fprintf(stderr, "random_log: %s\n", m->e.text);
	notary_close(m->notary);
	return m->failed;
}
