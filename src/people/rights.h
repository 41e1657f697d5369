/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may do what: the one table of commands and roles. Pure.
 *
 * What is not in the table may be done by no account at all, so that a command forgotten here is
 * closed and not open. People at the machine itself (the command line, known by their uid) are not
 * asked: whoever may open DIR/control.sock could as well stop the station. */
#ifndef VX_PEOPLE_RIGHTS_H
#define VX_PEOPLE_RIGHTS_H

#include <stdbool.h>

enum role {
	ROLE_OPERATOR,	/* runs the day: plays, cuts, hands in */
	ROLE_PRODUCER,	/* hands in */
	ROLE_APPROVER,	/* decides what may air, and cuts */
	ROLE_INSPECTOR, /* reads all, changes nothing but what must be kept */
	ROLE_ADMIN,	/* everything, accounts included */
};
#define ROLES 5

/* No command: whose bulletins and airings an account is told of. Who does not have it sees what
 * they handed in themselves. */
#define RIGHT_SEE_ALL "bulletins.all"

/* "operator" | "producer" | "approver" | "inspector" | "admin". */
const char *role_code(enum role role);
bool role_parse(const char *text, enum role *role);

/* True if an account of this role may give the station this command ("bulletin.approve"). */
bool rights_may(enum role role, const char *command);

/* True if it needs no account even where accounts exist: logging in and out. */
bool rights_public(const char *command);

/* All that somebody may do whose password is a one-time one. */
#define RIGHT_OWN_PASSWORD "me.password"

/* True if it must name a person: over the page it stays closed while there is no account. */
bool rights_personal(const char *command);

/* The command of row i, NULL past the last. */
const char *rights_command(int i);

/* True if the table has the command. */
bool rights_known(const char *command);

#endif
