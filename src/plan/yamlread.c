/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/yamlread.h"

#include "base/must.h"
#include "base/text.h"
#include "base/utf8.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

void yamlread_fault(struct yamlread *r, int line, const char *fmt, ...)
{
	char text[2 * REASON_BYTES];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	faults_add(r->faults, FAULT_ERROR, r->file, line, "%s%s%s", r->where,
		   r->where[0] != '\0' ? ": " : "", text);
	faults_place(r->faults, r->slot, r->field);
}

/* Levenshtein's distance of two short words; those longer than the table count as far apart. */
static int distance(const char *a, const char *b)
{
	enum { MOST = 32 };
	int row[MOST + 1];
	int len_a = (int)strlen(a), len_b = (int)strlen(b);

	if (len_a > MOST || len_b > MOST)
		return MOST;
	for (int j = 0; j <= len_b; j++)
		row[j] = j;
	for (int i = 1; i <= len_a; i++) {
		int diagonal = row[0];
		row[0] = i;
		for (int j = 1; j <= len_b; j++) {
			int change = diagonal + (a[i - 1] != b[j - 1]);
			diagonal = row[j];
			int step = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1;
			row[j] = change < step ? change : step;
		}
	}
	return row[len_b];
}

/* The known word that the writer may have meant, NULL if none is near. */
static const char *nearest(const char *word, const char *const *known)
{
	const char *best = NULL;
	int least = strlen(word) < 5 ? 2 : 3;

	for (; *known != NULL; known++) {
		int d = distance(word, *known);
		if (d < least) {
			least = d;
			best = *known;
		}
	}
	return best;
}

static void list_known(const char *const *known, char *out, size_t size)
{
	size_t len = 0;

	for (; *known != NULL && len < size; known++)
		len += (size_t)snprintf(out + len, size - len, "%s%s", len > 0 ? ", " : "", *known);
}

static void unknown_key(struct yamlread *r, const struct yamlentry *entry, const char *const *known)
{
	const char *near = nearest(entry->key, known);
	char words[REASON_BYTES / 2];

	if (near != NULL) {
		yamlread_fault(r, entry->line,
			       T("không có khóa \"%.60s\"; ý bạn là \"%s\"?",
				 "there is no key \"%.60s\"; did you mean \"%s\"?"),
			       entry->key, near);
		return;
	}
	list_known(known, words, sizeof(words));
	yamlread_fault(r, entry->line,
		       T("không có khóa \"%.60s\"; các khóa dùng được: %s",
			 "there is no key \"%.60s\"; keys that can be used: %s"),
		       entry->key, words);
}

static bool is_known(const char *key, const char *const *known)
{
	for (; *known != NULL; known++)
		if (strcmp(key, *known) == 0)
			return true;
	return false;
}

bool yamlread_keys(struct yamlread *r, const struct yamlnode *map, const char *const *known)
{
	char words[REASON_BYTES / 2];

	if (map->kind != YAMLNODE_MAP) {
		list_known(known, words, sizeof(words));
		yamlread_fault(r, map->line,
			       T("chỗ này cần các dòng \"khóa: giá trị\" (%s)",
				 "here \"key: value\" lines are needed (%s)"), words);
		return false;
	}
	for (int i = 0; i < map->count; i++)
		if (!is_known(map->entries[i].key, known))
			unknown_key(r, &map->entries[i], known);
	return true;
}

/* The text of a scalar, or a fault: `wanted` says what it should be. */
static const char *scalar(struct yamlread *r, const char *key, const struct yamlnode *n,
			  const char *wanted)
{
	if (n == NULL)
		return NULL; /* a key that is not there is no fault */
	if (n->kind == YAMLNODE_TEXT)
		return n->text;
	yamlread_fault(r, n->line, T("\"%s\" cần %s, không phải một danh sách",
				     "\"%s\" needs %s, not a list"), key, wanted);
	return NULL;
}

/* True if a key of the map is a slip of the pen for `key`. */
static bool misspelt(const struct yamlnode *map, const char *key)
{
	const char *const only[] = {key, NULL};

	for (int i = 0; i < map->count; i++)
		if (nearest(map->entries[i].key, only) != NULL)
			return true;
	return false;
}

bool yamlread_need(struct yamlread *r, const struct yamlnode *map, const char *key,
		   const char *otherwise)
{
	if (yamlnode_get(map, key) != NULL)
		return true;
	if (misspelt(map, key))
		return false; /* yamlread_keys has told it */
	yamlread_fault(r, map->line, "%s", otherwise);
	return false;
}

static bool wrong(struct yamlread *r, const char *key, const struct yamlnode *n, const char *wanted)
{
	bool shown = utf8_printable(n->text, strlen(n->text));

	yamlread_fault(r, n->line, T("\"%s: %.60s\" không đúng; cần %s",
				     "\"%s: %.60s\" is not right; it needs %s"),
		       key, shown ? n->text : "?", wanted);
	return false;
}

bool yamlread_text(struct yamlread *r, const struct yamlnode *map, const char *key, char *out,
		   size_t size)
{
	const struct yamlnode *n = yamlnode_get(map, key);
	const char *text = scalar(r, key, n, T("một dòng chữ", "a line of text"));

	if (text == NULL)
		return false;
	size_t len = strlen(text);
	if (len == 0 || !utf8_printable(text, len) || text[0] == ' ' || text[len - 1] == ' ')
		return wrong(r, key, n, T("một dòng chữ, không có dấu cách ở hai đầu",
					  "a line of text without blanks at its ends"));
	if (len >= size) {
		yamlread_fault(r, n->line, T("\"%s\" quá dài (nhiều nhất %zu byte)",
					     "\"%s\" is too long (%zu bytes at most)"),
			       key, size - 1);
		return false;
	}
	memcpy(out, text, len + 1);
	return true;
}

static bool parse_number(const char *text, double *out)
{
	char *end;

	/* strtod also takes "inf", "nan" and hexadecimal, which nobody means here. */
	if (*text == '\0' || strspn(text, "0123456789+-.eE") != strlen(text))
		return false;
	*out = strtod(text, &end);
	return *end == '\0' && isfinite(*out);
}

bool yamlread_number(struct yamlread *r, const struct yamlnode *map, const char *key, double low,
		     double high, const char *unit, double *out)
{
	const struct yamlnode *n = yamlnode_get(map, key);
	char wanted[96];
	double value;

	snprintf(wanted, sizeof(wanted), T("một số từ %g đến %g%s%s", "a number from %g to %g%s%s"),
		 low,
		 high, unit[0] != '\0' ? " " : "", unit);
	const char *text = scalar(r, key, n, wanted);
	if (text == NULL)
		return false;
	if (!parse_number(text, &value) || value < low || value > high)
		return wrong(r, key, n, wanted);
	*out = value;
	return true;
}

bool yamlread_int(struct yamlread *r, const struct yamlnode *map, const char *key, int low,
		  int high, int *out)
{
	const struct yamlnode *n = yamlnode_get(map, key);
	char wanted[96];
	double value;

	snprintf(wanted, sizeof(wanted), T("một số nguyên từ %d đến %d", "a whole number from %d "
									 "to %d"),
		 low, high);
	const char *text = scalar(r, key, n, wanted);
	if (text == NULL)
		return false;
	if (!parse_number(text, &value) || value < low || value > high || value != floor(value))
		return wrong(r, key, n, wanted);
	*out = (int)value;
	return true;
}

bool yamlread_bool(struct yamlread *r, const struct yamlnode *map, const char *key, bool *out)
{
	const struct yamlnode *n = yamlnode_get(map, key);
	static const char *const words[] = {"false", "true", "no", "yes", "off", "on", "không",
					    "có"};
	const char *text = scalar(r, key, n, T("true hoặc false", "true or false"));

	if (text == NULL)
		return false;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strcasecmp(text, words[i]) != 0)
			continue;
		*out = i % 2 == 1;
		return true;
	}
	return wrong(r, key, n, T("true hoặc false", "true or false"));
}

bool yamlread_time(struct yamlread *r, const struct yamlnode *map, const char *key, int32_t *s)
{
	const struct yamlnode *n = yamlnode_get(map, key);
	const char *wanted = T("giờ dạng \"HH:MM\" hoặc \"HH:MM:SS\", từ 00:00 đến 23:59:59",
			       "a time \"HH:MM\" or \"HH:MM:SS\", 00:00 to 23:59:59");
	const char *text = scalar(r, key, n, wanted);

	if (text == NULL)
		return false;
	return time_of_day_parse(text, s) || wrong(r, key, n, wanted);
}

bool yamlread_duration(struct yamlread *r, const struct yamlnode *map, const char *key, int32_t low,
		       int32_t high, int32_t *s)
{
	const struct yamlnode *n = yamlnode_get(map, key);
	const char *text = scalar(r, key, n, T("một khoảng thời gian", "a length of time"));
	char wanted[128];
	int32_t value;

	if (text == NULL)
		return false;
	if (duration_parse(text, &value) && value >= low && value <= high) {
		*s = value;
		return true;
	}
	snprintf(wanted, sizeof(wanted),
		 T("khoảng thời gian như \"90s\", \"30m\" hoặc \"1h30m\", từ %d giây đến %d giờ",
		   "a length of time such as \"90s\", \"30m\" or \"1h30m\", %d seconds to %d "
		   "hours"),
		 low, high / 3600);
	return wrong(r, key, n, wanted);
}

static bool read_date(struct yamlread *r, const char *key, const struct yamlnode *n, struct date *d)
{
	const char *wanted = T("ngày có thật dạng NĂM-THÁNG-NGÀY, ví dụ 2026-11-23, từ 1970 đến "
			       "2199",
			       "a date that exists, such as 2026-11-23, 1970 to 2199");
	const char *text = scalar(r, key, n, wanted);
	struct date date;

	if (text == NULL)
		return false;
	/* Instants are nanoseconds in 64 bits and zones are known from 1970 on. */
	if (!date_parse(text, &date) || date.year < 1970 || date.year > 2199)
		return wrong(r, key, n, wanted);
	*d = date;
	return true;
}

bool yamlread_date(struct yamlread *r, const struct yamlnode *map, const char *key, struct date *d)
{
	return read_date(r, key, yamlnode_get(map, key), d);
}

bool yamlread_date_word(struct yamlread *r, const char *key, int line, const char *word,
			struct date *d)
{
	struct yamlnode n = {.kind = YAMLNODE_TEXT, .line = line, .text = word};

	return read_date(r, key, &n, d);
}

/* Calls each for one trimmed word of len bytes. */
static bool pass_word(struct yamlread *r, const char *key, int line, const char *word, size_t len,
		      bool (*each)(struct yamlread *r, int line, const char *word, void *arg),
		    void *arg)
{
	char copy[NAME_BYTES];

	while (len > 0 && word[0] == ' ') {
		word++;
		len--;
	}
	while (len > 0 && word[len - 1] == ' ')
		len--;
	if (len == 0 || len >= sizeof(copy) || !utf8_printable(word, len)) {
		yamlread_fault(r, line, T("\"%s\": có chỗ trống hoặc chữ không đọc được trong danh "
					  "sách",
					  "\"%s\": the list has an empty or unreadable place"),
			       key);
		return false;
	}
	memcpy(copy, word, len);
	copy[len] = '\0';
	return each(r, line, copy, arg);
}

static bool pass_commas(struct yamlread *r, const char *key, const struct yamlnode *n,
			bool (*each)(struct yamlread *r, int line, const char *word, void *arg),
			void *arg)
{
	bool ok = true;

	if (n->text[0] == '\0')
		return true;
	for (const char *at = n->text;; at++) {
		size_t len = strcspn(at, ",");
		ok &= pass_word(r, key, n->line, at, len, each, arg);
		at += len;
		if (*at == '\0')
			return ok;
	}
}

bool yamlread_words(struct yamlread *r, const struct yamlnode *map, const char *key,
		    bool (*each)(struct yamlread *r, int line, const char *word, void *arg),
		    void *arg)
{
	const struct yamlnode *n = yamlnode_get(map, key);
	bool ok = true;

	if (n == NULL)
		return false;
	if (n->kind == YAMLNODE_TEXT)
		return pass_commas(r, key, n, each, arg);
	if (n->kind == YAMLNODE_MAP) {
		yamlread_fault(r, n->line, T("\"%s\" cần một danh sách như [a, b]",
					     "\"%s\" needs a list such as [a, b]"), key);
		return false;
	}
	for (int i = 0; i < n->count; i++) {
		const struct yamlnode *value = n->entries[i].value;
		const char *text = scalar(r, key, value, T("một danh sách các từ", "a list of "
										   "words"));
		ok &= text != NULL &&
		      pass_word(r, key, value->line, text, strlen(text), each, arg);
	}
	return ok;
}
