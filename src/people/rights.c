/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "people/rights.h"

#include "base/must.h"

#include <stddef.h>
#include <string.h>

#define O (1u << ROLE_OPERATOR)
#define P (1u << ROLE_PRODUCER)
#define A (1u << ROLE_APPROVER)
#define I (1u << ROLE_INSPECTOR)
#define M (1u << ROLE_ADMIN)
#define ALL (O | P | A | I | M)

enum need {
	NEED_ROLE = 0,
	NEED_PERSON, /* a role, and never without accounts */
	NEED_NOTHING,
};

static const struct right {
	const char *command;
	unsigned roles;
	enum need need;
} rights[] = {
	{"status", ALL, NEED_ROLE},
	{"watch", ALL, NEED_ROLE},
	{"day", ALL, NEED_ROLE},
	{"why", ALL, NEED_ROLE},
	{"plan", ALL, NEED_ROLE},
	{"plan.free", ALL, NEED_ROLE},
	/* It names bulletins of everybody. */
	{"preflight", O | A | I | M, NEED_ROLE},
	{"preflight.run", O | A | M, NEED_ROLE},
	/* By a token of its own. */
	{"calendar", ALL, NEED_NOTHING},
	{"timetables", ALL, NEED_ROLE},
	{"timetable", ALL, NEED_ROLE},
	{"timetable.history", ALL, NEED_ROLE},
	/* Who changes what airs must be named; it is asked for already when the effect is shown. */
	{"timetable.preview", O | M, NEED_PERSON},
	{"timetable.edit", O | M, NEED_PERSON},
	{"timetable.days", O | M, NEED_PERSON},
	{"timetable.ics", O | M, NEED_PERSON},
	{"timetable.put", O | M, NEED_PERSON},
	{"log", ALL, NEED_ROLE},
	{"log.csv", ALL, NEED_ROLE},
	{"airing", ALL, NEED_ROLE},
	{"airing.recording", ALL, NEED_ROLE},
	{"airing.waveform", ALL, NEED_ROLE},
	{"airing.proof", ALL, NEED_ROLE},
	{"bulletins", ALL, NEED_ROLE},
	{"bulletin", ALL, NEED_ROLE},
	{"bulletin.audio", ALL, NEED_ROLE},
	{"bulletin.waveform", ALL, NEED_ROLE},
	{"words", ALL, NEED_ROLE},
	{RIGHT_SEE_ALL, O | A | I | M, NEED_ROLE},
	{"log.head", O | A | I | M, NEED_ROLE},
	{"bulletin.add", O | P | A | M, NEED_ROLE},
	{"bulletin.outlook", ALL, NEED_ROLE},
	{"bulletin.past", ALL, NEED_ROLE},
	/* Of what may be seen: a producer's own. */
	{"bulletin.edit", O | P | A | M, NEED_PERSON},
	{"bulletin.approve", A | M, NEED_PERSON},
	{"bulletin.refuse", A | M, NEED_PERSON},
	{"bulletin.withdraw", A | M, NEED_PERSON},
	/* To silence a loudspeaker that says something wrong is the approver's affair too. */
	{"cut", O | A | M, NEED_ROLE},
	{"resume", O | M, NEED_ROLE},
	{"play", O | M, NEED_ROLE},
	{"release", O | M, NEED_ROLE},
	{"relay.try", O | M, NEED_ROLE},
	/* Circular 39/2020: the commune's user says which priority bulletin comes first. */
	{"order", O | A | M, NEED_ROLE},
	{"orders", O | A | I | M, NEED_ROLE},
	/* Whoever sees the water rise must not look for somebody else. */
	{"emergency", O | A | M, NEED_ROLE},
	{"emergency.message", O | A | M, NEED_ROLE},
	{"emergency.end", O | A | M, NEED_ROLE},
	{"cap", O | A | M, NEED_ROLE},
	/* The commune's leader speaks to the commune; its sound goes on as the same person. */
	{"live.start", O | A | M, NEED_ROLE},
	{"live.stop", O | A | M, NEED_ROLE},
	{"live.sound", O | A | M, NEED_ROLE},
	{"tone", O | M, NEED_ROLE},
	{"clock.trust", O | M, NEED_PERSON},
	{"settings", ALL, NEED_ROLE},
	{"settings.set", M, NEED_PERSON},
	/* Who suspects may have recordings kept; only an administrator lets go of them. */
	{"hold", O | I | M, NEED_PERSON},
	{"unhold", M, NEED_PERSON},
	{"key.rotate", M, NEED_PERSON},
	/* What it holds is everybody's. */
	{"pack", O | I | M, NEED_ROLE},
	{"pack.size", O | I | M, NEED_ROLE},
	{"reports", O | A | I | M, NEED_ROLE},
	{"report", O | A | I | M, NEED_ROLE},
	{"holds", O | A | I | M, NEED_ROLE},
	{"registers", O | A | I | M, NEED_ROLE},
	{"register.list", O | A | I | M, NEED_ROLE},
	{"register.export", O | A | I | M, NEED_ROLE},
	{"register.proof", O | A | I | M, NEED_ROLE},
	/* Money and people's pay stand in it: whoever writes is named. */
	{"register.write", O | M, NEED_PERSON},
	{"lists", ALL, NEED_ROLE},
	{"list", ALL, NEED_ROLE},
	/* What reports count by is an administrator's to change. */
	{"list.put", M, NEED_PERSON},
	{"list.edit", M, NEED_PERSON},
	{"deadlines", O | A | I | M, NEED_ROLE},
	{"deadline.done", O | A | M, NEED_PERSON},
	{"deadline.undone", O | A | M, NEED_PERSON},
	{"deadline.add", O | A | M, NEED_PERSON},
	{"duplicates", O | A | I | M, NEED_ROLE},
	/* What counts and what is paid hangs on it: whoever decides is named. */
	{"duplicate.decide", O | A | M, NEED_PERSON},
	{"register.import", O | M, NEED_PERSON},
	{"devices", M, NEED_ROLE},
	{"user.add", M, NEED_PERSON},
	{"user.passwd", M, NEED_PERSON},
	{"user.disable", M, NEED_PERSON},
	{"user.enable", M, NEED_PERSON},
	{"user.role", M, NEED_PERSON},
	{"user.end", M, NEED_PERSON},
	{"user.list", M, NEED_PERSON},
	{RIGHT_OWN_PASSWORD, ALL, NEED_PERSON},
	{"me.sessions", ALL, NEED_PERSON},
	{"me.end", ALL, NEED_PERSON},
	{"me.calendar", ALL, NEED_PERSON},
	{"me.calendar.new", ALL, NEED_PERSON},
	{"me.calendar.end", ALL, NEED_PERSON},
	{"user.first", ALL, NEED_NOTHING},
	{"user.login", ALL, NEED_NOTHING},
	{"user.logout", ALL, NEED_NOTHING},
};

static const char *const codes[ROLES] = {"operator", "producer", "approver", "inspector", "admin"};

const char *role_code(enum role role)
{
	must(role < ROLES);
	return codes[role];
}

bool role_parse(const char *text, enum role *role)
{
	for (int i = 0; i < ROLES; i++) {
		if (strcmp(codes[i], text) != 0)
			continue;
		*role = (enum role)i;
		return true;
	}
	return false;
}

static const struct right *find(const char *command)
{
	for (size_t i = 0; i < sizeof(rights) / sizeof(rights[0]); i++)
		if (strcmp(rights[i].command, command) == 0)
			return &rights[i];
	return NULL;
}

bool rights_may(enum role role, const char *command)
{
	const struct right *r = find(command);

	must(role < ROLES);
	return r != NULL && (r->roles & 1u << role) != 0;
}

bool rights_public(const char *command)
{
	const struct right *r = find(command);

	return r != NULL && r->need == NEED_NOTHING;
}

bool rights_personal(const char *command)
{
	const struct right *r = find(command);

	return r == NULL || r->need == NEED_PERSON;
}

const char *rights_command(int i)
{
	return i < (int)(sizeof(rights) / sizeof(rights[0])) ? rights[i].command : NULL;
}

bool rights_known(const char *command)
{
	return find(command) != NULL;
}
