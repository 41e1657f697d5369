/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/approval.h"

#include "base/saying.h"
#include "base/text.h"
#include "proof/entry.h"

#include <stdio.h>
#include <string.h>

bool approval_wrong_state(const struct bulletin *b, struct err *e)
{
	static const char *const vi[BULLETIN_STATES] = {
		"đang chờ duyệt", "đã được duyệt", "đã bị từ chối",
		"đã rút lại",	  "đã được thay bằng bản mới", "đã có một người duyệt"};
	static const char *const en[BULLETIN_STATES] = {
		"waits for approval", "is approved already",		 "was refused",
		"was withdrawn",      "was replaced by a newer version",
		"is approved by one person"};

	return err_set(e, ERR_CONFLICT, "%s (%s) %s%s%s", b->id, b->title, T(vi, en)[b->state],
		       b->replaced_by[0] != '\0' ? ": " : "", b->replaced_by);
}

/* What was heard is what is decided on: the master's SHA-256, as the page showed it with the sound.
 * An account must say it; at the machine itself it may be left out. */
static bool same_bytes(struct request *rq, const struct bulletin *b, struct err *e)
{
	const char *sha256;

	if (!request_text(rq, "sha256", rq->user.id != 0, &sha256, e))
		return false;
	return sha256[0] == '\0' || strcmp(sha256, b->sha256) == 0 ||
	       err_set(e, ERR_CONFLICT,
		       T("%s không còn là âm thanh bạn đã nghe; hãy nghe lại rồi duyệt",
			 "%s is not the sound that you heard; listen again, then decide"),
		       b->id);
}

static bool same_words(struct request *rq, const struct bulletin *b, struct err *e)
{
	const char *revision;
	char now[24];

	if (!request_text(rq, "revision", false, &revision, e))
		return false;
	snprintf(now, sizeof(now), "%lld", (long long)b->revision);
	return revision[0] == '\0' || strcmp(revision, now) == 0 ||
	       err_set(e, ERR_CONFLICT,
		       T("%s vừa được sửa sau khi bạn mở; hãy đọc lại rồi duyệt",
			 "%s was changed after you opened it; read it again, then decide"),
		       b->id);
}

/* The first person's document stands for both. */
static bool numbered(const struct request *rq, const struct bulletin *b, const char **document,
		     struct err *e)
{
	if ((*document)[0] == '\0' && b->state == BULLETIN_ENDORSED)
		*document = b->decided_why;
	return (*document)[0] != '\0' || !rq->desk->world.files->settings.approval_document ||
	       err_set(e, ERR_USAGE,
		       T("thiếu số văn bản (\"document\"): đài này chỉ duyệt khi có số văn bản",
			 "the number of the document (\"document\") is missing: this station "
			 "approves with one only"));
}

static bool is_another_person(const struct request *rq, const struct bulletin *b, struct err *e)
{
	if (strcmp(rq->who, b->sender) == 0)
		return err_set(e, ERR_REFUSED,
			       T("%s do chính bạn gửi: đài này cần hai người khác duyệt",
				 "you sent %s yourself: this station wants two others to approve"),
			       b->id);
	return b->state != BULLETIN_ENDORSED || strcmp(rq->who, b->endorsed_by) != 0 ||
	       err_set(e, ERR_CONFLICT,
		       T("bạn đã duyệt %s rồi; còn chờ người thứ hai",
			 "you have approved %s; it waits for the second person"),
		       b->id);
}

bool approval_own_allowed(struct request *rq)
{
	const struct settings *s = &rq->desk->world.files->settings;
	struct err ignored = {0};
	int have;

	if (s->approval_persons > 1)
		return false;
	return rq->user.id == 0 || s->approval_own ||
	       !users_count_may(rq->desk->users, "bulletin.approve", &have, &ignored) || have <= 1;
}

static bool may_own(struct request *rq, const struct bulletin *b, struct err *e)
{
	return strcmp(rq->who, b->sender) != 0 || approval_own_allowed(rq) ||
	       err_set(e, ERR_REFUSED,
		       T("%s do chính bạn gửi: phải để người khác được quyền duyệt nghe và duyệt",
			 "you sent %s yourself: somebody else who may approve must hear and "
			 "approve it"),
		       b->id);
}

/* The version that is on the air now: the one named may have been replaced meanwhile. */
static const char *in_force(const struct world *w, const struct bulletin *b)
{
	const struct bulletin *old = world_bulletin(w, b->replaces);

	for (int i = 0; i < w->bulletin_count && old != NULL && old->replaced_by[0] != '\0'; i++)
		old = world_bulletin(w, old->replaced_by);
	return old != NULL && old != b ? old->id : NULL;
}

json_t *approval_entry(struct request *rq, const struct bulletin *b, struct err *e)
{
	int persons = rq->desk->world.files->settings.approval_persons;
	const char *document;

	if (!request_text(rq, "document", false, &document, e) || !same_bytes(rq, b, e) ||
	    !same_words(rq, b, e))
		return NULL;
	if (!bulletin_waits(b)) {
		approval_wrong_state(b, e);
		return NULL;
	}
	if (!numbered(rq, b, &document, e) ||
	    !(persons > 1 ? is_another_person(rq, b, e) : may_own(rq, b, e)))
		return NULL;
	if (persons > 1 && b->state == BULLETIN_RECEIVED)
		return entry_bulletin_endorsed(b->id, b->sha256, document, rq->who);
	json_t *entry = entry_bulletin_approved(b->id, b->sha256, document,
						in_force(&rq->desk->world, b), rq->who);
	if (strcmp(rq->who, b->sender) == 0)
		json_object_set_new(entry, "own", json_true());
	return entry;
}

/* A file of accounts that cannot be read has a louder fault of its own: nobody can log in. */
json_t *approval_short(struct users *u, const struct settings *s)
{
	struct err ignored = {0};
	int have;

	if (s->approval_persons < 2 || !users_count_may(u, "bulletin.approve", &have, &ignored) ||
	    have >= s->approval_persons)
		return NULL;
	json_t *said = saying(SAYING_APPROVERS_FEW);
	json_object_set_new(said, "have", json_integer(have));
	return said;
}
