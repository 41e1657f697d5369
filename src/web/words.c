/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/words.h"

#include "base/limits.h"
#include "base/must.h"
#include "base/path.h"
#include "base/text.h"
#include "web/api.h"

#include <string.h>


static const struct {
	const char *said, *field;
	bool list;
} words[] = {
	{"title", "title", false},	   {"name", "name", false},
	{"filename", "name", false},	   {"language", "language", false},
	{"kind", "kind", false},	   {"level", "level", false},
	{"fund", "fund", false},	   {"from", "from", false},
	{"to", "to", false},		   {"sha256", "sha256", false},
	{"replaces", "replaces", false},
	{"programme", "programmes", true}, {"slot", "slots", true},
};

static void add_to_list(json_t *command, const char *field, const char *value, size_t len)
{
	json_t *list = json_object_get(command, field);

	if (list == NULL) {
		list = json_array();
		json_object_set_new(command, field, list);
	}
	if (len > 0 && json_array_size(list) < SLOT_TAGS_MAX)
		json_array_append_new(list, json_stringn(value, len));
}

/* A code holds no comma, the name of a slot may. */
static void split(json_t *command, const char *field, const char *value)
{
	const char *between = strcmp(field, "programmes") == 0 ? "," : "";

	for (;;) {
		size_t len = strcspn(value, between);
		add_to_list(command, field, value, len);
		if (value[len] == '\0')
			return;
		value += len + 1;
	}
}

static bool is_sha256(const char *value, struct err *e)
{
	if (path_is_sha256(value))
		return true;
	return err_set(e, ERR_USAGE, T("sha256: phải là 64 chữ số thập lục phân viết thường",
				       "sha256: must be 64 hexadecimal digits in lower case"));
}

bool words_take(json_t *command, const char *name, const char *value, struct err *e)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strcmp(words[i].said, name) != 0)
			continue;
		if (!api_check(name, value, e) ||
		    (strcmp(name, "sha256") == 0 && !is_sha256(value, e)))
			return false;
		if (words[i].list)
			split(command, words[i].field, value);
		else
			must(json_object_set_new(command, words[i].field, json_string(value)) == 0);
		return true;
	}
	return true;
}

bool words_enough(const json_t *command, struct err *e)
{
	const char *title = json_string_value(json_object_get(command, "title"));

	if (title != NULL && title[strspn(title, " ")] != '\0')
		return true;
	return err_set(e, ERR_USAGE, T("hãy đặt tên cho bản tin (title)",
				       "give the bulletin a title (title)"));
}
