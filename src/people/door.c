/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "people/door.h"

#include "base/text.h"

#include <string.h>

static bool no_account_yet(const char *command, struct err *e)
{
	if (!rights_personal(command))
		return true;
	return err_set(e, ERR_REFUSED,
		       T("việc này phải ghi tên người làm, mà đài chưa có tài khoản; tạo ở trang "
			 "Tài khoản, hoặc bằng: vangxa user add TÊN --role admin",
			 "this must name who does it, and there is no account yet; make one on the "
			 "page My account, or by: vangxa user add NAME --role admin"));
}

bool door_may(const struct user *user, const char *command)
{
	if (user->once_until_s != 0 && !rights_public(command) &&
	    strcmp(command, RIGHT_OWN_PASSWORD) != 0)
		return false;
	return rights_may(user->role, command);
}

static bool nobody(struct users *u, const char *token, struct wall now, struct err *e)
{
	if (users_shut_out(u, token, now))
		return err_set(e, ERR_LOGIN,
			       T("tài khoản của bạn đã bị khóa; hỏi người quản trị của đài",
				 "your account was disabled; ask the station's administrator"));
	return err_set(e, ERR_LOGIN, T("hãy đăng nhập", "please log in"));
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
		return nobody(u, token, now, e);
	if (door_may(user, command))
		return true;
	if (user->once_until_s != 0)
		return err_set(e, ERR_REFUSED,
			       T("mật khẩu của bạn chỉ dùng một lần; hãy đặt mật khẩu riêng trước",
				 "your password is for one time; first set your own"));
	return err_set(e, ERR_REFUSED,
		       T("tài khoản của bạn không có quyền làm việc này; hỏi người quản trị",
			 "your account may not do this; ask the administrator"));
}
