/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/must.h"
#include "base/text.h"
#include "station/commands.h"
#include "station/login.h"
#include "station/station.h"
#include "sys/log.h"

#include <stdio.h>
#include <string.h>

static void answer(json_t *reply, const struct user *user)
{
	json_object_set_new(reply, "account", users_json(user));
}

static const char *station_name(const struct request *rq)
{
	return rq->desk->world.files->settings.name;
}

/* The field "password", hashed. Stalls the station's thread a tenth of a second; that is rarer than
 * a slow disk, and the sound does not run on it. */
static bool hashed(struct request *rq, const char *name, char hash[static PASSWORD_HASH_BYTES],
		   struct err *e)
{
	const char *password;

	return request_text(rq, "password", true, &password, e) &&
	       password_good(password, name, station_name(rq), e) &&
	       password_hash(password, hash, e);
}

static bool copy_name(const char *name, struct user *user, struct err *e)
{
	if (strlen(name) < sizeof(user->name)) {
		snprintf(user->name, sizeof(user->name), "%s", name);
		return true;
	}
	return err_set(e, ERR_USAGE, T("tên đăng nhập dài quá %d chữ",
				       "the account's name has more than %d letters"),
		       USER_NAME_BYTES - 1);
}

static bool add(struct request *rq, json_t *reply, struct err *e)
{
	const char *name, *person, *role;
	struct user user = {0};

	if (!request_text(rq, "name", true, &name, e) ||
	    !request_text(rq, "person", false, &person, e) ||
	    !request_text(rq, "role", true, &role, e) || !copy_name(name, &user, e))
		return false;
	if (!role_parse(role, &user.role))
		return err_set(e, ERR_USAGE,
			       T("vai trò \"%.40s\": phải là operator (vận hành), producer (gửi "
				 "tin), approver (duyệt), inspector (kiểm tra) hoặc admin (quản "
				 "trị)",
				 "role \"%.40s\": must be operator, producer, approver, inspector "
				 "or admin"),
			       role);
	if (strlen(person) >= sizeof(user.person))
		return err_set(e, ERR_USAGE, T("họ tên quá dài", "the person's name is too long"));
	snprintf(user.person, sizeof(user.person), "%s", person);
	if (!hashed(rq, name, user.hash, e) ||
	    !users_add(rq->desk->users, &user, clock_wall(rq->desk->clock), e))
		return false;
	log_info(T("%s tạo tài khoản user:%lld (%s)", "%s made the account user:%lld (%s)"),
		 rq->who, (long long)user.id, role_code(user.role));
	answer(reply, &user);
	return true;
}

static bool named(struct request *rq, struct user *user, struct err *e)
{
	const char *name;

	return request_text(rq, "name", true, &name, e) &&
	       users_named(rq->desk->users, name, user, e);
}

static bool passwd(struct request *rq, json_t *reply, struct err *e)
{
	char hash[PASSWORD_HASH_BYTES];
	struct user user;

	if (!named(rq, &user, e) || !hashed(rq, user.name, hash, e) ||
	    !users_set_hash(rq->desk->users, user.id, hash, e))
		return false;
	log_info(T("%s đặt mật khẩu mới cho user:%lld", "%s set a new password for user:%lld"),
		 rq->who, (long long)user.id);
	answer(reply, &user);
	return true;
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
	log_info(enabled ? T("%s mở tài khoản user:%lld", "%s enabled user:%lld")
			 : T("%s khóa tài khoản user:%lld", "%s disabled user:%lld"),
		 rq->who, (long long)user.id);
	answer(reply, &user);
	return true;
}

static bool enable(struct request *rq, json_t *reply, struct err *e)
{
	return set_enabled(rq, true, reply, e);
}

static bool disable(struct request *rq, json_t *reply, struct err *e)
{
	return set_enabled(rq, false, reply, e);
}

static bool list(struct request *rq, json_t *reply, struct err *e)
{
	json_t *users = users_list(rq->desk->users, e);

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

const struct command commands_users[] = {
	{"user.add", "name, role, password, person?", false, add},
	{"user.passwd", "name, password", false, passwd},
	{"user.disable", "name", false, disable},
	{"user.enable", "name", false, enable},
	{"user.list", "", false, list},
	{"user.login", "name, password, address?, session?", true, login_start},
	{"user.logout", "session", false, logout},
	{0},
};
