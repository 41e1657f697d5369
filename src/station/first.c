/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/first.h"

#include "base/text.h"
#include "station/account.h"
#include "station/login.h"
#include "station/station.h"
#include "sys/log.h"

#include <sodium.h>
#include <stdio.h>

static bool none_yet(struct station *st, struct err *e)
{
	bool any;

	if (!users_any(st->desk.users, &any, e))
		return false;
	return !any || err_set(e, ERR_CONFLICT, T("đài đã có tài khoản; hãy đăng nhập",
						  "the station has accounts; please log in"));
}

void first_begin(struct station *st)
{
	char code[ONETIME_TEXT_BYTES];
	struct err e = {0};

	if (!none_yet(st, &e))
		return;
	onetime_make(code);
	onetime_hash(code, st->first.hash);
	st->first.open = true;
	log_info(T("chưa có tài khoản nào; mã để tạo tài khoản quản trị đầu tiên: %s (nhập ở trang "
		   "Tài khoản; dùng một lần, mỗi lần khởi động một mã mới)",
		   "there is no account yet; the code that makes the first administrator's: %s "
		   "(type it on the page My account; good once, and each start makes a new one)"),
		 code);
	sodium_memzero(code, sizeof(code));
}

static bool code_right(struct request *rq, struct err *e)
{
	const char *code, *address;
	struct station *st = rq->station;

	if (!request_text(rq, "code", true, &code, e) ||
	    !request_text(rq, "address", false, &address, e) ||
	    !login_may_knock(st, address, e))
		return false;
	return (st->first.open && onetime_same(code, st->first.hash)) ||
	       err_set(e, ERR_REFUSED,
		       T("mã không đúng; mã hiện ở cửa sổ nơi chạy vangxa lúc khởi động (nếu đã "
			 "cài vào máy: journalctl -u 'vangxa*')",
			 "the code is wrong; it stands in the window where vangxa was started "
			 "(installed: journalctl -u 'vangxa*')"));
}

bool first_run(struct request *rq, json_t *reply, struct err *e)
{
	struct user user = {.role = ROLE_ADMIN};
	struct station *st = rq->station;

	if (!none_yet(st, e) || !code_right(rq, e) || !account_words(rq, &user, e) ||
	    !account_password(rq, "password", &user, e) ||
	    !users_add(st->desk.users, &user, clock_wall(st->desk.clock), e))
		return false;
	st->first = (struct first){0};
	snprintf(rq->user_text, sizeof(rq->user_text), "user:%lld", (long long)user.id);
	return account_note(&st->desk, rq->user_text, &user, "added", e) &&
	       login_admit(rq, &user, reply, e);
}
