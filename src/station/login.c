/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/login.h"

#include "base/must.h"
#include "base/text.h"
#include "base/utf8.h"
#include "station/account.h"
#include "station/commands.h"
#include "station/station.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* An account: ten tries, then one a minute: 1,450 a day, so that a password which is not among the
 * first that everybody tries holds for years, and who mistypes waits a minute. An address: a
 * village behind one router, all at once. The road not taken: locking an account, which would let
 * anybody lock the chairman out. */
#define ACCOUNT_TRIES 10
#define ACCOUNT_REFILL_NS (60 * NS_PER_S)
#define ADDRESS_TRIES 30
#define ADDRESS_REFILL_NS (10 * NS_PER_S)

/* A password on its way to be looked at, and the new one that shall take its place. */
struct login {
	struct later later;
	struct user user; /* id 0: no such account */
	char bucket[USER_NAME_BYTES + 8], address[64], agent[NAME_BYTES];
	char *password, *fresh; /* fresh NULL: it stays as it is */
	char hash[PASSWORD_HASH_BYTES]; /* of fresh */
	char before[SESSION_TOKEN_BYTES]; /* the session shown with it, "" none */
};

static struct logins *of(struct station *st)
{
	struct logins *l = &st->logins;

	if (l->open)
		return l;
	throttle_init(&l->accounts, ACCOUNT_TRIES, ACCOUNT_REFILL_NS);
	throttle_init(&l->addresses, ADDRESS_TRIES, ADDRESS_REFILL_NS);
	l->open = true;
	return l;
}

static void destroy(void *arg)
{
	struct login *in = arg;

	password_wipe(in->password);
	password_wipe(in->fresh);
	free(in->password);
	free(in->fresh);
	free(in);
}

/* What the visitor's program calls itself, cut to what there is room for. */
static bool agent_of(struct request *rq, char agent[static NAME_BYTES], struct err *e)
{
	const char *text;

	if (!request_text(rq, "agent", false, &text, e))
		return false;
	snprintf(agent, NAME_BYTES, "%s", text);
	utf8_cut(agent, strlen(agent));
	return true;
}

static bool wrong(struct err *e)
{
	return err_set(e, ERR_LOGIN, T("tên đăng nhập hoặc mật khẩu không đúng",
				       "account or password is wrong"));
}

static bool wrong_old(struct err *e)
{
	return err_set(e, ERR_REFUSED, T("mật khẩu cũ không đúng", "the old password is wrong"));
}

static bool look(void *arg, struct err *e)
{
	struct login *in = arg;

	if (!password_matches(in->user.hash, in->password))
		return in->fresh != NULL ? wrong_old(e) : wrong(e);
	return in->fresh == NULL || password_hash(in->fresh, in->hash, e);
}

/* What may have changed while the password was looked at, and what only its owner is told. */
static bool still_good(struct login *in, struct err *e)
{
	struct desk *d = &in->later.station->desk;
	struct user now;

	if (!users_numbered(d->users, in->user.id, &now, e))
		return false;
	if (strcmp(now.hash, in->user.hash) != 0)
		return wrong(e);
	in->user = now;
	if (now.once_until_s == 0 || clock_wall(d->clock).ns / NS_PER_S < now.once_until_s)
		return true;
	return err_set(e, ERR_LOGIN,
		       T("mật khẩu dùng một lần này đã quá hạn; xin người quản trị cấp lại",
			 "this one-time password is too old; ask the administrator for a new one"));
}

static bool put_fresh(struct login *in, struct err *e)
{
	struct desk *d = &in->later.station->desk;
	char who[32];

	if (in->fresh == NULL)
		return true;
	snprintf(who, sizeof(who), "user:%lld", (long long)in->user.id);
	in->user.once_until_s = 0;
	return users_set_hash(d->users, in->user.id, in->hash, 0, e) &&
	       account_note(d, who, &in->user, "password", e);
}

/* A disabled account is told so only to who knows its password. The browser forgets the token that
 * was shown along; whoever else has it must not keep it. */
static bool outcome(struct login *in, char token[static SESSION_TOKEN_BYTES], struct err *e)
{
	struct desk *d = &in->later.station->desk;
	struct users *u = d->users;
	struct logins *l = of(in->later.station);

	throttle_forget(&l->accounts, in->bucket);
	throttle_return(&l->addresses, in->address);
	return still_good(in, e) && put_fresh(in, e) &&
	       users_begin_session(u, in->user.id, clock_wall(d->clock), token, e) &&
	       users_describe_session(u, token, in->address, in->agent, e) &&
	       users_end_session(u, in->before, e);
}

bool login_admit(struct request *rq, const struct user *user, json_t *reply, struct err *e)
{
	struct desk *d = rq->desk;
	char token[SESSION_TOKEN_BYTES], agent[NAME_BYTES];
	const char *address;

	if (!agent_of(rq, agent, e) || !request_text(rq, "address", false, &address, e) ||
	    !users_begin_session(d->users, user->id, clock_wall(d->clock), token, e) ||
	    !users_describe_session(d->users, token, address, agent, e))
		return false;
	json_object_set_new(reply, "session", json_string(token));
	json_object_set_new(reply, "account", users_json(user));
	return true;
}

static bool conclude(void *arg, json_t *reply, struct err *e)
{
	struct login *in = arg;
	char token[SESSION_TOKEN_BYTES];

	if (!outcome(in, token, e))
		return false;
	json_object_set_new(reply, "session", json_string(token));
	json_object_set_new(reply, "account", users_json(&in->user));
	return true;
}

static const struct later_kind kind = {look, conclude, destroy, NULL};

static bool too_many(int64_t wait_ns, struct err *e)
{
	return err_set(e, ERR_TOO_MANY,
		       T("thử quá nhiều lần; đợi %d giây rồi thử lại",
			 "tried too often; wait %d seconds and try again"),
		       (int)(wait_ns / NS_PER_S) + 1);
}

bool login_may_knock(struct station *st, const char *address, struct err *e)
{
	int64_t wait_ns;

	return throttle_take(&of(st)->addresses, address, clock_mono(st->desk.clock), &wait_ns) ||
	       too_many(wait_ns, e);
}

void login_known(struct station *st, const char *address)
{
	throttle_return(&of(st)->addresses, address);
}

/* Every try counts before it is looked at: many at once are no way around. */
static bool may_try(struct station *st, const char *bucket, const char *address, struct err *e)
{
	struct logins *l = of(st);
	int64_t wait_ns;

	if (later_count(st, &kind) >= LOGINS_MAX)
		return too_many(NS_PER_S, e);
	return login_may_knock(st, address, e) &&
	       (throttle_take(&l->accounts, bucket, clock_mono(st->desk.clock), &wait_ns) ||
		too_many(wait_ns, e));
}

/* Whether the account exists is not told: one that does not is looked at just as long. */
static bool look_up(struct station *st, const char *name, struct user *user, struct err *e)
{
	*user = (struct user){0};
	if (users_named(st->desk.users, name, user, e))
		return true;
	if (e->kind != ERR_NOT_FOUND)
		return false;
	*e = (struct err){0};
	snprintf(user->name, sizeof(user->name), "%s", name);
	return true;
}

static char *copy(const char *text)
{
	char *own = strdup(text);

	must(own != NULL);
	return own;
}

/* Takes a try and starts to look. fresh NULL: none. */
static bool start(struct request *rq, const struct user *user, const char *password,
		  const char *fresh, json_t *reply, struct err *e)
{
	struct station *st = rq->station;
	const char *address, *before;
	char agent[NAME_BYTES], bucket[USER_NAME_BYTES + 8];

	/* Who guesses at the account from outside does not keep its owner from a new password. */
	snprintf(bucket, sizeof(bucket), "%s%s", fresh != NULL ? "own " : "", user->name);
	if (!request_text(rq, "address", false, &address, e) ||
	    !request_text(rq, "session", false, &before, e) || !agent_of(rq, agent, e) ||
	    !may_try(st, bucket, address, e))
		return false;
	struct login *in = calloc(1, sizeof(*in));
	must(in != NULL);
	in->user = *user;
	snprintf(in->bucket, sizeof(in->bucket), "%s", bucket);
	snprintf(in->address, sizeof(in->address), "%s", address);
	snprintf(in->agent, sizeof(in->agent), "%s", agent);
	snprintf(in->before, sizeof(in->before), "%s", before);
	in->password = copy(password);
	in->fresh = fresh != NULL ? copy(fresh) : NULL;
	return later_start(&in->later, &kind, in, rq, reply, e);
}

bool login_start(struct request *rq, json_t *reply, struct err *e)
{
	const char *name, *password;
	struct user user;

	if (!request_text(rq, "name", true, &name, e) ||
	    !request_text(rq, "password", true, &password, e))
		return false;
	if (strlen(name) >= USER_NAME_BYTES || strlen(password) >= PASSWORD_BYTES)
		return wrong(e);
	return look_up(rq->station, name, &user, e) && start(rq, &user, password, NULL, reply, e);
}

bool login_change(struct request *rq, json_t *reply, struct err *e)
{
	const char *old, *fresh;

	if (rq->user.id == 0)
		return err_set(e, ERR_USAGE, T("lệnh này cần một tài khoản; ở máy này dùng: vangxa "
					       "user passwd TÊN",
					       "this needs an account; at the machine use: vangxa "
					       "user passwd NAME"));
	if (!request_text(rq, "old", true, &old, e) ||
	    !request_text(rq, "password", true, &fresh, e))
		return false;
	if (strlen(old) >= PASSWORD_BYTES)
		return wrong_old(e);
	if (strcmp(old, fresh) == 0)
		return err_set(e, ERR_REFUSED, T("mật khẩu mới phải khác mật khẩu cũ",
						 "the new password must not be the old one"));
	return account_password_good(rq, fresh, rq->user.name, e) &&
	       start(rq, &rq->user, old, fresh, reply, e);
}
