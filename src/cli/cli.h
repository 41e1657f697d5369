/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command line: one table of subcommands, each a function in cli/cmd_NAME.c. */
#ifndef VX_CLI_CLI_H
#define VX_CLI_CLI_H

/* Exit status: 0 done, 1 refused or failed, 2 wrong usage, 3 a check found a difference. */
int cli_main(int argc, char **argv);

/* A subcommand: argv[0] is its own name. */
int cmd_worker(int argc, char **argv);
int cmd_sink(int argc, char **argv);
int cmd_devices(int argc, char **argv);
int cmd_web(int argc, char **argv);

#endif
