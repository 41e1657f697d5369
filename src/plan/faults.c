/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/faults.h"

#include "base/must.h"
#include "base/text.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct fault *next(struct faults *f)
{
	if (f->count == f->capacity) {
		f->capacity = f->capacity > 0 ? 2 * f->capacity : 8;
		f->list = realloc(f->list, (size_t)f->capacity * sizeof(*f->list));
		must(f->list != NULL);
	}
	struct fault *fault = &f->list[f->count++];
	memset(fault, 0, sizeof(*fault));
	return fault;
}

/* Line ends would make two faults of one; everything else was checked or escaped before. */
static void one_line(char *text, size_t bytes)
{
	utf8_cut(text, bytes - 1);
	for (char *c = text; *c != '\0'; c++)
		if (*c == '\n' || *c == '\r')
			*c = ' ';
}

static char *words_of(struct fault *f)
{
	return f->words[text_english()];
}

void faults_add(struct faults *f, enum fault_grade grade, const char *file, int line,
		const char *fmt, ...)
{
	char text[4 * REASON_BYTES]; /* room for values that utf8_cut then shortens cleanly */
	va_list args;

	f->errors += grade == FAULT_ERROR;
	if (f->count > FAULTS_MAX)
		return;
	bool last = f->count == FAULTS_MAX;
	struct fault *fault = next(f);
	fault->grade = grade;
	fault->line = last ? 0 : line;
	snprintf(fault->file, sizeof(fault->file), "%s", file);
	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	if (last)
		snprintf(text, sizeof(text), "%s",
			 T("còn nhiều lỗi nữa, không liệt kê hết; sửa các lỗi trên rồi kiểm tra "
			   "lại",
			   "there are more faults than are listed; mend these and check again"));
	one_line(text, sizeof(fault->words[0]));
	memcpy(words_of(fault), text, strlen(text) + 1);
}

void faults_place(struct faults *f, const char *slot, const char *field)
{
	struct fault *last = &f->list[f->count - 1];

	if (f->count > FAULTS_MAX || (slot == NULL && field == NULL))
		return; /* only that there are more, or nobody knows where */
	snprintf(last->slot, sizeof(last->slot), "%s", slot != NULL ? slot : "");
	snprintf(last->field, sizeof(last->field), "%s", field != NULL ? field : "");
}

void faults_copy(struct faults *f, const struct fault *one)
{
	f->errors += one->grade == FAULT_ERROR;
	if (f->count <= FAULTS_MAX)
		*next(f) = *one;
}

void faults_pair(struct faults *f, int from, const struct faults *again)
{
	for (int i = from; i < f->count && i - from < again->count; i++) {
		const struct fault *other = &again->list[i - from];
		if (other->line != f->list[i].line || strcmp(other->file, f->list[i].file) != 0)
			return;
		for (int k = 0; k < 2; k++)
			if (f->list[i].words[k][0] == '\0')
				memcpy(f->list[i].words[k], other->words[k],
				       sizeof(other->words[k]));
	}
}

const char *fault_text(const struct fault *f)
{
	const char *words = f->words[text_english()];

	return words[0] != '\0' ? words : f->words[!text_english()];
}

const struct fault *faults_first(const struct faults *f)
{
	for (int i = 0; i < f->count; i++)
		if (f->list[i].grade == FAULT_ERROR)
			return &f->list[i];
	return NULL;
}

void fault_place(const struct fault *f, char out[static PATH_BYTES + 16])
{
	if (f->line > 0)
		snprintf(out, PATH_BYTES + 16, "%s:%d", f->file, f->line);
	else
		snprintf(out, PATH_BYTES + 16, "%s", f->file);
}

void faults_finish(struct faults *f)
{
	free(f->list);
	*f = (struct faults){0};
}
