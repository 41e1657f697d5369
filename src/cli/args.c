/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/args.h"

#include "base/must.h"
#include "base/text.h"
#include "base/utf8.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_ID 256 /* above every letter */

static int describe(const struct arg *options, struct option *longs, char *shorts)
{
	int n = 0;

	*shorts++ = ':'; /* tell a missing value apart from an unknown option */
	for (; options[n].name != NULL; n++) {
		must(n < ARGS_OPTIONS_MAX);
		longs[n] = (struct option){options[n].name, options[n].flag == NULL, NULL,
					   FIRST_ID + n};
		if (options[n].letter != 0) {
			*shorts++ = options[n].letter;
			if (options[n].flag == NULL)
				*shorts++ = ':';
		}
	}
	longs[n] = (struct option){0};
	*shorts = '\0';
	return n;
}

bool args_utf8(const char *name, const char *word, struct err *e)
{
	if (utf8_valid(word, strlen(word)))
		return true;
	return err_set(e, ERR_USAGE,
		       T("%s: chữ không phải UTF-8; đổi bảng mã của cửa sổ lệnh sang UTF-8 rồi "
			 "gõ lại",
			 "%s: the text is not UTF-8; set the terminal to UTF-8 and type it again"),
		       name);
}

static bool take(const struct arg *o, const char *value, struct err *e)
{
	char dashed[64];

	snprintf(dashed, sizeof(dashed), "--%s", o->name);
	if (o->flag == NULL && !o->path && !args_utf8(dashed, value, e))
		return false;
	if (o->flag != NULL) {
		*o->flag = true;
	} else if (o->value != NULL) {
		*o->value = value;
	} else {
		if (o->list->count == ARGS_LIST_MAX)
			return err_set(e, ERR_USAGE, T("--%s: nhiều nhất %d lần",
						       "--%s: at most %d times"), o->name,
							       ARGS_LIST_MAX);
		o->list->items[o->list->count++] = value;
	}
	return true;
}

static const struct arg *find(const struct arg *options, int id)
{
	if (id >= FIRST_ID)
		return &options[id - FIRST_ID];
	while (options->letter != id)
		options++;
	return options;
}

static bool check_words(const char *command, int count, int min_words, int max_words, char **words,
			struct err *e)
{
	if (count < min_words)
		return err_set(e, ERR_USAGE, T("%s: thiếu tham số", "%s: a word is missing"),
			       command);
	if (count > max_words)
		return err_set(e, ERR_USAGE,
			       T("%s: thừa tham số \"%s\"", "%s: one word too many: \"%s\""),
			       command, words[max_words]);
	return true;
}

bool args_read(int argc, char **argv, const struct arg *options, int min_words, int max_words,
	       char ***words, int *count, struct err *e)
{
	struct option longs[ARGS_OPTIONS_MAX + 1];
	char shorts[2 * ARGS_OPTIONS_MAX + 2];

	describe(options, longs, shorts);
	opterr = 0;
	optind = 0; /* glibc: start anew */
	for (int id; (id = getopt_long(argc, argv, shorts, longs, NULL)) != -1;) {
		const char *word = argv[optind - 1];

		if (id == ':')
			return err_set(e, ERR_USAGE,
				       T("%s: thiếu giá trị", "%s: a value is missing"), word);
		if (id == '?')
			return err_set(e, ERR_USAGE,
				       T("%s: không có tùy chọn %s", "%s: no such option: %s"),
				       argv[0], word);
		if (!take(find(options, id), optarg, e))
			return false;
	}
	if (words != NULL)
		*words = argv + optind;
	if (count != NULL)
		*count = argc - optind;
	return check_words(argv[0], argc - optind, min_words, max_words, argv + optind, e);
}

const char *args_data(const char *given)
{
	const char *data = given != NULL ? given : getenv("VANGXA_DATA");

	return data != NULL && data[0] != '\0' ? data : "/var/lib/vangxa";
}

int args_fail(const struct err *e)
{
	fprintf(stderr, "vangxa: %s\n", e->text);
	return err_exit_status(e);
}
