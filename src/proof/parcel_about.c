/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "base/version.h"
#include "proof/parcel_inside.h"
#include "sys/tz.h"

#include <stdlib.h>
#include <string.h>

#define FORMAT 1
#define PROGRAM "vangxa " VANGXA_VERSION

void parcel_about(const struct parcel *p, int64_t entries, struct buf *out)
{
	char first[11], last[11], texts[SHA256_HEX_BYTES];

	date_print(p->first, first);
	date_print(p->last, last);
	parcel_texts_hash(texts);
	json_t *o = json_pack("{s:i, s:s, s:s, s:s, s:I, s:s, s:b, s:s, s:s}", "format", FORMAT,
			      "from", first, "to", last, "timezone", p->tz.name, "entries",
			      (json_int_t)entries, "language", text_english() ? "en" : "vi",
			      "recordings", !p->silent, "program", PROGRAM,
			      "texts", texts);
	char *text = json_dumps(o, JSON_LINE);

	must(text != NULL);
	buf_print(out, "%s\n", text);
	free(text);
	json_decref(o);
}

bool parcel_about_read(const char *text, size_t len, struct parcel *p, int64_t *entries,
		       enum text_reader *reader, bool *ours, struct err *e)
{
	struct err ignored;
	json_t *o = json_read(text, len, &ignored);
	bool ok = json_get_integer(o, "format", 0) == FORMAT &&
		  date_parse(json_get_text(o, "from", ""), &p->first) &&
		  date_parse(json_get_text(o, "to", ""), &p->last) &&
		  date_compare(p->first, p->last) <= 0;

	*entries = json_get_integer(o, "entries", -1);
	*reader = text_reader(json_get_text(o, "language", ""));
	*ours = strcmp(json_get_text(o, "program", ""), PROGRAM) == 0;
	p->silent = !json_get_bool(o, "recordings", true);
	if (json_get_integer(o, "format", 0) > FORMAT && !*ours)
		ok = err_set(e, ERR_UNSUPPORTED,
			     T("%s do một bản mới hơn của chương trình ghi",
			       "%s was written by a later version of the program"),
			     PARCEL_ABOUT);
	else if (!ok || *entries < 0)
		ok = err_set(e, ERR_DAMAGED, T("%s không đọc được", "%s cannot be read"),
			     PARCEL_ABOUT);
	else
		ok = tz_load(&p->tz, json_get_text(o, "timezone", ""), e);
	json_decref(o);
	return ok;
}
