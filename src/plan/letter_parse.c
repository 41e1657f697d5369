/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/letter_parse.h"

#include <stddef.h>

void letter_parse(struct yamlread *r, const struct yamlnode *map, struct settings *s)
{
	struct letter *l = &s->letter;
	const struct {
		const char *key, *field;
		char *out;
	} words[] = {
		{"superior", "report_superior", l->superior},
		{"issuer", "report_issuer", l->issuer},
		{"place", "report_place", l->place},
		{"symbol", "report_symbol", l->symbol},
		{"signer_for", "report_signer_for", l->signer_for},
		{"signer_title", "report_signer_title", l->signer_title},
		{"signer_name", "report_signer_name", l->signer_name}};
	const char *known[sizeof(words) / sizeof(words[0]) + 1] = {NULL};
	size_t count = sizeof(words) / sizeof(words[0]);

	for (size_t i = 0; i < count; i++)
		known[i] = words[i].key;
	if (map == NULL || !yamlread_keys(r, map, known))
		return;
	for (size_t i = 0; i < count; i++) {
		r->field = words[i].field;
		yamlread_text(r, map, words[i].key, words[i].out, LETTER_BYTES);
	}
}
