/* SPDX-License-Identifier: GPL-3.0-or-later */
/* signed_log DIR ENTRIES: the log in DIR, as the program writes and signs it, grown to so many
 * entries. */
#include "proof/notary.h"
#include "sys/disk.h"

#include <stdio.h>
#include <stdlib.h>

static int fail(const struct err *e)
{
	fprintf(stderr, "signed_log: %s\n", e->text);
	return 1;
}

static bool grow(struct notary *n, int64_t entries, struct err *e)
{
	struct notary_state s;
	char text[300];

	for (notary_state(n, &s); s.size < entries; notary_state(n, &s)) {
		int len = snprintf(text, sizeof(text),
				   "{\"at\":\"2026-11-23T05:30:00.000+07:00\",\"clock\":"
				   "{\"max_error_ms\":null,\"synced\":false},"
				   "\"kind\":\"note.added\",\"n\":%lld,\"text\":\"%0*d\"}",
				   (long long)s.size, 1 + (int)(s.size % 90), 7);

		if (!notary_append(n, text, (size_t)len, e))
			return false;
	}
	return true;
}

int main(int argc, char **argv)
{
	struct notary_setup how = {.name = "vangxa/thu", .boot = "boot", .seed = {5}};
	struct disk_real d;
	struct notary *n;
	struct err e = {0};

	if (argc != 3 || !disk_real_open(&d, argv[1], &e) || !notary_open(&n, &d.disk, &how, &e))
		return fail(&e);
	bool ok = grow(n, strtoll(argv[2], NULL, 10), &e);
	notary_close(n);
	disk_real_close(&d);
	return ok ? 0 : fail(&e);
}
