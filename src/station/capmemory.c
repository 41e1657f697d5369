/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/capmemory.h"

#include "base/json.h"
#include "base/utf8.h"
#include "plan/cap.h"
#include "proof/alarm.h"

#include <stdio.h>
#include <string.h>

void capmemory_init(struct capmemory *m)
{
	*m = (struct capmemory){json_object(), json_object(), json_object(), json_object()};
}

void capmemory_finish(struct capmemory *m)
{
	json_decref(m->seen);
	json_decref(m->waiting);
	json_decref(m->signers);
	json_decref(m->called_off);
	*m = (struct capmemory){0};
}

static bool is(const json_t *o, const char *key, const char *value)
{
	return strcmp(json_get_text(o, key, ""), value) == 0;
}

static bool decided(const struct capmemory *m, const char *key)
{
	const json_t *known = json_object_get(m->seen, key);

	return known != NULL && !json_is_null(known);
}

/* Entries come newest first, so what is decided already is the later word. A duplicate says nothing
 * of what became of the message: that stands in an older entry. */
static void take(struct capmemory *m, const json_t *entry, const char *key)
{
	/* What began, by the newest entry that says so; ends and duplicates come from anybody. */
	if ((is(entry, "verdict", "raised") || is(entry, "verdict", "waits")) &&
	    capmemory_signer(m, key)[0] == '\0')
		capmemory_sign(m, key, json_get_text(entry, "signed_by", ""));
	if (decided(m, key))
		return;
	if (is(entry, "reason", "duplicate")) {
		json_object_set_new(m->seen, key, json_null());
		return;
	}
	json_object_set_new(m->seen, key, json_boolean(!is(entry, "verdict", "refused")));
	if (is(entry, "verdict", "waits"))
		capmemory_wait(m, key, json_get_text(entry, "sha256", ""),
			       json_get_integer(entry, "from_s", 0));
}

static bool remember(const struct event_row *row, void *arg)
{
	struct capmemory *m = arg;
	struct err ignored;
	json_t *entry = json_read(row->text, strlen(row->text), &ignored), *one;
	const char *key = json_get_text(entry, "key", "");
	size_t i;

	if (key[0] != '\0')
		take(m, entry, key);
	json_array_foreach(json_object_get(entry, "ends"), i, one)
		if (json_is_string(one) && !decided(m, json_string_value(one)))
			json_object_set_new(m->seen, json_string_value(one), json_true());
	json_array_foreach(json_object_get(entry, "called_off"), i, one)
		if (json_is_string(one))
			json_object_set(m->called_off, json_string_value(one),
					json_object_get(entry, "signed_by"));
	json_decref(entry);
	return true;
}

bool capmemory_read(struct capmemory *m, struct view *view, struct err *e)
{
	return reader_kind(view, KIND_CAP_RECEIVED, CAP_SEEN_MAX, remember, m, e);
}

bool capmemory_knows(const struct capmemory *m, const char *key)
{
	const json_t *known = json_object_get(m->seen, key);

	return known != NULL && !json_is_false(known);
}

void capmemory_settle(struct capmemory *m, const char *key, bool refused)
{
	json_object_set_new(m->seen, key, json_boolean(!refused));
	json_object_del(m->waiting, key);
}

const char *capmemory_signer(const struct capmemory *m, const char *key)
{
	return json_get_text(m->signers, key, "");
}

void capmemory_sign(struct capmemory *m, const char *key, const char *signer)
{
	json_object_set_new(m->signers, key, json_string(signer));
}

void capmemory_wait(struct capmemory *m, const char *key, const char *sha256, int64_t from_s)
{
	json_object_set_new(m->waiting, key, json_pack("{s:s, s:I}", "sha256", sha256, "from_s",
						       (json_int_t)from_s));
}

void capmemory_end(struct capmemory *m, const json_t *alert, json_t *ended)
{
	const char *key;
	json_t *value;
	void *next;

	json_object_foreach_safe(m->waiting, next, key, value) {
		if (!cap_refers(alert, key))
			continue;
		json_array_append_new(ended, json_string(key));
		json_object_del(m->waiting, key);
	}
}

/* Its sender's own, as references name it. */
static bool same_sender(const json_t *alert, const char *key)
{
	const char *sender = json_get_text(alert, "sender", "");
	size_t len = strlen(sender);

	return strncmp(key, sender, len) == 0 && key[len] == ',';
}

/* However its moment was written. */
static bool has_come(const struct capmemory *m, const char *key)
{
	const char *one;
	json_t *value;

	json_object_foreach(m->seen, one, value)
		if (!json_is_false(value) && cap_same(one, key))
			return true;
	return false;
}

json_t *capmemory_call_off(struct capmemory *m, const json_t *alert, const char *signer,
			   bool above)
{
	json_t *list = json_array();
	char key[CAP_KEY_BYTES];

	for (int i = 0; json_array_size(list) < CAP_CALLED_OFF_MAX && cap_reference(alert, i, key);
	     i++) {
		if (!utf8_printable(key, strlen(key)) ||
		    (!above && !same_sender(alert, key)) || has_come(m, key) ||
		    json_object_set_new(m->called_off, key, json_text(signer)) != 0)
			continue;
		json_array_append_new(list, json_string(key));
	}
	return list;
}

const char *capmemory_called_off(const struct capmemory *m, const char *key)
{
	const char *one;
	json_t *signer;

	json_object_foreach(m->called_off, one, signer)
		if (cap_same(one, key))
			return json_is_string(signer) ? json_string_value(signer) : "";
	return NULL;
}

bool capmemory_due(const struct capmemory *m, int64_t now_s, char key[static CAP_KEY_BYTES],
		   char sha256[static SHA256_HEX_BYTES])
{
	const char *one;
	json_t *value;

	json_object_foreach(m->waiting, one, value) {
		if (json_get_integer(value, "from_s", 0) > now_s)
			continue;
		snprintf(key, CAP_KEY_BYTES, "%s", one);
		snprintf(sha256, SHA256_HEX_BYTES, "%s", json_get_text(value, "sha256", ""));
		return true;
	}
	return false;
}
