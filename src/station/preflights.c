/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/preflights.h"

#include "base/json.h"
#include "base/must.h"
#include "base/saying.h"
#include "base/text.h"
#include "proof/entry.h"
#include "proof/reader.h"
#include "sys/errand.h"
#include "sys/log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RETRY_NS (600 * NS_PER_S)
#define ENTRY_ROOM (ENTRY_BYTES_MAX - 1024) /* for time, clock and number of the entry */

void preflights_init(struct preflights *p, struct desk *desk, struct loop *loop,
		     void (*changed)(void *arg), void *arg)
{
	*p = (struct preflights){.desk = desk, .loop = loop, .changed = changed, .arg = arg};
}

static struct date today(const struct preflights *p, int32_t *second)
{
	return tz_date(&p->desk->world.files->settings.tz, clock_wall(p->desk->clock), second);
}

/* The log remembers over a restart. */
static json_t *last_entry(struct preflights *p)
{
	struct err e = {0};

	if (p->read)
		return p->last;
	if (!reader_last(ledger_view(p->desk->ledger), KIND_PREFLIGHT, &p->last, &e))
		log_warn("%s", e.text);
	p->read = true;
	return p->last;
}

static bool work(void *arg, struct err *e)
{
	struct preflights *p = arg;
	const struct buf nothing = {0};
	char *args[] = {(char *)"preflight", (char *)"--json", (char *)"--data", p->desk->dir,
			(char *)"--date", p->day, NULL};

	if (errand_run(args, &nothing, PREFLIGHT_BYTES, PREFLIGHT_MS, &p->stop, &p->out, e))
		return true;
	/* It ends so too where files are faulty, and has told of all that is not. */
	bool told = p->out.len >= 2 && memcmp(buf_str(&p->out) + p->out.len - 2, "}\n", 2) == 0;
	if (told)
		*e = (struct err){0};
	return told;
}

/* Of long lists the end is left out until it fits; the numbers tell how long they were. */
static void fit(json_t *entry)
{
	json_t *lists[] = {json_object_get(entry, "starts"), json_object_get(entry, "findings")};

	for (int i = 0; i < 2; i++)
		while (json_array_size(lists[i]) > 0 &&
		       json_dumpb(entry, NULL, 0, JSON_COMPACT) > ENTRY_ROOM)
			json_array_remove(lists[i], json_array_size(lists[i]) - 1);
}

/* What the child said as an entry; NULL + err if it is not what it should be. */
static json_t *entry_of(const struct preflights *p, struct err *e)
{
	json_t *said = json_read(buf_str(&p->out), p->out.len, e);
	const json_t *findings = json_object_get(said, "findings");

	if (said == NULL || !json_is_array(findings) ||
	    !json_is_array(json_object_get(said, "starts"))) {
		json_decref(said);
		err_set(e, ERR_DAMAGED, T("phát thử lịch: câu trả lời không đọc được",
					  "looking through the plan: the answer is unreadable"));
		return NULL;
	}
	json_object_del(said, "faults"); /* the banner has them, as they are now */
	json_object_set_new(said, "kind", json_string(KIND_PREFLIGHT));
	json_object_set_new(said, "count", json_integer((json_int_t)json_array_size(findings)));
	if (p->who[0] != '\0')
		json_object_set_new(said, "who", json_text(p->who));
	fit(said);
	return said;
}

static void done(void *arg)
{
	struct preflights *p = arg;
	struct err e = p->work.error;
	json_t *entry = p->work.ok ? entry_of(p, &e) : NULL;
	int64_t n;

	p->fault[0] = '\0';
	if (entry != NULL && ledger_append(p->desk->ledger, json_incref(entry), &n, &e)) {
		json_decref(p->last);
		p->last = NULL;
		p->read = false; /* with its time, as the log has it */
	} else {
		snprintf(p->fault, sizeof(p->fault), "%.*s", REASON_BYTES - 1, e.text);
		log_warn("%s", e.text);
		p->due = mono_add_ns(clock_mono(p->desk->clock), RETRY_NS);
	}
	json_decref(entry);
	buf_finish(&p->out);
	p->out = (struct buf){0};
	p->changed(p->arg);
}

bool preflights_begin(struct preflights *p, const char *who, struct err *e)
{
	if (p->work.running)
		return err_set(e, ERR_CONFLICT, T("đang phát thử lịch, xin đợi một lát",
						  "the plan is being looked through; a moment"));
	date_print(date_add_days(today(p, NULL), 1), p->day);
	snprintf(p->who, sizeof(p->who), "%s", who);
	p->work = (struct aside){.work = work, .done = done, .arg = p, .patient = true};
	if (!aside_start(&p->work, p->loop, e))
		return false;
	p->changed(p->arg);
	return true;
}

void preflights_look(struct preflights *p, bool believed)
{
	const struct settings *s = &p->desk->world.files->settings;
	struct err e = {0};
	char tomorrow[11];
	int32_t second;
	struct date day = today(p, &second);

	if (p->work.running || !believed || second < s->preflight_s ||
	    clock_mono(p->desk->clock).ns < p->due.ns)
		return;
	date_print(date_add_days(day, 1), tomorrow);
	if (strcmp(json_get_text(last_entry(p), "date", ""), tomorrow) == 0)
		return;
	if (!preflights_begin(p, "", &e)) {
		log_warn("%s", e.text);
		p->due = mono_add_ns(clock_mono(p->desk->clock), RETRY_NS);
	}
}

void preflights_stop(struct preflights *p)
{
	p->stop = true;
	aside_join(&p->work);
	buf_finish(&p->out);
	json_decref(p->last);
	*p = (struct preflights){.desk = NULL};
}

/* A finding with its words in both languages. */
static json_t *told(const json_t *finding)
{
	json_t *one = json_copy((json_t *)finding);

	must(one != NULL);
	json_object_set_new(one, "texts", saying_texts(finding));
	return one;
}

static json_t *last_json(struct preflights *p)
{
	const json_t *last = last_entry(p), *one;
	json_t *findings = json_array();
	size_t i;

	if (last == NULL) {
		json_decref(findings);
		return json_null();
	}
	json_array_foreach(json_object_get(last, "findings"), i, one)
		json_array_append_new(findings, told(one));
	return json_pack("{s:O?, s:O?, s:o, s:O?, s:O?, s:O?}", "date",
			 json_object_get(last, "date"), "at", json_object_get(last, "at"),
			 "findings", findings, "starts", json_object_get(last, "starts"),
			 "start_count", json_object_get(last, "start_count"), "count",
			 json_object_get(last, "count"));
}

json_t *preflights_json(struct preflights *p)
{
	json_t *json = json_pack("{s:b, s:o, s:o}", "running", p->work.running, "fault",
				 json_text(p->fault), "last", last_json(p));

	must(json != NULL);
	return json;
}

json_t *preflights_banner(struct preflights *p)
{
	const json_t *last = last_entry(p), *one;
	struct date day;
	int count = 0;
	size_t i;

	/* What is only worth knowing needs no banner. */
	json_array_foreach(json_object_get(last, "findings"), i, one)
		count += strcmp(json_get_text(one, "grade", ""), "info") != 0;
	if (count == 0 || !date_parse(json_get_text(last, "date", ""), &day) ||
	    date_compare(day, today(p, NULL)) < 0)
		return NULL;
	json_t *said = saying(SAYING_PREFLIGHT_BANNER);
	json_object_set(said, "date", json_object_get(last, "date"));
	json_object_set_new(said, "count", json_integer(count));
	return said;
}
