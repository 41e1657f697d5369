/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/admit.h"

#include "base/text.h"
#include "people/door.h"
#include "station/commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void name(struct request *rq)
{
	snprintf(rq->user_text, sizeof(rq->user_text), "user:%lld", (long long)rq->user.id);
	rq->who = rq->user_text;
}

static bool visitor(struct request *rq, const json_t *session, const char *command, struct err *e)
{
	const char *token = json_string_value(session);

	if (!door_open(rq->desk->users, token != NULL ? token : "", command,
		       clock_wall(rq->desk->clock), &rq->user, e))
		return false;
	if (rq->user.id != 0)
		name(rq);
	return true;
}

static bool in_the_name_of(struct request *rq, const json_t *as, const char *command,
			   struct err *e)
{
	const char *text = json_string_value(as);
	char *end = NULL;
	long long id = text != NULL && strncmp(text, "user:", 5) == 0 ? strtoll(text + 5, &end, 10)
								      : 0;

	if (id <= 0 || *end != '\0' || rq->desk->users == NULL)
		return err_set(e, ERR_REFUSED,
			       T("\"as\": không có tài khoản này", "\"as\": no such account"));
	if (!users_numbered(rq->desk->users, id, &rq->user, e))
		return false;
	name(rq);
	return (rq->user.enabled && rights_may(rq->user.role, command)) ||
	       err_set(e, ERR_REFUSED,
		       T("\"as\": tài khoản này bị khóa hoặc không có quyền",
			 "\"as\": this account is disabled or may not do this"));
}

bool admit(struct request *rq, const char *command, struct err *e)
{
	const json_t *session = json_object_get(rq->args, "session");
	const json_t *as = json_object_get(rq->args, "as");

	if (session != NULL)
		return visitor(rq, session, command, e);
	return as == NULL || in_the_name_of(rq, as, command, e);
}
