/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command line: one table of subcommands, each a function in cli/cmd_NAME.c. Three programs
 * share it: `vangxa`, which people call, has the functions of a few and becomes vangxa-station for
 * the others, and vangxa-report for reports. */
#ifndef VX_CLI_CLI_H
#define VX_CLI_CLI_H

#include "base/err.h"

#include <stdbool.h>

/* A subcommand that a program has within itself. */
struct cli_command {
	const char *name;
	int (*run)(int argc, char **argv); /* argv[0]: its own name */
};

/* Those of both programs, and those of vangxa-station alone. Each ends with name NULL. */
extern const struct cli_command cli_light[];
extern const struct cli_command cli_station[];

/* own, more: what this program has (more: NULL nothing else). Help needs no function.
 * Exit status: 0 done, 1 refused or failed, 2 wrong usage, 3 a check found a difference. */
int cli_main(int argc, char **argv, const struct cli_command *own,
	     const struct cli_command *more);

/* Becomes vangxa-station, called with the same words; false when that is missing. */
bool cli_become_station(char **argv, struct err *e);
/* The same with vangxa-report, called as this program was. */
bool cli_become_report(struct err *e);

int cmd_worker(int argc, char **argv);
int cmd_signer(int argc, char **argv);
int cmd_witness(int argc, char **argv);
int cmd_fetch(int argc, char **argv);
int cmd_voice(int argc, char **argv);
int cmd_sink(int argc, char **argv);
int cmd_ear(int argc, char **argv);
int cmd_line(int argc, char **argv);
int cmd_key(int argc, char **argv);
int cmd_deadlines(int argc, char **argv);
int cmd_duplicates(int argc, char **argv);
int cmd_hold(int argc, char **argv);
int cmd_register(int argc, char **argv);
int cmd_register_out(int argc, char **argv);
int cmd_unhold(int argc, char **argv);
int cmd_devices(int argc, char **argv);
int cmd_web(int argc, char **argv);
int cmd_run(int argc, char **argv);
int cmd_station(int argc, char **argv);
int cmd_check(int argc, char **argv);
int cmd_plan(int argc, char **argv);
int cmd_render(int argc, char **argv);
int cmd_add(int argc, char **argv);
int cmd_approve(int argc, char **argv);
int cmd_refuse(int argc, char **argv);
int cmd_withdraw(int argc, char **argv);
int cmd_bulletins(int argc, char **argv);
int cmd_status(int argc, char **argv);
int cmd_cut(int argc, char **argv);
int cmd_resume(int argc, char **argv);
int cmd_play(int argc, char **argv);
int cmd_order(int argc, char **argv);
int cmd_release(int argc, char **argv);
int cmd_emergency(int argc, char **argv);
int cmd_live(int argc, char **argv);
int cmd_tone(int argc, char **argv);
int cmd_log(int argc, char **argv);
int cmd_prove(int argc, char **argv);
int cmd_pack(int argc, char **argv);
int cmd_preflight(int argc, char **argv);
int cmd_relay(int argc, char **argv);
int cmd_why(int argc, char **argv);
int cmd_verify(int argc, char **argv);
int cmd_report(int argc, char **argv);
int cmd_rebuild(int argc, char **argv);
int cmd_timetable(int argc, char **argv);
int cmd_user(int argc, char **argv);

#endif
