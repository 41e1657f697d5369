/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/cards.h"

#include "base/json.h"
#include "proof/reader.h"
#include "proof/row.h"

#include <stdio.h>

/* {"user:7": "Nguyễn Thị Lan"}; NULL + err. */
static json_t *all_names(struct desk *d, struct err *e)
{
	json_t *names = json_object(), *list = users_list(d->users, &d->tz, e), *user;
	char who[CODE_BYTES];
	size_t i;

	json_array_foreach(list, i, user) {
		const char *person = json_get_text(user, "person", "");
		snprintf(who, sizeof(who), "user:%lld",
			 (long long)json_get_integer(user, "id", 0));
		json_object_set_new(names, who,
				    json_string(person[0] != '\0' ? person :
						json_get_text(user, "name", "")));
	}
	if (list != NULL) {
		json_decref(list);
		return names;
	}
	json_decref(names);
	return NULL;
}

bool cards_open(struct cards *c, struct desk *d, const char *id, struct err *e)
{
	struct view *v = ledger_view(d->ledger);

	*c = (struct cards){.desk = d};
	if (reader_findings(v, id, &c->findings, e) && (c->aired = reader_aired(v, e)) != NULL &&
	    (c->names = all_names(d, e)) != NULL)
		return true;
	cards_close(c);
	return false;
}

void cards_close(struct cards *c)
{
	json_decref(c->aired);
	json_decref(c->findings);
	json_decref(c->names);
}

json_t *cards_name(const struct cards *c, const char *who)
{
	json_t *name = json_object_get(c->names, who);

	return name != NULL ? json_incref(name) : json_null();
}

json_t *cards_make(const struct cards *c, const struct bulletin *b)
{
	json_t *o = row_bulletin_json(b, json_object_get(c->findings, b->id),
				      &c->desk->world.files->settings.tz);
	json_t *decided = json_object_get(o, "decided");
	const json_t *aired = json_object_get(c->aired, b->id);

	json_object_set_new(o, "aired", json_integer(json_get_integer(aired, "times", 0)));
	json_object_set_new(o, "aired_parts", json_integer(json_get_integer(aired, "parts", 0)));
	json_object_set_new(o, "aired_unsure", json_integer(json_get_integer(aired, "unsure", 0)));
	json_object_set_new(o, "sender_name", cards_name(c, b->sender));
	json_object_set_new(o, "endorsed_name", cards_name(c, b->endorsed_by));
	if (json_is_object(decided))
		json_object_set_new(decided, "name", cards_name(c, b->decided_by));
	return o;
}
