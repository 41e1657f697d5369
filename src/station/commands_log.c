/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"
#include "base/must.h"
#include "base/saying.h"
#include "base/text.h"
#include "proof/entry.h"
#include "proof/notary.h"
#include "proof/prove.h"
#include "station/commands.h"
#include "station/lookup.h"
#include "station/outline.h"
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

static bool airing(struct request *rq, json_t *reply, struct err *e)
{
	struct airing_row row;

	return named(rq, &row, e) && lookup_begin(rq, &row, reply, e);
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
