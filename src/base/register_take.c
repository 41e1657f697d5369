/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/bulletin.h"
#include "base/civil.h"
#include "base/fold.h"
#include "base/json.h"
#include "base/must.h"
#include "base/register.h"
#include "base/text.h"
#include "base/utf8.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define YEAR_MAX 2200 /* 9999 is a slip, or stands for nothing */

struct reading {
	const struct register_field *f;
	const struct codes *lists;
	char *why;
};

static bool wrong(const struct reading *r, const char *why)
{
	snprintf(r->why, REASON_BYTES, "%s", why);
	return false;
}

static bool read_words(const struct reading *r, const char *text, size_t bytes, json_t **value)
{
	if (strlen(text) >= bytes) {
		snprintf(r->why, REASON_BYTES, T("dài quá %zu byte", "is longer than %zu bytes"),
			 bytes - 1);
		return false;
	}
	*value = json_string(text);
	return *value != NULL;
}

/* Days apart, 1 to 4 digits each, ended by the sign or the end. */
static bool read_parts(const char *text, int *parts, int count)
{
	char sign = '\0';

	for (int i = 0; i < count; i++) {
		size_t digits = strspn(text, "0123456789");
		if (digits < 1 || digits > 4)
			return false;
		parts[i] = (int)strtol(text, NULL, 10);
		text += digits;
		if (i == 0)
			sign = *text;
		if (i < count - 1 &&
		    (sign == '\0' || strchr("/-.", sign) == NULL || *text++ != sign))
			return false;
	}
	return *text == '\0';
}

static bool read_date(const struct reading *r, const char *text, json_t **value)
{
	struct date d;
	int parts[3];
	char day[11];

	if (!date_parse(text, &d)) {
		if (!read_parts(text, parts, 3) || parts[2] < 1000)
			return wrong(r, T("không phải ngày; viết như 23/11/2026",
					  "is no day; write it like 2026-11-23"));
		d = (struct date){parts[2], parts[1], parts[0]};
	}
	if (!date_valid(d) || d.year < 1900)
		return wrong(r, T("không có ngày này (ngày/tháng/năm)",
				  "there is no such day (day/month/year)"));
	if (d.year > YEAR_MAX)
		return wrong(r, T("năm quá xa: chỉ nhận đến năm 2200",
				  "is too far away: no year behind 2200 is taken"));
	date_print(d, day);
	*value = json_string(day);
	return true;
}

static bool read_month(const struct reading *r, const char *text, json_t **value)
{
	int parts[2];
	char month[16];

	if (!read_parts(text, parts, 2))
		parts[0] = parts[1] = 0;
	if (parts[0] >= 1000) {
		int year = parts[0];
		parts[0] = parts[1];
		parts[1] = year;
	}
	if (parts[0] < 1 || parts[0] > 12 || parts[1] < 1900 || parts[1] > YEAR_MAX)
		return wrong(r, T("không phải tháng; viết như 11/2026",
				  "is no month; write it like 2026-11"));
	snprintf(month, sizeof(month), "%04d-%02d", parts[1], parts[0]);
	*value = json_string(month);
	return true;
}

static bool in_bounds(const struct reading *r, double number)
{
	if (number >= (double)r->f->min && number <= (double)r->f->max)
		return true;
	snprintf(r->why, REASON_BYTES, T("phải từ %lld đến %lld", "must be from %lld to %lld"),
		 (long long)r->f->min, (long long)r->f->max);
	return false;
}

static bool keep_number(const struct reading *r, double number, json_t **value)
{
	if (!isfinite(number) || !in_bounds(r, number))
		return isfinite(number) ? false
					: wrong(r, T("không phải số", "is no number"));
	if (number == floor(number))
		*value = json_integer((json_int_t)number);
	else if (r->f->type == REGISTER_QUANTITY && fabs(number * 100 - round(number * 100)) < 1e-6)
		*value = json_real(round(number * 100) / 100);
	else
		return wrong(r, r->f->type == REGISTER_QUANTITY
				? T("có quá hai chữ số thập phân", "has more than two decimals")
				: T("phải là số nguyên", "must be a whole number"));
	return true;
}

/* Digits in threes with one sign between them ("1.250.000"), or all in one. */
static bool read_digits(const char *text, char out[static 24])
{
	size_t digits = strspn(text, "0123456789"), used = 0;
	const char sign = text[digits];

	if (digits < 1 || digits > 18 || (sign != '\0' && digits > 3))
		return false;
	for (;;) {
		memcpy(out + used, text, digits);
		used += digits;
		text += digits;
		if (*text == '\0')
			break;
		digits = strspn(text + 1, "0123456789");
		if (strchr("., ", sign) == NULL || *text != sign || digits != 3 || used > 15)
			return false;
		text++;
	}
	out[used] = '\0';
	return true;
}

/* đ, đồng, VND behind an amount. */
static void drop_unit(char *text)
{
	static const char *const units[] = {"đồng", "đ", "₫", "VND", "VNĐ", "vnd", "Đồng", "Đ"};
	size_t len = strlen(text);

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		size_t unit = strlen(units[i]);
		if (len <= unit || strcmp(text + len - unit, units[i]) != 0)
			continue;
		len -= unit;
		while (len > 0 && text[len - 1] == ' ')
			len--;
		text[len] = '\0';
		return;
	}
}

static bool read_whole(const struct reading *r, char *text, json_t **value)
{
	char digits[24];

	if (r->f->type == REGISTER_MONEY)
		drop_unit(text);
	if (!read_digits(text, digits))
		return wrong(r, r->f->type == REGISTER_MONEY
				? T("không phải số tiền; viết đủ đồng, như 957000000",
				    "is no amount; write all of it in đồng, like 957000000")
				: T("không phải số nguyên", "is no whole number"));
	return keep_number(r, (double)strtoll(digits, NULL, 10), value);
}

static bool read_quantity(const struct reading *r, char *text, json_t **value)
{
	size_t whole = strspn(text, "0123456789"), part = 0;
	double number = strtod(text, NULL);

	if (text[whole] == ',' || text[whole] == '.')
		part = strspn(text + whole + 1, "0123456789");
	if (whole < 1 || whole > 12 || part > 2 || text[whole + (part > 0 ? part + 1 : 0)] != '\0')
		return wrong(r, T("không phải số; viết như 12 hoặc 1,5",
				  "is no number; write it like 12 or 1.5"));
	if (part > 0)
		number = (double)strtol(text, NULL, 10) +
			 (double)strtol(text + whole + 1, NULL, 10) / (part == 1 ? 10 : 100);
	return keep_number(r, number, value);
}

static bool read_flag(const struct reading *r, const char *text, json_t **value)
{
	static const char *const yes[] = {"co", "yes", "true", "1", "x", "✓"};
	static const char *const no[] = {"khong", "no", "false", "0"};

	for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]); i++)
		if (fold_same(text, yes[i]))
			return (*value = json_true()) != NULL;
	for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++)
		if (fold_same(text, no[i]))
			return (*value = json_false()) != NULL;
	return wrong(r, T("phải là \"có\" hoặc \"không\"", "must be \"yes\" or \"no\""));
}

static bool read_choice(const struct reading *r, const char *text, json_t **value)
{
	const struct register_choice *c = r->f->choices;
	size_t used;

	for (; c->code != NULL; c++)
		if (fold_same(text, c->code) || fold_same(text, c->vi) || fold_same(text, c->en))
			return (*value = json_string(c->code)) != NULL;
	/* Choices have commas of their own. */
	used = (size_t)snprintf(r->why, REASON_BYTES, "%s", T("phải là một trong: ",
							      "must be one of: "));
	for (c = r->f->choices; c->code != NULL && used < REASON_BYTES; c++)
		used += (size_t)snprintf(r->why + used, REASON_BYTES - used, "%s%s",
					 c == r->f->choices ? "" : "; ", T(c->vi, c->en));
	return false;
}

/* The code itself, or what people call it. NULL: the list has neither. */
static const char *find_code(const struct codes *list, const char *text)
{
	for (int i = 0; i < list->count; i++)
		if (strcmp(list->list[i].code, text) == 0)
			return list->list[i].code;
	for (int i = 0; i < list->count; i++)
		if (fold_same(list->list[i].code, text) || fold_same(list->list[i].name, text))
			return list->list[i].code;
	return NULL;
}

static bool read_code(const struct reading *r, const char *text, json_t **value)
{
	const struct codes *list = r->lists != NULL ? &r->lists[r->f->list] : NULL;
	const char *code = list != NULL && list->count > 0 ? find_code(list, text) : text;

	if (code == NULL)
		return wrong(r, T("không có mã này trong danh mục", "no such code in the list"));
	if (strlen(code) >= CODE_BYTES)
		return wrong(r, T("mã dài quá 31 byte", "the code is longer than 31 bytes"));
	*value = json_string(code);
	return true;
}

static bool has_text(const json_t *list, const json_t *text)
{
	size_t i;
	json_t *one;

	json_array_foreach(list, i, one)
		if (json_equal(one, text))
			return true;
	return false;
}

static bool add_code(const struct reading *r, const char *text, json_t *list)
{
	json_t *code = NULL;
	bool ok = read_code(r, text, &code);

	if (ok && !has_text(list, code))
		ok = json_array_append(list, code) == 0;
	json_decref(code);
	if (ok && json_array_size(list) > BULLETIN_PROGRAMMES_MAX)
		return wrong(r, T("quá nhiều mã", "too many codes"));
	return ok;
}

static bool read_codes(const struct reading *r, char *text, json_t **value)
{
	char *rest = text, *one;
	bool ok = true;

	*value = json_array();
	while (ok && (one = strtok_r(rest, ",;", &rest)) != NULL) {
		char code[TITLE_BYTES];
		ok = fold_spaces(one, code, sizeof(code))
			     ? code[0] == '\0' || add_code(r, code, *value)
			     : wrong(r, T("dài quá", "is too long"));
	}
	if (ok && json_array_size(*value) > 0)
		return true;
	json_decref(*value);
	*value = NULL;
	return ok;
}

static bool read_sha256(const struct reading *r, char *text, json_t **value)
{
	for (char *c = text; *c != '\0'; c++)
		if (*c >= 'A' && *c <= 'F')
			*c = (char)(*c + 'a' - 'A');
	if (strlen(text) != SHA256_HEX_BYTES - 1 ||
	    strspn(text, "0123456789abcdef") != SHA256_HEX_BYTES - 1)
		return wrong(r, T("không phải mã băm SHA-256 (64 chữ số hệ 16)",
				  "is no SHA-256 (64 hex digits)"));
	*value = json_string(text);
	return true;
}

static bool read_id(const struct reading *r, char *text, json_t **value)
{
	const char *prefix = r->f->type == REGISTER_ROW ? r->f->of : "B";
	size_t len = strlen(prefix), digits;

	for (char *c = text; *c != '\0'; c++)
		if (*c >= 'a' && *c <= 'z')
			*c = (char)(*c + 'A' - 'a');
	digits = strspn(text + (strncmp(text, prefix, len) == 0 ? len : 0), "0123456789");
	if (strncmp(text, prefix, len) != 0 || digits < 1 || digits > 15 ||
	    text[len + digits] != '\0' || (digits > 1 && text[len] == '0')) {
		snprintf(r->why, REASON_BYTES, T("không phải số hiệu như %s12",
						 "is no id like %s12"), prefix);
		return false;
	}
	*value = json_string(text);
	return true;
}

static bool read_squeezed(const struct reading *r, char *text, json_t **value)
{
	switch (r->f->type) {
	case REGISTER_TEXT:
		return read_words(r, text, TITLE_BYTES, value);
	case REGISTER_LONG:
		return read_words(r, text, REGISTER_LONG_BYTES, value);
	case REGISTER_PERSON:
		return read_words(r, text, NAME_BYTES, value);
	case REGISTER_CODE:
		return read_code(r, text, value);
	case REGISTER_CODES:
		return read_codes(r, text, value);
	case REGISTER_DATE:
		return read_date(r, text, value);
	case REGISTER_MONTH:
		return read_month(r, text, value);
	case REGISTER_COUNT:
	case REGISTER_MONEY:
		return read_whole(r, text, value);
	case REGISTER_QUANTITY:
		return read_quantity(r, text, value);
	case REGISTER_FLAG:
		return read_flag(r, text, value);
	case REGISTER_CHOICE:
		return read_choice(r, text, value);
	case REGISTER_SHA256:
		return read_sha256(r, text, value);
	default:
		return read_id(r, text, value);
	}
}

bool register_read(const struct register_field *f, const struct codes *lists, const char *text,
		   json_t **value, char why[static REASON_BYTES])
{
	const struct reading r = {f, lists, why};
	char line[REGISTER_LONG_BYTES + 2];

	*value = NULL;
	why[0] = '\0';
	if (!fold_spaces(text, line, sizeof(line)))
		return wrong(&r, T("dài quá", "is too long"));
	if (!utf8_printable(line, strlen(line)))
		return wrong(&r, T("có ký tự không hiển thị được",
				   "has characters that cannot be shown"));
	return line[0] == '\0' || read_squeezed(&r, line, value);
}

static bool is_number(enum register_type type)
{
	return type == REGISTER_COUNT || type == REGISTER_MONEY || type == REGISTER_QUANTITY;
}

static bool take_list(const struct reading *r, const json_t *given, json_t **value)
{
	size_t i;
	json_t *one;
	bool ok = r->f->type == REGISTER_CODES;

	*value = json_array();
	json_array_foreach(given, i, one)
		ok = ok && json_is_string(one) && add_code(r, json_string_value(one), *value);
	if (ok && json_array_size(*value) > 0)
		return true;
	json_decref(*value);
	*value = NULL;
	return ok || r->why[0] != '\0' ? ok : wrong(r, T("phải là chữ", "must be text"));
}

/* A number in a cell for words, as somebody typed it: 12, 0.5. */
static bool take_number(const struct reading *r, const json_t *given, json_t **value)
{
	char text[40];

	if (is_number(r->f->type))
		return keep_number(r, json_number_value(given), value);
	snprintf(text, sizeof(text), "%.15g", json_number_value(given));
	return register_read(r->f, r->lists, text, value, r->why);
}

bool register_take(const struct register_field *f, const struct codes *lists, const json_t *given,
		   json_t **value, char why[static REASON_BYTES])
{
	const struct reading r = {f, lists, why};

	*value = NULL;
	why[0] = '\0';
	if (given == NULL || json_is_null(given))
		return true;
	if (json_is_string(given))
		return json_string_length(given) == strlen(json_string_value(given))
			? register_read(f, lists, json_string_value(given), value, why)
			: wrong(&r, T("có ký tự không hiển thị được",
				      "has characters that cannot be shown"));
	if (json_is_number(given))
		return take_number(&r, given, value);
	if (json_is_array(given))
		return take_list(&r, given, value);
	if (json_is_boolean(given) && f->type == REGISTER_FLAG)
		return (*value = json_boolean(json_is_true(given))) != NULL;
	return wrong(&r, T("phải là chữ", "must be text"));
}
