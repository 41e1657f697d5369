/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/pack_check.h"

#include "base/text.h"
#include "proof/verify_parcel.h"
#include "proof/verify_story.h"
#include "proof/verify_tokens.h"
#include "station/seen.h"
#include "sys/boot.h"

#include <string.h>
#include <unistd.h>

/* What stands on the log. On a damaged one, or none, nothing can stand. */
static bool is_damaged(const struct verify *v, struct verdict *verdict)
{
	if (v->count > 0 && verdict->checks[CHECK_ENTRIES].differ == 0)
		return false;
	verdict_note(verdict, "log-damaged", 0, "%s",
		     T("nhật ký hỏng: những gì dựa vào nó không được kiểm",
		       "the log is damaged: what stands on it was not looked at"));
	return true;
}

bool folder_check(const char *dir, const struct folder_check *how, struct verdict *verdict,
		  struct err *e)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	struct verify_setup setup = {.keys = how->known->keys, .key_count = how->known->count,
				     .threads = cores > 0 ? (int)cores : 1,
				     .running = how->running, .pack = how->pack};
	struct disk_real disk;
	struct boot boot;
	struct verify v;

	boot_read(&boot);
	setup.boot = boot.id;
	if (!disk_real_open(&disk, dir, e))
		return false;
	bool ok = verify_open(&v, &disk.disk, &setup, verdict, e) || err_wrap(e, "%s", how->name);
	if (ok) {
		verify_logs(&v, &setup, verdict);
		verify_seen(&v, how->seen, how->seen_count, verdict);
		ok = how->log_only || is_damaged(&v, verdict) ||
		     how->rest(&v, how->rest_arg, verdict, e);
		if (ok && how->done != NULL)
			how->done(&v, verdict, how->arg);
		verify_close(&v);
	}
	disk_real_close(&disk);
	return ok;
}

struct pack_rest {
	const struct unparcel *u;
	struct view *made;
};

static bool pack_rest(const struct verify *v, void *arg, struct verdict *verdict, struct err *e)
{
	struct pack_rest *p = arg;
	struct view *made = p->made;

	/* It was made beside a station at work. */
	bool ok = verify_story_view(v, true, verify_parcel_entries(v), &made, verdict, e);
	verify_tokens(v, verdict);
	seen_verify(v, true, verdict);
	ok = ok && verify_parcel(v, p->u, &made, verdict, e);
	if (p->made == NULL)
		view_close(made);
	return ok;
}

bool pack_check(const struct unparcel *u, struct folder_check *how, struct verdict *verdict,
		struct err *e)
{
	struct pack_rest rest = {u, how->made};

	how->pack = true;
	how->rest = pack_rest;
	how->rest_arg = &rest;
	if (!known_keys_any_log(how->known))
		verdict_note(verdict, "own-key", 0, "%s",
			     T("chưa đưa khóa của đài (--key), nên dùng khóa trong gói: chỉ biết "
			       "gói khớp với khóa ấy, chưa biết khóa của ai. Hãy so với bản "
			       "báo cáo đã in",
			       "no key of the station was given (--key), so the one in the pack "
			       "was used: the pack is that key's, and whose it is nobody knows "
			       "yet. Compare it with a printed report"));
	bool ok = folder_check(u->dir, how, verdict, e);
	how->rest_arg = NULL;
	return ok;
}

/* Neither the first line of a proof nor the first bytes of a zip file: said as what it is, since
 * whoever got it may have been handed nothing on purpose. */
bool pack_check_is(const char *data, size_t len, struct err *e)
{
	if (len == 0)
		return err_set(e, ERR_DAMAGED,
			       T("tệp rỗng: không phải gói, cũng không phải bằng chứng",
				 "the file is empty: neither a pack nor a proof"));
	if (len >= 2 && memcmp(data, "PK", 2) == 0)
		return true;
	return err_set(e, ERR_DAMAGED,
		       T("không phải gói (tệp zip), cũng không phải bằng chứng: dòng đầu không "
			 "phải c2sp.org/tlog-proof@v1. Xin lại tệp từ nơi đã đưa",
			 "neither a pack (a zip file) nor a proof: its first line is not "
			 "c2sp.org/tlog-proof@v1. Ask for the file again where you got it"));
}
