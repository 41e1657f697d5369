/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `vangxa COMMAND --help` says: the words and options of each subcommand. */
#ifndef VX_CLI_USAGE_H
#define VX_CLI_USAGE_H

#include <stdbool.h>
#include <stdio.h>

/* True if --help or -h stands among the words of a subcommand, before "--". */
bool usage_asked(int argc, char *const *argv);

/* Prints the usage of one subcommand in the language of the process; false if it has none. */
bool usage_print(const char *command, FILE *to);

#endif
