/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/made.h"

#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "cli/station_tz.h"
#include "proof/newest.h"
#include "station/catalogue.h"
#include "station/persons.h"
#include "sys/clock.h"
#include "sys/disk.h"
#include "sys/log.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct date LONG_AFTER = {9999, 12, 31};

static const char *person(void *arg, const char *id)
{
	struct made *m = arg;
	json_t *name = json_object_get(m->people, id);
	char machine[NAME_BYTES];

	if (name == NULL) {
		persons_add(m->users, m->people, id);
		if (json_object_get(m->people, id) == NULL)
			json_object_set_new(m->people, id,
					    json_string(persons_machine(id, machine) ? machine
										     : id));
		name = json_object_get(m->people, id);
	}
	return json_is_string(name) ? json_string_value(name) : id;
}

/* Rates are set for reading and writing alone. */
static bool rate_of(void *arg, const char *role, const char *language, struct date day,
		    struct report_rate *out)
{
	struct made *m = arg;
	const struct code *c = codes_named(&m->lists.codes[CODES_LANGUAGES], language, day);
	bool writes = strcmp(role, "write") == 0;
	const struct rate *rate = rates_at(&m->lists.rates, writes ? RATE_WRITES : RATE_READS,
					   c != NULL && c->minority, day);

	if (rate == NULL || (!writes && strcmp(role, "read") != 0))
		return false;
	*out = (struct report_rate){rate->dong, rate->day_cap_dong,
				    rate->per == RATE_PER_PAGE ? rate->page_words : 0};
	return true;
}

/* 2020: what bears an earlier time was stamped by a clock without a battery. */
#define CLOCKS_BEFORE_NS (INT64_C(1577836800) * NS_PER_S)

void made_began(struct made *m, struct view *have)
{
	struct err none = {0};
	struct wall began;
	bool found;

	if (reader_began(have, &began, &found, &none) && found && began.ns > CLOCKS_BEFORE_NS &&
	    date_compare(report_day(&m->r, began.ns / NS_PER_MS), m->r.period.first) > 0)
		m->r.began = began;
}

/* Nothing is known of what was before, and a report of it must not read as if nothing had been. */
static void tell_began(struct made *m)
{
	char day[11];
	size_t len = strlen(m->log);

	if (m->r.began.ns == 0)
		return;
	date_tell(report_day(&m->r, m->r.began.ns / NS_PER_MS), day);
	snprintf(m->log + len, sizeof(m->log) - len,
		 T("; sổ bắt đầu ngày %s, trước ngày ấy không có số liệu",
		   "; the log begins on %s, and there are no figures of before"), day);
}

/* Whoever keeps the report can show later that nothing was taken out of the log. */
void made_head(struct made *m, struct disk *disk)
{
	struct checkpoint head;
	char root[HASH_TEXT_BYTES];
	struct err none = {0};

	m->log[0] = m->mark[0] = '\0';
	if (!newest_head(disk, &head, &none) || head.size == 0)
		return;
	hash_print(&head.root, root);
	snprintf(m->log, sizeof(m->log),
		 T("Lập từ sổ nhật ký %.200s: %" PRId64 " mục đã ký, mã gốc %s",
		   "Made from log %.200s: %" PRId64 " entries signed, root %s"),
		 head.origin, head.size, root);
	tell_began(m);
	snprintf(m->mark, sizeof(m->mark), "%" PRId64 ":%s", head.size, root);
}

static void read_settings(struct made *m, const char *dir)
{
	m->settings = station_settings(dir);
	if (m->settings == NULL)
		return;
	snprintf(m->station, sizeof(m->station), "%s", m->settings->name);
	m->letter = m->settings->letter;
	m->r.zone_count = m->settings->zone_count;
	for (int i = 0; i < m->r.zone_count; i++)
		m->zones[i] = (struct report_zone){m->settings->zones[i].name,
						   m->settings->zones[i].device};
}

static const enum report_measure measures[TARGET_MEASURES] = {
	[TARGET_PRODUCTS] = REPORT_PRODUCTS, [TARGET_AIRINGS] = REPORT_AIRINGS,
	[TARGET_MINUTES] = REPORT_MINUTES, [TARGET_POINTS] = REPORT_POINTS,
	[TARGET_PLACES] = REPORT_PLACES, [TARGET_TRAININGS] = REPORT_TRAININGS,
	[TARGET_VISITS] = REPORT_VISITS, [TARGET_MONEY] = REPORT_MONEY,
};

/* The parts of a sum of money are of one programme and differ by who pays, which no target says. */
static bool is_part(const struct targets *all, const struct target *t)
{
	for (int i = 0; i < all->count; i++)
		for (int k = 0; k < all->list[i].part_count; k++)
			if (t->measure == TARGET_MONEY &&
			    strcmp(all->list[i].parts[k], t->code) == 0)
				return true;
	return false;
}

static struct report_target target_of(const struct targets *all, const struct target *t)
{
	bool money = t->measure == TARGET_MONEY;
	double unit = money ? 1e6 : 1;

	return (struct report_target){
		.code = t->code, .what = t->what, .source = t->source, .who = t->who,
		.kind = t->kind, .programme = t->programme, .from = t->from, .to = t->to,
		.called = target_grade_name(t->grade),
		.unit = money ? "đồng" : target_unit(t->measure),
		.grade = t->grade == TARGET_SCOPE  ? REPORT_SCOPE
			 : t->grade == TARGET_DONE ? REPORT_TOLD
						   : REPORT_ASKED,
		.measure = measures[t->measure], .low = llround(t->low * unit),
		.high = llround(t->high * unit), .placed = t->place_count > 0,
		.part = is_part(all, t)};
}

static bool concerns(void *arg, const struct report_target *t, struct date first,
		     struct date last)
{
	const struct made *m = arg;

	return concern_has(&m->concern, &m->lists.targets.list[t - m->targets], first, last);
}

/* Who has no settings is no station, and has the targets of everybody. */
static void read_place(struct made *m)
{
	if (m->settings == NULL)
		return;
	const char *code = m->settings->place;
	const struct place *place = places_named(&m->lists.places, code, LONG_AFTER);

	concern_begin(&m->concern, &m->lists.places, code);
	m->r.where = place != NULL ? place->name : code;
	m->r.concerns = concerns;
	m->r.concerns_arg = m;
}

static const char *place_of(void *arg, const char *name, struct date day)
{
	struct made *m = arg;
	const struct place *place = called_find(&m->called, name, day);

	return place != NULL ? place->code : NULL;
}

static bool lies_in(void *arg, const struct report_target *t, const char *code, struct date day)
{
	const struct made *m = arg;
	const struct place *place = places_at(&m->lists.places, code, day);

	return place == NULL ||
	       called_counts(&m->lists.places, place, &m->lists.targets.list[t - m->targets], day);
}

static void read_targets(struct made *m)
{
	const struct targets *all = &m->lists.targets;

	m->targets = calloc((size_t)all->count + 1, sizeof(*m->targets));
	must(m->targets != NULL);
	for (int i = 0; i < all->count; i++)
		m->targets[i] = target_of(all, &all->list[i]);
	m->r.targets = m->targets;
	m->r.target_count = all->count;
	m->r.models = m->lists.models.list;
	m->r.model_count = m->lists.models.count;
}

/* What cannot be read is left out, and not in silence: a table without its targets looks as one of
 * which there are none. */
static void read_lists(struct made *m, struct disk *disk)
{
	struct faults faults = {0};

	catalogue_all(disk, &m->lists, &faults);
	for (int i = 0; i < faults.count; i++)
		if (faults.list[i].grade == FAULT_ERROR) {
			log_warn(T("danh mục có %d lỗi (vangxa check), chỗ ấy không vào báo cáo: "
				   "%s:%d: %s",
				   "the catalogue has %d errors (vangxa check), which no report "
				   "can use: %s:%d: %s"), faults.errors, faults.list[i].file,
				 faults.list[i].line, fault_text(&faults.list[i]));
			break;
		}
	faults_finish(&faults);
}

static struct wall now(void)
{
	struct clock_real clock;

	clock_real_open(&clock);
	struct wall at = clock_wall(&clock.clock);
	clock_real_close(&clock);
	at.ns -= at.ns % NS_PER_S; /* as people write it down */
	return at;
}

void made_gather(struct made *m, const char *dir, struct disk *disk)
{
	read_lists(m, disk);
	read_settings(m, dir);
	m->users = users_create(dir);
	m->people = json_object();
	m->r.tz = &m->tz;
	m->r.lists = m->lists.codes;
	m->r.zones = m->zones;
	m->r.station = m->station;
	m->r.letter = &m->letter;
	m->r.made = now();
	m->r.log = m->log;
	m->r.mark = m->mark;
	read_targets(m);
	read_place(m);
	m->called.places = &m->lists.places;
	m->r.place_of = place_of;
	m->r.lies_in = lies_in;
	m->r.places_arg = m;
	m->r.rate = rate_of;
	m->r.rate_arg = m;
	m->r.person = person;
	m->r.person_arg = m;
}

void made_let_go(struct made *m)
{
	called_finish(&m->called);
	free(m->targets);
	lists_finish(&m->lists);
	free(m->settings);
	users_destroy(m->users);
	json_decref(m->people);
}
