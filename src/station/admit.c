/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/admit.h"

#include "base/text.h"
#include "station/commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool may(struct request *rq, const char *command, struct err *e)
{
	snprintf(rq->user_text, sizeof(rq->user_text), "user:%lld", (long long)rq->user.id);
	rq->who = rq->user_text;
	if (rights_may(rq->user.role, command))
		return true;
	return err_set(e, ERR_REFUSED,
		       T("tài khoản của bạn không có quyền làm việc này; hỏi người quản trị",
			 "your account may not do this; ask the administrator"));
}

static bool visitor(struct request *rq, const json_t *session, const char *command, struct err *e)
{
	const char *token = json_string_value(session);
	bool any;

	if (rights_public(command))
		return true;
	if (!users_any(rq->desk->users, &any, e))
		return false;
	if (!any && rights_personal(command))
		return err_set(e, ERR_REFUSED,
			       T("việc này phải ghi tên người làm, mà đài chưa có tài khoản; tạo "
				 "bằng: vangxa user add TÊN --role admin",
				 "this must name who does it, and there is no account yet; make "
				 "one: vangxa user add NAME --role admin"));
	if (!any)
		return true;
	if (!users_session(rq->desk->users, token != NULL ? token : "",
			   clock_wall(rq->desk->clock), &rq->user, e))
		return false;
	if (rq->user.id != 0)
		return may(rq, command, e);
	return err_set(e, ERR_LOGIN, T("hãy đăng nhập", "please log in"));
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
	if (rq->user.enabled)
		return may(rq, command, e);
	return err_set(e, ERR_REFUSED, T("tài khoản này đã bị khóa", "this account is disabled"));
}

bool admit(struct request *rq, const char *command, struct err *e)
{
	const json_t *session = json_object_get(rq->args, "session");
	const json_t *as = json_object_get(rq->args, "as");

	if (session != NULL)
		return visitor(rq, session, command, e);
	return as == NULL || in_the_name_of(rq, as, command, e);
}
