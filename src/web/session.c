/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/session.h"

#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "base/utf8.h"
#include "people/door.h"
#include "sys/cert.h"
#include "web/api.h"
#include "web/reply.h"
#include "web/request.h"
#include "web/stream.h"
#include "web/web.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define COOKIE_FLAGS "; Path=/; HttpOnly; SameSite=Strict"
#define LOOK_S 60 /* for sessions that end by themselves */

/* Cookies know no ports: the one of TLS bears another name, and its prefix makes browsers refuse it
 * from anywhere else (RFC 6265bis, 4.1.3.2). */
static const char *cookie_name(const struct request *r)
{
	return r->visit->tls ? "__Host-vangxa" : "vangxa";
}

static const char *cookie_flags(const struct request *r)
{
	return r->visit->tls ? COOKIE_FLAGS "; Secure" : COOKIE_FLAGS;
}

/* "" if the visitor shows none. */
static const char *token_of(const struct request *r)
{
	const char *bearer =
		MHD_lookup_connection_value(r->connection, MHD_HEADER_KIND, "Authorization");
	const char *cookie =
		MHD_lookup_connection_value(r->connection, MHD_COOKIE_KIND, cookie_name(r));

	if (bearer != NULL && strncasecmp(bearer, "Bearer ", 7) == 0)
		return bearer + 7;
	return cookie != NULL ? cookie : "";
}

static struct wall now(const struct web *w)
{
	return clock_wall(w->clock);
}

bool session_may(struct request *r, const char *command, struct err *e)
{
	struct user user = {0};
	bool in = door_open(r->web->users, token_of(r), command, now(r->web), &user, e);

	r->account = user.id;
	r->inspector = user.id != 0 && user.role == ROLE_INSPECTOR;
	if (!in)
		return false;
	if (user.id != 0 || rights_public(command) || !web_shut(r->web, r->visit->tls))
		return true;
	return err_set(e, ERR_LOGIN,
		       T("đài chưa có tài khoản nào; tạo tài khoản quản trị đầu tiên bằng mã hiện "
			 "trên máy của đài",
			 "the station has no account yet; make the first administrator's with the "
			 "code shown on the station's machine"));
}

void session_address(const struct request *r, char text[static SESSION_ADDRESS_BYTES])
{
	const struct in6_addr *party = &r->visit->party;
	bool v4 = IN6_IS_ADDR_V4MAPPED(party);

	_Static_assert(SESSION_ADDRESS_BYTES == INET6_ADDRSTRLEN, "room for any address");
	must(inet_ntop(v4 ? AF_INET : AF_INET6, v4 ? &party->s6_addr[12] : party->s6_addr, text,
		       INET6_ADDRSTRLEN) != NULL);
}

/* Where the session that may begin is used. A name that is no text is left out. */
static void sign_origin(const struct request *r, json_t *command)
{
	char text[SESSION_ADDRESS_BYTES], agent[NAME_BYTES];
	const char *name =
		MHD_lookup_connection_value(r->connection, MHD_HEADER_KIND, "User-Agent");

	session_address(r, text);
	json_object_set_new(command, "address", json_string(text));
	if (name == NULL || !utf8_printable(name, strlen(name)))
		return;
	snprintf(agent, sizeof(agent), "%s", name);
	utf8_cut(agent, sizeof(agent));
	json_object_set_new(command, "agent", json_string(agent));
}

static bool begins_session(const json_t *command)
{
	static const char *const begin[] = {"user.login", "user.first", RIGHT_OWN_PASSWORD};
	const char *name = json_get_text(command, "do", "");

	for (size_t i = 0; i < sizeof(begin) / sizeof(begin[0]); i++)
		if (strcmp(begin[i], name) == 0)
			return true;
	return false;
}

void session_sign(const struct request *r, json_t *command)
{
	const char *token = r != NULL ? token_of(r) : "";

	/* Bytes that are no text are nobody's token. */
	json_t *text = *token != '\0' ? json_string(token) : NULL;
	json_object_set_new(command, "session", text != NULL ? text : json_null());
	if (r != NULL && r->reader != TEXT_OWN)
		json_object_set_new(command, "lang", json_string(text_lang(r->reader)));
	if (r != NULL && begins_session(command))
		sign_origin(r, command);
}

static void look(struct request *r)
{
	const char *right = r->route != NULL ? route_right(r->route) : NULL;
	struct err e = {0};

	if (r->stream == NULL || right == NULL)
		return;
	if (!session_may(r, right, &e) || (r->right != NULL && !session_may(r, r->right, &e)))
		stream_end(r->stream);
}

void session_sweep(struct web *w)
{
	int64_t version = users_version(w->users), minute = web_now_ms(w) / 1000 / LOOK_S;

	if (version == w->users_seen && minute == w->users_minute)
		return;
	w->users_seen = version;
	w->users_minute = minute;
	for (struct visit *v = w->visits; v != NULL; v = v->next)
		if (v->request != NULL)
			look(v->request);
}

/* user NULL: of whoever comes while there is no account. */
static json_t *rights_of(const struct user *user)
{
	json_t *list = json_array();
	const char *command;

	for (int i = 0; (command = rights_command(i)) != NULL; i++)
		if (user != NULL ? door_may(user, command) : !rights_personal(command))
			json_array_append_new(list, json_string(command));
	return list;
}

/* For who compares on a phone and has no console. The fingerprint is no secret: every handshake
 * shows it. */
static json_t *describe_tls(const struct web *w)
{
	if (w->tls.daemon == NULL)
		return json_null();
	return json_pack("{s:s, s:i}", "fingerprint", w->config.tls_cert->print, "port",
			 (int)w->tls.number);
}

static json_t *describe(struct request *r, const struct user *user, bool any)
{
	bool known = user->id != 0, shut = web_shut(r->web, r->visit->tls);
	bool disabled = !known && users_shut_out(r->web->users, token_of(r), now(r->web));
	json_t *rights = known		? rights_of(user)
			 : any || shut	? json_array()
					: rights_of(NULL);
	json_t *body = json_pack("{s:b, s:o, s:o, s:b, s:b}", "accounts", any, "account",
				 known ? users_json(user) : json_null(), "rights", rights, "shut",
				 shut, "disabled", disabled);

	must(body != NULL && json_object_set_new(body, "tls", describe_tls(r->web)) == 0);
	return body;
}

/* NULL: the request is answered already. */
static json_t *visitor(struct request *r)
{
	struct users *u = r->web->users;
	struct user user = {0};
	struct err e = {0};
	bool any;

	if (users_any(u, &any, &e) &&
	    (!any || users_session(u, token_of(r), now(r->web), &user, &e)))
		return describe(r, &user, any);
	request_refuse(r, &e, NULL);
	return NULL;
}

void session_me(struct request *r)
{
	json_t *me = visitor(r);

	if (me != NULL)
		request_answer(r, MHD_HTTP_OK, reply_json(me));
}

void session_start(struct request *r)
{
	struct err e = {0};

	if (session_may(r, "day", &e))
		api_send(r, json_pack("{s:s}", "do", "day"));
	else
		session_started(r, json_null());
}

void session_started(struct request *r, json_t *day)
{
	json_t *me = visitor(r);
	char tag[REPLY_TAG_BYTES] = "";

	if (me == NULL) {
		json_decref(day);
		return;
	}
	if (json_is_object(day))
		reply_tag(day, tag);
	json_t *body = json_pack("{s:o, s:o, s:s}", "me", me, "day", day, "day_tag", tag);
	must(body != NULL);
	request_answer(r, MHD_HTTP_OK,
		       reply_long_json(body, request_header(r, "Accept-Encoding")));
}

/* A program asks for the token itself: {"token":"bearer"}. */
static bool wants_token(struct request *r)
{
	struct err e = {0};
	json_t *body = json_read(buf_str(&r->body), r->body.len, &e);
	bool wants = strcmp(json_get_text(body, "token", ""), "bearer") == 0;

	json_decref(body);
	return wants;
}

void session_open(const struct request *r, const json_t *body, struct MHD_Response *response)
{
	char cookie[SESSION_TOKEN_BYTES + 128];

	snprintf(cookie, sizeof(cookie), "%s=%s; Max-Age=%d%s", cookie_name(r),
		 json_get_text(body, "session", ""), SESSION_S, cookie_flags(r));
	reply_header(response, "Set-Cookie", cookie);
}

void session_begun(struct request *r, json_t *body)
{
	struct MHD_Response *response;

	if (wants_token(r)) {
		response = reply_json(body);
	} else {
		json_t *shown = json_copy(body);
		json_object_del(shown, "session");
		response = reply_json(shown);
		session_open(r, body, response);
		json_decref(body);
	}
	request_answer(r, MHD_HTTP_OK, response);
}

void session_ended(struct request *r, json_t *body)
{
	struct MHD_Response *response = reply_json(body);
	char cookie[128];

	snprintf(cookie, sizeof(cookie), "%s=; Max-Age=0%s", cookie_name(r), cookie_flags(r));
	reply_header(response, "Set-Cookie", cookie);
	/* What was heard and not approved must not stay on a borrowed phone. Not "storage": there
	 * an upload waits that was cut. */
	reply_header(response, "Clear-Site-Data", "\"cache\"");
	request_answer(r, MHD_HTTP_OK, response);
}
