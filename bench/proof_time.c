/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long the proof of one airing takes, within one process: the log opened anew for each, as
 * `vangxa prove` does. Prints median and worst in ms, the largest proof in bytes, and that without
 * its entry; the airings' names go to a file.
 *   proof_time DIR COUNT SEED NAMES */
#include "base/must.h"
#include "proof/prove.h"
#include "sys/chance.h"
#include "sys/disk.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void prove(struct disk *d, const char *name, struct buf *out)
{
	struct chain *c;
	struct err e;
	int64_t n;

	if (!chain_open(&c, d, 0, &e) || !prove_find(c, name, &n, &e) ||
	    !prove_entry(d, c, n, true, out, &e)) {
		fprintf(stderr, "%s: %s\n", name, e.text);
		exit(1);
	}
	chain_close(c);
}

static int64_t entries_in(struct disk *d)
{
	struct chain *c;
	struct err e;

	must(chain_open(&c, d, 0, &e));
	int64_t count = chain_next(c);
	chain_close(c);
	return count;
}

/* The line that begins with "extra ", its newline among it. */
static size_t entry_bytes(const struct buf *proof)
{
	const char *line = strstr(buf_str(proof), "\nextra ");

	must(line != NULL);
	return strcspn(line + 1, "\n") + 1;
}

int main(int argc, char **argv)
{
	struct disk_real disk;
	struct err e = {0};
	size_t largest = 0, alone = 0;

	must(argc == 5 && disk_real_open(&disk, argv[1], &e));
	int count = (int)strtol(argv[2], NULL, 10);
	must(count > 0);
	double *took_ms = calloc((size_t)count, sizeof(*took_ms));
	FILE *names = fopen(argv[4], "we");
	must(took_ms != NULL && names != NULL);
	struct chance chance = {strtoull(argv[3], NULL, 10)};
	uint64_t days = (uint64_t)entries_in(&disk.disk) / 120;
	for (int i = 0; i < count; i++) {
		struct buf proof = {0};
		char name[32];
		/* An airing of log_make.c: every second entry of a day but the first two and, of
		 * the first day, four more. */
		uint64_t day = chance_below(&chance, days);
		uint64_t n = day * 120 + 6 + 2 * chance_below(&chance, 57);

		snprintf(name, sizeof(name), "A%" PRIu64, n);
		fprintf(names, "%s\n", name);
		double began = now_ms();
		prove(&disk.disk, name, &proof);
		took_ms[i] = now_ms() - began;
		largest = proof.len > largest ? proof.len : largest;
		alone = proof.len - entry_bytes(&proof) > alone ? proof.len - entry_bytes(&proof)
								: alone;
		buf_finish(&proof);
	}
	qsort(took_ms, (size_t)count, sizeof(*took_ms), by_size);
	printf("%.2f %.2f %zu %zu\n", took_ms[count / 2], took_ms[count - 1], largest, alone);
	free(took_ms);
	fclose(names);
	disk_real_close(&disk);
	return 0;
}
