/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/account.h"

#include "base/must.h"
#include "base/saying.h"
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
static void words_of(const char *what, char *out, size_t size)
{
	char code[64];
	json_t *said;

	snprintf(code, sizeof(code), "account.%s", what);
	said = json_pack("{s:s}", "code", code);
	saying_words(said, text_english(), out, size);
	must(strcmp(out, code) != 0);
	json_decref(said);
}

bool account_note(struct desk *d, const char *who, const struct user *user, const char *what,
		  struct err *e)
{
	char account[32], words[NAME_BYTES];
	int64_t n;

	words_of(what, words, sizeof(words));
	snprintf(account, sizeof(account), "user:%lld", (long long)user->id);
	log_info(T("tài khoản %s (%s) %s, người làm: %s", "account %s (%s) %s, by %s"), account,
		 role_code(user->role), words, who);
	if (ledger_append(d->ledger,
			  entry_account_changed(account, what, role_code(user->role), who), &n, e))
		return true;
	struct err why = *e;
	return err_set(e, why.kind,
		       T("đã đổi, nhưng không ghi được vào sổ: %s",
			 "changed, but it could not be written into the log: %s"), why.text);
}
