/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One table of the packs of several stations, or their report in words, without a folder of any:
 * each pack is verified first, and one that does not verify is named and left out. */
#ifndef VX_CLI_REPORT_PACKS_H
#define VX_CLI_REPORT_PACKS_H

#include "cli/args.h"
#include "report/document.h"
#include "report/report.h"

#include <stdio.h>

struct report_packs {
	const struct arg_list *paths, *keys;
	const char *data; /* whose catalogue and letterhead; NULL: the catalogue installed */
	const char *table;
	struct period period;
	struct report_filter filter;
	enum report_by by; /* of table B */
};

/* Those left out are told on stderr too, and counted. False + err: nothing of use was written: no
 * pack can be used, or it cannot be written. While the program has one thread. */
bool report_packs_write(const struct report_packs *a, struct table_writer *w, int *left_out,
			struct err *e);

/* The same in words: a->table tells nothing then. */
bool report_packs_tell(const struct report_packs *a, document_write *write, FILE *out,
		       int *left_out, struct err *e);

#endif
