/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/edit.h"

#include "base/json.h"
#include "base/text.h"
#include "base/warnings.h"
#include "proof/entry.h"
#include "proof/reader.h"
#include "proof/wording.h"
#include "station/approval.h"
#include "station/tags.h"

#include <string.h>

/* The words of b where the request has none, under the names that a request has for them. */
static void fill_in(json_t *args, const struct bulletin *b)
{
	json_t *words = json_object();

	wording_add(words, b);
	json_object_set(words, "kind", json_object_get(words, "sort"));
	json_object_del(words, "sort");
	json_object_update_missing(args, words);
	json_decref(words);
}

/* A second one of the same sound would ask for the same again. */
static const struct bulletin *asked_already(const struct world *w, const struct bulletin *b)
{
	for (int i = 0; i < w->bulletin_count; i++)
		if (strcmp(w->bulletins[i].replaces, b->id) == 0 &&
		    strcmp(w->bulletins[i].sha256, b->sha256) == 0 &&
		    bulletin_waits(&w->bulletins[i]))
			return &w->bulletins[i];
	return NULL;
}

static json_t *new_version(struct request *rq, const struct bulletin *b, struct bulletin *words,
			   struct err *e)
{
	struct view *v = ledger_view(rq->desk->ledger);
	const struct bulletin *other = asked_already(&rq->desk->world, b);
	char original[SHA256_HEX_BYTES];
	json_t *told;

	if (other != NULL) {
		err_set(e, ERR_CONFLICT,
			T("%s đang chờ duyệt để thay %s; hãy sửa %s",
			  "%s waits for approval in the place of %s; change %s instead"),
			other->id, b->id, other->id);
		return NULL;
	}
	if (!reader_original(v, b->id, original, e) || !reader_findings(v, b->id, &told, e))
		return NULL;
	memcpy(words->replaces, b->id, sizeof(words->replaces));
	json_t *findings = json_object_get(told, b->id);
	json_t *entry = entry_bulletin_received(
		words, original, findings != NULL ? json_incref(findings) : json_array(), rq->who);
	json_decref(told);
	return entry;
}

json_t *edit_entry(struct request *rq, const struct bulletin *b, struct err *e)
{
	struct bulletin words = *b;
	struct warnings ignored = {0};

	if (b->state == BULLETIN_REPLACED) {
		approval_wrong_state(b, e);
		return NULL;
	}
	fill_in(rq->args, b);
	if (!tags_read(rq, &words, e) || !tags_check(rq->desk, &words, &ignored, e))
		return NULL;
	json_t *changes = wording_changes(b, &words);
	bool same = json_object_size(changes) == 0;
	json_decref(changes);
	if (same)
		return NULL;
	if (bulletin_waits(b) || (b->state == BULLETIN_APPROVED && bulletin_narrows(b, &words)))
		return entry_bulletin_edited(b, &words, rq->who);
	return new_version(rq, b, &words, e);
}
