/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/doubles.h"

#include "base/bulletin.h"
#include "base/gather.h"
#include "base/json.h"
#include "base/must.h"
#include "base/saying.h"
#include "proof/registers.h"
#include "proof/sameness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum text { TITLE, NUMBER, PRODUCER, LANGUAGE, FUND, SHA256, ORIGINAL, TEXTS };

const char *doubles_name(const struct doubles *d, int index)
{
	const struct doubles_item *one = &d->list[index];

	return one->id[0] != '\0' ? one->id : one->row;
}

int doubles_index(const struct doubles *d, const char *name)
{
	return (int)json_get_integer(d->names, name, -1);
}

static void name(struct doubles *d, const char *text, int index)
{
	if (text[0] != '\0')
		json_object_set_new(d->names, text, json_integer(index));
}

/* One block holds all texts of an item. */
static void set_texts(struct doubles *d, int at, const char *const from[static TEXTS])
{
	const char *in[TEXTS];
	struct pair_item *p = &d->items[at];
	size_t bytes = 0, len;

	for (int i = 0; i < TEXTS; i++)
		bytes += strlen(from[i]) + 1;
	char *block = malloc(bytes), *to = block;
	must(block != NULL);
	for (int i = 0; i < TEXTS; i++, to += len) {
		len = strlen(from[i]) + 1;
		memcpy(to, from[i], len);
		in[i] = to;
	}
	free(d->list[at].texts);
	d->list[at].texts = block;
	p->title = in[TITLE];
	p->number = in[NUMBER];
	p->producer = in[PRODUCER];
	p->language = in[LANGUAGE];
	p->fund = in[FUND];
	p->sha256[0] = in[SHA256];
	p->sha256[1] = in[ORIGINAL];
}

static int add(struct doubles *d, const char *id, const char *row)
{
	int at = d->count;

	d->list = gather_room(d->list, at, &d->room, sizeof(*d->list));
	d->items = gather_room(d->items, at, &d->items_room, sizeof(*d->items));
	d->list[at] = (struct doubles_item){.payer = -1};
	d->items[at] = (struct pair_item){.family = at};
	GATHER(d->list[at].id, id);
	GATHER(d->list[at].row, row);
	name(d, id, at);
	name(d, row, at);
	d->count++;
	return at;
}

/* The levels of the register; a bulletin's kind is that code when another level made it. */
static int rank_of(const char *code)
{
	static const char *const codes[] = {"xa", "huyen", "tinh", "trung-uong"};

	for (int i = 0; i < 4; i++)
		if (strcmp(code, codes[i]) == 0)
			return i + 1;
	return 0;
}

static void note_alike(struct doubles *d, int later, const json_t *finding)
{
	const char *code = json_get_text(finding, "code", "");
	bool sound = strcmp(code, saying_code(SAYING_SOUNDS_SAME)) == 0;
	int earlier = doubles_index(d, json_get_text(finding, "bulletin", ""));

	if (!sound && strcmp(code, saying_code(SAYING_SAME_FILE)) != 0 &&
	    strcmp(code, saying_code(SAYING_SAME_SOUND)) != 0)
		return;
	if (earlier < 0 || earlier >= later)
		return;
	d->alike = gather_room(d->alike, d->alike_count, &d->alike_room, sizeof(*d->alike));
	d->alike[d->alike_count++] = (struct pair_alike){
		later, earlier, !sound, (int)json_get_integer(finding, "percent", 0)};
}

static void note_findings(struct doubles *d, int at, const char *text)
{
	struct err ignored;
	json_t *findings, *one;
	size_t i;

	if (strcmp(text, "[]") == 0)
		return;
	findings = json_read(text, strlen(text), &ignored);
	json_array_foreach(findings, i, one)
		note_alike(d, at, one);
	json_decref(findings);
}

/* What was refused never counts. What it replaces is older, and there already. */
static bool each_bulletin(const struct sameness_bulletin *b, void *arg)
{
	struct doubles *d = arg;
	char title[TITLE_BYTES];

	if (b->state == BULLETIN_REFUSED)
		return true;
	int at = add(d, b->id, ""), before = doubles_index(d, b->replaces);
	pairs_plain(b->title, title, sizeof(title));
	set_texts(d, at, (const char *const[TEXTS]){
		[TITLE] = title, [NUMBER] = "", [PRODUCER] = "", [LANGUAGE] = b->language,
		[FUND] = b->fund, [SHA256] = b->sha256, [ORIGINAL] = b->original_sha256});
	d->items[at].frames = b->frames;
	d->items[at].rank = rank_of(b->kind);
	if (before >= 0)
		d->items[at].family = d->items[before].family;
	note_findings(d, at, b->findings);
	return true;
}

static const char *or_else(const char *text, const char *other)
{
	return text[0] != '\0' ? text : other;
}

/* Of a bulletin the row says the rest; the bulletin's own words hold. */
static void take_row(struct doubles *d, int at, const struct pair_item *is, const json_t *f)
{
	char title[TITLE_BYTES], number[TITLE_BYTES], producer[TITLE_BYTES];
	struct pair_item *p = &d->items[at];
	int rank = rank_of(json_get_text(f, "level", ""));

	pairs_plain(json_get_text(f, "title", ""), title, sizeof(title));
	pairs_plain(json_get_text(f, "number", ""), number, sizeof(number));
	pairs_plain(json_get_text(f, "producer", ""), producer, sizeof(producer));
	const char *sha256 = json_get_text(f, "sha256", "");
	set_texts(d, at, (const char *const[TEXTS]){
		[TITLE] = or_else(is->title, title), [NUMBER] = number, [PRODUCER] = producer,
		[LANGUAGE] = or_else(is->language, json_get_text(f, "language", "")),
		[FUND] = or_else(is->fund, json_get_text(f, "fund", "")),
		[SHA256] = or_else(is->sha256[0], sha256),
		[ORIGINAL] = or_else(is->sha256[1], sha256)});
	p->frames = is->frames > 0 ? is->frames
				   : json_get_integer(f, "length_s", 0) * FRAMES_PER_S;
	p->rank = rank > 0 ? rank : is->rank;
	p->reused = json_get_bool(f, "reused", false);
	d->list[at].has_amount = json_object_get(f, "amount") != NULL;
	d->list[at].amount = json_get_integer(f, "amount", 0);
}

/* A second row for one bulletin speaks of the same thing once more, perhaps with another fund. */
static bool each_row(const struct register_row *row, void *arg)
{
	static const struct pair_item nothing = {.title = "", .language = "", .fund = "",
						 .sha256 = {"", ""}};
	struct doubles *d = arg;
	const char *bulletin = json_get_text(row->fields, "bulletin", "");
	int of = bulletin[0] != '\0' ? doubles_index(d, bulletin) : -1;

	if (of >= 0 && d->list[of].row[0] == '\0') {
		GATHER(d->list[of].row, row->id);
		name(d, row->id, of);
		take_row(d, of, &d->items[of], row->fields);
		return true;
	}
	int at = add(d, "", row->id);
	struct pair_item is = of >= 0 ? d->items[of] : nothing;
	if (of >= 0 && json_object_get(row->fields, "fund") != NULL)
		is.fund = "";
	take_row(d, at, &is, row->fields);
	return true;
}

static void key_of(const char *a, const char *b, char out[static 2 * ID_BYTES])
{
	bool turn = strcmp(a, b) > 0;

	snprintf(out, 2 * ID_BYTES, "%.30s %.30s", turn ? b : a, turn ? a : b);
}

static bool each_decision(const struct sameness_decided *s, void *arg)
{
	struct doubles *d = arg;
	char key[2 * ID_BYTES];

	key_of(s->first, s->second, key);
	if (json_object_get(d->decided, key) != NULL)
		return true;
	json_t *one = json_pack("{s:I, s:I, s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "n",
				(json_int_t)s->n, "at_ms", (json_int_t)s->at_ms, "first", s->first,
				"second", s->second, "decision", s->decision, "suspected",
				s->suspected, "how", s->how, "reason", s->reason, "who", s->who);
	must(one != NULL && json_object_set_new(d->decided, key, one) == 0);
	if ((strcmp(s->decision, "same") == 0 || strcmp(s->decision, "reuse") == 0) &&
	    json_object_get(d->struck, s->second) == NULL)
		json_object_set(d->struck, s->second, one);
	return true;
}

bool doubles_decisions(struct doubles *d, struct view *v, struct err *e)
{
	d->decided = json_object();
	d->struck = json_object();
	return sameness_decisions(v, each_decision, d, e);
}

const json_t *doubles_decision(const struct doubles *d, int a, int b)
{
	const char *of_a[] = {d->list[a].id, d->list[a].row};
	const char *of_b[] = {d->list[b].id, d->list[b].row};
	const json_t *newest = NULL;
	char key[2 * ID_BYTES];

	for (int i = 0; i < 4; i++) {
		key_of(of_a[i / 2], of_b[i % 2], key);
		const json_t *one = json_object_get(d->decided, key);
		if (json_get_integer(one, "n", -1) > json_get_integer(newest, "n", -1))
			newest = one;
	}
	return strcmp(json_get_text(newest, "decision", "open"), "open") != 0 ? newest : NULL;
}

const json_t *doubles_struck(const struct doubles *d, const char *id, const char *row)
{
	const json_t *by_id = json_object_get(d->struck, id);

	return by_id != NULL ? by_id : json_object_get(d->struck, row);
}

/* −1: it counts by itself. */
static int struck_by(const struct doubles *d, int at, bool *same)
{
	const json_t *one = doubles_struck(d, d->list[at].id, d->list[at].row);
	int first = doubles_index(d, json_get_text(one, "first", ""));

	*same = *same && strcmp(json_get_text(one, "decision", "same"), "same") == 0;
	return first != at ? first : -1;
}

/* *same: it is that one, and not one that is used again. */
static int root_of(const struct doubles *d, int at, bool *same)
{
	int next = -1;

	*same = true;
	for (int i = 0; i < d->count && (next = struck_by(d, at, same)) >= 0; i++)
		at = next;
	if (next < 0)
		return at;
	int least = at;
	for (int i = struck_by(d, at, same); i != at; i = struck_by(d, i, same))
		least = i < least ? i : least;
	return least;
}

int doubles_root(const struct doubles *d, int index)
{
	bool ignored = true;

	return root_of(d, index, &ignored);
}

static long number_of(const struct doubles_item *one)
{
	return strtol(one->row + strcspn(one->row, "0123456789"), NULL, 10);
}

/* Of one product money counts once: its own, else that of the oldest row which is the same. */
static void find_payers(struct doubles *d)
{
	for (int i = 0; i < d->count; i++) {
		bool same = true;
		int root = root_of(d, i, &same), was = d->list[root].payer;

		if (!d->list[i].has_amount || !same || was == root)
			continue;
		if (i == root || was < 0 || number_of(&d->list[i]) < number_of(&d->list[was]))
			d->list[root].payer = i;
	}
}

bool doubles_list(struct doubles *d, struct view *v, struct err *e)
{
	d->names = json_object();
	if (!sameness_bulletins(v, each_bulletin, d, e) ||
	    !registers_rows(v, "products", each_row, d, e))
		return false;
	find_payers(d);
	return true;
}

bool doubles_waits(const struct doubles *d, const struct pair *p)
{
	return p->kind != PAIR_OTHER_LANGUAGE && doubles_decision(d, p->first, p->second) == NULL;
}

/* Of several the gravest: kinds are in that order. */
static void note_open(struct doubles *d, int at)
{
	const struct pair *p = &d->pairs.list[at];
	const char *second = doubles_name(d, p->second);
	int64_t there = json_get_integer(d->open, second, -1);

	if (doubles_waits(d, p) && (there < 0 || p->kind < d->pairs.list[there].kind))
		json_object_set_new(d->open, second, json_integer(at));
}

const struct pair *doubles_open(const struct doubles *d, const char *id, const char *row)
{
	int64_t at = json_get_integer(d->open, id[0] != '\0' ? id : row, -1);

	return at >= 0 ? &d->pairs.list[at] : NULL;
}

bool doubles_find(struct doubles *d, struct view *v, struct err *e)
{
	d->open = json_object();
	if (!doubles_decisions(d, v, e) || !doubles_list(d, v, e))
		return false;
	pairs_find(d->items, d->count, d->alike, d->alike_count, &d->pairs);
	for (int i = 0; i < d->pairs.count; i++)
		note_open(d, i);
	return true;
}

void doubles_finish(struct doubles *d)
{
	for (int i = 0; i < d->count; i++)
		free(d->list[i].texts);
	free(d->list);
	free(d->items);
	free(d->alike);
	pairs_finish(&d->pairs);
	json_decref(d->decided);
	json_decref(d->struck);
	json_decref(d->names);
	json_decref(d->open);
	*d = (struct doubles){.count = 0};
}
