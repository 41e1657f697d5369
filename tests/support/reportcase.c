/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/reportcase.h"

#include "base/json.h"
#include "base/must.h"
#include "base/saying.h"
#include "proof/reason.h"
#include "sys/chance.h"

#include <stdlib.h>
#include <string.h>

#define DAY_NS (INT64_C(86400) * NS_PER_S)

static const char *const programmes[] = {"P1", "P2", "P3"};
static const char *const languages[] = {"vi", "stieng"};
static const char *const kinds[] = {"ban-tin", "thong-bao"};
static const char *const zones[] = {"trung-tam", "thon-2"};

static const char *same(void *arg, const char *id)
{
	(void)arg;
	return id;
}

void reportcase_open(struct reportcase *c)
{
	struct err e;

	*c = (struct reportcase){.count = 0};
	log_sample_open(&c->sample, ":memory:");
	struct code *code = codes_add(&c->lists[CODES_PROGRAMMES]);
	snprintf(code->code, sizeof(code->code), "P1");
	snprintf(code->name, sizeof(code->name), "Chương trình một");
	c->report = (struct report){.view = ledger_view(c->sample.ledger), .tz = &c->sample.tz,
				    .filter = {.only = -1}, .lists = c->lists,
				    .station = "Đài <thử>", .log = "sổ 1", .mark = "5:R+ot=",
				    .person = same};
	must(period_parse("2026-11", PERIOD_CALENDAR, &c->report.period, &e));
}

void reportcase_close(struct reportcase *c)
{
	for (int i = 0; i < CODES_LISTS; i++)
		codes_finish(&c->lists[i]);
	log_sample_close(&c->sample);
}

static struct wall planned(const struct reportcase *c, const struct reportcase_airing *a)
{
	return wall_add_ns(tz_wall(&c->sample.tz, (struct date){2026, 11, 1}, 0),
			   a->day * DAY_NS + a->hour * 3600 * NS_PER_S);
}

static struct airing_facts facts(const struct reportcase *c, const struct reportcase_airing *a,
				 const char *bulletin)
{
	struct airing_facts f = log_sample_airing(bulletin, planned(c, a));

	f.language = a->language;
	f.programme_count = a->programme_count;
	for (int i = 0; i < a->programme_count; i++)
		f.programmes[i] = a->programmes[i];
	f.slot = a->by_hand ? NULL : "Sáng";
	f.zone_count = a->both_zones ? 2 : 1;
	for (int i = 0; i < f.zone_count; i++)
		f.zones[i] = zones[i];
	f.resumes = a->rest ? "A1" : NULL;
	f.from_frames = a->rest ? 48 : 0;
	f.frames = a->frames;
	return f;
}

/* What becomes of it: 0 whole, 1 cut, 2 missed, 3 mixed and sent nowhere, 4 broken off. */
static void happen(struct reportcase *c, struct airing_facts *f, int fate)
{
	static const char *const results[] = {"full", "cut", "", "full", "interrupted"};
	char id[ID_BYTES];

	f->reason = fate == 2 ? reason_code(REASON_POWER_OFF) : NULL;
	if (fate == 2) {
		log_sample_add(&c->sample, entry_airing_missed(f, &c->sample.tz));
		return;
	}
	entry_id('A', log_sample_add(&c->sample, entry_airing_intended(f, &c->sample.tz)), id);
	f->airing = id;
	f->result = results[fate];
	f->proof = fate < 2 ? "A" : NULL;
	f->detail = fate == 3 ? saying(SAYING_NO_DEVICE) : NULL;
	log_sample_add(&c->sample, entry_airing_ended(f, &c->sample.tz));
}

static void add_one(struct reportcase *c, struct chance *chance, const char *const bulletins[2])
{
	static const enum report_class class_of[] = {REPORT_AIRED, REPORT_AIRED, REPORT_NOT_AIRED,
						     REPORT_NOT_AIRED, REPORT_UNCLEAR};
	struct reportcase_airing *a = &c->airings[c->count++];
	int kind = (int)chance_below(chance, 2), fate = (int)chance_below(chance, 5);

	*a = (struct reportcase_airing){.kind = kinds[kind], .class = class_of[fate],
					.whole = fate == 0, .day = (int)chance_below(chance, 31),
					.hour = (int)chance_below(chance, 24)};
	for (int i = 0; i < 3; i++)
		if (chance_below(chance, 2) == 0)
			a->programmes[a->programme_count++] = programmes[i];
	a->language = languages[chance_below(chance, 2)];
	a->rest = chance_below(chance, 8) == 0;
	a->by_hand = chance_below(chance, 8) == 0;
	a->both_zones = chance_below(chance, 4) == 0;
	a->frames = fate == 2 || fate == 4 ? 0 : 1 + (int64_t)chance_below(chance, 9000000);
	struct airing_facts f = facts(c, a, bulletins[kind]);
	happen(c, &f, fate);
}

void reportcase_fill(struct reportcase *c, uint64_t seed)
{
	char ids[2][ID_BYTES];
	struct chance chance = {seed};

	for (int i = 0; i < 2; i++) {
		struct bulletin b = log_sample_bulletin("Tin");
		snprintf(b.kind, sizeof(b.kind), "%s", kinds[i]);
		entry_id('B',
			 log_sample_add(&c->sample,
					entry_bulletin_received(&b, NULL, json_array(), "user:3")),
			 ids[i]);
	}
	while (c->count < REPORTCASE_AIRINGS)
		add_one(c, &chance, (const char *const[2]){ids[0], ids[1]});
}

char *reportcase_text(const struct reportcase *c, const char *table, const char *format)
{
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);
	struct table_writer w = {.out = out, .format = table_format(format)};
	struct err e;

	must(out != NULL && w.format != NULL);
	must(report_write(&c->report, table, &w, &e));
	table_finish(&w);
	must(fclose(out) == 0);
	return text;
}

json_t *reportcase_json(const struct reportcase *c, const char *table)
{
	char *text = reportcase_text(c, table, "json");
	struct err e;
	json_t *o = json_read(text, strlen(text), &e);

	must(o != NULL);
	free(text);
	return o;
}
