/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words of the command line: each subcommand describes its options in a table. */
#ifndef VX_CLI_ARGS_H
#define VX_CLI_ARGS_H

#include "base/err.h"

#include <stdbool.h>

#define ARGS_LIST_MAX 256 /* repeated options (--programme A --programme B) */
#define ARGS_OPTIONS_MAX 32

struct arg_list {
	const char *items[ARGS_LIST_MAX];
	int count;
};

/* One option; exactly one of flag, value and list is set. Table ends with name NULL. */
struct arg {
	const char *name;   /* without "--" */
	char letter;	    /* "-o", 0 none */
	bool *flag;	    /* takes no value */
	const char **value; /* takes one; given twice, the last counts */
	struct arg_list *list; /* takes one, any number of times */
	bool path; /* the value is a file name: any bytes; every other value must be UTF-8 */
};

/* Reads argv[1…]: options in any place, "--" ends them. words points at what is left (argv is
 * reordered), count how many, at least min_words and at most max_words. False + ERR_USAGE with a
 * sentence for the person. Not reentrant (getopt_long). */
bool args_read(int argc, char **argv, const struct arg *options, int min_words, int max_words,
	       char ***words, int *count, struct err *e);

/* A word that goes to the station must be UTF-8: false + ERR_USAGE that names it. */
bool args_utf8(const char *name, const char *word, struct err *e);

/* The station's folder: given, else $VANGXA_DATA, else /var/lib/vangxa. */
const char *args_data(const char *given);

/* Says the error on stderr as "vangxa: …" and returns the exit status of its kind. */
int args_fail(const struct err *e);

#endif
