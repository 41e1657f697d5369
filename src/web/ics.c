/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/ics.h"

#include "base/json.h"
#include "base/text.h"
#include "web/api.h"
#include "web/reply.h"
#include "web/request.h"
#include "web/session.h"
#include "web/web.h"

static const char *token_of(const struct request *r)
{
	const char *token =
		MHD_lookup_connection_value(r->connection, MHD_GET_ARGUMENT_KIND, "token");

	return token != NULL ? token : "";
}

void ics_ask(struct request *r)
{
	char address[SESSION_ADDRESS_BYTES];
	json_t *token = json_string(token_of(r));
	struct err e = {0};

	if (web_shut(r->web, r->visit->tls)) {
		json_decref(token);
		err_set(&e, ERR_LOGIN,
			T("đài chưa có tài khoản nào", "the station has no account"));
		request_refuse(r, &e, NULL);
		return;
	}
	session_address(r, address);
	/* Bytes that are no text are nobody's token. */
	api_send(r, json_pack("{s:s, s:s, s:o}", "do", "calendar", "address", address, "token",
			      token != NULL ? token : json_string("")));
}

void ics_told(struct request *r, json_t *body)
{
	struct MHD_Response *response =
		reply_text(json_get_text(body, "ics", ""), "text/calendar; charset=utf-8");

	json_decref(body);
	request_answer(r, MHD_HTTP_OK, response);
}
