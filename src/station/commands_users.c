/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/must.h"
#include "base/text.h"
#include "people/onetime.h"
#include "station/account.h"
#include "station/commands.h"
#include "station/first.h"
#include "station/login.h"
#include "station/station.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct wall now(const struct request *rq)
{
	return clock_wall(rq->desk->clock);
}

static void answer(json_t *reply, const struct user *user)
{
	json_object_set_new(reply, "account", users_json(user));
}

/* The change is made; it goes into the log, and the answer says what the account is now. */
static bool changed(struct request *rq, const struct user *user, const char *what, json_t *reply,
		    struct err *e)
{
	answer(reply, user);
	return account_note(rq->desk, rq->who, user, what, e);
}

/* The password that the request gives, or one that we make, for one time: it is told in *once, ""
 * if the first. */
static bool new_password(struct request *rq, struct user *user,
			 char once[static ONETIME_TEXT_BYTES], struct err *e)
{
	once[0] = '\0';
	user->once_until_s = 0;
	if (json_object_get(rq->args, "password") != NULL)
		return account_password(rq, "password", user, e);
	onetime_make(once);
	user->once_until_s = now(rq).ns / NS_PER_S + ACCOUNT_ONCE_S;
	return password_hash(once, user->hash, e);
}

static void tell_once(json_t *reply, char once[static ONETIME_TEXT_BYTES])
{
	if (once[0] != '\0')
		json_object_set_new(reply, "password", json_string(once));
	sodium_memzero(once, ONETIME_TEXT_BYTES);
}

static bool role_of(struct request *rq, enum role *role, struct err *e)
{
	const char *text;

	if (!request_text(rq, "role", true, &text, e))
		return false;
	return role_parse(text, role) ||
	       err_set(e, ERR_USAGE,
		       T("vai trò \"%.40s\": phải là operator (vận hành), producer (gửi tin), "
			 "approver (duyệt), inspector (kiểm tra) hoặc admin (quản trị)",
			 "role \"%.40s\": must be operator, producer, approver, inspector or "
			 "admin"),
		       text);
}

static bool add(struct request *rq, json_t *reply, struct err *e)
{
	char once[ONETIME_TEXT_BYTES];
	struct user user = {0};

	if (!account_words(rq, &user, e) || !role_of(rq, &user.role, e) ||
	    !new_password(rq, &user, once, e) ||
	    !users_add(rq->desk->users, &user, now(rq), e))
		return false;
	tell_once(reply, once);
	return changed(rq, &user, "added", reply, e);
}

/* By "name", or by "user": "7" or "user:7". */
static bool named(struct request *rq, struct user *user, struct err *e)
{
	const char *name, *number;
	char *end;

	if (!request_text(rq, "user", false, &number, e))
		return false;
	if (number[0] == '\0')
		return request_text(rq, "name", true, &name, e) &&
		       users_named(rq->desk->users, name, user, e);
	if (strncmp(number, "user:", 5) == 0)
		number += 5;
	int64_t id = strtoll(number, &end, 10);
	return users_numbered(rq->desk->users, *end == '\0' ? id : 0, user, e);
}

static bool passwd(struct request *rq, json_t *reply, struct err *e)
{
	char once[ONETIME_TEXT_BYTES];
	struct user user;

	if (!named(rq, &user, e))
		return false;
	if (rq->user.id != 0 && user.id == rq->user.id)
		return err_set(e, ERR_CONFLICT,
			       T("mật khẩu của chính mình thì đổi ở trang Tài khoản",
				 "change your own password on the page My account"));
	if (!new_password(rq, &user, once, e) ||
	    !users_set_hash(rq->desk->users, user.id, user.hash, user.once_until_s, e))
		return false;
	tell_once(reply, once);
	return changed(rq, &user, "password", reply, e);
}

static bool set_role(struct request *rq, json_t *reply, struct err *e)
{
	struct user user;
	enum role role;

	if (!named(rq, &user, e) || !role_of(rq, &role, e) ||
	    !users_set_role(rq->desk->users, user.id, role, e))
		return false;
	user.role = role;
	return changed(rq, &user, "role", reply, e);
}

static bool set_enabled(struct request *rq, bool enabled, json_t *reply, struct err *e)
{
	struct user user;

	if (!named(rq, &user, e))
		return false;
	if (!enabled && user.id == rq->user.id)
		return err_set(e, ERR_CONFLICT,
			       T("không tự khóa tài khoản của mình được",
				 "nobody can disable the account they are using"));
	if (!users_set_enabled(rq->desk->users, user.id, enabled, e))
		return false;
	user.enabled = enabled;
	return changed(rq, &user, enabled ? "enabled" : "disabled", reply, e);
}

static bool enable(struct request *rq, json_t *reply, struct err *e)
{
	return set_enabled(rq, true, reply, e);
}

static bool disable(struct request *rq, json_t *reply, struct err *e)
{
	return set_enabled(rq, false, reply, e);
}

static bool end_sessions(struct request *rq, json_t *reply, struct err *e)
{
	struct user user;

	return named(rq, &user, e) && users_end_others(rq->desk->users, user.id, "", e) &&
	       changed(rq, &user, "sessions-ended", reply, e);
}

static bool list(struct request *rq, json_t *reply, struct err *e)
{
	json_t *users = users_list(rq->desk->users, &rq->desk->tz, e);

	if (users == NULL)
		return false;
	json_object_set_new(reply, "accounts", users);
	return true;
}

static bool logout(struct request *rq, json_t *reply, struct err *e)
{
	const char *token;

	(void)reply;
	return request_text(rq, "session", false, &token, e) &&
	       users_end_session(rq->desk->users, token, e);
}

static bool my_sessions(struct request *rq, json_t *reply, struct err *e)
{
	const char *token;

	if (!request_text(rq, "session", false, &token, e))
		return false;
	json_t *sessions = users_sessions(rq->desk->users, rq->user.id, token, now(rq),
					  &rq->desk->tz, e);
	if (sessions == NULL)
		return false;
	json_object_set_new(reply, "sessions", sessions);
	return true;
}

static bool end_my_others(struct request *rq, json_t *reply, struct err *e)
{
	const char *token;

	return request_text(rq, "session", false, &token, e) &&
	       users_end_others(rq->desk->users, rq->user.id, token, e) &&
	       (rq->user.id == 0 || changed(rq, &rq->user, "sessions-ended", reply, e));
}

const struct command commands_users[] = {
	{"user.add", "name, role, person?, password? (else one for one time)", false, add},
	{"user.passwd", "name or user, password? (else one for one time)", false, passwd},
	{"user.role", "name or user, role", false, set_role},
	{"user.disable", "name or user", false, disable},
	{"user.enable", "name or user", false, enable},
	{"user.end", "name or user", false, end_sessions},
	{"user.list", "", false, list},
	{"user.login", "name, password, address?, agent?", true, login_start},
	{"user.logout", "session", false, logout},
	{"user.first", "code, name, password, person?, address?, agent?", true, first_run},
	{"me.password", "old, password, address?, agent?", true, login_change},
	{"me.sessions", "session", false, my_sessions},
	{"me.end", "session", false, end_my_others},
	{0},
};
