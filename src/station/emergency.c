/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/emergency.h"

#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "proof/alarm.h"
#include "proof/entry.h"
#include "station/facts.h"
#include "station/record.h"
#include "station/taking.h"
#include "sys/log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SIREN_FRAMES (6 * FRAMES_PER_S)	 /* before a message */
#define ALONE_FRAMES (30 * FRAMES_PER_S) /* where there is none */
#define WAIT_FRAMES (60 * FRAMES_PER_S)	 /* while one is made ready; then the air is given back */
#define WAIT_NS (600 * NS_PER_S)	 /* and after so long it is not expected any more */
#define PAUSE_NS (5 * NS_PER_S)		 /* between the end of a turn and the next at least */
#define RETRY_NS NS_PER_S
#define END_FRAMES (FRAMES_PER_S / 4)

static const struct settings *settings_of(const struct playout *p)
{
	return p->world->settings;
}

static int64_t siren_frames(const struct emergency *m)
{
	if (m->message.id[0] != '\0')
		return SIREN_FRAMES;
	return m->waits ? WAIT_FRAMES : ALONE_FRAMES;
}

static void hurry(struct playout *p)
{
	if (p->air->ops->hurry != NULL)
		p->air->ops->hurry(p->air);
}

/* Its sound is with the mixer when this returns; nothing is written yet. */
static void begin(struct playout *p, struct emergency *m, uint32_t zones)
{
	struct run *r = run_alarm(p, m->kind, zones, siren_frames(m), m->who);

	r->claim = m->claim;
	snprintf(r->emergency, sizeof(r->emergency), "%s", m->id);
	if (m->message.id[0] != '\0')
		run_message(p, r, &m->message, r->items[0].at.n + SIREN_FRAMES);
	airing_alarm(p, r, &r->items[0], zones);
}

/* Nobody hears the turn in these zones: it is a row all the same. */
static void miss(struct playout *p, struct emergency *m, uint32_t zones, const char *why)
{
	struct run *r = run_alarm(p, m->kind, zones, siren_frames(m), m->who);

	snprintf(r->emergency, sizeof(r->emergency), "%s", m->id);
	r->raised = json_incref(m->entry);
	if (m->message.id[0] != '\0')
		run_message(p, r, &m->message, r->items[0].at.n + SIREN_FRAMES);
	for (int i = 0; i < r->item_count; i++) {
		airing_note_silent(p, r, &r->items[i]);
		airing_miss(p, r, &r->items[i], reason_parse(why));
	}
}

static void turn(struct playout *p, struct emergency *m)
{
	struct air_answer answer;

	m->claim = ++p->next_claim;
	m->cut = false;
	m->turn_at = clock_mono(p->clock);
	struct air_ask ask = {.id = m->claim, .kind = m->kind, .since = (int64_t)m->claim,
			      .zones = m->zones, .over = m->over};
	mixer_gather(p->air->mixer);
	taking_ask_as(p, &ask, m->who, &answer);
	if (answer.has != 0)
		begin(p, m, answer.has);
	mixer_hand_over(p->air->mixer);
	hurry(p);
	if (answer.has == 0 && answer.waits == 0)
		miss(p, m, m->zones, answer.why);
	p->changes++;
}

/* Intents whose sound is on its way already; what fails is tried again, at its outcome at last. */
static bool intend(struct playout *p, struct emergency *m, struct err *e)
{
	bool ok = true;

	for (struct run *r = p->runs; r != NULL; r = r->next) {
		struct airing *a = &r->items[0];
		if (r->claim != m->claim || m->claim == 0)
			continue;
		snprintf(r->emergency, sizeof(r->emergency), "%s", m->id);
		if (a->id[0] == '\0' && a->state < AIRING_DONE)
			ok = record_intent(p, r, a, e) && ok;
	}
	return ok;
}

/* It may be over before its entry is in the log, and its airings must name it all the same. */
static void await(struct playout *p, const struct emergency *m)
{
	for (struct run *r = p->runs; r != NULL; r = r->next)
		if (m->claim != 0 && r->claim == m->claim && r->raised == NULL)
			r->raised = json_incref(m->entry);
}

void emergency_written(struct playout *p, const json_t *entry, int64_t n)
{
	char id[ID_BYTES];

	entry_id('K', n, id);
	for (size_t i = 0; i < json_array_size(p->unwritten); i++)
		if (json_object_get(json_array_get(p->unwritten, i), "emergency") == entry)
			json_object_set_new(json_array_get(p->unwritten, i), "emergency",
					    json_string(id));
	for (struct run *r = p->runs; r != NULL; r = r->next) {
		if (r->raised != entry)
			continue;
		memcpy(r->emergency, id, sizeof(id));
		json_decref(r->raised);
		r->raised = NULL;
	}
	struct emergency *m = p->emergencies;
	while (m != NULL && m->entry != entry)
		m = m->next;
	if (m == NULL)
		return;
	memcpy(m->id, id, sizeof(id));
	json_decref(m->entry);
	m->entry = NULL;
	m->queued = false;
	p->changes++;
}

/* emergency.raised first: intents name it. */
static bool raised_is_durable(struct playout *p, struct emergency *m, struct err *e)
{
	int64_t n;

	if (m->entry == NULL)
		return true;
	if (!m->queued && ledger_append(p->ledger, json_incref(m->entry), &n, e)) {
		emergency_written(p, m->entry, n);
		return true;
	}
	if (!m->queued)
		record_wait(p, m->entry, e);
	m->queued = true;
	await(p, m);
	return false;
}

static void write_down(struct playout *p, struct emergency *m)
{
	struct mono now = clock_mono(p->clock);
	struct err e = {0};

	if (now.ns < m->retry_at.ns || (raised_is_durable(p, m, &e) && intend(p, m, &e)))
		return;
	/* The queue has its own pace, and a disk that hangs says at once that it still does. */
	if (m->queued || e.kind == ERR_STALLED)
		return;
	if (m->retry_at.ns == 0)
		log_warn("%s", e.text);
	m->retry_at = mono_add_ns(now, RETRY_NS);
}

/* Whoever answers for it answers for its message too: it needs no approval besides, but what was
 * refused or withdrawn stays so. */
static bool may_sound(const struct bulletin *b, struct err *e)
{
	if (b->frames > 0 && b->state != BULLETIN_REFUSED && b->state != BULLETIN_WITHDRAWN)
		return true;
	return err_set(e, ERR_REFUSED,
		       T("%s đã bị từ chối hoặc đã rút, không phát khẩn cấp được",
			 "%s was refused or withdrawn and cannot be an emergency's message"),
		       b->id);
}

static bool in_order(struct playout *p, const struct emergency_order *o, struct err *e)
{
	int count = 0;

	for (const struct emergency *m = p->emergencies; m != NULL; m = m->next)
		count++;
	if (o->by[0] == '\0' || o->reason[0] == '\0')
		return err_set(e, ERR_USAGE,
			       T("phát khẩn cấp cần người chịu trách nhiệm và lý do",
				 "an emergency needs somebody who answers for it, and a reason"));
	if (o->every_s != 0 && o->every_s < EMERGENCY_EVERY_S_MIN)
		return err_set(e, ERR_USAGE,
			       T("lặp lại sớm nhất sau %d giây",
				 "repeat after %d s at the soonest"),
			       EMERGENCY_EVERY_S_MIN);
	if (o->has_until && p->trusted && o->until.ns <= playout_now(p).ns)
		return err_set(e, ERR_USAGE, T("giờ kết thúc đã qua", "its end is over already"));
	if (count >= EMERGENCIES_MAX)
		return err_set(e, ERR_CONFLICT,
			       T("đã có %d lệnh khẩn cấp cùng lúc; kết thúc bớt trước",
				 "there are %d emergencies already; end one first"), count);
	return o->message == NULL || may_sound(o->message, e);
}

/* Zone and hand of each that stays silent. */
static bool all_cut(const struct playout *p, uint32_t zones, struct err *e)
{
	const struct settings *s = settings_of(p);
	int z = __builtin_ctz(zones);

	return err_set(e, ERR_CONFLICT,
		       T("mọi cụm loa đã chọn đang bị ngắt (%s: %s ngắt), có thể có người đang sửa "
			 "loa: cho phát tiếp trước, hoặc ra lệnh phát cả ở nơi bị ngắt%s",
			 "all these zones are cut (%s: by %s); somebody may be working at a horn: "
			 "resume first, or order it over the cut%s"),
		       s->zones[z].name, p->cut_by[z].who, text_shell(" (--over-cut)"));
}

/* Who switches on late, or hears it by the wind, hears the end only. In Vietnamese, as the voice
 * is; the log gets the same words, since those are what sounds. */
static void take_text(struct emergency *m, const char *text)
{
	size_t len = text != NULL ? strlen(text) : 0;

	if (m->kind == AIR_DRILL && len > 0)
		snprintf(m->text, sizeof(m->text), "Đây là diễn tập. %s%s Đây là diễn tập.", text,
			 strchr(".!?", text[len - 1]) == NULL ? "." : "");
	else
		snprintf(m->text, sizeof(m->text), "%s", len > 0 ? text : "");
}

bool emergency_raise(struct playout *p, const struct emergency_order *o, struct emergency **out,
		     struct err *e)
{
	uint32_t cut = o->zones & p->arbiter.cut;

	if (!in_order(p, o, e))
		return false;
	if (!o->over_cut && cut == o->zones)
		return all_cut(p, o->zones, e);
	struct emergency *m = calloc(1, sizeof(*m)), **last = &p->emergencies;
	must(m != NULL);
	*m = (struct emergency){.kind = o->drill ? AIR_DRILL : AIR_EMERGENCY, .zones = o->zones,
				.over = o->over_cut ? cut : 0,
				.waits = o->waits || (o->text != NULL && o->text[0] != '\0'),
				.raised = playout_now(p), .raised_at = clock_mono(p->clock),
				.every_ns = o->every_s * NS_PER_S, .has_until = o->has_until,
				.until = o->until};
	if (o->message != NULL)
		m->message = *o->message;
	snprintf(m->by, sizeof(m->by), "%s", o->by);
	snprintf(m->reason, sizeof(m->reason), "%s", o->reason);
	snprintf(m->who, sizeof(m->who), "%s", o->who);
	snprintf(m->cap, sizeof(m->cap), "%s", o->cap != NULL ? o->cap : "");
	take_text(m, o->text);
	while (*last != NULL)
		last = &(*last)->next;
	*last = m;
	turn(p, m);
	m->entry = emergency_entry(p, m);
	write_down(p, m);
	*out = m;
	return true;
}

/* What becomes of it; takes the reference. */
static void tell(struct playout *p, const struct emergency *m, json_t *entry)
{
	if (m->entry != NULL)
		json_object_set(entry, "emergency", m->entry);
	record_entry(p, entry);
}

bool emergency_message(struct playout *p, struct emergency *m, const struct bulletin *b,
		       const char *who, struct err *e)
{
	if (!may_sound(b, e))
		return false;
	m->message = *b;
	m->waits = false;
	p->changes++;
	tell(p, m, entry_emergency_changed(m->id, b->id, b->sha256, who));
	for (struct run *r = p->runs; r != NULL; r = r->next)
		if (m->claim != 0 && r->claim == m->claim && run_follow(p, r, b, SIREN_FRAMES))
			return true;
	if (m->claim == 0)
		m->turn_at = clock_mono(p->clock);
	return true;
}

void emergency_unread(struct playout *p, struct emergency *m, const char *why)
{
	m->waits = false;
	m->unread = true;
	if (m->turn_at.ns == EMERGENCY_NEVER_NS)
		m->turn_at = clock_mono(p->clock);
	p->changes++;
	tell(p, m, entry_emergency_unread(m->id, why));
}

static void unlink_it(struct playout *p, struct emergency *m)
{
	struct emergency **at = &p->emergencies;

	while (*at != m)
		at = &(*at)->next;
	*at = m->next;
	json_decref(m->entry);
	free(m);
	p->changes++;
}

void emergency_end(struct playout *p, struct emergency *m, const char *why, const char *reason,
		   const char *who)
{
	struct airing_stop stop = {.zones = UINT32_MAX, .at = mixer_now(p->air->mixer),
				   .fade_frames = END_FRAMES, .reason = REASON_EMERGENCY_ENDED,
				   .who = who};

	for (struct run *r = p->runs; r != NULL; r = r->next) {
		if (m->claim == 0 || r->claim != m->claim)
			continue;
		run_stop(p, r, &stop);
		run_forget(r);
	}
	if (m->claim != 0)
		taking_leave_claim(p, m->claim, UINT32_MAX);
	tell(p, m, entry_emergency_ended(m->id, why, reason, m->turns, who));
	unlink_it(p, m);
}

struct emergency *emergency_find(struct playout *p, const char *id, struct err *e)
{
	struct emergency *found = NULL;

	for (struct emergency *m = p->emergencies; m != NULL; m = m->next) {
		if (id[0] == '\0' && found != NULL) {
			err_set(e, ERR_USAGE, T("có nhiều lệnh khẩn cấp: ghi rõ mã (K…)",
						"there are several emergencies: name one (K…)"));
			return NULL;
		}
		if (id[0] == '\0' || strcmp(m->id, id) == 0)
			found = m;
	}
	if (found == NULL)
		err_set(e, ERR_NOT_FOUND, T("không có lệnh khẩn cấp nào như vậy",
					    "there is no such emergency"));
	return found;
}

void emergency_its_turn(struct playout *p, uint64_t claim, uint32_t zones)
{
	for (struct emergency *m = p->emergencies; m != NULL; m = m->next)
		if (m->claim == claim)
			m->its_turn |= zones;
}

void emergency_turn_taken(struct playout *p, uint64_t claim, uint32_t zones, const char *why)
{
	for (struct emergency *m = p->emergencies; m != NULL; m = m->next)
		if (m->claim == claim && (m->its_turn & zones) != 0) {
			miss(p, m, m->its_turn & zones, why);
			m->its_turn &= ~zones;
		}
}

void emergency_cut(struct playout *p, uint32_t zones)
{
	for (struct emergency *m = p->emergencies; m != NULL; m = m->next) {
		m->over &= ~zones;
		m->its_turn &= ~zones;
		m->cut |= m->claim != 0 && (m->zones & ~p->arbiter.cut) == 0;
	}
}

/* The turn is over in every zone: the arbiter knows no more of it. */
static bool turn_is_over(struct playout *p, struct emergency *m)
{
	if (m->claim == 0 || m->its_turn != 0 || arbiter_claim(&p->arbiter, m->claim) != NULL)
		return false;
	struct mono soonest = mono_add_ns(clock_mono(p->clock), PAUSE_NS);
	m->claim = 0;
	m->turns++;
	m->turn_at = mono_add_ns(m->turn_at, m->every_ns);
	if (m->waits && m->every_ns == 0)
		m->turn_at.ns = EMERGENCY_NEVER_NS;
	else if (m->turn_at.ns < soonest.ns)
		m->turn_at = soonest;
	p->changes++;
	return true;
}

/* Why it is over; NULL: it goes on. */
static const char *over(struct playout *p, const struct emergency *m, bool turned)
{
	if (m->claim != 0)
		return NULL;
	if (m->has_until && p->trusted && playout_now(p).ns >= m->until.ns)
		return "expired";
	if (m->waits)
		return clock_mono(p->clock).ns - m->raised_at.ns > WAIT_NS ? "no-message" : NULL;
	if (!turned || m->every_ns != 0)
		return NULL;
	return m->cut ? "cut" : "played";
}

static bool due(struct playout *p, const struct emergency *m)
{
	return m->claim == 0 && clock_mono(p->clock).ns >= m->turn_at.ns;
}

static void step(struct playout *p, struct emergency *m)
{
	bool turned = turn_is_over(p, m);
	const char *why = over(p, m, turned);

	if (why != NULL) {
		emergency_end(p, m, why, "", "");
		return;
	}
	uint32_t zones = m->its_turn;
	m->its_turn = 0;
	if (zones != 0) {
		begin(p, m, zones);
		hurry(p);
	} else if (due(p, m)) {
		turn(p, m);
	}
	write_down(p, m);
}

void emergency_step(struct playout *p)
{
	if (p->stopping)
		return;
	for (struct emergency *m = p->emergencies, *next; m != NULL; m = next) {
		next = m->next;
		step(p, m);
	}
}

void emergency_forget_all(struct playout *p)
{
	while (p->emergencies != NULL)
		unlink_it(p, p->emergencies);
}
