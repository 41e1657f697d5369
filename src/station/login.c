/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/login.h"

#include "base/must.h"
#include "base/text.h"
#include "station/commands.h"
#include "station/station.h"
#include "sys/aside.h"

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

struct login {
	struct login *next;
	struct station *station;
	uint64_t client;
	json_t *id;
	struct user user; /* id 0: no such account */
	char name[USER_NAME_BYTES], address[64];
	char *password;
	char before[SESSION_TOKEN_BYTES]; /* the session shown with the login, "" none */
	struct aside look;
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

static void leave_list(struct login *in)
{
	struct login **at = &in->station->logins.first;

	while (*at != in)
		at = &(*at)->next;
	*at = in->next;
	in->station->logins.count--;
}

static void destroy(struct login *in)
{
	json_decref(in->id);
	password_wipe(in->password);
	free(in->password);
	free(in);
}

static bool wrong(struct err *e)
{
	return err_set(e, ERR_LOGIN, T("tên đăng nhập hoặc mật khẩu không đúng",
				       "account or password is wrong"));
}

static bool look(void *arg, struct err *e)
{
	const struct login *in = arg;

	return password_matches(in->user.hash, in->password) || wrong(e);
}

/* A disabled account is told so only to who knows its password. */
static bool outcome(struct login *in, char token[static SESSION_TOKEN_BYTES], struct err *e)
{
	struct station *st = in->station;
	struct logins *l = of(st);

	if (!in->look.ok) {
		*e = in->look.error;
		return false;
	}
	throttle_forget(&l->accounts, in->name);
	throttle_return(&l->addresses, in->address);
	/* The browser forgets the old token; whoever else has it must not keep it. */
	return users_begin_session(st->desk.users, in->user.id, clock_wall(st->desk.clock), token,
				   e) &&
	       users_end_session(st->desk.users, in->before, e);
}

static void finished(void *arg)
{
	struct login *in = arg;
	char token[SESSION_TOKEN_BYTES];
	struct err e = {0};
	json_t *answer;

	if (outcome(in, token, &e))
		answer = json_pack("{s:O?, s:b, s:s, s:o}", "id", in->id, "ok", 1, "session", token,
				   "account", users_json(&in->user));
	else
		answer = commands_error(in->id, &e);
	must(answer != NULL);
	control_send(in->station->control, in->client, answer);
	leave_list(in);
	destroy(in);
}

static bool too_many(int64_t wait_ns, struct err *e)
{
	return err_set(e, ERR_TOO_MANY,
		       T("thử quá nhiều lần; đợi %d giây rồi thử lại",
			 "tried too often; wait %d seconds and try again"),
		       (int)(wait_ns / NS_PER_S) + 1);
}

/* Every try counts before it is looked at: many at once are no way around. */
static bool may_try(struct station *st, const char *name, const char *address, struct err *e)
{
	struct logins *l = of(st);
	struct mono now = clock_mono(st->desk.clock);
	int64_t wait_ns;

	if (l->count >= LOGINS_MAX)
		return too_many(NS_PER_S, e);
	return (throttle_take(&l->addresses, address, now, &wait_ns) &&
		throttle_take(&l->accounts, name, now, &wait_ns)) ||
	       too_many(wait_ns, e);
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
	return true;
}

bool login_start(struct request *rq, json_t *reply, struct err *e)
{
	const char *name, *password, *address, *before;
	struct station *st = rq->station;
	struct user user;

	(void)reply;
	if (!request_text(rq, "name", true, &name, e) ||
	    !request_text(rq, "password", true, &password, e) ||
	    !request_text(rq, "address", false, &address, e) ||
	    !request_text(rq, "session", false, &before, e))
		return false;
	if (strlen(name) >= USER_NAME_BYTES || strlen(password) >= PASSWORD_BYTES)
		return wrong(e);
	if (!may_try(st, name, address, e) || !look_up(st, name, &user, e))
		return false;
	struct login *in = calloc(1, sizeof(*in));
	must(in != NULL);
	in->station = st;
	in->client = rq->client;
	in->id = json_incref(rq->id);
	in->user = user;
	snprintf(in->name, sizeof(in->name), "%s", name);
	snprintf(in->address, sizeof(in->address), "%s", address);
	snprintf(in->before, sizeof(in->before), "%s", before);
	in->password = strdup(password);
	must(in->password != NULL);
	in->look = (struct aside){.work = look, .done = finished, .arg = in};
	if (!aside_start(&in->look, st->loop, e)) {
		destroy(in);
		return false;
	}
	in->next = st->logins.first;
	st->logins.first = in;
	st->logins.count++;
	rq->later = true;
	return true;
}

void login_stop_all(struct station *st)
{
	for (struct login *in = st->logins.first, *next; in != NULL; in = next) {
		next = in->next;
		aside_join(&in->look);
		destroy(in);
	}
	st->logins.first = NULL;
	st->logins.count = 0;
}
