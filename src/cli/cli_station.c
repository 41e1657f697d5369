/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file of its own, and not a column of the table in cli.c: whoever links this links the whole
 * station with its fifty libraries. */
#include "cli/cli.h"

#include <stddef.h>

const struct cli_command cli_station[] = {
	{"run", cmd_run},
	{"station", cmd_station},
	{"web", cmd_web},
	{"check", cmd_check},
	{"plan", cmd_plan},
	{"render", cmd_render},
	{"preflight", cmd_preflight},
	{"pack", cmd_pack},
	{"timetable", cmd_timetable},
	{"verify", cmd_verify},
	{"rebuild", cmd_rebuild},
	{"user", cmd_user},
	{"devices", cmd_devices},
	{"relay", cmd_relay},
	{"sink", cmd_sink},
	{"ear", cmd_ear},
	{"line", cmd_line},
	{"worker", cmd_worker},
	{"signer", cmd_signer},
	{"witness", cmd_witness},
	{"fetch", cmd_fetch},
	{"voice", cmd_voice},
	{NULL, NULL},
};
