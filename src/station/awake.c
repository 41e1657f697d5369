/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/awake.h"

#include "base/text.h"
#include "plan/quiet.h"

#define DAY_S 86400

bool awake(const struct playout *p, struct wall now, int64_t seconds, const char *why,
	   const char *what, struct err *e)
{
	const struct settings *s = p->world->settings;
	int32_t second, length_s = (int32_t)(seconds < DAY_S ? seconds : DAY_S);

	tz_date(&s->tz, now, &second);
	if (why[0] != '\0' || (p->trusted && !quiet_touches(s, second, length_s)))
		return true;
	return err_set(e, ERR_REFUSED,
		       p->trusted ? T("đang hoặc sắp vào giờ yên tĩnh: %s phải ghi lý do%s",
				      "these are quiet hours, or nearly: %s, give a reason%s")
				  : T("đồng hồ máy không đáng tin, không biết có phải giờ yên tĩnh "
				      "không: %s phải ghi lý do%s",
				      "the clock cannot be trusted, so these may be quiet hours: "
				      "%s, give a reason%s"),
		       what, text_shell(" (--reason)"));
}
