/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/warnings.h"

#include "base/json.h"
#include "base/must.h"

#include <stdlib.h>
#include <string.h>

static void add_line(struct warnings *w, const char *line, size_t len)
{
	size_t have = strlen(w->text), from = have > 0 ? have + 1 : 0;

	if (from + len >= sizeof(w->text))
		return;
	if (have > 0)
		w->text[have] = '\n';
	memcpy(w->text + from, line, len);
	w->text[from + len] = '\0';
}

void warnings_add(struct warnings *w, json_t *said)
{
	char *line = json_dumps(said, JSON_LINE); /* newlines within texts are escaped */

	must(line != NULL);
	add_line(w, line, strlen(line));
	free(line);
	json_decref(said);
}

void warnings_join(struct warnings *w, const struct warnings *more)
{
	for (const char *line = more->text; *line != '\0';) {
		size_t len = strcspn(line, "\n");

		add_line(w, line, len);
		line += len + (line[len] == '\n');
	}
}

json_t *warnings_list(const struct warnings *w)
{
	json_t *list = json_array();

	for (const char *line = w->text; *line != '\0';) {
		size_t len = strcspn(line, "\n");
		struct err e;

		must(json_array_append_new(list, json_read(line, len, &e)) == 0);
		line += len + (line[len] == '\n');
	}
	return list;
}
