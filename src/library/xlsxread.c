/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/xlsxread.h"

#include "base/json.h"
#include "base/must.h"
#include "sys/jail.h"

#include <errno.h>
#include <jansson.h>
#include <libxml/parser.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PIECE_BYTES (64 << 10)

void xlsxread_prepare(void)
{
	setlocale(LC_CTYPE, "C.UTF-8"); /* or libarchive asks for tables behind the fence */
	xmlInitParser();
}

static bool tell_sheets(const struct xlsxbook *b, const struct xlsxrows_out *out)
{
	json_t *names = json_array();

	for (int place = 1; place <= b->count; place++)
		for (int i = 0; i < b->count; i++)
			if (b->sheets[i].place == place)
				json_array_append_new(names, json_text(b->sheets[i].name));
	json_t *head = json_pack("{s:o, s:o}", "sheet",
				 b->chosen >= 0 ? json_text(b->sheets[b->chosen].name)
						: json_null(), "sheets", names);
	char *line = json_dumps(head, JSON_LINE);
	must(line != NULL);
	bool ok = out->put(out->arg, line, strlen(line)) && out->put(out->arg, "\n", 1);
	free(line);
	json_decref(head);
	return ok;
}

enum sheet_verdict xlsxread(int fd, const char *wanted, const struct xlsxrows_out *out)
{
	struct xlsx *x = calloc(1, sizeof(*x));
	struct xlsxbook *b = calloc(1, sizeof(*b));
	struct xlsxshared s = {0};

	must(x != NULL && b != NULL);
	xlsxpart_init(x, fd);
	bool ok = xlsxbook_open(b, x, wanted);
	if (ok || x->verdict == SHEET_NO_SHEET)
		ok = tell_sheets(b, out) && ok;
	if (ok && xlsxshared_read(&s, x, b))
		xlsxrows_read(x, b, &s, out);
	enum sheet_verdict verdict = x->verdict;
	xlsxshared_finish(&s);
	free(b);
	free(x);
	return verdict;
}

/* Rows are short; the pipe is not. */
static struct {
	char data[PIECE_BYTES];
	size_t len;
} waiting;

static bool put_all(const char *data, size_t len)
{
	while (len > 0) {
		ssize_t n = write(STDOUT_FILENO, data, len);
		if (n < 0 && errno != EINTR)
			return false;
		data += n > 0 ? n : 0;
		len -= n > 0 ? (size_t)n : 0;
	}
	return true;
}

static bool flush(void)
{
	size_t len = waiting.len;

	waiting.len = 0;
	return put_all(waiting.data, len);
}

static bool put(void *arg, const char *data, size_t len)
{
	(void)arg;
	if (len > sizeof(waiting.data) - waiting.len && !flush())
		return false;
	if (len > sizeof(waiting.data))
		return put_all(data, len);
	memcpy(waiting.data + waiting.len, data, len);
	waiting.len += len;
	return true;
}

int xlsxread_main(const char *wanted)
{
	const struct jail_limits limits = {.cpu_s = SHEET_CPU_S,
					   .memory_bytes = SHEET_MEMORY_BYTES};
	struct err e = {0};

	xlsxread_prepare();
	if (!jail_enter(&limits, &e))
		return 1;
	enum sheet_verdict verdict = xlsxread(STDIN_FILENO, wanted,
					      &(struct xlsxrows_out){.put = put});
	return flush() ? (int)verdict : 1;
}
