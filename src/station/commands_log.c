/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"
#include "base/must.h"
#include "base/saying.h"
#include "base/text.h"
#include "proof/afresh.h"
#include "proof/entry.h"
#include "proof/notary.h"
#include "proof/prove.h"
#include "station/commands.h"
#include "station/line.h"
#include "station/outline.h"
#include "station/persons.h"
#include "station/recording.h"
#include "station/sight.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Every command on one airing finds it here; what the asker may not see is not there. */
static bool named(struct request *rq, struct airing_row *row, struct err *e)
{
	const char *id;

	if (!request_text(rq, "airing", true, &id, e) ||
	    !reader_airing(ledger_view(rq->desk->ledger), id, row, e))
		return false;
	return sight_has(sight_of(rq), row->sender) ||
	       err_set(e, ERR_NOT_FOUND, T("không có lần phát %s", "no airing %s"), id);
}

/* What was decided on a bulletin before it aired. */
struct decisions {
	const struct request *rq;
	int64_t before; /* entry of the airing */
	json_t *list, *people;
};

static bool add_decision(const struct event_row *r, void *arg)
{
	struct decisions *d = arg;
	struct err ignored;

	if (r->n >= d->before)
		return false;
	bool approved = strcmp(r->kind, KIND_APPROVED) == 0;
	if (!approved && strcmp(r->kind, KIND_RECEIVED) != 0)
		return true;
	json_t *entry = json_read(r->text, strlen(r->text), &ignored);
	const char *who = json_get_text(entry, "who", "");
	persons_add(d->rq->desk->users, d->people, who);
	json_array_append_new(d->list,
			      json_pack("{s:I, s:s, s:O?, s:o, s:O?, s:O?}", "entry",
					(json_int_t)r->n, "kind", r->kind, "at",
					json_object_get(entry, "at"), "who", json_text(who),
					"document", json_object_get(entry, "document"), "sha256",
					json_object_get(entry, "sha256")));
	json_decref(entry);
	return true;
}

/* Why there is none is told with the result: no airing, no recording. */
static json_t *recording_of(struct request *rq, const struct airing_row *row)
{
	struct recording *found = malloc(sizeof(*found));
	struct err none;

	must(found != NULL);
	json_t *o = recording_find(rq->desk, row, found, &none) ?
		    recording_json(found, &rq->desk->world.files->settings.tz) : json_null();
	free(found);
	return o;
}

/* Who cut zones that did not hear it. */
static void add_cutters(struct request *rq, const struct airing_row *row, json_t *people)
{
	json_t *said = saying_read(row->detail), *zone;
	size_t i;

	json_array_foreach(json_object_get(said, "zones"), i, zone)
		persons_add(rq->desk->users, people, json_get_text(zone, "who", ""));
	json_decref(said);
}

static bool airing(struct request *rq, json_t *reply, struct err *e)
{
	struct airing_row row;

	/* Whoever looks one up is shown what the log says of it. */
	if (!named(rq, &row, e) ||
	    !afresh_airing(ledger_view(rq->desk->ledger), rq->desk->disk, row.id, &row, e))
		return false;
	struct decisions d = {.rq = rq, .list = json_array(), .people = json_object()};
	d.before = strtoll(row.id + 1, NULL, 10);
	persons_add(rq->desk->users, d.people, row.who);
	add_cutters(rq, &row, d.people);
	bool ok = history_about(ledger_view(rq->desk->ledger), row.bulletin, add_decision, &d, e);
	if (ok) {
		json_object_set_new(reply, "airing",
				    line_row(&row, clock_wall(rq->desk->clock),
					    &rq->desk->world.files->settings.tz));
		json_object_set(reply, "decisions", d.list);
		json_object_set(reply, "people", d.people);
		json_object_set_new(reply, "recording", recording_of(rq, &row));
	}
	json_decref(d.list);
	json_decref(d.people);
	return ok;
}

static bool recording(struct request *rq, json_t *reply, struct err *e)
{
	struct recording *found = malloc(sizeof(*found));
	struct airing_row row;

	must(found != NULL);
	bool ok = named(rq, &row, e) && recording_find(rq->desk, &row, found, e);
	if (ok) {
		json_object_set_new(reply, "airing", json_text(row.id));
		json_object_set_new(reply, "recording",
				    recording_json(found, &rq->desk->world.files->settings.tz));
	}
	free(found);
	return ok;
}

static bool waveform(struct request *rq, json_t *reply, struct err *e)
{
	struct recording *found = malloc(sizeof(*found));
	struct airing_row row;

	must(found != NULL);
	bool ok = named(rq, &row, e) && recording_find(rq->desk, &row, found, e) &&
		  outline_recording(rq, &row, found, reply, e);
	free(found);
	return ok;
}

#define CHECKED_LOOK 5000 /* entries after an outcome; as a rule it is among the next few */

/* What can be proved of an airing beside its outcome: what was found when it was listened to again,
 * and what was decided on its bulletin. Looked for as it stands in the log: the view, from which
 * the page got its numbers, may have been edited. */
struct beside {
	const struct airing_row *row;
	char mark[ID_BYTES + 4];
	bool checked;
	int64_t found; /* −1 not yet */
};

static bool is_beside(const struct beside *b, int64_t n, const json_t *o)
{
	const char *kind = json_get_text(o, "kind", "");

	if (b->checked)
		return strcmp(kind, KIND_CHECKED) == 0 &&
		       strcmp(json_get_text(o, "airing", ""), b->row->id) == 0;
	if (strcmp(kind, KIND_RECEIVED) == 0)
		return n == entry_id_index(b->row->bulletin, 'B');
	return strcmp(kind, KIND_APPROVED) == 0 &&
	       strcmp(json_get_text(o, "bulletin", ""), b->row->bulletin) == 0;
}

static bool look_beside(int64_t n, const char *text, size_t len, void *arg)
{
	struct beside *b = arg;
	struct err ignored;

	if (b->checked && memmem(text, len, b->mark, strlen(b->mark)) == NULL)
		return true;
	json_t *o = json_read(text, len, &ignored);
	if (is_beside(b, n, o))
		b->found = n;
	json_decref(o);
	return b->found < 0;
}

/* of: "checked", or the number of a decision. n: the outcome's, and then that one's. */
static bool find_beside(struct chain *c, const struct airing_row *row, const char *of, int64_t *n,
			struct err *e)
{
	struct beside b = {.row = row, .checked = strcmp(of, "checked") == 0, .found = -1};
	int64_t first = b.checked ? *n + 1 : strtoll(of, NULL, 10);
	int64_t end = first + (b.checked ? CHECKED_LOOK : 1), next = chain_next(c);

	snprintf(b.mark, sizeof(b.mark), "\"%s\"", row->id);
	if (first >= 0 && first < next &&
	    !chain_read(c, first, end < next ? end : next, look_beside, &b, e))
		return false;
	if (b.checked && b.found < 0 && row->checked_n > *n && row->checked_n < next &&
	    !chain_read(c, row->checked_n, row->checked_n + 1, look_beside, &b, e))
		return false;
	*n = b.found;
	return b.found >= 0 ||
	       err_set(e, ERR_NOT_FOUND, T("nhật ký không có mục %.20s của %s",
					   "the log has no entry %.20s of %s"), of, row->id);
}

/* The log is read from the disk and not asked of the ledger: what is handed out is what stands
 * there. */
static bool proof(struct request *rq, json_t *reply, struct err *e)
{
	struct disk *d = rq->desk->disk;
	struct airing_row row;
	struct chain *c;
	struct buf text = {0};
	const char *of;
	int64_t n;

	if (!named(rq, &row, e) || !request_text(rq, "of", false, &of, e) ||
	    !chain_open(&c, d, 0, e))
		return false;
	/* Plain: a page has to read it in browsers that cannot unpack. */
	bool ok = prove_find(c, row.id, &n, e) &&
		  (of == NULL || of[0] == '\0' || find_beside(c, &row, of, &n, e)) &&
		  prove_entry(d, c, n, false, &text, e);
	if (ok) {
		json_object_set_new(reply, "airing", json_text(row.id));
		json_object_set_new(reply, "entry", json_integer(n));
		json_object_set_new(reply, "of", json_text(of));
		json_object_set_new(reply, "proof", json_text(buf_str(&text)));
	}
	chain_close(c);
	buf_finish(&text);
	return ok;
}

/* Who looks at it is written down behind this (inspection.h); its bytes are the web process's to
 * give. */
static bool head(struct request *rq, json_t *reply, struct err *e)
{
	const char *log;

	(void)reply;
	if (!request_text(rq, "log", true, &log, e))
		return false;
	return log_dir_number(log) > 0 ||
	       err_set(e, ERR_NOT_FOUND, T("không có nhật ký \"%.40s\"", "no log \"%.40s\""), log);
}

/* The old log ends and the next begins, now and not at the next start: who asks for it may have
 * lost the old key to somebody. */
static bool rotate(struct request *rq, json_t *reply, struct err *e)
{
	char old[NOTE_KEY_BYTES];
	const char *reason;

	memcpy(old, ledger_state(rq->desk->ledger)->vkey, sizeof(old));
	if (!request_text(rq, "reason", true, &reason, e) ||
	    !ledger_rotate(rq->desk->ledger, reason, rq->who, e))
		return false;
	json_object_set_new(reply, "previous", json_text(old));
	json_object_set_new(reply, "vkey", json_text(ledger_state(rq->desk->ledger)->vkey));
	return true;
}

const struct command commands_log[] = {
	{"airing", "airing", false, airing},
	{"airing.recording", "airing", false, recording},
	{"airing.waveform", "airing", false, waveform},
	{"airing.proof", "airing", false, proof},
	{"log.head", "log", false, head},
	{"key.rotate", "reason", false, rotate},
	{0},
};
