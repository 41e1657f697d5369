/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"

#include "base/json_plain.h"
#include "base/must.h"
#include "base/text.h"

#include <math.h>

json_t *json_read(const char *text, size_t len, struct err *e)
{
	json_error_t fault;
	json_t *value = json_plain(text, len);

	if (value != NULL)
		return value;
	value = json_loadb(text, len, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &fault);
	if (value == NULL)
		err_set(e, ERR_FAILED, T("không phải JSON: %s", "not JSON: %s"), fault.text);
	return value;
}

json_t *json_rounded(double value, int decimals)
{
	double scale = 1;

	must(decimals >= 0 && decimals <= 9);
	if (!isfinite(value))
		return json_null();
	for (int i = 0; i < decimals; i++)
		scale *= 10;
	return json_real(round(value * scale) / scale + 0.0); /* + 0.0: never −0.0 */
}

json_t *json_time(struct wall t, const struct tz *tz)
{
	char text[32];

	wall_print(t, tz, text);
	return json_string(text);
}

json_t *json_text(const char *text)
{
	json_t *value = text != NULL && text[0] != '\0' ? json_string(text) : NULL;

	return value != NULL ? value : json_null();
}

const char *json_get_text(const json_t *o, const char *key, const char *otherwise)
{
	const char *text = json_string_value(json_object_get(o, key));

	return text != NULL ? text : otherwise;
}

int64_t json_get_integer(const json_t *o, const char *key, int64_t otherwise)
{
	const json_t *value = json_object_get(o, key);

	return json_is_integer(value) ? json_integer_value(value) : otherwise;
}

double json_get_number(const json_t *o, const char *key, double otherwise)
{
	const json_t *value = json_object_get(o, key);

	return json_is_number(value) ? json_number_value(value) : otherwise;
}

bool json_get_bool(const json_t *o, const char *key, bool otherwise)
{
	const json_t *value = json_object_get(o, key);

	return json_is_boolean(value) ? json_is_true(value) : otherwise;
}

bool json_get_time(const json_t *o, const char *key, struct wall *t)
{
	static const struct tz utc = {.name = "UTC", .changes = 1, .at_s = {INT64_MIN}};
	const char *text = json_get_text(o, key, NULL);

	return text != NULL && wall_parse(text, &utc, t);
}
