/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "base/version.h"
#include "proof/parcel_inside.h"
#include "sys/tz.h"

#include <nettle/sha2.h>
#include <sodium.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BUILD_CHARS 8

void parcel_program(char out[static PARCEL_PROGRAM_BYTES])
{
	char hashes[2 * SHA256_HEX_BYTES + 16], build[SHA256_HEX_BYTES];
	uint8_t digest[SHA256_DIGEST_SIZE];
	struct sha256_ctx s;

	int len = snprintf(hashes, sizeof(hashes), "%d ", PARCEL_FORMAT);
	parcel_texts_hash(hashes + len);
	parcel_form_hash(hashes + strlen(hashes));
	sha256_init(&s);
	sha256_update(&s, strlen(hashes), (const uint8_t *)hashes);
	sha256_digest(&s, sizeof(digest), digest);
	sodium_bin2hex(build, sizeof(build), digest, sizeof(digest));
	snprintf(out, PARCEL_PROGRAM_BYTES, "vangxa " VANGXA_VERSION "+%.*s", BUILD_CHARS, build);
}

void parcel_about(const struct parcel *p, int64_t entries, struct buf *out)
{
	char first[11], last[11], texts[SHA256_HEX_BYTES], form[SHA256_HEX_BYTES];
	char program[PARCEL_PROGRAM_BYTES];

	date_print(p->first, first);
	date_print(p->last, last);
	parcel_texts_hash(texts);
	parcel_form_hash(form);
	parcel_program(program);
	json_t *o = json_pack("{s:i, s:s, s:s, s:s, s:I, s:s, s:b, s:s, s:s, s:s}", "format",
			      PARCEL_FORMAT, "from", first, "to", last, "timezone", p->tz.name,
			      "entries", (json_int_t)entries, "language",
			      text_english() ? "en" : "vi", "recordings", !p->silent, "program",
			      program, "texts", texts, "form", form);
	if (json_object_size(p->forms) > 0)
		json_object_set(o, "forms", (json_t *)(uintptr_t)p->forms);
	char *text = json_dumps(o, JSON_LINE);

	must(text != NULL);
	buf_print(out, "%s\n", text);
	free(text);
	json_decref(o);
}

bool parcel_is_form(const char *name)
{
	static const char *const ends[] = {".pdf", ".xlsx", ".csv"};
	size_t len = strlen(PARCEL_FORMS);

	if (strncmp(name, PARCEL_FORMS, len) != 0 || name[len] < 'A' || name[len] > 'Z')
		return false;
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		if (strcmp(name + len + 1, ends[i]) == 0)
			return true;
	return false;
}

static bool read_forms(const json_t *o, struct parcel_said *said)
{
	const json_t *forms = json_object_get(o, "forms");
	const char *name;
	json_t *sha256;

	said->forms = json_deep_copy(forms);
	json_object_foreach(said->forms, name, sha256)
		if (!parcel_is_form(name) ||
		    json_string_length(sha256) != SHA256_HEX_BYTES - 1)
			return false;
	return forms == NULL || json_is_object(forms);
}

static void read_program(const json_t *o, struct parcel_said *said)
{
	char form[SHA256_HEX_BYTES], program[PARCEL_PROGRAM_BYTES];

	parcel_form_hash(form);
	parcel_program(program);
	said->ours = strcmp(json_get_text(o, "program", ""), program) == 0;
	said->same_form = json_get_integer(o, "format", 0) == PARCEL_FORMAT &&
			  strcmp(json_get_text(o, "form", ""), form) == 0;
}

bool parcel_about_read(const char *text, size_t len, struct parcel *p, struct parcel_said *said,
		       struct err *e)
{
	struct err ignored;
	json_t *o = json_read(text, len, &ignored);
	int64_t format = json_get_integer(o, "format", 0);
	bool ok = format >= 1 && format <= PARCEL_FORMAT &&
		  date_parse(json_get_text(o, "from", ""), &p->first) &&
		  date_parse(json_get_text(o, "to", ""), &p->last) &&
		  date_compare(p->first, p->last) <= 0;

	ok = read_forms(o, said) && ok;
	p->forms = said->forms;
	read_program(o, said);
	said->format = format;
	said->entries = json_get_integer(o, "entries", -1);
	said->reader = text_reader(json_get_text(o, "language", ""));
	p->silent = !json_get_bool(o, "recordings", true);
	if (format > PARCEL_FORMAT && !said->ours)
		ok = err_set(e, ERR_UNSUPPORTED,
			     T("%s do một bản mới hơn của chương trình ghi",
			       "%s was written by a later version of the program"),
			     PARCEL_ABOUT);
	else if (!ok || said->entries < 0)
		ok = err_set(e, ERR_DAMAGED, T("%s không đọc được", "%s cannot be read"),
			     PARCEL_ABOUT);
	else
		ok = tz_load(&p->tz, json_get_text(o, "timezone", ""), e);
	json_decref(o);
	return ok;
}
