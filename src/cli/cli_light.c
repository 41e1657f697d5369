/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Those that ask a running station or only read the log. */
#include "cli/cli.h"

#include <stddef.h>

const struct cli_command cli_light[] = {
	{"add", cmd_add},
	{"approve", cmd_approve},
	{"refuse", cmd_refuse},
	{"withdraw", cmd_withdraw},
	{"bulletins", cmd_bulletins},
	{"status", cmd_status},
	{"cut", cmd_cut},
	{"resume", cmd_resume},
	{"play", cmd_play},
	{"order", cmd_order},
	{"release", cmd_release},
	{"emergency", cmd_emergency},
	{"live", cmd_live},
	{"tone", cmd_tone},
	{"log", cmd_log},
	{"why", cmd_why},
	{"prove", cmd_prove},
	{"deadlines", cmd_deadlines},
	{"duplicates", cmd_duplicates},
	{"hold", cmd_hold},
	{"unhold", cmd_unhold},
	{"register", cmd_register},
	{"key", cmd_key},
	{NULL, NULL},
};
