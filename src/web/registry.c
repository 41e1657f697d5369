/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/registry.h"

#include "base/json.h"
#include "base/text.h"
#include "web/api.h"
#include "web/request.h"

#include <jansson.h>
#include <string.h>

static bool is_known(const char *name)
{
	static const char *const names[] = {"row", "fields", "strike", "reason", "if_n"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

/* The station looks at the values; no other word of a command may come in with them. */
static bool take_members(const json_t *body, json_t *command, struct err *e)
{
	const char *name;
	json_t *value;

	if (!json_is_object(body))
		return err_set(e, ERR_USAGE, T("nội dung không phải là một đối tượng JSON",
					       "the body is not a JSON object"));
	json_object_foreach((json_t *)(uintptr_t)body, name, value) {
		if (!is_known(name))
			return err_set(e, ERR_USAGE, T("\"%.50s\": không có trường này",
						       "\"%.50s\": no such field"), name);
		json_object_set(command, name, value);
	}
	return true;
}

void registry_write(struct request *r)
{
	struct err e = {0};
	json_t *body = json_read(buf_str(&r->body), r->body.len, &e); /* NULL: no object either */
	json_t *command = json_pack("{s:s, s:s}", "do", "register.write", "register",
				    r->parameter);
	bool ok = take_members(body, command, &e);

	json_decref(body);
	if (ok) {
		api_send(r, command);
		return;
	}
	json_decref(command);
	request_refuse(r, &e, NULL);
}
