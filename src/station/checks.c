/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/checks.h"

#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "mix/coder.h"
#include "proof/reader.h"
#include "sys/log.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define SETTLE_S 2	/* after the end, with nothing to wait for */
#define PREPARED_MAX 5	/* at one look, by queries: the main thread has more to do */
#define AGAIN_S 60	/* an entry that the disk did not take */
#define SLACK_FRAMES 43 /* MP3 frames before and after an airing, for a search beside its place */

void checks_init(struct checks *c, struct desk *desk, struct loop *loop, struct ears *ears,
		 void (*changed)(void *arg), void *arg)
{
	*c = (struct checks){.desk = desk, .loop = loop, .ears = ears, .changed = changed,
			     .arg = arg, .seen_n = -1};
	c->list = calloc(CHECKS_MAX, sizeof(*c->list));
	c->listen = calloc(1, sizeof(*c->listen));
	must(c->list != NULL && c->listen != NULL);
}

static const struct settings *settings_of(const struct checks *c)
{
	return &c->desk->world.files->settings;
}

/* Rows come with the last outcome first, and so does the list stand. */
struct looking {
	struct checks *checks;
	struct check found[CHECKS_MAX];
	int count;
	int64_t offset_ns; /* of the wall clock from the monotonic one */
};

static bool note(const struct airing_row *row, void *arg)
{
	struct looking *l = arg;
	struct check *k = &l->found[l->count++];
	int64_t end_ns = row->end_ms * NS_PER_MS - l->offset_ns;

	*k = (struct check){.ended_n = row->ended_n, .live = l->checks->begun};
	memcpy(k->airing, row->id, sizeof(k->airing));
	if (!k->live)
		return true;
	k->from = (struct mono){row->start_ms * NS_PER_MS - l->offset_ns};
	bool ears = l->checks->ears != NULL && l->checks->ears->count > 0;
	k->due = (struct mono){end_ns + (ears ? EAR_LATE_S + SETTLE_S : SETTLE_S) * NS_PER_S};
	k->until = (struct mono){end_ns + CHECK_WAIT_S * NS_PER_S};
	return true;
}

static void look_for_new(struct checks *c)
{
	struct looking *l = calloc(1, sizeof(*l));
	struct clock *clock = c->desk->clock;
	struct err e = {0};

	must(l != NULL);
	l->checks = c;
	l->offset_ns = clock_wall(clock).ns - clock_mono(clock).ns;
	if (!reader_unchecked(ledger_view(c->desk->ledger), c->seen_n, CHECKS_MAX, note, l, &e))
		log_warn("%s", e.text);
	if (l->count > 0) {
		int keep = c->count < CHECKS_MAX - l->count ? c->count : CHECKS_MAX - l->count;
		memmove(c->list + l->count, c->list, (size_t)keep * sizeof(*c->list));
		memcpy(c->list, l->found, (size_t)l->count * sizeof(*c->list));
		c->count = keep + l->count;
		c->seen_n = l->found[0].ended_n;
	}
	c->begun = true;
	free(l);
}

static int64_t bytes_of(const struct checks *c, const char *file)
{
	char path[PATH_BYTES * 2];
	struct stat st;

	snprintf(path, sizeof(path), "%s/%s", c->desk->dir, file);
	return stat(path, &st) == 0 ? st.st_size : -1;
}

/* A recording of another zone than those that heard it to its end says nothing about them. */
static bool of_its_zone(const struct airing_row *row)
{
	char end[NAME_BYTES + 2];
	const char *file = strrchr(row->recording, '/');

	snprintf(end, sizeof(end), "-%.*s.", (int)strcspn(row->zones, ","), row->zones);
	return file == NULL || strstr(file, end) != NULL;
}

/* A second before and after it, as far as the files go. */
static void widen(const struct checks *c, struct recording *r)
{
	struct recording_part *first = &r->parts[0], *last = &r->parts[r->count - 1];
	int64_t frame = coder_frame_bytes(), room = first->first / frame;
	int64_t more = room < SLACK_FRAMES ? room : SLACK_FRAMES;

	first->first -= more * frame;
	first->bytes += more * frame;
	r->into_frames += more * MP3_FRAMES;
	/* What belongs to the airing itself stays asked for: its lack is a damage. */
	int64_t left = bytes_of(c, last->file) - last->first - last->bytes;
	int64_t slack = left < SLACK_FRAMES * frame ? left : SLACK_FRAMES * frame;
	last->bytes += slack > 0 ? slack : 0;
}

/* False: the recorder still holds the end of it back, and may be waited for. */
static bool ask_place(struct checks *c, const struct airing_row *row, bool patient,
		      struct listen_place *p)
{
	struct err e = {0};

	*p = (struct listen_place){.code = LISTEN_NONE};
	snprintf(p->zone, sizeof(p->zone), "%.*s", (int)strcspn(row->zones, ","), row->zones);
	if (row->recording[0] == '\0')
		return true;
	if (!recording_find(c->desk, row, &p->recording, &e) || p->recording.count == 0)
		return true;
	const struct recording_part *last = &p->recording.parts[p->recording.count - 1];
	p->code = !of_its_zone(row) ? LISTEN_CUT : LISTEN_FOUND;
	for (int i = 0; i < p->recording.count; i++)
		if (!p->recording.parts[i].there)
			p->code = LISTEN_GONE;
	if (p->code != LISTEN_FOUND)
		return true;
	if (patient && last->entry < 0 && bytes_of(c, last->file) < last->first + last->bytes)
		return false;
	widen(c, &p->recording);
	return true;
}

/* Of a zone that its device did not take whole nothing is looked for. */
static bool ask_zone(struct checks *c, const struct airing_row *row, const char *name,
		     const json_t *zone, bool patient)
{
	struct listen_place *p = &c->listen->places[c->listen->place_count++];
	struct airing_row its = *row;
	double into_s = json_get_number(zone, "recording_s", -1);

	if (json_get_text(zone, "proof", "")[0] == '\0') {
		*p = (struct listen_place){.code = LISTEN_UNSENT};
		snprintf(p->zone, sizeof(p->zone), "%s", name);
		return true;
	}
	snprintf(its.zones, sizeof(its.zones), "%s", name);
	snprintf(its.recording, sizeof(its.recording), "%s", json_get_text(zone, "recording", ""));
	its.recording_frames = into_s >= 0 && into_s < 1e6 ? llround(into_s * FRAMES_PER_S) : -1;
	return ask_place(c, &its, patient, p);
}

/* Where several zones heard it, the outcome names the recording of each. */
static bool ask_recordings(struct checks *c, const struct airing_row *row, bool patient)
{
	struct listen *l = c->listen;
	struct err ignored;
	json_t *zones = json_read(row->by_zone, strlen(row->by_zone), &ignored), *one;
	const char *name;
	bool ready = true;

	json_object_foreach(zones, name, one) {
		if (l->place_count == ZONES_MAX)
			break;
		ready = ask_zone(c, row, name, one, patient) && ready;
	}
	json_decref(zones);
	if (l->place_count == 0)
		ready = ask_place(c, row, patient, &l->places[l->place_count++]);
	return ready;
}

static bool is_unsent(const struct listen *l, const char *zone)
{
	for (int i = 0; i < l->place_count; i++)
		if (l->places[i].code == LISTEN_UNSENT && strcmp(l->places[i].zone, zone) == 0)
			return true;
	return false;
}

static void ask_ear(struct checks *c, const struct check *k, const struct airing_row *row,
		    const struct zone *z)
{
	struct listen_ear *ear = &c->listen->ears[c->listen->ear_count++];
	int64_t hops = (row->frames + ENVELOPE_HOP_FRAMES - 1) / ENVELOPE_HOP_FRAMES +
		       (EAR_EARLY_S + EAR_LATE_S) * ENVELOPE_HOPS_PER_S;

	*ear = (struct listen_ear){.code = LISTEN_FOUND};
	snprintf(ear->zone, sizeof(ear->zone), "%s", z->name);
	snprintf(ear->microphone, sizeof(ear->microphone), "%s", z->microphone);
	if (!k->live || c->ears == NULL)
		ear->code = LISTEN_NOT_HEARD;
	else if (hops > (int64_t)EAR_KEEP_S * ENVELOPE_HOPS_PER_S)
		ear->code = LISTEN_TOO_LONG;
	else
		ear->share = ears_take(c->ears, ears_add(c->ears, z->microphone),
				       mono_add_ns(k->from, -EAR_EARLY_S * NS_PER_S), hops,
				       &ear->air);
}

static void ask_ears(struct checks *c, const struct check *k, const struct airing_row *row)
{
	const struct settings *s = settings_of(c);
	char name[NAME_BYTES];

	for (const char *at = row->zones; at[0] != '\0';) {
		size_t len = strcspn(at, ",");
		snprintf(name, sizeof(name), "%.*s", (int)len, at);
		int z = settings_zone(s, name);
		if (z >= 0 && s->zones[z].microphone[0] != '\0' && !is_unsent(c->listen, name))
			ask_ear(c, k, row, &s->zones[z]);
		at += len + (at[len] == ',');
	}
}

static void append(struct checks *c)
{
	struct err e = {0};
	int64_t n;

	if (!ledger_append(c->desk->ledger, listen_entry(c->listen), &n, &e)) {
		log_warn("%s", e.text);
		must(c->count < CHECKS_MAX || --c->count >= 0);
		c->now.due = mono_add_ns(clock_mono(c->desk->clock), AGAIN_S * NS_PER_S);
		c->list[c->count++] = c->now;
		return;
	}
	if (listen_worst(c->listen)->code == LISTEN_DIFFERENT)
		log_warn(T("%s: bản ghi không khớp với bản tin đã duyệt",
			   "%s: the recording is not the bulletin that was approved"),
			 c->now.airing);
	if (c->changed != NULL)
		c->changed(c->arg);
}

static bool work(void *arg, struct err *e)
{
	struct checks *c = arg;

	(void)e;
	listen_run(c->listen);
	return true;
}

static void done(void *arg)
{
	struct checks *c = arg;

	append(c);
	listen_finish(c->listen);
}

static bool take_from(int64_t n, const char *text, size_t len, void *arg)
{
	struct err ignored;
	json_t *ended = json_read(text, len, &ignored);

	(void)n;
	*(int64_t *)arg = json_get_integer(ended, "from_frames", 0);
	json_decref(ended);
	return false;
}

static bool is_anywhere(const struct listen *l)
{
	for (int i = 0; i < l->place_count; i++)
		if (l->places[i].code == LISTEN_FOUND)
			return true;
	return false;
}

/* False: not now. */
static bool prepare(struct checks *c, const struct check *k, bool *wanted)
{
	struct airing_row row;
	struct err e = {0};
	bool patient = k->live && clock_mono(c->desk->clock).ns < k->until.ns;

	*c->listen = (struct listen){.frames = 0};
	*wanted = false;
	if (!reader_airing(ledger_view(c->desk->ledger), k->airing, &row, &e))
		return true;
	if (row.sha256[0] == '\0')
		return true; /* relayed: there is no master to look for */
	if (!ask_recordings(c, &row, patient))
		return false;
	/* What is left over from long ago is not written down one by one as gone. */
	if (!k->live && !is_anywhere(c->listen))
		return true;
	snprintf(c->listen->dir, sizeof(c->listen->dir), "%s", c->desk->dir);
	memcpy(c->listen->airing, k->airing, sizeof(c->listen->airing));
	memcpy(c->listen->sha256, row.sha256, sizeof(c->listen->sha256));
	c->listen->frames = row.frames;
	ledger_read(c->desk->ledger, row.ended_n, row.ended_n + 1, take_from,
		    &c->listen->from_frames, &e);
	ask_ears(c, k, &row);
	*wanted = true;
	return true;
}

static void begin(struct checks *c)
{
	struct err e = {0};

	c->work = (struct aside){.work = work, .done = done, .arg = c, .patient = true};
	if (aside_start(&c->work, c->loop, &e))
		return;
	log_warn("%s", e.text);
	listen_finish(c->listen);
}

static bool is_due(struct checks *c, const struct check *k)
{
	return clock_mono(c->desk->clock).ns >= k->due.ns;
}

void checks_look(struct checks *c)
{
	bool wanted = false;
	int prepared = 0;

	if (c->work.running)
		return;
	look_for_new(c);
	for (int i = 0; i < c->count && !wanted && prepared < PREPARED_MAX; i++) {
		if (!is_due(c, &c->list[i]))
			continue;
		prepared++;
		if (!prepare(c, &c->list[i], &wanted))
			continue;
		c->now = c->list[i];
		memmove(c->list + i, c->list + i + 1,
			(size_t)(c->count - i - 1) * sizeof(*c->list));
		c->count--;
		i--;
	}
	if (wanted)
		begin(c);
}

bool checks_wait(const struct checks *c)
{
	for (int i = 0; i < c->count; i++)
		if (c->list[i].live)
			return true;
	return false;
}

void checks_stop(struct checks *c)
{
	aside_join(&c->work);
	if (c->listen != NULL)
		listen_finish(c->listen);
	free(c->listen);
	free(c->list);
	*c = (struct checks){.desk = NULL};
}
