/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Feeds any text to the readers of tus's headers: the first line is Upload-Metadata, the second
 * Upload-Checksum, the third a number. */
#include "base/err.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/must.h"
#include "base/utf8.h"
#include "web/tushead.h"

#include <stdlib.h>
#include <string.h>

/* Whatever was taken can be written as JSON and shown to people. */
static void look_at(json_t *words)
{
	const char *name;
	json_t *value;

	json_object_foreach(words, name, value) {
		const char *text = json_string_value(value);
		must(text == NULL || (strlen(text) < TITLE_BYTES &&
				      utf8_printable(text, strlen(text))));
		must(!json_is_array(value) || json_array_size(value) <= SLOT_TAGS_MAX);
	}
	char *line = json_dumps(words, JSON_LINE);
	must(line != NULL);
	free(line);
}

static void take_metadata(const char *text)
{
	char key[TUSHEAD_KEY_BYTES];
	json_t *words = json_object();
	struct err e = {0};

	bool taken = tushead_metadata(text, words, key, &e);
	must(taken || (e.kind == ERR_USAGE && e.text[0] != '\0'));
	must(memchr(key, '\0', sizeof(key)) != NULL);
	look_at(words);
	json_decref(words);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = strndup((const char *)data, size), *rest = text;
	struct tushead_checksum sum;
	struct err e = {0};
	int64_t n = 0;

	must(text != NULL);
	const char *metadata = strsep(&rest, "\n"), *checksum = strsep(&rest, "\n");
	take_metadata(metadata);
	if (tushead_checksum(checksum, &sum, &e) && checksum != NULL) {
		tushead_add(&sum, data, size);
		tushead_matches(&sum);
	}
	if (rest != NULL && tushead_number(rest, &n))
		must(n >= 0);
	free(text);
	return 0;
}
