/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/signed_in.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

static struct signed_in *now;

static void reply(int fd, const char *line)
{
	snprintf(now->told, sizeof(now->told), "%s", line);
	send(fd, now->says, strlen(now->says), MSG_NOSIGNAL);
}

static void add(struct signed_in *s, const char *name, char *token)
{
	struct user user = {.role = ROLE_OPERATOR, .hash = "h"};
	struct err e = {0};

	snprintf(user.name, sizeof(user.name), "%s", name);
	ck_assert(users_add(s->users, &user, clock_wall(&s->web.clock.clock), &e));
	ck_assert(users_begin_session(s->users, user.id, clock_wall(&s->web.clock.clock), token,
				      &e));
}

void signed_in_start(struct signed_in *s, const char *says)
{
	*s = (struct signed_in){.says = says};
	now = s;
	web_case_start(&s->web);
	s->web.reply = reply;
	s->users = users_create(s->web.dir);
	add(s, "lan", s->tokens[0]);
	add(s, "mai", s->tokens[1]);
}

void signed_in_end(struct signed_in *s)
{
	users_destroy(s->users);
	web_case_end(&s->web);
}

struct buf signed_in_ask(struct signed_in *s, int who, const char *head, const char *body)
{
	char text[1200];

	snprintf(text, sizeof(text), "%s\r\nAuthorization: Bearer %s", head, s->tokens[who]);
	return web_case_ask(&s->web, text, body);
}

void signed_in_asked(struct signed_in *s, const char *head, const char *body, const char *want)
{
	struct buf got = signed_in_ask(s, 0, head, body);

	ck_assert_msg(strstr(buf_str(&got), want) != NULL, "%s\n%s", head, buf_str(&got));
	buf_finish(&got);
}
