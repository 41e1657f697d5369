/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/hours_parse.h"

#include "base/text.h"

/* What is said of them. */
struct hours {
	const char *from_field, *to_field;
	const char *incomplete, *empty;
};

/* May pass midnight; false: a fault was added. */
static bool parse_hours(struct yamlread *r, const struct yamlnode *n, const struct hours *h,
			int32_t *from_s, int32_t *to_s)
{
	const struct yamlnode *from = yamlnode_get(n, "from"), *to = yamlnode_get(n, "to");

	r->field = from == NULL ? h->from_field : h->to_field;
	if (from == NULL || to == NULL) {
		yamlread_fault(r, n->line, "%s", h->incomplete);
		return false;
	}
	r->field = h->from_field;
	bool ok = yamlread_time(r, n, "from", from_s);
	r->field = h->to_field;
	ok &= yamlread_time(r, n, "to", to_s);
	if (ok && *from_s == *to_s)
		yamlread_fault(r, n->line, "%s", h->empty);
	return ok && *from_s != *to_s;
}

void hours_parse_quiet(struct yamlread *r, const struct yamlnode *n, struct settings *s)
{
	static const char *const known[] = {"from", "to", NULL};
	const struct hours hours = {
		"quiet_from", "quiet_to",
		T("giờ yên tĩnh cần cả hai: quiet: {from: \"21:00\", to: \"05:00\"}",
		  "quiet hours need both: quiet: {from: \"21:00\", to: \"05:00\"}"),
		T("giờ yên tĩnh bắt đầu và kết thúc cùng lúc",
		  "quiet hours begin and end at the same time"),
	};

	r->field = hours.from_field;
	if (yamlread_keys(r, n, known))
		s->has_quiet = parse_hours(r, n, &hours, &s->quiet_from_s, &s->quiet_to_s);
}

void hours_parse_night(struct yamlread *r, const struct yamlnode *n, struct settings *s)
{
	static const char *const known[] = {"from", "to", "volume_db", NULL};
	const struct hours hours = {
		"night_from", "night_to",
		T("giảm âm lượng ban đêm cần cả ba: night: {from: \"21:00\", to: \"06:00\", "
		  "volume_db: -10}",
		  "the night's volume needs all three: night: {from: \"21:00\", to: \"06:00\", "
		  "volume_db: -10}"),
		T("giờ giảm âm lượng bắt đầu và kết thúc cùng lúc",
		  "the night's volume begins and ends at the same time"),
	};

	r->field = hours.from_field;
	if (!yamlread_keys(r, n, known) ||
	    !parse_hours(r, n, &hours, &s->night_from_s, &s->night_to_s))
		return;
	r->field = "night_db";
	if (yamlnode_get(n, "volume_db") == NULL)
		yamlread_fault(r, n->line, "%s", hours.incomplete);
	else
		s->has_night = yamlread_number(r, n, "volume_db", -60, 0, "dB", &s->night_db);
}
