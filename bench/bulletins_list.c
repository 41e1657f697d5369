/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bulletins without sound for bench/bulletins_list.sh: writes COUNT of them, received and half of
 * them approved, into the log of a station's folder whose station does not run.
 *   bulletins_list FOLDER COUNT */
#include "proof/entry.h"
#include "cli/cli.h"
#include "station/desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const words[] = {"Thông báo", "tiêm chủng", "cúp điện", "phòng cháy", "rừng",
				    "thôn Hai", "họp dân", "mùa mưa", "vắc-xin", "trường học",
				    "Bù Gia Mập", "giá mủ", "điều", "an ninh", "bầu cử"};

#define STILL 50 /* so many may still air */

static void name(struct bulletin *b, int i)
{
	size_t len = 0;

	for (int k = 0; k < 8; k++)
		len += (size_t)snprintf(b->title + len, sizeof(b->title) - len, "%s ",
					words[(i * 7 + k * (i % 13 + 1)) % 15]);
	snprintf(b->title + len, sizeof(b->title) - len, "%d", i);
	snprintf(b->sha256, sizeof(b->sha256), "%064d", i);
}

static bool one(struct desk *d, int i, struct err *e)
{
	struct bulletin b = {.frames = (60 + i % 300) * FRAMES_PER_S, .loudness_lufs = -16,
			     .peak_dbtp = -3, .language = "vi", .kind = "ban-tin",
			     .sender = "user:1"};
	int64_t n;
	char id[ID_BYTES];

	name(&b, i);
	if (i >= STILL) /* of years: the days of most are over */
		b.from = (struct date){2025, 1, 1}, b.to = (struct date){2025, 1, 1 + i % 28};
	json_t *came = entry_bulletin_received(&b, b.sha256, json_array(), "user:1");
	if (!ledger_append(d->ledger, came, &n, e))
		return false;
	entry_id('B', n, id);
	if (i % 2 == 0)
		return true;
	json_t *approved = entry_bulletin_approved(id, b.sha256, "12/TB", NULL, "user:2");
	return ledger_append(d->ledger, approved, &n, e);
}

int main(int argc, char **argv)
{
	static struct clock_real clock;
	static struct desk desk;
	struct err e = {0};
	bool ok;

	if (argc > 1 && strcmp(argv[1], "signer") == 0) /* the log's own process (sys/proc.h) */
		return cmd_signer(argc - 1, argv + 1);
	if (argc != 3)
		return 2;
	clock_real_open(&clock);
	ok = desk_open(&desk, argv[1], &clock.clock, &e);
	for (long i = 0, count = strtol(argv[2], NULL, 10); ok && i < count; i++)
		ok = one(&desk, (int)i, &e);
	if (!ok)
		fprintf(stderr, "bulletins_list: %s\n", e.text);
	desk_close(&desk);
	clock_real_close(&clock);
	return ok ? 0 : 1;
}
