/* SPDX-License-Identifier: GPL-3.0-or-later */
/* remote_alone of vangxa-station; a file of its own, so that `vangxa` is linked without a desk. */
#include "base/json.h"
#include "base/must.h"
#include "cli/remote.h"
#include "station/client.h"
#include "station/commands.h"
#include "station/desk.h"
#include "sys/clock.h"

#include <stdio.h>
#include <unistd.h>

bool remote_alone(const char *dir, const struct remote_call *call, json_t **reply, struct err *e)
{
	struct clock_real clock;
	struct desk desk;
	char who[32];

	if (!commands_alone(json_get_text(call->request, "do", ""), e))
		return false;
	clock_real_open(&clock);
	if (!desk_open(&desk, dir, &clock.clock, e)) {
		clock_real_close(&clock);
		return false;
	}
	snprintf(who, sizeof(who), "uid:%ld", (long)getuid());
	struct request rq = {.desk = &desk, .who = who, .args = call->request,
			     .progress = call->progress};
	*reply = commands_run(&rq);
	must(*reply != NULL);
	desk_close(&desk);
	clock_real_close(&clock);
	if (client_outcome(*reply, e))
		return true;
	json_decref(*reply);
	return false;
}
