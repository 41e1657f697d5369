/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/account.h"

#include "base/must.h"
#include "base/text.h"
#include "proof/entry.h"
#include "station/commands.h"
#include "sys/log.h"

#include <stdio.h>
#include <string.h>

bool account_words(struct request *rq, struct user *user, struct err *e)
{
	const char *name, *person;

	if (!request_text(rq, "name", true, &name, e) ||
	    !request_text(rq, "person", false, &person, e))
		return false;
	if (strlen(name) >= sizeof(user->name))
		return err_set(e, ERR_USAGE,
			       T("tên đăng nhập dài quá %d chữ",
				 "the account's name has more than %d letters"),
			       USER_NAME_BYTES - 1);
	if (strlen(person) >= sizeof(user->person))
		return err_set(e, ERR_USAGE, T("họ tên quá dài", "the person's name is too long"));
	snprintf(user->name, sizeof(user->name), "%s", name);
	snprintf(user->person, sizeof(user->person), "%s", person);
	return true;
}

bool account_password_good(const struct request *rq, const char *password, const char *name,
			   struct err *e)
{
	return password_good(password, name, rq->desk->world.files->settings.name, e);
}

bool account_password(struct request *rq, const char *field, struct user *user, struct err *e)
{
	const char *password;

	return request_text(rq, field, true, &password, e) &&
	       account_password_good(rq, password, user->name, e) &&
	       password_hash(password, user->hash, e);
}

/* What it is called on the console. */
static const char *words_of(const char *what)
{
	static const struct {
		const char *what, *vi, *en;
	} words[] = {
		{"added", "được tạo", "made"},
		{"role", "đổi vai trò", "has another role"},
		{"enabled", "được mở lại", "enabled"},
		{"disabled", "bị khóa", "disabled"},
		{"password", "có mật khẩu mới", "has a new password"},
		{"sessions-ended", "bị đăng xuất ở các máy", "logged out elsewhere"},
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i].what, what) == 0)
			return T(words[i].vi, words[i].en);
	must(false);
	return "";
}

bool account_note(struct desk *d, const char *who, const struct user *user, const char *what,
		  struct err *e)
{
	char account[32];
	int64_t n;

	snprintf(account, sizeof(account), "user:%lld", (long long)user->id);
	log_info(T("tài khoản %s (%s) %s, người làm: %s", "account %s (%s) %s, by %s"), account,
		 role_code(user->role), words_of(what), who);
	if (ledger_append(d->ledger,
			  entry_account_changed(account, what, role_code(user->role), who), &n, e))
		return true;
	struct err why = *e;
	return err_set(e, why.kind,
		       T("đã đổi, nhưng không ghi được vào sổ: %s",
			 "changed, but it could not be written into the log: %s"), why.text);
}
