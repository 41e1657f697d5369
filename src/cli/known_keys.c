/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/known_keys.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>

static bool add(struct known_keys *k, const char *text, struct err *e)
{
	if (k->count == NOTE_KNOWN_MAX)
		return err_set(e, ERR_USAGE, T("--key: nhiều nhất %d khóa", "--key: at most %d"),
			       NOTE_KNOWN_MAX);
	if (!note_verifier_parse(&k->keys[k->count], text, e))
		return false;
	k->count++;
	return true;
}

static bool add_lines(struct known_keys *k, FILE *f, struct err *e)
{
	char line[NOTE_KEY_BYTES + 2];
	bool ok = true;
	int before = k->count;

	while (ok && fgets(line, sizeof(line), f) != NULL) {
		line[strcspn(line, "\r\n")] = '\0';
		ok = line[0] == '\0' || add(k, line, e);
	}
	return ok && (k->count > before ||
		      err_set(e, ERR_DAMAGED,
			      T("tệp không có khóa nào", "no key is in that file")));
}

/* A key is tried first: its text may well be the name of a file, and counts as what it is. */
static bool add_word(struct known_keys *k, const char *word, struct err *e)
{
	struct note_verifier parsed;
	FILE *f;

	if (note_verifier_parse(&parsed, word, e))
		return add(k, word, e);
	f = fopen(word, "re");
	if (f == NULL)
		return err_set(e, ERR_DAMAGED,
			       T("không phải khóa công khai của nhật ký (tên+số+khóa), cũng không "
				 "phải tên một tệp có khóa (như log/vkey)",
				 "neither the public key of a log (name+id+key) nor the name of a "
				 "file that has one (as log/vkey)"));
	bool ok = add_lines(k, f, e);
	fclose(f);
	return ok;
}

bool known_keys_read(struct known_keys *k, const struct arg_list *words, struct err *e)
{
	k->count = 0;
	for (int i = 0; i < words->count; i++)
		if (!add_word(k, words->items[i], e))
			return err_wrap(e, "--key %.100s", words->items[i]);
	return true;
}

bool known_keys_any_log(const struct known_keys *k)
{
	for (int i = 0; i < k->count; i++)
		if (k->keys[i].type != NOTE_COSIGNATURE)
			return true;
	return false;
}
