/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/ingesting.h"

#include "support/tmpdir.h"

#include <check.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

char ingest_dir[64], ingest_path[128];

void ingest_setup(void)
{
	tmpdir_make(ingest_dir);
	snprintf(ingest_path, sizeof(ingest_path), "%s/upload", ingest_dir);
}

void ingest_teardown(void)
{
	tmpdir_remove(ingest_dir);
}

bool ingest_upload(struct ingest_result *r, struct err *e)
{
	int fd = open(ingest_path, O_RDONLY);
	*e = (struct err){.kind = ERR_NONE};

	ck_assert_int_ge(fd, 0);
	bool ok = ingest_run(&(struct ingest_job){.fd = fd, .dir = ingest_dir}, r, e);
	ck_assert_int_eq((int)lseek(fd, 0, SEEK_CUR), 0);
	close(fd);
	return ok;
}

struct ingest_result ingest_taken(void)
{
	struct ingest_result r;
	struct err e;

	ck_assert_msg(ingest_upload(&r, &e), "%s", e.text);
	return r;
}

int ingest_files(const char *sub)
{
	char folder[128];
	int count = 0;

	snprintf(folder, sizeof(folder), "%s/%s", ingest_dir, sub);
	DIR *d = opendir(folder);
	if (d == NULL)
		return 0;
	while (readdir(d) != NULL)
		count++;
	closedir(d);
	return count - 2;
}

/* Refused with a sentence that holds the word, and nothing left behind. */
void ingest_refused(const char *word)
{
	struct ingest_result r;
	struct err e;

	ck_assert_msg(!ingest_upload(&r, &e), "taken, %lld frames", (long long)r.frames);
	ck_assert(e.kind == ERR_UNSUPPORTED || e.kind == ERR_DAMAGED);
	ck_assert_msg(strstr(e.text, word) != NULL, "%s", e.text);
	ck_assert_int_eq(ingest_files("masters"), 0);
	ck_assert_int_eq(ingest_files("originals"), 0);
}

struct sound_file ingest_master(const struct ingest_result *r)
{
	char master[256];

	snprintf(master, sizeof(master), "%s/masters/%s.flac", ingest_dir, r->sha256);
	return sound_read(master);
}
