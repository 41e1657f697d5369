/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include "cli/usage.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static bool asked(int argc, const char *const *words)
{
	char *argv[8];

	for (int i = 0; i < argc; i++)
		argv[i] = (char *)words[i];
	return usage_asked(argc, argv);
}

/* The usage in the language at hand; the caller frees it. */
static char *usage(const char *command)
{
	char *text;
	size_t len;
	FILE *to = open_memstream(&text, &len);
	bool known = usage_print(command, to);

	fclose(to);
	if (known)
		return text;
	free(text);
	return NULL;
}

START_TEST(help_is_a_word_of_its_own)
{
	const char *const without[] = {"plan", "--json"};
	const char *const with[] = {"plan", "--json", "--help"};
	const char *const letter[] = {"plan", "-h"};
	const char *const behind[] = {"add", "--", "--help"};

	ck_assert(!asked(2, without));
	ck_assert(asked(3, with));
	ck_assert(asked(2, letter));
	ck_assert(!asked(3, behind)); /* a file of that name */
}
END_TEST

static const char *const commands[] = {
	"run", "station", "web", "check", "plan", "render", "add", "approve", "refuse", "withdraw",
	"bulletins", "status", "cut", "resume", "play", "order", "release", "emergency", "live",
	"tone", "log", "preflight", "why", "prove", "verify", "pack", "report", "rebuild",
	"timetable", "deadlines", "duplicates", "hold", "unhold", "register", "key", "user",
	"devices", "relay"};

START_TEST(each_language_has_the_same_options)
{
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		text_own_english = false;
		char *vi = usage(commands[i]);
		text_own_english = true;
		char *en = usage(commands[i]), *rest;
		ck_assert_ptr_nonnull(vi);
		ck_assert_ptr_nonnull(en);
		int options = 0;
		for (const char *at = en; (at = strstr(at, "--")) != NULL; at += 2)
			options++;
		for (const char *at = vi; (at = strstr(at, "--")) != NULL; at += 2)
			options--;
		ck_assert_msg(options == 0, "%s: %s%s", commands[i], vi, en);
		for (char *word = strtok_r(en, " []|\n", &rest); word != NULL;
		     word = strtok_r(NULL, " []|\n", &rest))
			if (word[0] == '-' && word[1] == '-' && strchr(word, ':') == NULL)
				ck_assert_msg(strstr(vi, word) != NULL, "%s: %s", commands[i],
					      word);
		free(vi);
		free(en);
	}
	text_own_english = false;
}
END_TEST

/* The manual page as words alone: without its marks, \- as -. The caller's. */
static char *manual(void)
{
	FILE *f = fopen("packaging/vangxa.1", "re");
	char *text;
	size_t len;

	ck_assert_ptr_nonnull(f);
	FILE *out = open_memstream(&text, &len);
	for (int c; (c = fgetc(f)) != EOF;)
		if (c == '\\' && (c = fgetc(f)) == 'f')
			fgetc(f);
		else if (c != '"')
			fputc(c, out);
	fclose(f);
	fclose(out);
	return text;
}

/* Each command begins an entry, or stands in the first line of one, behind a comma. */
static bool has_entry(const char *page, const char *command)
{
	size_t len = strlen(command);

	for (const char *at = page; (at = strstr(at, command)) != NULL; at += len) {
		const char *line = at;
		while (line > page && line[-1] != '\n')
			line--;
		if (line >= page + 4 && strncmp(line - 4, ".TP\n", 4) == 0 && line[0] == '.' &&
		    at[-1] == ' ' && strchr(" \n[,", at[len]) != NULL)
			return true;
	}
	return false;
}

START_TEST(the_manual_page_has_every_command_and_option)
{
	char *page = manual();

	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		char *vi = usage(commands[i]), *rest = NULL;
		ck_assert_msg(has_entry(page, commands[i]), "no entry of %s", commands[i]);
		for (char *word = strtok_r(vi, " []|…\n", &rest); word != NULL;
		     word = strtok_r(NULL, " []|…\n", &rest))
			if (strncmp(word, "--", 2) == 0 && strchr(word, ':') == NULL)
				ck_assert_msg(strstr(page, word) != NULL, "%s: no %s", commands[i],
					      word);
		free(vi);
	}
	free(page);
}
END_TEST

START_TEST(what_a_word_stands_for_is_said)
{
	char *text = usage("render");

	ck_assert_ptr_nonnull(strstr(text, "vangxa render --from LÚC"));
	ck_assert_ptr_nonnull(strstr(text, "2026-11-23T05:30"));
	free(text);
	ck_assert_ptr_null(usage("phat"));
}
END_TEST

Suite *suite_usage(void);
Suite *suite_usage(void)
{
	Suite *s = suite_create("usage");
	TCase *t = tcase_create("usage");

	tcase_add_test(t, help_is_a_word_of_its_own);
	tcase_add_test(t, each_language_has_the_same_options);
	tcase_add_test(t, the_manual_page_has_every_command_and_option);
	tcase_add_test(t, what_a_word_stands_for_is_said);
	suite_add_tcase(s, t);
	return s;
}
