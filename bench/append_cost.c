/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Measures what one entry of the log costs, in turns in one run: the disk's own append + fdatasync
 * of so many bytes; the signer within this process; the signer as the process that the station
 * has. Prints medians in ms. append_cost FOLDER: on the disk to be measured. */
#include "base/err.h"
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

static double plain(int fd, const char *text)
{
	double begin = now_ms();

	if (write(fd, text, ENTRY_BYTES) != ENTRY_BYTES || fdatasync(fd) != 0)
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

static int measure(struct signer *here, struct signer *child, int fd)
{
	static double own[ROUNDS], in[ROUNDS], out[ROUNDS];
	char text[ENTRY_BYTES + 1];
	struct err e;

	for (int i = 0; i < ROUNDS; i++) {
		entry(i, text);
		own[i] = plain(fd, text);
		if (!signed_one(here, text, &in[i], &e) || !signed_one(child, text, &out[i], &e))
			return fail(&e);
	}
	double disk_ms = median(own), here_ms = median(in), child_ms = median(out);
	printf("fdatasync %.3f ms, append and sign %.3f ms, by the signer's process %.3f ms, "
	       "ratio %.2f\n", disk_ms, here_ms, child_ms, child_ms / disk_ms);
	return 0;
}

int main(int argc, char **argv)
{
	static const struct notary_setup how = {.name = "vangxa/bench", .seed = {1}};
	char path[3][512];
	struct disk_real disk;
	struct notary_state state;
	struct err e;

	/* The child is this program again (sys/proc.h). */
	if (argc == 5 && strcmp(argv[1], "signer") == 0)
		return signer_main(argv[2], argv[3], argv[4], false);
	if (argc != 2)
		return 2;
	for (int i = 0; i < 3; i++)
		snprintf(path[i], sizeof(path[i]), "%s/%s", argv[1],
			 (const char *const[]){"here", "child", "plain"}[i]);
	mkdir(path[0], 0700);
	mkdir(path[1], 0700);
	int fd = open(path[2], O_WRONLY | O_CREAT | O_APPEND | O_TRUNC, 0600);
	if (fd < 0 || !disk_real_open(&disk, path[0], &e))
		return 1;
	struct signer *here = signer_here(&disk.disk, &how);
	struct signer *child = signer_child(path[1], "vangxa/bench", "");
	bool ok = signer_open(here, &state, &e) && signer_open(child, &state, &e);
	int status = ok ? measure(here, child, fd) : fail(&e);
	signer_close(here);
	signer_close(child);
	disk_real_close(&disk);
	close(fd);
	return status;
}
