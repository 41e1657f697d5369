/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/chosen.h"

#include "base/text.h"
#include "plan/select.h"

#include <stdlib.h>

#define UNSETTLED_NS (2 * 86400 * NS_PER_S)

static bool may_on(const struct bulletin *b, const struct settings *s, struct wall t)
{
	int64_t day = date_to_days(tz_date(&s->tz, t, NULL));

	return (!b->has_from || date_to_days(b->from) <= day) &&
	       (!b->has_to || date_to_days(b->to) >= day);
}

bool chosen_by(struct chosen *c, struct inforce *f)
{
	const struct slot *s = inforce_slot(f, c->slot, c->start);
	bool taken = s != NULL && (c->bulletin == NULL || select_takes(c->bulletin, s));

	c->planned = c->planned || s != NULL;
	c->taken = c->taken || taken;
	c->in_days = c->in_days || (taken && (c->bulletin == NULL ||
					      may_on(c->bulletin, &f->settings, c->start)));
	return c->in_days;
}

static void out_of_days(const struct bulletin *b, int64_t n, struct verdict *verdict)
{
	verdict_differs(verdict, CHECK_TIMETABLES, "out-of-days", "", n, "",
			T("mục %lld: bản tin %s được đưa lên sóng ngoài những ngày được phát của "
			  "nó", "entry %lld: bulletin %s went on air outside its days"),
			(long long)n, b->id);
}

void chosen_differs(const struct chosen *c, int64_t n, struct verdict *verdict)
{
	if (!c->planned || c->in_days)
		return;
	if (c->taken)
		out_of_days(c->bulletin, n, verdict);
	else
		verdict_differs(verdict, CHECK_TIMETABLES, "not-chosen", "", n, "",
				T("mục %lld: khung giờ “%s” khi ấy không phát bản tin như %s "
				  "(khác tiếng, khác chương trình, hoặc bản tin dành cho khung giờ "
				  "khác), và không ai cho phát bằng tay",
				  "entry %lld: the slot \"%s\" of then plays no bulletins such as "
				  "%s (another language, programme or wished slot), and nobody "
				  "ordered it"), (long long)n, c->slot, c->bulletin->id);
}

void chosen_by_hand(const struct bulletin *b, int64_t n, struct wall at,
		    const struct settings *s, struct verdict *verdict)
{
	/* Ordered before midnight, heard after it. */
	if (!may_on(b, s, at) && !may_on(b, s, wall_add_ns(at, -60 * NS_PER_S)) &&
	    !may_on(b, s, wall_add_ns(at, 60 * NS_PER_S)))
		out_of_days(b, n, verdict);
}

bool chosen_settled(const struct bulletin *b, struct wall at)
{
	return b->decided.ns == 0 || (b->decided.ns != INT64_MAX &&
				      llabs(at.ns - b->decided.ns) > UNSETTLED_NS);
}
