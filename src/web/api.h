/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The JSON addresses: each asks the station one thing and passes the answer on. */
#ifndef VX_WEB_API_H
#define VX_WEB_API_H

#include "base/err.h"

#include <jansson.h>
#include <stdbool.h>

struct request;

/* A route's answer: makes the station's command (route->command) from the query or the JSON body
 * and the path's parameter (route->field), suspends, and answers with the reply without its id and
 * ok. */
void api_ask(struct request *r);
/* The request has gone: its question too, asked or not. */
void api_forsake(struct request *r);

/* The same with a command that is made already (takes the reference): "id" and who asks are
 * added. */
void api_send(struct request *r, json_t *command);

/* Takes a JSON body's known fields into the command; "" is an empty object. False + err and the
 * field's name. */
bool api_take_body(const char *body, size_t len, const char *const *fields, json_t *command,
		   const char **field, struct err *e);

/* Checks one field's text: printable, not too long, dates that exist. */
bool api_check(const char *name, const char *value, struct err *e);

#endif
