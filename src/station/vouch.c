/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/vouch.h"

#include "base/json.h"
#include "base/must.h"
#include "base/saying.h"
#include "base/text.h"
#include "proof/entry.h"
#include "proof/notary.h"
#include "sys/log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_S 5 /* after the start: the station has more urgent things to do */
#define HOLD_S 5
#define AGAIN_S 3600
#define RETRY_S 2
#define RETRY_MAX_S 900
#define LONG_DAYS 7
#define DAY_S 86400
#define GAP_MAX 1000000 /* numbers left out for entries that only a witness has seen */

static const struct settings *settings_of(const struct vouch *v)
{
	return &v->desk->world.files->settings;
}

static struct mono later(const struct vouch *v, int64_t s)
{
	return mono_add_ns(clock_mono(v->desk->clock), s * NS_PER_S);
}

static int64_t now_s(const struct vouch *v)
{
	return clock_wall(v->desk->clock).ns / NS_PER_S;
}

static bool same_day(const struct vouch *v, int64_t a_s, int64_t b_s)
{
	struct date a = tz_date(&v->desk->tz, (struct wall){a_s * NS_PER_S}, NULL);
	struct date b = tz_date(&v->desk->tz, (struct wall){b_s * NS_PER_S}, NULL);

	return date_compare(a, b) == 0;
}

void vouch_init(struct vouch *v, struct desk *desk, struct loop *loop, void (*changed)(void *arg),
		void *arg)
{
	*v = (struct vouch){.desk = desk, .loop = loop, .changed = changed, .arg = arg};
	v->job = calloc(1, sizeof(*v->job));
	must(v->job != NULL);
	v->speak_by = later(v, HOLD_S);
}

static bool is_held(const struct vouch *v)
{
	return ledger_state(v->desk->ledger)->held;
}

static struct vouch_one *find(struct vouch_one *list, int count, const char *name)
{
	for (int i = 0; i < count; i++)
		if (strcmp(list[i].name, name) == 0)
			return &list[i];
	return NULL;
}

static bool is_tsa(const struct vouch_one *one)
{
	return strcmp(one->name, VOUCHING_TSA) == 0;
}

/* Whoever has just mended the address wants to know at once whether it was that. */
static void enlist(struct vouch *v, const char *name, const char *url, const char *key)
{
	char place[sizeof(v->list[0].place)];
	struct vouch_one *one = find(v->list, v->count, name);

	snprintf(place, sizeof(place), "%s %s", url, key);
	if (one != NULL && strcmp(one->place, place) == 0)
		return;
	if (one == NULL) {
		one = &v->list[v->count++];
		/* What is remembered of it may be as old as the log that was put back. */
		bool first = is_held(v) && strcmp(name, VOUCHING_TSA) != 0;
		*one = (struct vouch_one){.due = later(v, first ? 0 : FIRST_S), .anew = first};
		snprintf(one->name, sizeof(one->name), "%s", name);
		vouching_recall(v->desk->disk, name, &one->m);
	} else {
		one->due = clock_mono(v->desk->clock);
		one->failures = 0;
		one->anew = true;
	}
	memcpy(one->place, place, sizeof(one->place));
}

static const struct witness_place *place_of(const struct vouch *v, const char *name)
{
	const struct settings *s = settings_of(v);

	for (int i = 0; i < s->witness_count; i++)
		if (strcmp(s->witnesses[i].name, name) == 0)
			return &s->witnesses[i];
	return NULL;
}

/* As the settings have them now. */
static void follow_settings(struct vouch *v)
{
	const struct settings *s = settings_of(v);
	int kept = 0;

	for (int i = 0; i < v->count; i++) {
		bool there = is_tsa(&v->list[i]) ? s->tsa[0] != '\0'
						 : place_of(v, v->list[i].name) != NULL;
		if (there)
			v->list[kept++] = v->list[i];
	}
	v->count = kept;
	for (int i = 0; i < s->witness_count; i++)
		enlist(v, s->witnesses[i].name, s->witnesses[i].url, s->witnesses[i].key);
	if (s->tsa[0] != '\0')
		enlist(v, VOUCHING_TSA, s->tsa, s->tsa_ca);
}

/* Has it seen the present head already, or the authority one of today? */
static bool is_fresh(const struct vouch *v, const struct vouch_one *one)
{
	const struct notary_state *log = ledger_state(v->desk->ledger);

	if (one->anew || one->failures > 0 || strcmp(one->m.vkey, log->vkey) != 0)
		return false;
	return is_tsa(one) ? same_day(v, one->m.at_s, now_s(v)) : one->m.size == log->head;
}

static bool is_due(struct vouch *v, struct vouch_one *one)
{
	if (clock_mono(v->desk->clock).ns < one->due.ns)
		return false;
	if (!is_fresh(v, one))
		return true;
	one->due = later(v, is_tsa(one) ? RETRY_MAX_S : AGAIN_S);
	return false;
}

static void name_it(struct vouching_one *to, const char *name, const char *url)
{
	to->asked = true;
	snprintf(to->name, sizeof(to->name), "%s", name);
	snprintf(to->url, sizeof(to->url), "%s", url);
}

static void order_witness(struct vouch *v, const struct vouch_one *one,
			  const struct witness_place *place)
{
	struct vouching_one *to = &v->job->witnesses[v->job->count++];

	name_it(to, place->name, place->url);
	snprintf(to->key, sizeof(to->key), "%s", place->key);
	to->old = strcmp(one->m.vkey, v->job->vkey) == 0 ? one->m.size : 0;
}

/* What the thread gets to know; false: nobody is due. */
static bool make_job(struct vouch *v)
{
	const struct notary_state *log = ledger_state(v->desk->ledger);
	const struct settings *s = settings_of(v);
	struct vouching *j = v->job;
	bool any = false;

	/* What this run has written behind the head of before it is nothing that anybody saw. */
	*j = (struct vouching){.disk = v->desk->disk, .log = log->log,
			       .entries = log->held ? ledger_opened(v->desk->ledger) : log->size};
	snprintf(j->dir, sizeof(j->dir), "%s", v->desk->dir);
	snprintf(j->vkey, sizeof(j->vkey), "%s", log->vkey);
	j->now_s = clock_state(v->desk->clock).synced ? now_s(v) : 0;
	for (int i = 0; i < v->count; i++) {
		if (!is_due(v, &v->list[i]))
			continue;
		any = true;
		v->list[i].anew = false;
		if (is_tsa(&v->list[i])) {
			name_it(&j->tsa, VOUCHING_TSA, s->tsa);
			snprintf(j->tsa.ca, sizeof(j->tsa.ca), "%s", s->tsa_ca);
		} else {
			order_witness(v, &v->list[i], place_of(v, v->list[i].name));
		}
	}
	return any;
}

static bool append(struct vouch *v, json_t *entry)
{
	struct err e = {0};
	int64_t n;

	if (ledger_append(v->desk->ledger, entry, &n, &e))
		return true;
	log_warn("%s", e.text);
	return false;
}

static bool tell_seen(struct vouch *v, const struct vouching_one *r)
{
	char root[HASH_TEXT_BYTES];
	bool tsa = strcmp(r->name, VOUCHING_TSA) == 0;
	struct witness_facts f = {.witness = tsa ? r->url : r->name,
				  .method = tsa ? "timestamp" : "cosignature",
				  .log = v->job->head.origin,
				  .size = v->job->head.size,
				  .root = root,
				  .time = {r->time_s * NS_PER_S},
				  .trusted = r->trusted};

	hash_print(&v->job->head.root, root);
	return append(v, entry_witness_seen(&f, &v->desk->tz));
}

static void take_seen(struct vouch *v, struct vouch_one *one, const struct vouching_one *r)
{
	struct vouching_memory *m = &one->m;
	struct err e = {0};

	one->failures = 0;
	one->fault[0] = '\0';
	one->due = later(v, AGAIN_S);
	snprintf(m->vkey, sizeof(m->vkey), "%s", v->job->vkey);
	m->size = v->job->head.size;
	m->time_s = r->time_s;
	m->at_s = now_s(v);
	if (r->time_believed)
		ledger_passed(v->desk->ledger, (struct wall){r->time_s * NS_PER_S});
	else if (r->trusted)
		saying_store(one->fault, sizeof(one->fault), SAYING_WITNESS_TIME, "time",
			     json_time((struct wall){r->time_s * NS_PER_S}, &v->desk->tz));
	if ((is_tsa(one) || !same_day(v, m->told_s, m->at_s)) && tell_seen(v, r))
		m->told_s = m->at_s;
	if (!vouching_keep(v->desk->disk, one->name, m, &e))
		log_warn("%s", e.text);
}

static void take_fault(struct vouch *v, struct vouch_one *one, const struct vouching_one *r)
{
	char words[REASON_BYTES];
	int64_t wait_s = one->failures < 16 ? (int64_t)RETRY_S << one->failures : RETRY_MAX_S;

	one->failures++;
	one->due = later(v, wait_s < RETRY_MAX_S ? wait_s : RETRY_MAX_S);
	if (strcmp(one->fault, r->fault) == 0)
		return;
	snprintf(one->fault, sizeof(one->fault), "%s", r->fault);
	saying_tell(r->fault, words, sizeof(words));
	log_warn(T("nhân chứng %s: %s", "witness %s: %s"), is_tsa(one) ? r->url : one->name, words);
}

/* From here on no head is signed under this name; the next log begins, and its second entry says
 * why. */
static void end_log(struct vouch *v, const struct vouching_one *r)
{
	struct err e = {0};
	int64_t size = v->job->entries, gap = r->theirs - size;

	if (gap > 0)
		size += gap < GAP_MAX ? gap : GAP_MAX;
	if (!heads_doubt(v->desk->disk, v->job->log, size, r->code, &e) ||
	    !ledger_reopen(v->desk->ledger, &e))
		log_warn("%s", e.text);
}

static json_t *doubt_said(const struct vouch *v, const struct vouching_one *r, bool larger)
{
	json_t *said = saying(larger ? SAYING_WITNESS_LARGER : SAYING_WITNESS_FORKED);

	json_object_set_new(said, "witness", json_text(r->name));
	json_object_set_new(said, "log", json_text(v->job->head.origin));
	json_object_set_new(said, "size", json_integer(v->job->entries));
	if (larger)
		json_object_set_new(said, "theirs", json_integer(r->theirs));
	return said;
}

/* The word of a witness that somebody on the way could have made up is told, and ends no log: else
 * whoever holds a cable could have one begun every day. */
static void take_doubt(struct vouch *v, struct vouch_one *one, const struct vouching_one *r)
{
	char words[REASON_BYTES * 2];

	one->due = later(v, RETRY_MAX_S);
	if (one->doubted)
		return;
	one->doubted = true;
	json_decref(v->doubt);
	v->doubt = doubt_said(v, r, strcmp(r->code, saying_code(SAYING_WITNESS_LARGER)) == 0);
	saying_words(v->doubt, text_english(), words, sizeof(words));
	log_warn("%s", words);
	/* Said of a log that has ended meanwhile, it is of no consequence any more. */
	bool acted = r->sure && ledger_state(v->desk->ledger)->log == v->job->log;
	if (acted)
		end_log(v, r);
	append(v, entry_witness_doubted(r->name, r->code, v->job->head.origin, v->job->entries,
					r->theirs, acted));
}

static void take(struct vouch *v, const struct vouching_one *r)
{
	struct vouch_one *one = find(v->list, v->count, r->name);

	if (!r->asked || one == NULL)
		return;
	v->answered = v->answered || (!is_tsa(one) && (r->result == VOUCHING_SEEN ||
						       r->result == VOUCHING_DOUBTED));
	if (r->result == VOUCHING_SEEN)
		take_seen(v, one, r);
	else if (r->result == VOUCHING_FAULT)
		take_fault(v, one, r);
	else if (r->result == VOUCHING_DOUBTED)
		take_doubt(v, one, r);
	else
		one->due = later(v, RETRY_S);
}

static void tell_unasked(struct vouch *v)
{
	const struct notary_state *log = ledger_state(v->desk->ledger);
	char name[NOTE_NAME_BYTES];
	json_t *said = saying(SAYING_WITNESS_UNASKED);

	snprintf(name, sizeof(name), "%.*s", (int)strcspn(log->vkey, "+"), log->vkey);
	json_object_set_new(said, "log", json_text(name));
	json_object_set_new(said, "size", json_integer(log->base + log->head));
	append(v, entry_note_said(said, "station"));
}

/* The note first: the head that is signed without having asked covers it. */
static void speak(struct vouch *v)
{
	const struct notary_state *log = ledger_state(v->desk->ledger);
	struct err e = {0};

	if (!log->held)
		return;
	if (!v->answered && log->head > 0 && settings_of(v)->witness_count > 0)
		tell_unasked(v);
	if (!ledger_speak(v->desk->ledger, &e))
		log_warn("%s", e.text);
}

static void done(void *arg)
{
	struct vouch *v = arg;

	for (int i = 0; i < v->job->count; i++)
		take(v, &v->job->witnesses[i]);
	take(v, &v->job->tsa);
	if (v->answered)
		speak(v); /* else they are asked again until HOLD_S has passed */
	vouching_finish(v->job);
	v->changed(v->arg);
}

static bool work(void *arg, struct err *e)
{
	return vouching_run(((struct vouch *)arg)->job, e);
}

void vouch_look(struct vouch *v)
{
	struct err e = {0};

	if (clock_mono(v->desk->clock).ns >= v->speak_by.ns)
		speak(v);
	if (v->work.running)
		return;
	follow_settings(v);
	/* A log that nobody can have seen, or that nobody outside is to see. */
	if (ledger_state(v->desk->ledger)->head == 0 || settings_of(v)->witness_count == 0)
		speak(v);
	if (ledger_state(v->desk->ledger)->head == 0 || !make_job(v))
		return;
	v->work = (struct aside){.work = work, .done = done, .arg = v,
				 .patient = true};
	if (!aside_start(&v->work, v->loop, &e))
		log_warn("%s", e.text);
}

void vouch_stop(struct vouch *v)
{
	if (v->job == NULL)
		return;
	atomic_store(&v->job->stop, true);
	if (v->work.running) {
		aside_join(&v->work);
		vouching_finish(v->job);
	}
	free(v->job);
	v->job = NULL;
	json_decref(v->doubt);
	v->doubt = NULL;
}

static json_t *one_status(const struct vouch *v, const struct vouch_one *one)
{
	const struct vouching_memory *m = &one->m;
	char fault[REASON_BYTES];
	json_t *said = saying_read(one->fault);

	saying_words(said, text_english(), fault, sizeof(fault));
	json_t *o = json_pack("{s:s, s:s, s:o, s:o, s:o, s:o, s:o}", "name", one->name, "url",
			      is_tsa(one) ? settings_of(v)->tsa : "", "size",
			      m->size > 0 ? json_integer(m->size) : json_null(), "time",
			      m->size > 0 ? json_time((struct wall){m->time_s * NS_PER_S},
						      &v->desk->tz) : json_null(), "at",
			      m->size > 0 ? json_time((struct wall){m->at_s * NS_PER_S},
						      &v->desk->tz) : json_null(), "fault",
			      json_text(fault), "fault_texts",
			      said != NULL ? saying_texts(said) : json_null());
	json_decref(said);
	return o;
}

json_t *vouch_status(const struct vouch *v)
{
	json_t *list = json_array();

	for (int i = 0; i < v->count; i++)
		json_array_append_new(list, one_status(v, &v->list[i]));
	return list;
}

json_t *vouch_banner(const struct vouch *v, const char **grade)
{
	int64_t last_s = 0;

	*grade = "error";
	if (v->doubt != NULL)
		return json_incref(v->doubt);
	for (int i = 0; i < v->count; i++)
		last_s = v->list[i].m.at_s > last_s ? v->list[i].m.at_s : last_s;
	int64_t days = (now_s(v) - last_s) / DAY_S;
	if (last_s == 0 || days < LONG_DAYS || !clock_state(v->desk->clock).synced)
		return NULL;
	*grade = "warn";
	json_t *said = saying(SAYING_WITNESS_LONG);
	json_object_set_new(said, "days", json_integer(days));
	return said;
}
