/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One part of an .xlsx file: a member of the zip file, unpacked and parsed as it comes. */
#ifndef VX_LIBRARY_XLSXPART_H
#define VX_LIBRARY_XLSXPART_H

#include "library/sheetpipe.h"
#include "sys/zipfd.h"

#include <stdbool.h>
#include <stddef.h>

#define XLSXPART_NAME_BYTES 256

/* The file. zip.fd set, the rest by xlsxpart_init. */
struct xlsx {
	struct zipfd zip;
	size_t left; /* bytes that may still be unpacked, of all parts together */
	enum sheet_verdict verdict;
};

/* Of the element at hand; only within start. */
struct xlsxattrs {
	const unsigned char **list; /* libxml2's: name, prefix, namespace, begin, end */
	int count;
};

struct xlsxpart_handler {
	/* Elements of spreadsheets and of relations between parts, by their names without a
	 * prefix; those of extensions are passed over. False ends it. */
	bool (*start)(void *arg, const char *name, const struct xlsxattrs *attrs);
	bool (*end)(void *arg, const char *name);
	bool (*text)(void *arg, const char *text, size_t len); /* UTF-8, in pieces */
	void *arg;
};

void xlsxpart_init(struct xlsx *x, int fd);

/* Sets the verdict, and returns false. */
bool xlsxpart_refuse(struct xlsx *x, enum sheet_verdict verdict);

/* False, with a verdict only if the file cannot be read at all. */
bool xlsxpart_has(struct xlsx *x, const char *name);

/* False: a verdict, SHEET_DAMAGED when there is no such part; or the handler ended it. */
bool xlsxpart_parse(struct xlsx *x, const char *name, const struct xlsxpart_handler *h);

/* The value of an attribute, "" if it has none; what is longer is cut. */
const char *xlsxpart_attr(const struct xlsxattrs *a, const char *name, char *out, size_t bytes);

#endif
