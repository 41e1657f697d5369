/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/ordering.h"

#include "base/text.h"
#include "plan/collide_tell.h"
#include "proof/order.h"
#include "station/approval.h"
#include "station/desk.h"
#include "station/persons.h"
#include "station/playout.h"
#include "station/record.h"

#include <string.h>

#define BANNERS_MAX 3

static bool may_order(const struct bulletin *b, const char *id, struct err *e)
{
	struct err why;

	if (b == NULL)
		return err_set(e, ERR_NOT_FOUND,
			       T("không có bản tin \"%.40s\"", "no bulletin \"%.40s\""), id);
	if (b->state != BULLETIN_APPROVED) {
		approval_wrong_state(b, &why);
		return err_set(e, ERR_CONFLICT,
			       T("%s nên không có thứ tự phát", "%s: it has no place in an order"),
			       why.text);
	}
	return b->level == LEVEL_PRIORITY ||
	       err_set(e, ERR_CONFLICT,
		       T("%s (%s) không phải bản tin ưu tiên; chỉ bản tin ưu tiên mới xếp thứ tự",
			 "%s (%s) is no priority bulletin; only these are put in order"),
		       b->id, b->title);
}

static bool twice(const struct bulletin *const *list, int count, const struct bulletin *b)
{
	for (int i = 0; i < count; i++)
		if (list[i] == b)
			return true;
	return false;
}

bool ordering_set(struct desk *d, const json_t *ids, const char *who, struct err *e)
{
	const struct bulletin *list[COLLISION_MAX];
	size_t count = json_array_size(ids);
	int64_t n;

	if (count < 2 || count > COLLISION_MAX)
		return err_set(e, ERR_USAGE,
			       T("cần mã của 2 đến %d bản tin ưu tiên, bản tin phát trước đứng đầu",
				 "give the ids of 2 to %d priority bulletins, the first one first"),
			       COLLISION_MAX);
	for (size_t i = 0; i < count; i++) {
		const char *id = json_string_value(json_array_get(ids, i));
		list[i] = id != NULL ? world_bulletin(&d->world, id) : NULL;
		if (!may_order(list[i], id != NULL ? id : "", e))
			return false;
		if (twice(list, (int)i, list[i]))
			return err_set(e, ERR_USAGE, T("%s có hai lần", "%s is there twice"),
				       list[i]->id);
	}
	return desk_append(d, order_entry_set(list, (int)count, who), &n, e);
}

json_t *ordering_json(const struct plan *p, const struct tz *tz, struct wall after,
		      struct users *u)
{
	struct collision met[COLLISIONS_MAX];
	int count = collide_find(p, after, met, COLLISIONS_MAX);
	json_t *list = json_array();

	for (int i = 0; i < count; i++) {
		json_t *one = collide_json(&met[i], tz);
		json_t *person = persons_tell(u, met[i].who, true);
		json_object_set(one, "name", json_object_get(person, "name"));
		json_array_append_new(list, one);
		json_decref(person);
	}
	return list;
}

json_t *ordering_banners(struct playout *p)
{
	struct collision met[COLLISIONS_MAX];
	int count = collide_find(&p->plan, playout_now(p), met, COLLISIONS_MAX);
	json_t *list = json_array();

	for (int i = 0; i < count && json_array_size(list) < BANNERS_MAX; i++)
		if (!met[i].given)
			json_array_append_new(list, collide_saying(&met[i],
								   &p->world->settings->tz));
	return list;
}

void ordering_begins(struct playout *p, const struct occurrence *o)
{
	struct collision c;

	if (collide_at(o, &c) && !c.given)
		record_entry(p, order_entry_default(c.list, c.count, o->slot->name, o->start,
						    c.with != NULL ? c.with->name : NULL,
						    &p->world->settings->tz));
}
