/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "people/door.h"

#include "base/text.h"

static bool no_account_yet(const char *command, struct err *e)
{
	if (!rights_personal(command))
		return true;
	return err_set(e, ERR_REFUSED,
		       T("việc này phải ghi tên người làm, mà đài chưa có tài khoản; tạo bằng: "
			 "vangxa user add TÊN --role admin",
			 "this must name who does it, and there is no account yet; make one: "
			 "vangxa user add NAME --role admin"));
}

bool door_open(struct users *u, const char *token, const char *command, struct wall now,
	       struct user *user, struct err *e)
{
	bool any;

	*user = (struct user){0};
	if (rights_public(command))
		return true;
	if (!users_any(u, &any, e))
		return false;
	if (!any)
		return no_account_yet(command, e);
	if (!users_session(u, token, now, user, e))
		return false;
	if (user->id == 0)
		return err_set(e, ERR_LOGIN, T("hãy đăng nhập", "please log in"));
	return rights_may(user->role, command) ||
	       err_set(e, ERR_REFUSED,
		       T("tài khoản của bạn không có quyền làm việc này; hỏi người quản trị",
			 "your account may not do this; ask the administrator"));
}
