/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/sameness.h"

#include "base/json.h"
#include "base/must.h"
#include "proof/entry.h"
#include "proof/query.h"
#include "proof/reader.h"

#include <string.h>

#define DECISIONS_MAX 200000

bool sameness_decision(const char *text)
{
	static const char *const codes[] = {"same", "different", "reuse", "open"};

	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		if (strcmp(text, codes[i]) == 0)
			return true;
	return false;
}

json_t *entry_duplicate_decided(const char *first, const char *second, const char *suspected,
				const char *how, const char *decision, const char *reason,
				const char *who)
{
	json_t *o = json_pack("{s:s, s:s, s:s, s:o, s:o, s:s, s:o, s:o}", "kind", KIND_DUPLICATE,
			      "first", first, "second", second, "suspected", json_text(suspected),
			      "how", json_text(how), "decision", decision, "reason",
			      json_text(reason), "who", json_text(who));

	must(o != NULL && sameness_decision(decision));
	return o;
}

struct decisions {
	bool (*each)(const struct sameness_decided *d, void *arg);
	void *arg;
};

static bool take_decision(const struct event_row *r, void *arg)
{
	const struct decisions *w = arg;
	struct err ignored;
	json_t *entry = json_read(r->text, strlen(r->text), &ignored);
	const struct sameness_decided d = {
		.n = r->n,
		.at_ms = r->at_ms,
		.first = json_get_text(entry, "first", ""),
		.second = json_get_text(entry, "second", ""),
		.decision = json_get_text(entry, "decision", ""),
		.suspected = json_get_text(entry, "suspected", ""),
		.how = json_get_text(entry, "how", ""),
		.reason = json_get_text(entry, "reason", ""),
		.who = json_get_text(entry, "who", ""),
	};
	bool more = !sameness_decision(d.decision) || w->each(&d, w->arg);

	json_decref(entry);
	return more;
}

bool sameness_decisions(struct view *v,
			bool (*each)(const struct sameness_decided *d, void *arg), void *arg,
			struct err *e)
{
	return reader_kind(v, KIND_DUPLICATE, DECISIONS_MAX, take_decision,
			   &(struct decisions){each, arg}, e);
}

struct bulletins {
	bool (*each)(const struct sameness_bulletin *b, void *arg);
	void *arg;
};

static bool take_bulletin(sqlite3_stmt *s, void *arg)
{
	const struct bulletins *w = arg;
	struct sameness_bulletin b = {
		.title = query_text(s, 1),
		.sha256 = query_text(s, 2),
		.original_sha256 = query_text(s, 3),
		.frames = sqlite3_column_int64(s, 4),
		.language = query_text(s, 5),
		.kind = query_text(s, 6),
		.fund = query_text(s, 7),
		.replaces = query_text(s, 8),
		.state = (enum bulletin_state)sqlite3_column_int(s, 9),
		.findings = query_text(s, 10),
	};

	entry_id('B', sqlite3_column_int64(s, 0), b.id);
	return w->each(&b, w->arg);
}

bool sameness_bulletins(struct view *v,
			bool (*each)(const struct sameness_bulletin *b, void *arg), void *arg,
			struct err *e)
{
	sqlite3_stmt *s = query_ask(v, "SELECT n, title, sha256, original_sha256, frames, language,"
				       " kind, fund, replaces, state, findings FROM bulletins"
				       " ORDER BY n", e);

	return s != NULL && query_walk(v, s, take_bulletin, &(struct bulletins){each, arg}, e);
}
