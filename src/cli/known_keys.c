/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/known_keys.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>

struct telling {
	bool (*each)(const struct note_verifier *key, void *arg, struct err *e);
	void *arg;
};

static bool tell(const struct telling *t, const char *text, struct err *e)
{
	struct note_verifier key;

	return note_verifier_parse(&key, text, e) && t->each(&key, t->arg, e);
}

static bool tell_lines(const struct telling *t, FILE *f, struct err *e)
{
	char line[NOTE_KEY_BYTES + 2];
	bool ok = true, any = false;

	while (ok && fgets(line, sizeof(line), f) != NULL) {
		line[strcspn(line, "\r\n")] = '\0';
		any = any || line[0] != '\0';
		ok = line[0] == '\0' || tell(t, line, e);
	}
	return ok && (any || err_set(e, ERR_DAMAGED,
				     T("tệp không có khóa nào", "no key is in that file")));
}

/* A key is tried first: its text may well be the name of a file, and counts as what it is. */
static bool tell_word(const struct telling *t, const char *word, struct err *e)
{
	struct note_verifier parsed;
	FILE *f;

	if (note_verifier_parse(&parsed, word, e))
		return tell(t, word, e);
	f = fopen(word, "re");
	if (f == NULL)
		return err_set(e, ERR_DAMAGED,
			       T("không phải khóa công khai của nhật ký (tên+số+khóa), cũng không "
				 "phải tên một tệp có khóa (như log/vkey)",
				 "neither the public key of a log (name+id+key) nor the name of a "
				 "file that has one (as log/vkey)"));
	bool ok = tell_lines(t, f, e);
	fclose(f);
	return ok;
}

bool known_keys_each(const struct arg_list *words,
		     bool (*each)(const struct note_verifier *key, void *arg, struct err *e),
		     void *arg, struct err *e)
{
	struct telling t = {each, arg};

	for (int i = 0; i < words->count; i++)
		if (!tell_word(&t, words->items[i], e))
			return err_wrap(e, "--key %.100s", words->items[i]);
	return true;
}

static bool add(const struct note_verifier *key, void *arg, struct err *e)
{
	struct known_keys *k = arg;

	if (k->count == NOTE_KNOWN_MAX)
		return err_set(e, ERR_USAGE, T("--key: nhiều nhất %d khóa", "--key: at most %d"),
			       NOTE_KNOWN_MAX);
	k->keys[k->count++] = *key;
	return true;
}

bool known_keys_read(struct known_keys *k, const struct arg_list *words, struct err *e)
{
	k->count = 0;
	return known_keys_each(words, add, k, e);
}

bool known_keys_any_log(const struct known_keys *k)
{
	for (int i = 0; i < k->count; i++)
		if (k->keys[i].type != NOTE_COSIGNATURE)
			return true;
	return false;
}
