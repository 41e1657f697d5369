/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/entry_lists.h"

#include "base/json.h"
#include "base/must.h"

json_t *entry_lists_changed(const struct entry_file *files, int count, bool kept, const char *who)
{
	json_t *o = entry_timetable_changed(files, count, kept, who);

	json_object_set_new(o, "kind", json_string(KIND_LISTS));
	return o;
}

static json_t *day(struct date d)
{
	char text[11];

	date_print(d, text);
	return json_string(text);
}

json_t *entry_deadline_marked(const char *deadline, struct date due, const char *document,
			      struct date on, bool taken_back, const char *reason,
			      const char *who)
{
	json_t *o = json_pack("{s:s, s:s, s:o, s:s, s:o, s:o, s:o, s:o}", "kind", KIND_DEADLINE,
			      "deadline", deadline, "due", day(due), "state",
			      taken_back ? "open" : "handed-in", "document",
			      json_text(taken_back ? NULL : document), "on",
			      taken_back ? json_null() : day(on), "reason", json_text(reason),
			      "who", json_text(who));

	must(o != NULL);
	return o;
}
