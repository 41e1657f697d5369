/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where an entry and its stored hash differ, one of the two was changed. The signed head tells
 * which: the root is computed from the entries, and once more from what the tiles say. */
#include "base/text.h"
#include "proof/bundle.h"
#include "proof/verify_inside.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static int64_t number(const struct whole *w, int64_t index)
{
	return index < 0 ? -1 : w->log->base + index;
}

static bool own_root(const struct whole *w, int which, struct hash *root)
{
	const struct stretch_size *s = &w->sizes[which];

	if (s->size <= 0 || s->size > w->log->survey.count ||
	    (w->unreadable >= 0 && s->size > w->unreadable))
		return false;
	merkle_root(&s->own, root);
	return true;
}

static bool told_root(const struct whole *w, int which, struct hash *root)
{
	const struct stretch_size *s = &w->sizes[which];

	if (s->size <= 0 || s->size > w->log->survey.count ||
	    (w->untold >= 0 && s->size > w->untold))
		return false;
	merkle_root(&s->told, root);
	return true;
}

static enum side side_by(const struct whole *w, int which)
{
	struct hash root;

	if (w->sizes[which].size <= 0 || w->sizes[which].size > w->log->survey.count)
		return SIDE_UNKNOWN;
	if (own_root(w, which, &root) && hash_equal(&root, &w->roots[which]))
		return SIDE_ENTRIES;
	if (told_root(w, which, &root) && hash_equal(&root, &w->roots[which]))
		return SIDE_TILES;
	return SIDE_NEITHER;
}

/* What lies behind the heads, the next log vouches for: it is asked where they have nothing to
 * blame. */
static enum side side_of(const struct whole *w, int64_t *reach)
{
	enum side side = SIDE_UNKNOWN, kept = side_by(w, SIZE_KEPT);

	*reach = 0;
	for (int i = 0; side == SIDE_UNKNOWN && i < SIZE_KEPT; i++) {
		side = side_by(w, i);
		*reach = side != SIDE_UNKNOWN ? w->sizes[i].size : 0;
	}
	bool beyond = w->sizes[SIZE_KEPT].size > *reach &&
		      (w->differs < 0 || w->differs >= *reach);
	if (kept == SIDE_UNKNOWN || !beyond || (side != SIDE_UNKNOWN && side != SIDE_ENTRIES))
		return side;
	*reach = w->sizes[SIZE_KEPT].size;
	return kept;
}

static const char *fault_text(enum entry_fault fault)
{
	switch (fault) {
	case ENTRY_UNREADABLE:
		return T("không đọc được", "cannot be read");
	case ENTRY_TRAILED:
		return T("phía sau có byte lạ", "something else stands behind it");
	case ENTRY_NUMBER:
		return T("số thứ tự ghi trong mục không đúng chỗ của nó",
			 "the number that it bears is not that of its place");
	case ENTRY_TIME:
		return T("không có thời điểm đọc được", "it has no time that can be read");
	case ENTRY_KIND:
		return T("không nói đó là việc gì", "it does not say what happened");
	default:
		return T("không viết theo dạng của nhật ký", "it is not written as entries are");
	}
}

/* The file in which an entry stands. */
static void bundle_file(const struct whole *w, int64_t index, char file[static STOW_PATH_BYTES])
{
	const struct survey *s = &w->log->survey;
	int64_t bundle = index / TILE_WIDTH;
	int width = bundle == s->entries.full && s->entries.width > 0 ? s->entries.width
								      : TILE_WIDTH;
	struct buf b = {0};
	enum stow_form form;
	const char *data;
	size_t len;

	survey_bundle(s, bundle, &b, &data, &len, &form);
	if (form == STOW_PLAIN)
		tile_path(s->log, TILE_ENTRIES, bundle, width, file);
	else
		stow_path(s->log, bundle, file);
	buf_finish(&b);
}

static void entry_differs(const struct whole *w, int64_t index, const char *code,
			  const char *what, struct verdict *verdict)
{
	char file[STOW_PATH_BYTES];
	long long n = number(w, index);

	bundle_file(w, index, file);
	verdict_differs(verdict, CHECK_ENTRIES, code, w->log->survey.log, n, file,
			T("mục %lld (%s): %s", "entry %lld (%s): %s"), n, file, what);
}

static const char *changed_text(enum side side)
{
	switch (side) {
	case SIDE_TILES:
		return T("đã bị sửa: không còn là mục đã được ký",
			 "it was changed: it is not what was signed");
	case SIDE_NEITHER:
		return T("không khớp với mã băm của nó, và cả hai không dẫn tới đầu nhật ký đã ký",
			 "it and its hash do not agree, and neither leads to the signed head");
	default:
		return T("không khớp với mã băm của nó; chưa có chữ ký nào phủ tới mục này",
			 "it and its hash do not agree; no signature reaches so far");
	}
}

static void leaf_differs(const struct whole *w, enum side side, struct verdict *verdict)
{
	const struct survey *s = &w->log->survey;
	int64_t index = w->differs, tile = index / TILE_WIDTH;
	char file[TILE_PATH_BYTES];

	if (side != SIDE_ENTRIES) {
		entry_differs(w, index, "entry-changed",
			      w->bad == index ? fault_text(w->fault) : changed_text(side),
			      verdict);
		return;
	}
	tile_path(s->log, 0, tile, tile == s->levels[0].full ? s->levels[0].width : TILE_WIDTH,
		  file);
	verdict_differs(verdict, CHECK_TILES, "tile-differs", s->log, number(w, index), file,
			T("%s: mã băm của mục %lld bị sửa (bản thân mục ấy vẫn đúng)",
			  "%s: the hash of entry %lld was changed (the entry itself is right)"),
			file, (long long)number(w, index));
}

/* A fault of an entry's own is told by itself unless the same entry was named for being changed. */
static void judge_entries(const struct whole *w, enum side side, int64_t reach,
			  struct verdict *verdict)
{
	enum side there = w->differs >= 0 && w->differs < reach ? side : SIDE_UNKNOWN;
	bool changed = w->differs >= 0 && there != SIDE_ENTRIES;
	bool before = w->bad >= 0 && (!changed || w->bad < w->differs);

	if (before)
		entry_differs(w, w->bad,
			      w->fault == ENTRY_UNREADABLE ? "entry-unreadable" :
			      w->fault == ENTRY_TRAILED	   ? "bundle-trailing" :
							     "entry-malformed",
			      fault_text(w->fault), verdict);
	if (w->differs >= 0 && !(changed && before))
		leaf_differs(w, there, verdict);
	if (w->repacked >= 0)
		entry_differs(w, w->repacked, "bundle-repacked",
			      T("đài không ghi phần đầu của tệp nén này như vậy: có người đã sửa "
				"hoặc nén lại",
				"the station does not write the head of this packed file so: "
				"somebody changed it, or packed it anew"), verdict);
}

int64_t verify_vouched(const struct verify_log *l)
{
	int64_t size = l->has_head ? l->head.size : 0;

	size = l->kept > size ? l->kept : size;
	return size <= l->survey.count ? size : 0;
}

/* How many entries somebody knows to have been: the tiles (by their names: bytes behind are
 * promised by nobody), the signed head, the copies. */
static int64_t known_count(const struct whole *w)
{
	const struct survey *s = &w->log->survey;
	int64_t most = verify_promised(&s->levels[0]);

	if (verify_promised(&s->entries) > most)
		most = verify_promised(&s->entries);
	for (int i = SIZE_SIGNED; i <= SIZE_WITNESSED; i++)
		if (w->sizes[i].size > most)
			most = w->sizes[i].size;
	return most;
}

/* How many entries the log still had when the next one began. Logs from before that was told: all,
 * unless they ended for what they had lost. */
static int64_t kept_count(const struct verify_log *l, bool pack)
{
	if (!l->continued)
		return 0;
	if (l->continued_last == INT64_MIN) {
		bool losing = strcmp(l->continued_why, "shortened") == 0 ||
			      strcmp(l->continued_why, "damaged") == 0;
		return losing ? 0 : l->continued_size;
	}
	int64_t told = l->continued_last + 1 - l->base;
	if (l->kept > 0)
		return told > l->kept ? told : l->kept;
	return pack && told > l->continued_size ? l->continued_size : told;
}

/* Bytes behind the last entry. The beginning of one is no difference: nobody was told of that
 * entry, and nothing that was signed is missing. */
static void judge_tail(const struct whole *w, const struct verify_setup *how,
		       struct verdict *verdict)
{
	const struct survey *s = &w->log->survey;
	const char *tail = s->entries.bytes.data + s->whole;
	size_t len = s->entries.bytes.len - s->whole;
	char file[STOW_PATH_BYTES];

	if (!bundle_torn(tail, len)) {
		entry_differs(w, s->count, "foreign-tail",
			      T("sau mục cuối có byte không phải phần đầu của một mục: mất điện "
				"không để lại như vậy",
				"behind the last entry stand bytes that are not the beginning of "
				"one: no power cut leaves such"), verdict);
	} else if (!how->running) {
		bundle_file(w, s->count, file);
		verdict_note(verdict, "torn-tail", (int64_t)len,
			     T("%s: sau mục cuối còn %zu byte của một mục viết dở khi mất điện "
			       "hoặc máy treo; chưa ai được báo là đã ghi mục ấy, mọi mục đã ký "
			       "còn đủ; lần khởi động sau sẽ dọn",
			       "%s: behind the last entry stand %zu bytes of one that a power cut "
			       "or a crash interrupted; nobody was told that it was written, and "
			       "all that was signed is there; the next start clears them"),
			     file, len);
	}
}

/* Entries that were there once. What the station itself has told of, in the log that follows, is
 * no difference any more, and is told; unless nothing of the log is left to be looked at, or the
 * head that lies with it is over more than is there. */
static void judge_end(const struct whole *w, const struct verify_setup *how,
		      struct verdict *verdict)
{
	const struct verify_log *l = w->log;
	const struct survey *s = &l->survey;
	int64_t known = known_count(w), kept = kept_count(l, how->pack);
	size_t tail = s->entries.bytes.len - s->whole;
	bool emptied = s->count == 0 && w->next != NULL;
	bool covered = w->sizes[SIZE_SIGNED].size <= s->count;

	if (l->continued && l->continued_size > s->count && known <= l->continued_size &&
	    kept <= s->count && !emptied && covered) {
		verdict_note(verdict, "lost", l->continued_size - s->count,
			     T("mục %lld đến %lld của %s đã mất; đài đã nói vậy (%s) khi mở "
			       "nhật ký tiếp theo",
			       "entries %lld to %lld of %s are lost; the station said so (%s) when "
			       "it began the next log"),
			     (long long)number(w, s->count),
			     (long long)number(w, l->continued_size - 1), s->log,
			     l->continued_why);
	} else if (known > s->count || kept > s->count || emptied) {
		entry_differs(w, s->count, tail > 0 ? "entry-unreadable" : "entries-missing",
			      tail > 0 ? fault_text(ENTRY_UNREADABLE)
				       : T("không còn: nhật ký bị cắt ngắn",
					   "it is not there any more: the log was cut short"),
			      verdict);
	} else if (s->settled == INT64_MAX && s->entries.width > 0 &&
		   verify_promised(&s->entries) < verify_vouched(l)) {
		entry_differs(w, verify_promised(&s->entries), "bundle-narrow",
			      T("tệp của nó mang tên của một tệp ít mục hơn",
				"its file has the name of one with fewer entries"), verdict);
	} else if (l->kept > 0 && s->count > l->kept) {
		entry_differs(w, l->kept, "entry-added",
			      T("được thêm vào sau khi nhật ký này đã kết thúc",
				"it was added after this log had ended"), verdict);
	} else if (tail > 0) {
		judge_tail(w, how, verdict);
	}
}

static void root_differs(const struct whole *w, int which, struct verdict *verdict)
{
	const char *log = w->log->survey.log;
	long long size = w->sizes[which].size;

	if (which == SIZE_SIGNED)
		verdict_differs(verdict, CHECK_HEADS, "root-differs", log, -1, "",
				T("%s: đầu nhật ký đã ký trên %lld mục có gốc khác: nhật ký đã bị "
				  "viết lại cùng mọi mã băm, từ mục nào thì không thể nói",
				  "%s: the head signed over %lld entries has another root: the log "
				  "was written anew with all its hashes; from which entry on "
				  "cannot be told"), log, size);
	else if (which == SIZE_REMEMBERED)
		verdict_differs(verdict, CHECK_HEADS, "heads-differ", log, -1, HEADS_DIR,
				T("%s: đài nhớ đã ký %lld mục với gốc khác (thư mục %s)",
				  "%s: the station remembers to have signed %lld entries with "
				  "another root (folder %s)"), log, size, HEADS_DIR);
	else if (which == SIZE_WITNESSED)
		verdict_differs(verdict, CHECK_HEADS, "witnessed-differs", log, -1, "",
				T("%s: đầu nhật ký mà nhân chứng đã ký trên %lld mục có gốc khác: "
				  "nhật ký đã bị viết lại sau đó",
				  "%s: the head that witnesses signed over %lld entries has "
				  "another root: the log was written anew after that"), log, size);
	else
		/* Of all that lay there, or of the last head that was known. */
		verdict_differs(verdict, CHECK_CHAIN, "previous-root", w->next->survey.log,
				w->next->base, "",
				T("mục đầu của %s nói %s có gốc khác ở %lld mục",
				  "the first entry of %s says that %s had another root at %lld "
				  "entries"), w->next->survey.log, log, size);
}

/* Roots of which no single entry or tile can be blamed. named: one was, for another root. */
static void judge_roots(const struct whole *w, bool named, struct verdict *verdict)
{
	struct hash root;
	int64_t looked = 0;

	for (int i = 0; i < SIZES_MAX; i++) {
		if (!own_root(w, i, &root))
			continue;
		looked++;
		if (!hash_equal(&root, &w->roots[i]) && !named)
			root_differs(w, i, verdict);
	}
	verdict_checked(verdict, CHECK_HEADS, looked);
}

static void tell_unsigned(const struct whole *w, struct verdict *verdict)
{
	const struct verify_log *l = w->log;
	long long left = l->survey.count - l->head.size;
	const char *log = l->survey.log;

	if (!l->continued)
		verdict_note(verdict, "unsigned", left,
			     T("%s: %lld mục cuối chưa có chữ ký phủ tới (chúng nối đúng vào phần "
			       "đã ký)",
			       "%s: the last %lld entries have no signature yet (they extend what "
			       "was signed)"), log, left);
	else if (l->kept > l->head.size)
		verdict_note(verdict, "vouched", left,
			     T("%s: %lld mục cuối không có chữ ký của chính nó (ghi trong lúc chờ "
			       "hỏi nhân chứng, hoặc ngay trước khi nhật ký này kết thúc); mục đầu "
			       "của %s nêu gốc của chúng và được ký",
			       "%s: the last %lld entries have no signature of its own (written "
			       "while the witness was asked, or just before this log ended); the "
			       "first entry of %s names their root, and is signed"), log, left,
			     w->next->survey.log);
	else
		verdict_note(verdict, "unsigned", left,
			     T("%s: %lld mục cuối không có chữ ký nào, và sẽ không có: nhật ký này "
			       "đã kết thúc, và %s không nêu gốc của chúng",
			       "%s: the last %lld entries have no signature and never will: this "
			       "log has ended, and %s does not name their root"), log, left,
			     w->next->survey.log);
}

static void judge_signed(const struct whole *w, const struct verify_setup *how,
			 struct verdict *verdict)
{
	const struct verify_log *l = w->log;
	int64_t known = w->sizes[SIZE_REMEMBERED].size;
	char file[PATH_BYTES];

	if (!l->has_head)
		return;
	snprintf(file, sizeof(file), "%s/checkpoint", l->survey.log);
	/* A log that nobody has opened since a cut may have its last heads in the copies alone. */
	if (known > l->head.size && known <= l->survey.count && !how->running &&
	    l->survey.settled == INT64_MAX)
		verdict_differs(verdict, CHECK_HEADS, "checkpoint-old", l->survey.log,
				number(w, l->head.size), file,
				T("%s ký %lld mục, nhưng đài nhớ đã ký %lld: tệp bị thay bằng bản "
				  "cũ",
				  "%s is over %lld entries, and the station remembers to have "
				  "signed %lld: an older one was put in its place"),
				file, (long long)l->head.size, (long long)known);
	if (l->survey.count > l->head.size)
		tell_unsigned(w, verdict);
}

/* Nobody has signed what stands in them, and nobody reads them: no difference. A power cut leaves
 * such, which the next start clears away. */
static void tell_strays(const struct whole *w, const struct verify_setup *how,
			struct verdict *verdict)
{
	const struct survey *s = &w->log->survey;
	const char *first = s->entries.stray;
	int64_t count = first[0] != '\0';

	for (int i = 0; i < TILE_LEVELS; i++) {
		count += s->levels[i].stray[0] != '\0';
		first = first[0] != '\0' ? first : s->levels[i].stray;
	}
	if (count > 0 && !how->running && s->settled == INT64_MAX)
		verdict_note(verdict, "stray", count,
			     T("%s: không đài nào giữ tệp này ở đó, bên cạnh tệp đúng: không xem",
			       "%s: no station keeps that there, beside the right file; it was not "
			       "looked at"), first);
}

void verify_judge(const struct whole *w, const struct verify_setup *how, struct verdict *verdict)
{
	int64_t reach, before = verdict->differ;
	enum side side = side_of(w, &reach);

	verify_names(w, known_count(w), verdict);
	verdict_checked(verdict, CHECK_ENTRIES, w->log->survey.count);
	judge_entries(w, side, reach, verdict);
	judge_end(w, how, verdict);
	verify_tiles(w, side, reach, verdict);
	judge_roots(w, verdict->differ > before && side != SIDE_ENTRIES, verdict);
	judge_signed(w, how, verdict);
	tell_strays(w, how, verdict);
	verify_next(w, verdict);
}
