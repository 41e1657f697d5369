/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/doublesmoney.h"

#include "base/text.h"
#include "report/amount.h"

#include <string.h>

static bool differ(const struct doubles *d, int a, int b)
{
	const char *x = d->items[a].fund, *y = d->items[b].fund;

	return x[0] != '\0' && y[0] != '\0' && strcmp(x, y) != 0;
}

/* "SP5: 700.000 đồng" and of which fund. */
static void tell(const struct doubles *d, int at, const struct report *r, struct buf *out)
{
	const struct doubles_item *one = &d->list[at];
	const char *fund = d->items[at].fund;

	buf_print(out, "%s: ", one->row);
	amount_count(out, one->amount);
	buf_text(out, " đồng");
	if (fund[0] != '\0')
		buf_print(out, T(" (nguồn %s)", " (fund %s)"),
			  report_name(r, CODES_FUNDS, fund, r->period.last));
}

bool doublesmoney_note(const struct doubles *d, int at, const struct report *r,
		       struct table_writer *w, struct err *e)
{
	const struct doubles_item *list = d->list;
	int root = doubles_root(d, at), payer = list[root].payer;
	struct buf line = {0};

	if (at == root || !list[at].has_amount || list[at].amount == 0)
		return true;
	tell(d, at, r, &line);
	buf_print(&line, payer == at ? T(" tính ở dòng của %s, là cùng một sản phẩm",
					 " counted in the row of %s, which is the same product")
				     : T(" không tính, theo quyết định về %s",
					 " not counted, as was decided about %s"),
		  doubles_name(d, root));
	if (differ(d, at, root) || (payer >= 0 && differ(d, at, payer)))
		buf_text(&line, T("; HAI NGUỒN KINH PHÍ đã chi cho một sản phẩm: xem lại trước "
				  "khi nộp",
				  "; TWO FUNDS have paid for one product: look at it before "
				  "handing in"));
	buf_text(&line, ".");
	bool ok = table_note(w, buf_str(&line), e);
	buf_finish(&line);
	return ok;
}
