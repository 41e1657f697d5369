/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the first entry of the next log tells of this one: who signed it, how far it had come, and
 * what of it is gone. */
#include "base/text.h"
#include "proof/verify_inside.h"

#include <stdio.h>
#include <string.h>

static void judge_chain(const struct whole *w, struct verdict *verdict)
{
	const struct verify_log *l = w->log, *next = w->next;
	char own[NOTE_KEY_BYTES];

	verdict_checked(verdict, CHECK_CHAIN, 1);
	if (l->continued_base < l->base + l->survey.count)
		verdict_differs(verdict, CHECK_CHAIN, "base", next->survey.log, next->base, "",
				T("%s bắt đầu từ số %lld, nhưng %s đã có tới số %lld",
				  "%s begins with number %lld, and %s had come to %lld"),
				next->survey.log, (long long)l->continued_base, l->survey.log,
				(long long)(l->base + l->survey.count - 1));
	if (!l->has_key || l->continued_key[0] == '\0')
		return;
	note_verifier_print(&l->key, own);
	if (strcmp(own, l->continued_key) != 0)
		verdict_differs(verdict, CHECK_CHAIN, "previous-key", next->survey.log,
				next->base, "",
				T("mục đầu của %s nói %s có khóa khác",
				  "the first entry of %s names another key of %s"),
				next->survey.log, l->survey.log);
}

static const char *who_knows(const char *why)
{
	if (strcmp(why, "witness-forked") == 0)
		return T("một nhân chứng bên ngoài đã thấy chúng",
			 "a witness outside has seen them");
	if (strcmp(why, "view-newer") == 0)
		return T("bảng tra view.sqlite từng có chúng", "view.sqlite had them");
	return T("đài nhớ là đã có chúng", "the station remembered that they had been");
}

/* The same name and key over two logs: whoever put an old copy back while no witness could be asked
 * has done so in all honesty, and so has a forger in none. Both shall be told. */
static void judge_fork(const struct whole *w, struct verdict *verdict)
{
	const struct verify_log *l = w->log;

	if (strcmp(l->continued_why, "witness-forked") == 0)
		verdict_warn(verdict, "forked", 1,
			     T("một nhân chứng bên ngoài giữ một đầu khác của %s: hai nhật ký "
			       "khác nhau đã được ký dưới cùng một tên. Việc này xảy ra khi thư "
			       "mục được chép lại từ bản cũ lúc không hỏi được nhân chứng, hoặc "
			       "khi có người viết lại nhật ký. Hãy hỏi nhân chứng đầu mà họ giữ",
			       "a witness outside holds another head of %s: two different logs "
			       "were signed under one name. That happens when the folder was put "
			       "back from an old copy while no witness could be asked, or when "
			       "somebody wrote the log anew. Ask the witness for the head that it "
			       "holds"),
			     l->survey.log);
	else if (strcmp(l->continued_why, "witness-larger") == 0)
		verdict_warn(verdict, "forked", 1,
			     T("một nhân chứng bên ngoài đã thấy %s dài hơn những gì nằm ở đây: "
			       "phần cuối đã mất, hoặc đã bị thay bằng mục khác. Việc này xảy ra "
			       "khi thư mục được chép lại từ bản cũ, hoặc khi có người cắt bỏ phần "
			       "cuối rồi viết tiếp. Hãy hỏi nhân chứng đầu mà họ giữ",
			       "a witness outside has seen a longer %s than lies here: its end is "
			       "gone, or other entries stand in its place. That happens when the "
			       "folder was put back from an old copy, or when somebody cut the "
			       "end off and wrote on. Ask the witness for the head that it holds"),
			     l->survey.log);
}

/* A witness has seen more of that log than the folder had: what it saw behind the last head that
 * is known here is gone. What was written meanwhile bears the same numbers. */
static void tell_seen_elsewhere(const struct whole *w, struct verdict *verdict)
{
	const struct verify_log *l = w->log;
	const char *log = l->survey.log, *next = w->next->survey.log;
	long long first = l->base + l->continued_size, end = l->continued_base;
	long long here = l->base + l->survey.count;

	verdict_note(verdict, "lost-elsewhere", end - first,
		     T("mục %lld đến %lld mà một nhân chứng bên ngoài đã thấy không còn ở đây; đài "
		       "đã nói vậy (%s) ở mục đầu của %s",
		       "entries %lld to %lld, which a witness outside has seen, are not here any "
		       "more; the station said so (%s) in the first entry of %s"),
		     first, end - 1, l->continued_why, next);
	if (here > first)
		verdict_note(verdict, "same-numbers", here - first,
			     T("những gì nằm trong %s với số %lld đến %lld được ghi sau khi chép "
			       "lại bản cũ: là những mục khác mang cùng số",
			       "what lies in %s as entries %lld to %lld was written after an older "
			       "copy was put back: other entries under the same numbers"),
			     log, first, here - 1);
}

/* Entries that nothing here has any more, so that no hash of theirs can be named: the next log
 * numbers on behind them. */
static void judge_gap(const struct whole *w, struct verdict *verdict)
{
	const struct verify_log *l = w->log, *next = w->next;
	int64_t known = l->continued_size > l->survey.count ? l->continued_size : l->survey.count;
	int64_t first = l->base + known;

	if (strcmp(l->continued_why, "witness-larger") == 0)
		tell_seen_elsewhere(w, verdict);
	else if (l->continued_base > first)
		verdict_note(verdict, "lost-elsewhere", l->continued_base - first,
			     T("mục %lld đến %lld không còn ở đây và không sổ nào có: %s; đài đã "
			       "nói vậy (%s) ở mục đầu của %s",
			       "entries %lld to %lld are not here any more, and in no log: %s; the "
			       "station said so (%s) in the first entry of %s"),
			     (long long)first, (long long)(l->continued_base - 1),
			     who_knows(l->continued_why), l->continued_why, next->survey.log);
	else if (strcmp(l->continued_why, "log-gone") == 0 ||
		 strcmp(l->continued_why, "recording-newer") == 0)
		verdict_note(verdict, "lost-unknown", 0,
			     T("%s đã mất những mục sau mục %lld, bao nhiêu thì không rõ: khi mở "
			       "%s đài thấy dấu vết của chúng (%s)",
			       "%s has lost entries behind entry %lld, how many is not known: "
			       "when it began %s, the station found traces of them (%s)"),
			     l->survey.log, (long long)(first - 1), next->survey.log,
			     l->continued_why);
}

void verify_next(const struct whole *w, struct verdict *verdict)
{
	if (!w->log->continued)
		return;
	judge_chain(w, verdict);
	judge_fork(w, verdict);
	judge_gap(w, verdict);
}
