/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/sheet.h"

#include "base/csv.h"
#include "base/json.h"
#include "base/saying.h"
#include "proof/reason.h"
#include "proof/row.h"
#include "proof/zonelevel.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

static const char *time_text(int64_t ms, const struct tz *tz, char out[static 32])
{
	out[0] = '\0';
	if (ms != 0)
		wall_print((struct wall){ms * NS_PER_MS}, tz, out);
	return out;
}

static void number_cell(struct buf *out, double value, int decimals)
{
	if (isfinite(value))
		csv_plain(out, "%.*f", decimals, value);
	else
		csv_plain(out, "%s", "");
}

void sheet_head(struct buf *out, const struct checkpoint *log)
{
	buf_text(out,
		 CSV_BOM "id,planned,slot,item,title,bulletin,zones,result,sum,reason,"
			 "reason_text,detail,start,end,planned_length_s,frames,complete,"
			 "loudness_lufs,peak_dbtp,start_error_ms,xruns,device,proof,recording,"
			 "level,language,programmes,fund,who,sha256,demo,corrected_start,cause,"
			 "clock_synced,not_before,proof_by_zone,recorded,loudness_by_zone,speaker,"
			 "corrected_planned,corrected_end");
	buf_print(out, "%s\r\n", log != NULL ? ",log,log_size,log_root" : "");
}

static void log_cells(struct buf *out, const struct checkpoint *log)
{
	char root[HASH_TEXT_BYTES] = "";

	if (log->size > 0)
		hash_print(&log->root, root);
	csv_text(out, log->size > 0 ? log->origin : "");
	csv_plain(out, "%" PRId64, log->size);
	csv_text(out, root);
}

/* "mot: B; hai: -": the level of each zone, where there are several. */
static void zones_cell(struct buf *out, const struct airing_row *r)
{
	json_t *levels = zonelevel_read(r->by_zone, r->checked);
	struct buf text = {0};

	zonelevel_print(&text, levels);
	csv_text(out, buf_str(&text));
	buf_finish(&text);
	json_decref(levels);
}

/* "mot: -19.2": how loud each zone's recording of it is, where it was found. */
static void loudness_cell(struct buf *out, const struct airing_row *r)
{
	struct err ignored;
	bool again = r->checked[0] != '\0';
	json_t *checked = again ? json_read(r->checked, strlen(r->checked), &ignored) : NULL, *one;
	struct buf text = {0};
	const char *name;

	json_object_foreach(json_object_get(checked, "by_zone"), name, one) {
		double lufs = json_get_number(one, "loudness_lufs", NAN);
		if (isfinite(lufs))
			buf_print(&text, "%s%s: %.2f", text.len > 0 ? "; " : "", name, lufs);
	}
	csv_text(out, buf_str(&text));
	buf_finish(&text);
	json_decref(checked);
}

void sheet_row(struct buf *out, const struct airing_row *r, const struct tz *tz,
	       const struct checkpoint *log)
{
	char time[32], detail[REASON_BYTES];

	saying_tell(r->detail, detail, sizeof(detail));
	csv_plain(out, "%s", r->id);
	csv_plain(out, "%s", time_text(r->planned_ms, tz, time));
	csv_text(out, r->slot);
	csv_plain(out, "%d", r->item);
	csv_text(out, row_title(r));
	csv_plain(out, "%s", r->bulletin);
	csv_text(out, r->zones);
	csv_text(out, r->result);
	csv_text(out, row_sum_word(row_sum(r)));
	csv_text(out, r->reason);
	csv_text(out, reason_text(r->reason));
	csv_text(out, detail);
	csv_plain(out, "%s", time_text(r->start_ms, tz, time));
	csv_plain(out, "%s", time_text(r->end_ms, tz, time));
	number_cell(out, (double)r->planned_length_ms / 1000.0, 3);
	csv_plain(out, "%" PRId64, r->frames);
	number_cell(out, r->complete, 3);
	number_cell(out, r->loudness_lufs, 2);
	number_cell(out, r->peak_dbtp, 2);
	number_cell(out, r->start_error_ms, 3);
	csv_plain(out, "%" PRId64, r->xruns);
	csv_text(out, r->device);
	csv_text(out, r->proof);
	csv_text(out, r->recording);
	csv_text(out, r->level);
	csv_text(out, r->language);
	csv_text(out, r->programmes);
	csv_text(out, r->fund);
	csv_text(out, r->who);
	csv_text(out, r->sha256);
	csv_plain(out, "%d", r->demo);
	csv_plain(out, "%s", time_text(row_corrected_ms(r, r->start_ms), tz, time));
	csv_text(out, row_cause(r) != NULL ? row_cause(r) : "");
	csv_plain(out, "%d", r->synced);
	csv_plain(out, "%s", time_text(r->not_before_ms, tz, time));
	zones_cell(out, r);
	json_t *said = row_recorded(r);
	csv_text(out, json_get_text(said, "code", ""));
	json_decref(said);
	loudness_cell(out, r);
	csv_text(out, r->speaker);
	/* By which tables count it, of what never began too. */
	csv_plain(out, "%s", time_text(row_corrected_ms(r, r->planned_ms), tz, time));
	csv_plain(out, "%s", time_text(row_corrected_ms(r, r->end_ms), tz, time));
	if (log != NULL)
		log_cells(out, log);
	csv_end(out);
}
