/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Duplicates: which products are perhaps one, and what a person decides about two. */
#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"
#include "proof/sameness.h"
#include "station/commands.h"
#include "station/doubling.h"

#include <stdlib.h>
#include <string.h>

static bool list_of(const char *text, enum doubling_list *which, struct err *e)
{
	static const char *const codes[DOUBLING_LISTS] = {"open", "decided", "versions"};

	for (int i = 0; i < DOUBLING_LISTS; i++)
		if (strcmp(text[0] != '\0' ? text : "open", codes[i]) == 0) {
			*which = (enum doubling_list)i;
			return true;
		}
	return err_set(e, ERR_USAGE, T("\"list\" phải là open, decided hoặc versions",
				       "\"list\" must be open, decided or versions"));
}

/* A number of the request, of an address as text. */
static bool number(struct request *rq, const char *key, int64_t *n, struct err *e)
{
	json_t *value = json_object_get(rq->args, key);
	const char *text = "";

	if (json_is_integer(value)) {
		*n = json_integer_value(value);
		return *n >= 0 || err_set(e, ERR_USAGE, T("\"%s\" phải từ 0 trở lên",
							  "\"%s\" must be 0 or more"), key);
	}
	if (!request_text(rq, key, false, &text, e))
		return false;
	if (text[0] == '\0')
		return true;
	if (strspn(text, "0123456789") != strlen(text) || strlen(text) > 9)
		return err_set(e, ERR_USAGE, T("\"%s\" phải là số", "\"%s\" must be a number"),
			       key);
	*n = strtoll(text, NULL, 10);
	return true;
}

static bool duplicates(struct request *rq, json_t *reply, struct err *e)
{
	int64_t after = 0, most = DOUBLING_PAGE;
	enum doubling_list which = DOUBLING_OPEN;
	const char *list;

	return request_text(rq, "list", false, &list, e) && list_of(list, &which, e) &&
	       number(rq, "after", &after, e) && number(rq, "limit", &most, e) &&
	       doubling_tell(rq, which, after, most > DOUBLING_PAGE ? DOUBLING_PAGE : (int)most,
			     reply, e);
}

static bool decide(struct request *rq, json_t *reply, struct err *e)
{
	const char *first, *second, *decision, *reason;

	if (!request_text(rq, "first", true, &first, e) ||
	    !request_text(rq, "second", true, &second, e) ||
	    !request_text(rq, "decision", true, &decision, e) ||
	    !request_text(rq, "reason", true, &reason, e))
		return false;
	if (!sameness_decision(decision))
		return err_set(e, ERR_USAGE,
			       T("\"decision\" phải là same (một sản phẩm), different (không "
				 "trùng), reuse (dùng lại) hoặc open (bỏ quyết định trước)",
				 "\"decision\" must be same (one product), different, reuse, or "
				 "open (takes the one before back)"));
	if (strlen(reason) >= REASON_BYTES)
		return err_set(e, ERR_USAGE, T("lý do quá dài", "the reason is too long"));
	return doubling_decide(rq, first, second, decision, reason, reply, e);
}

const struct command commands_duplicates[] = {
	{"duplicates", "list?, after?, limit?", false, duplicates},
	{"duplicate.decide", "first, second, decision, reason", false, decide},
	{0},
};
