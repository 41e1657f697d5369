/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/registering.h"

#include "base/must.h"
#include "base/register.h"
#include "base/text.h"
#include "proof/prove.h"
#include "proof/registers.h"
#include "station/station.h"

#include <stdlib.h>
#include <string.h>

static bool is_format(const char *format)
{
	return strcmp(format, "csv") == 0 || strcmp(format, "xlsx") == 0 ||
	       strcmp(format, "json") == 0;
}

static bool carry(struct request *rq, const char *name, const char *format, int fd, struct err *e)
{
	char *id = json_dumps(rq->id != NULL ? rq->id : json_null(), JSON_ENCODE_ANY);
	char *words[] = {CARRIERS_WORD("register"), CARRIERS_WORD(name), CARRIERS_WORD("--data"),
			 CARRIERS_WORD(rq->desk->dir), CARRIERS_WORD("--format"),
			 CARRIERS_WORD(format), CARRIERS_WORD("--reply"), id,
			 CARRIERS_WORD("--lang"), CARRIERS_WORD(text_english() ? "en" : "vi"),
			 NULL};

	must(id != NULL);
	bool ok = carriers_start(&rq->station->reporters, rq->station->loop, words, fd, e);
	free(id);
	return ok;
}

bool registering_start(struct request *rq, json_t *reply, struct err *e)
{
	const char *name, *format;

	(void)reply;
	if (!request_text(rq, "register", true, &name, e) ||
	    !request_text(rq, "format", true, &format, e))
		return false;
	const struct register_shape *shape = register_find(name);
	if (shape == NULL)
		return err_set(e, ERR_NOT_FOUND, T("không có sổ \"%.40s\"",
						   "there is no register \"%.40s\""), name);
	if (!is_format(format))
		return err_set(e, ERR_USAGE, T("định dạng \"%.20s\": chọn csv, xlsx hoặc json",
					       "format \"%.20s\": choose csv, xlsx or json"),
			       format);
	if (carriers_full(&rq->station->reporters))
		return err_set(e, ERR_CONFLICT,
			       T("đài đang lập %d tệp khác; đợi một lát rồi thử lại",
				 "%d other files are being made; wait a while and try again"),
			       CARRIERS_MAX);
	rq->later = true;
	int fd = control_release(rq->station->control, rq->client);
	/* −1: who asked has gone. */
	return fd < 0 || carry(rq, shape->name, format, fd, e);
}

static bool is_of_row(const struct register_row *r, void *arg)
{
	int64_t *n = arg;

	if (r->n == *n)
		*n = -1;
	return *n >= 0;
}

static bool take_entry(struct request *rq, const char **row, int64_t *n, struct err *e)
{
	const char *name, *entry;

	if (!request_text(rq, "register", true, &name, e) ||
	    !request_text(rq, "row", true, row, e) || !request_text(rq, "n", true, &entry, e))
		return false;
	*n = strspn(entry, "0123456789") == strlen(entry) && strlen(entry) < 16
		     ? strtoll(entry, NULL, 10) : -1;
	int64_t left = *n;
	if (!registers_history(ledger_view(rq->desk->ledger), name, *row, is_of_row, &left, e))
		return false;
	return (*n >= 0 && left < 0) ||
	       err_set(e, ERR_NOT_FOUND, T("mục %.20s không ghi dòng %.31s của sổ",
					   "entry %.20s did not write row %.31s"), entry, *row);
}

/* The log is read from the disk and not asked of the ledger: what is handed out is what stands
 * there. */
bool registering_prove(struct request *rq, json_t *reply, struct err *e)
{
	struct buf text = {0};
	const char *row;
	struct chain *c;
	int64_t n;

	if (!take_entry(rq, &row, &n, e) || !chain_open(&c, rq->desk->disk, 0, e))
		return false;
	bool ok = prove_entry(rq->desk->disk, c, n, false, &text, e);
	if (ok)
		json_object_update_new(reply, json_pack("{s:s, s:s, s:I, s:s}", "row", row, "of",
							row, "entry", (json_int_t)n, "proof",
							buf_str(&text)));
	chain_close(c);
	buf_finish(&text);
	return ok;
}
