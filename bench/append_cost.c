/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Measures what one entry of the log costs, by turns of TURN in one run, so that nobody's fdatasync
 * pays for what another left to the file system: the disk's own append + fdatasync of so many bytes
 * to a file that grows, as a log would; the same over blocks that are there; the signer within this
 * process; the signer as the process that the station has. Prints medians in ms.
 * append_cost FOLDER: on the disk to be measured. */
#include "base/err.h"
#include "cli/cli.h"
#include "proof/signer.h"
#include "sys/disk.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define ROUNDS 1000 /* more than a bundle: its end is in it */
#define TURN 50
#define BLOCKS 64
#define BLOCK_BYTES 4096
#define ENTRY_BYTES 750 /* an airing.ended of the demonstration */

static double now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double median(double *values)
{
	qsort(values, ROUNDS, sizeof(*values), compare);
	return values[ROUNDS / 2];
}

static int fail(const struct err *e)
{
	fprintf(stderr, "append_cost: %s\n", e->text);
	return 1;
}

static void entry(int i, char text[static ENTRY_BYTES + 1])
{
	int len = snprintf(text, ENTRY_BYTES, "{\"n\":%d,\"pad\":\"", i);

	memset(text + len, 'x', (size_t)(ENTRY_BYTES - 2 - len));
	memcpy(text + ENTRY_BYTES - 2, "\"}", 3);
}

static double mean(const double *values)
{
	double sum = 0;

	for (int i = 0; i < ROUNDS; i++)
		sum += values[i];
	return sum / ROUNDS;
}

static double append(int fd, const char *text)
{
	double begin = now_ms();

	if (write(fd, text, ENTRY_BYTES) != ENTRY_BYTES || fdatasync(fd) != 0)
		exit(1);
	return now_ms() - begin;
}

static double overwrite(int fd, int i)
{
	char block[BLOCK_BYTES];

	memset(block, 'a' + i % 26, sizeof(block));
	double begin = now_ms();
	if (pwrite(fd, block, BLOCK_BYTES, i % BLOCKS * BLOCK_BYTES) != BLOCK_BYTES ||
	    fdatasync(fd) != 0)
		exit(1);
	return now_ms() - begin;
}

static bool signed_one(struct signer *s, const char *text, double *took_ms, struct err *e)
{
	struct notary_state state;
	double begin = now_ms();
	bool ok = signer_append(s, text, ENTRY_BYTES, &state, e);

	*took_ms = now_ms() - begin;
	return ok && (state.head == state.size || err_set(e, ERR_FAILED, "not signed"));
}

static bool sign_turn(struct signer *s, int from, double *took_ms, struct err *e)
{
	char text[ENTRY_BYTES + 1];

	for (int i = from; i < from + TURN; i++) {
		entry(i, text);
		if (!signed_one(s, text, &took_ms[i], e))
			return false;
	}
	return true;
}

static void disk_turn(int grows, int stays, int from, double *growing, double *over)
{
	char text[ENTRY_BYTES + 1];

	for (int i = from; i < from + TURN; i++) {
		entry(i, text);
		growing[i] = append(grows, text);
	}
	for (int i = from; i < from + TURN; i++)
		over[i] = overwrite(stays, i);
}

static int measure(struct signer *here, struct signer *child, int grows, int stays)
{
	static double growing[ROUNDS], over[ROUNDS], in[ROUNDS], out[ROUNDS];
	struct err e;

	for (int i = 0; i < BLOCKS; i++)
		overwrite(stays, i);
	for (int i = 0; i < ROUNDS; i += TURN) {
		disk_turn(grows, stays, i, growing, over);
		if (!sign_turn(here, i, in, &e) || !sign_turn(child, i, out, &e))
			return fail(&e);
	}
	printf("mean %.3f, by the signer's process %.3f, fdatasync %.3f ms\n", mean(in), mean(out),
	       mean(growing));
	double disk_ms = median(growing), child_ms = median(out);
	printf("fdatasync of a growing file %.3f ms, over blocks that are there %.3f ms, "
	       "append and sign %.3f ms, by the signer's process %.3f ms, ratio %.2f\n", disk_ms,
	       median(over), median(in), child_ms, child_ms / disk_ms);
	return 0;
}

int main(int argc, char **argv)
{
	static const struct notary_setup how = {.name = "vangxa/bench", .seed = {1}};
	char path[4][512];
	struct disk_real disk;
	struct notary_state state;
	struct err e;

	/* The child is this program again (sys/proc.h). */
	if (argc > 1 && strcmp(argv[1], "signer") == 0)
		return cmd_signer(argc - 1, argv + 1);
	if (argc != 2)
		return 2;
	for (int i = 0; i < 4; i++)
		snprintf(path[i], sizeof(path[i]), "%s/%s", argv[1],
			 (const char *const[]){"here", "child", "plain", "over"}[i]);
	mkdir(path[0], 0700);
	mkdir(path[1], 0700);
	int fd = open(path[2], O_WRONLY | O_CREAT | O_APPEND | O_TRUNC, 0600);
	int over = open(path[3], O_WRONLY | O_CREAT | O_TRUNC, 0600);
	if (fd < 0 || over < 0 || !disk_real_open(&disk, path[0], &e))
		return 1;
	struct signer *here = signer_here(&disk.disk, &how);
	struct signer *child = signer_child(path[1], "vangxa/bench", "");
	bool ok = signer_open(here, &state, &e) && signer_open(child, &state, &e);
	int status = ok ? measure(here, child, fd, over) : fail(&e);
	signer_close(here);
	signer_close(child);
	disk_real_close(&disk);
	close(over);
	close(fd);
	return status;
}
