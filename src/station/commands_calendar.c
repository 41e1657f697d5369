/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands about a phone's calendar: its text, and the secret address that it is read at. */
#include "base/text.h"
#include "people/door.h"
#include "station/account.h"
#include "station/ahead.h"
#include "station/calendar.h"
#include "station/commands.h"
#include "station/station.h"

#include <stdlib.h>

/* Of whoever may see the plan. The right try is given back: a phone asks for years. */
static bool known(struct request *rq, const char *token, const char *address, struct err *e)
{
	struct user user;

	if (rq->station != NULL && !login_may_knock(rq->station, address, e))
		return false;
	if (!users_calendar(rq->desk->users, token, &user, e))
		return false;
	if (user.id == 0 || !door_may(&user, "plan"))
		return err_set(e, ERR_LOGIN,
			       T("địa chỉ lịch này không dùng được nữa; lấy địa chỉ mới ở trang "
				 "Lịch phát",
				 "this calendar's address is no longer good; get a new one on the "
				 "page Timetable"));
	if (rq->station != NULL)
		login_known(rq->station, address);
	return true;
}

/* By the session of a page; a phone's calendar has none. */
static bool logged_in(struct request *rq)
{
	const char *session = json_string_value(json_object_get(rq->args, "session"));
	struct user user = {0};
	struct err ignored = {0};

	return session != NULL && session[0] != '\0' &&
	       door_open(rq->desk->users, session, "plan", clock_wall(rq->desk->clock), &user,
			 &ignored) &&
	       user.id != 0;
}

/* Who sits at the machine needs no token, nor who is logged in, and before the first account nobody
 * does. */
static bool may_read(struct request *rq, struct err *e)
{
	const char *token, *address;
	bool any;

	if (json_object_get(rq->args, "session") == NULL)
		return true;
	if (!users_any(rq->desk->users, &any, e))
		return false;
	return !any || logged_in(rq) ||
	       (request_text(rq, "token", false, &token, e) &&
		request_text(rq, "address", false, &address, e) &&
		known(rq, token, address, e));
}

static void tell(struct ahead *a, json_t *reply)
{
	char *text = calendar_text(&a->plan, &a->files->settings, a->from);

	json_object_set_new(reply, "ics", json_string(text));
	free(text);
}

static bool calendar(struct request *rq, json_t *reply, struct err *e)
{
	return may_read(rq, e) &&
	       ahead_start(ahead_create(rq, CALENDAR_DAYS, tell), rq, reply, e);
}

static bool mine(struct request *rq, json_t *reply, struct err *e)
{
	json_t *made = users_calendar_made(rq->desk->users, rq->user.id, &rq->desk->tz, e);

	if (made == NULL)
		return false;
	json_object_set_new(reply, "made", made);
	return true;
}

static bool begin(struct request *rq, json_t *reply, struct err *e)
{
	char token[SESSION_TOKEN_BYTES];

	if (rq->user.id == 0)
		return err_set(e, ERR_USAGE, T("lệnh này cần một tài khoản",
					       "this needs an account"));
	if (!users_begin_calendar(rq->desk->users, rq->user.id, clock_wall(rq->desk->clock), token,
				  e))
		return false;
	json_object_set_new(reply, "token", json_string(token));
	return account_note(rq->desk, rq->who, &rq->user, "calendar-token", e);
}

/* Only an end that is one is written down. */
static bool end(struct request *rq, json_t *reply, struct err *e)
{
	json_t *made = users_calendar_made(rq->desk->users, rq->user.id, &rq->desk->tz, e);
	bool any = json_is_string(made);

	(void)reply;
	if (made == NULL)
		return false;
	json_decref(made);
	return users_end_calendar(rq->desk->users, rq->user.id, e) &&
	       (!any ||
		account_note(rq->desk, rq->who, &rq->user, "calendar-token-ended", e));
}

const struct command commands_calendar[] = {
	{"calendar", "token?, address?", false, calendar},
	{"me.calendar", "", false, mine},
	{"me.calendar.new", "", false, begin},
	{"me.calendar.end", "", false, end},
	{0},
};
