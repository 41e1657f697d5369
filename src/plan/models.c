/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/models.h"

#include "base/text.h"
#include "plan/seedlist.h"

#include <stdlib.h>
#include <string.h>

static const char *const spans[MODEL_SPANS] = {"ngay", "thang", "quy", "nua-nam", "nam"};
static const char *const blocks[MODEL_BLOCKS] = {
	[MODEL_TOTALS] = "tong-so",	  [MODEL_PROGRAMMES] = "chuong-trinh",
	[MODEL_LANGUAGES] = "tieng",	  [MODEL_PLANNED] = "lich-phat",
	[MODEL_MISSED] = "khong-phat",	  [MODEL_TARGETS] = "chi-tieu",
	[MODEL_COMPARED] = "ky-truoc",	  [MODEL_DIFFICULTIES] = "kho-khan",
	[MODEL_DOTS] = "cham",
};

/* Of what stands in braces only {ky} and {don_vi} are known. */
static void check_places(struct yamlread *r, const struct yamlnode *n, const char *key,
			 const char *text)
{
	for (text = strchr(text, '{'); text != NULL; text = strchr(text + 1, '{'))
		if (strncmp(text, "{ky}", 4) != 0 && strncmp(text, "{don_vi}", 8) != 0)
			yamlread_fault(r, n->line,
				       T("\"%s\": chỉ điền được {ky} và {don_vi}, không phải "
					 "\"%.20s\"",
					 "\"%s\": only {ky} and {don_vi} are filled in, and not "
					 "\"%.20s\""), key, text);
}

static void sentence(struct yamlread *r, const struct yamlnode *n, const char *key,
		     char out[static MODEL_TEXT_BYTES])
{
	if (yamlread_text(r, n, key, out, MODEL_TEXT_BYTES))
		check_places(r, n, key, out);
}

/* Calls for each map of a list; more than `most`: a fault. */
static void each_map(struct yamlread *r, const struct yamlnode *n, const char *key, int most,
		     const char *const *known, void (*each)(struct yamlread *r,
							    const struct yamlnode *n,
							    struct model *m),
		     struct model *m)
{
	const struct yamlnode *list = yamlnode_get(n, key);

	if (list == NULL)
		return;
	if (list->kind != YAMLNODE_LIST || list->count > most) {
		yamlread_fault(r, list->line,
			       T("\"%s\" cần một danh sách nhiều nhất %d mục",
				 "\"%s\" needs a list of at most %d entries"), key, most);
		return;
	}
	for (int i = 0; i < list->count; i++)
		if (yamlread_keys(r, list->entries[i].value, known))
			each(r, list->entries[i].value, m);
}

static void read_basis(struct yamlread *r, const struct yamlnode *n, struct model *m)
{
	struct model_basis *b = &m->bases[m->basis_count++];

	yamlread_need(r, n, "so", T("thiếu \"so\": số văn bản", "\"so\" is missing: its number"));
	yamlread_need(r, n, "cau", T("thiếu \"cau\": câu viện dẫn", "\"cau\" is missing"));
	yamlread_text(r, n, "so", b->number, sizeof(b->number));
	sentence(r, n, "cau", b->sentence);
}

static bool read_block(struct yamlread *r, int line, const char *word, void *arg)
{
	struct model_part *part = arg;

	for (int i = 0; i < MODEL_BLOCKS; i++)
		if (strcmp(blocks[i], word) == 0 && part->block_count < MODEL_BLOCKS) {
			part->blocks[part->block_count++] = (enum model_block)i;
			return true;
		}
	yamlread_fault(r, line, T("\"gom\": không có \"%.40s\"; xem đầu tệp",
				  "\"gom\": there is no \"%.40s\"; see the file's top"), word);
	return false;
}

static void read_part(struct yamlread *r, const struct yamlnode *n, struct model *m)
{
	struct model_part *part = &m->parts[m->part_count++];

	yamlread_need(r, n, "de_muc", T("thiếu \"de_muc\": đề mục", "\"de_muc\" is missing"));
	yamlread_text(r, n, "de_muc", part->heading, sizeof(part->heading));
	sentence(r, n, "cau", part->sentence);
	yamlread_words(r, n, "gom", read_block, part);
}

static void read_texts(struct yamlread *r, const struct yamlnode *n, struct model *m)
{
	static const char *const basis_keys[] = {"so", "cau", NULL};
	static const char *const part_keys[] = {"de_muc", "cau", "gom", NULL};
	int span = 0;

	seedlist_choice(r, n, "ky", true, spans, MODEL_SPANS, &span);
	m->span = (enum model_span)span;
	yamlread_need(r, n, "ten", T("thiếu \"ten\"", "\"ten\" is missing"));
	yamlread_text(r, n, "ten", m->name, sizeof(m->name));
	yamlread_need(r, n, "trich_yeu", T("thiếu \"trich_yeu\": báo cáo về việc gì",
					   "\"trich_yeu\" is missing: what it is about"));
	sentence(r, n, "trich_yeu", m->subject);
	sentence(r, n, "mo_dau", m->opening);
	sentence(r, n, "ket", m->closing);
	each_map(r, n, "can_cu", MODEL_BASES_MAX, basis_keys, read_basis, m);
	if (yamlread_need(r, n, "phan", T("thiếu \"phan\": các phần", "\"phan\" is missing")))
		each_map(r, n, "phan", MODEL_PARTS_MAX, part_keys, read_part, m);
}

static void read_one(struct yamlread *r, const struct yamlnode *n, void *arg)
{
	static const char *const known[] = {"ma", "ten", "ky", "trich_yeu", "can_cu", "mo_dau",
					    "phan", "ket", "from", "to", NULL};
	struct models *all = arg;
	char code[CODE_BYTES];

	if (!yamlread_keys(r, n, known) || !seedlist_code(r, n, code))
		return;
	struct model *grown = seedlist_add(r, n, all->list, &all->count, sizeof(*grown),
					   MODELS_MAX);
	if (grown == NULL)
		return;
	all->list = grown;
	struct model *m = &grown[all->count - 1];
	memcpy(m->code, code, sizeof(code));
	m->line = n->line;
	read_texts(r, n, m);
	seedlist_days(r, n, &m->from, &m->to);
}

bool models_parse(struct models *m, const char *text, size_t len, struct faults *faults)
{
	struct yamlread r = {.file = MODELS_FILE, .faults = faults};
	struct yamltree tree = {0};
	bool there = seedlist_read(&r, &tree, "mau_bao_cao", text, len, read_one, m);

	yamltree_finish(&tree);
	return there;
}

void models_finish(struct models *m)
{
	free(m->list);
	*m = (struct models){0};
}

static void check_bases(const struct model *m, const struct codes *documents,
			struct faults *faults)
{
	for (int i = 0; i < m->basis_count; i++) {
		const struct model_basis *b = &m->bases[i];
		seedlist_cited(documents, CODES_DOCUMENTS, b->number, "can_cu", MODELS_FILE,
			       m->line, m->code, faults);
		if (strstr(b->sentence, b->number) == NULL)
			faults_add(faults, FAULT_WARNING, MODELS_FILE, m->line,
				   T("%s: câu căn cứ không có số %s",
				     "%s: the sentence about %s does not name it"),
				   m->code, b->number);
	}
}

void models_check(const struct models *m, const struct codes *documents, struct faults *faults)
{
	for (int i = 0; i < m->count; i++) {
		const struct model *one = &m->list[i];
		check_bases(one, documents, faults);
		for (int k = 0; k < i; k++)
			if (m->list[k].span == one->span &&
			    seedlist_touch(m->list[k].from, m->list[k].to, one->from, one->to))
				faults_add(faults, FAULT_WARNING, MODELS_FILE, one->line,
					   T("%s: cùng kỳ và cùng ngày với mẫu %s ở dòng %d, mẫu "
					     "trên được dùng",
					     "%s: of the same period and days as %s in line %d, "
					     "which is taken"),
					   one->code, m->list[k].code, m->list[k].line);
	}
}
