/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vangxa prove: the proof of one entry of the log, as a text file of its own. Reads the log beside
 * a running station. */
#include "base/text.h"
#include "cli/args.h"
#include "cli/cli.h"
#include "cli/outfile.h"
#include "proof/prove.h"
#include "sys/disk.h"

#include <stdio.h>
#include <string.h>

static bool write_file(const char *path, const struct buf *b, struct err *e)
{
	struct outfile o;

	if (!outfile_begin(&o, path, e))
		return false;
	fwrite(b->data, 1, b->len, o.out);
	return outfile_end(&o, true, e);
}

static bool make(struct disk *d, const char *name, struct buf *out, int64_t *n, struct err *e)
{
	struct chain *c;

	if (!chain_open(&c, d, 0, e))
		return false;
	bool ok = prove_find(c, name, n, e) && prove_entry(d, c, *n, true, out, e);
	chain_close(c);
	return ok;
}

static bool run(const char *data, const char *name, const char *path, struct err *e)
{
	struct disk_real disk;
	struct buf proof = {0};
	int64_t n;

	if (!disk_real_open(&disk, data, e))
		return false;
	bool ok = make(&disk.disk, name, &proof, &n, e) && write_file(path, &proof, e);
	if (ok)
		printf(T("%s: bằng chứng của mục %lld, đã kiểm tra, %zu byte\n",
			 "%s: proof of entry %lld, checked, %zu bytes\n"),
		       path, (long long)n, proof.len);
	buf_finish(&proof);
	disk_real_close(&disk);
	return ok;
}

int cmd_prove(int argc, char **argv)
{
	const char *data = NULL, *path = NULL;
	char **words;
	int count;
	struct err e = {0};
	const struct arg options[] = {
		{.name = "data", .value = &data, .path = true},
		{.name = "output", .letter = 'o', .value = &path, .path = true},
		{0},
	};

	if (!args_read(argc, argv, options, 1, 1, &words, &count, &e) ||
	    !args_utf8(argv[0], words[0], &e))
		return args_fail(&e);
	if (path == NULL) {
		err_set(&e, ERR_USAGE, T("thiếu -o TỆP", "-o FILE is missing"));
		return args_fail(&e);
	}
	return run(args_data(data), words[0], path, &e) ? 0 : args_fail(&e);
}
