/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/slot_parse.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>

/* A list of codes that grows word by word. */
struct codes {
	const char *key;
	char (*list)[CODE_BYTES];
	int *count;
};

static bool add_code(struct yamlread *r, int line, const char *word, void *arg)
{
	struct codes *codes = arg;

	if (*codes->count == SLOT_TAGS_MAX) {
		yamlread_fault(r, line, T("\"%s\" có nhiều hơn %d mục", "\"%s\" has more than %d "
									"entries"),
			       codes->key, SLOT_TAGS_MAX);
		return false;
	}
	if (strlen(word) >= CODE_BYTES) {
		yamlread_fault(r, line, T("\"%s: %.60s\" quá dài (nhiều nhất %d byte)",
					  "\"%s: %.60s\" is too long (%d bytes at most)"),
			       codes->key, word, CODE_BYTES - 1);
		return false;
	}
	snprintf(codes->list[(*codes->count)++], CODE_BYTES, "%s", word);
	return true;
}

static void parse_bulletins(struct yamlread *r, const struct yamlnode *n, struct play *play)
{
	static const char *const known[] = {"programme", "language", NULL};
	struct codes programmes = {"programme", play->programmes, &play->programme_count};
	struct codes languages = {"language", play->languages, &play->language_count};

	play->kind = PLAY_BULLETINS;
	if (n->kind == YAMLNODE_TEXT && n->text[0] == '\0')
		return;
	if (!yamlread_keys(r, n, known))
		return;
	yamlread_words(r, n, "programme", add_code, &programmes);
	yamlread_words(r, n, "language", add_code, &languages);
}

static void parse_relay(struct yamlread *r, const struct settings *settings,
			const struct yamlnode *n,
			struct play *play)
{
	play->kind = PLAY_RELAY;
	if (!yamlread_text(r, n, "relay", play->relay, sizeof(play->relay)))
		return;
	if (settings_relay(settings, play->relay) < 0 && !settings->faulty)
		yamlread_fault(r, yamlnode_get(n, "relay")->line,
			       T("không có nguồn tiếp âm \"%.60s\"; khai báo nó ở \"relays\" trong "
				 "station.yaml",
				 "there is no relay \"%.60s\"; declare it under \"relays\" in "
				 "station.yaml"),
			       play->relay);
}

void play_parse(struct yamlread *r, const struct settings *settings, const char *key,
		const struct yamlnode *n, struct play *play)
{
	static const char *const known[] = {"bulletins", "file", "relay", NULL};
	const struct yamlnode *bulletins, *file, *relay;
	bool shorthand = n->kind == YAMLNODE_TEXT && strcmp(n->text, "bulletins") == 0;

	int errors = r->faults->errors;
	if (shorthand || !yamlread_keys(r, n, known))
		return;
	bulletins = yamlnode_get(n, "bulletins");
	file = yamlnode_get(n, "file");
	relay = yamlnode_get(n, "relay");
	if ((bulletins != NULL) + (file != NULL) + (relay != NULL) != 1) {
		if (r->faults->errors > errors)
			return; /* a misspelt key: told already */
		yamlread_fault(r, n->line, T("\"%s\" cần đúng một trong ba: bulletins, file, relay",
					     "\"%s\" needs exactly one of bulletins, file, relay"),
			       key);
		return;
	}
	if (bulletins != NULL) {
		parse_bulletins(r, bulletins, play);
	} else if (file != NULL) {
		play->kind = PLAY_FILE;
		play->file_line = file->line;
		yamlread_text(r, n, "file", play->file, sizeof(play->file));
	} else {
		parse_relay(r, settings, n, play);
	}
}
