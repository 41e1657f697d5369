/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/tsa.h"

#include "base/must.h"
#include "support/program.h"

#include <stdio.h>

#define SCRIPT "tests/support/tsa.sh"

static void read_file(const char *dir, const char *name, struct buf *b)
{
	char path[256], part[4096];
	size_t n;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	FILE *f = fopen(path, "rb");
	must(f != NULL);
	while ((n = fread(part, 1, sizeof(part), f)) > 0)
		buf_add(b, part, n);
	fclose(f);
}

void tsa_make(const char *dir, struct buf *ca, struct buf *other)
{
	const char *const argv[] = {SCRIPT, "make", dir, NULL};

	run_program(argv);
	read_file(dir, "ca.pem", ca);
	read_file(dir, "other.pem", other);
}

void tsa_reply(const char *dir, const struct buf *query, struct buf *reply)
{
	char question[256], answer[256];

	snprintf(question, sizeof(question), "%s/q.tsq", dir);
	snprintf(answer, sizeof(answer), "%s/r.tsr", dir);
	FILE *f = fopen(question, "wb");
	must(f != NULL && fwrite(query->data, 1, query->len, f) == query->len && fclose(f) == 0);
	const char *const argv[] = {SCRIPT, "reply", dir, question, answer, NULL};
	run_program(argv);
	read_file(dir, "r.tsr", reply);
}
