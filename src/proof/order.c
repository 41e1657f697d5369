/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/order.h"

#include "base/json.h"
#include "base/must.h"
#include "proof/entry.h"
#include "proof/view.h"

static json_t *ids_of(const struct bulletin *const *list, int count)
{
	json_t *ids = json_array();

	for (int i = 0; i < count; i++)
		json_array_append_new(ids, json_text(list[i]->id));
	return ids;
}

json_t *order_entry_set(const struct bulletin *const *list, int count, const char *who)
{
	json_t *o = json_pack("{s:s, s:o, s:o}", "kind", KIND_ORDER_SET, "bulletins",
			      ids_of(list, count), "who", json_text(who));

	must(o != NULL);
	return o;
}

json_t *order_entry_default(const struct bulletin *const *list, int count, const char *slot,
			    struct wall occurrence, const char *with, const struct tz *tz)
{
	json_t *o = json_pack("{s:s, s:o, s:o, s:o, s:o*}", "kind", KIND_ORDER_DEFAULT,
			      "bulletins", ids_of(list, count), "slot", json_text(slot),
			      "occurrence", json_time(occurrence, tz), "with",
			      with != NULL ? json_text(with) : NULL);

	must(o != NULL);
	return o;
}

static bool place(struct view *v, int64_t n, int64_t bulletin, size_t i, struct err *e)
{
	if (!view_prepare(v, &v->order, "UPDATE bulletins SET order_n = ?1, order_place = ?2"
					" WHERE n = ?3", e))
		return false;
	sqlite3_bind_int64(v->order, 1, n);
	sqlite3_bind_int64(v->order, 2, (int64_t)i);
	sqlite3_bind_int64(v->order, 3, bulletin);
	return view_run(v, v->order, e);
}

bool order_apply(struct view *v, int64_t n, const json_t *o, struct err *e)
{
	const json_t *id;
	size_t i;

	json_array_foreach(json_object_get(o, "bulletins"), i, id)
		if (json_is_string(id) &&
		    !place(v, n, entry_id_index(json_string_value(id), 'B'), i, e))
			return false;
	return true;
}
