/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/filepast.h"

#include "base/json.h"
#include "proof/reader.h"
#include "station/persons.h"
#include "station/station.h"
#include "station/versions.h"

#include <stdio.h>
#include <string.h>

/* An entry names every file of its kind, changed or not: one version may stand in a row of them. */
#define ENTRIES_READ_MAX (FILE_VERSIONS_TOLD * 10)

struct past {
	struct request *rq;
	const char *file;
	json_t *list, *people;
	char newer[SHA256_HEX_BYTES]; /* of the entry after, that is, looked at before */
	json_t *held;		      /* the version, with the oldest entry that has it so far */
};

static const char *hash_of(const json_t *entry, const char *file)
{
	const char *sha256 = "";
	const json_t *one;
	size_t i;

	json_array_foreach(json_object_get(entry, "files"), i, one)
		if (strcmp(json_get_text(one, "file", ""), file) == 0)
			sha256 = json_get_text(one, "sha256", "");
	return sha256;
}

/* Entries come newest first; a version began with the oldest of a row of entries that name it. */
static bool add_past(const struct event_row *r, void *arg)
{
	struct past *p = arg;
	struct err ignored;
	json_t *entry = json_read(r->text, strlen(r->text), &ignored);
	const char *sha256 = hash_of(entry, p->file);

	if (strcmp(sha256, p->newer) != 0 && json_array_size(p->list) < FILE_VERSIONS_TOLD) {
		snprintf(p->newer, sizeof(p->newer), "%s", sha256);
		p->held = json_pack("{s:o, s:b}", "sha256", json_text(sha256), "kept",
				    versions_has(p->rq->desk->disk, sha256));
		json_array_append_new(p->list, p->held);
	}
	if (p->held != NULL && strcmp(sha256, p->newer) == 0) {
		json_object_set_new(p->held, "since",
				    json_time((struct wall){r->at_ms * NS_PER_MS},
					      &p->rq->desk->world.files->settings.tz));
		json_object_set(p->held, "who", json_object_get(entry, "who"));
		persons_add(p->rq->desk->users, p->people, json_get_text(entry, "who", ""));
	}
	json_decref(entry);
	return true;
}

bool filepast_tell(struct request *rq, const char *kind, const char *file, json_t *reply,
		   struct err *e)
{
	struct past p = {.rq = rq, .file = file, .list = json_array(), .people = json_object()};

	json_object_set_new(reply, "versions", p.list);
	json_object_set_new(reply, "people", p.people);
	return reader_kind(ledger_view(rq->desk->ledger), kind, ENTRIES_READ_MAX, add_past, &p, e);
}
