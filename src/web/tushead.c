/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/tushead.h"

#include "base/civil.h"
#include "base/limits.h"
#include "base/must.h"
#include "base/text.h"
#include "web/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define VALUE_BYTES 24576

bool tushead_number(const char *text, int64_t *n)
{
	size_t len = strlen(text);

	if (len == 0 || len > 18 || strspn(text, "0123456789") != len)
		return false;
	*n = strtoll(text, NULL, 10);
	return true;
}

static bool malformed(struct err *e)
{
	return err_set(e, ERR_USAGE,
		       T("Upload-Metadata: phải là \"khóa base64,khóa base64\", mỗi khóa một lần",
			 "Upload-Metadata: must be \"key base64,key base64\", each key once"));
}

/* Of any value that a request's head has room for, so that one that is too long is told as that. A
 * NUL becomes a sign that does not show either, and is told as such. */
static bool decode(const char *text, size_t len, char value[static VALUE_BYTES])
{
	size_t value_len = 0;

	if (sodium_base642bin((unsigned char *)value, VALUE_BYTES - 1, text, len, NULL, &value_len,
			      NULL, sodium_base64_VARIANT_ORIGINAL) != 0)
		return false;
	for (size_t i = 0; i < value_len; i++)
		if (value[i] == '\0')
			value[i] = '\1';
	value[value_len] = '\0';
	return true;
}

/* One pair, without its commas. */
static bool take_pair(const char *text, size_t len, json_t *seen, json_t *command,
		      char key[static TUSHEAD_KEY_BYTES], struct err *e)
{
	char value[VALUE_BYTES];
	const char *space = memchr(text, ' ', len);
	size_t key_len = space != NULL ? (size_t)(space - text) : len;

	if (key_len == 0 || key_len >= TUSHEAD_KEY_BYTES)
		return malformed(e);
	memcpy(key, text, key_len);
	key[key_len] = '\0';
	value[0] = '\0';
	if ((space != NULL && !decode(space + 1, len - key_len - 1, value)) ||
	    json_object_get(seen, key) != NULL ||
	    json_object_set_new(seen, key, json_true()) != 0)
		return malformed(e);
	return words_take(command, key, value, e);
}

bool tushead_metadata(const char *text, json_t *command, char key[static TUSHEAD_KEY_BYTES],
		      struct err *e)
{
	json_t *seen = json_object();
	bool good = true;

	key[0] = '\0';
	while (good && *text != '\0') {
		text += strspn(text, " ");
		size_t len = strcspn(text, ",");
		good = take_pair(text, len, seen, command, key, e);
		text += len + (text[len] == ',');
	}
	json_decref(seen);
	return good;
}

bool tushead_checksum(const char *text, struct tushead_checksum *c, struct err *e)
{
	size_t wanted = 0, got = 0;

	c->kind = TUSHEAD_NO_SUM;
	if (text == NULL)
		return true;
	if (strncmp(text, "sha1 ", 5) == 0) {
		c->kind = TUSHEAD_SHA1;
		wanted = SHA1_DIGEST_SIZE;
		sha1_init(&c->state.sha1);
	} else if (strncmp(text, "sha256 ", 7) == 0) {
		c->kind = TUSHEAD_SHA256;
		wanted = crypto_hash_sha256_BYTES;
		crypto_hash_sha256_init(&c->state.sha256);
	}
	const char *sum = text + strcspn(text, " ") + 1;
	if (c->kind != TUSHEAD_NO_SUM &&
	    sodium_base642bin(c->wanted, sizeof(c->wanted), sum, strlen(sum), NULL, &got, NULL,
			      sodium_base64_VARIANT_ORIGINAL) == 0 && got == wanted)
		return true;
	return err_set(e, ERR_USAGE, T("Upload-Checksum: phải là \"sha1 base64\" hoặc "
				       "\"sha256 base64\"",
				       "Upload-Checksum: must be \"sha1 base64\" or "
				       "\"sha256 base64\""));
}

void tushead_add(struct tushead_checksum *c, const void *data, size_t len)
{
	if (c->kind == TUSHEAD_SHA1)
		sha1_update(&c->state.sha1, len, data);
	else if (c->kind == TUSHEAD_SHA256)
		crypto_hash_sha256_update(&c->state.sha256, data, len);
}

bool tushead_matches(struct tushead_checksum *c)
{
	unsigned char sum[32];

	if (c->kind == TUSHEAD_NO_SUM)
		return true;
	if (c->kind == TUSHEAD_SHA1)
		sha1_digest(&c->state.sha1, SHA1_DIGEST_SIZE, sum);
	else
		crypto_hash_sha256_final(&c->state.sha256, sum);
	return memcmp(sum, c->wanted, c->kind == TUSHEAD_SHA1 ? SHA1_DIGEST_SIZE : 32) == 0;
}

void tushead_date(struct wall t, char out[static 32])
{
	static const char days[] = "MonTueWedThuFriSatSun";
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	char text[96]; /* the compiler thinks of numbers that no date has */
	struct tz utc;
	int32_t s;

	tz_fixed(&utc, "UTC", 0);
	struct date d = tz_date(&utc, t, &s);
	must(snprintf(text, sizeof(text), "%.3s, %02d %.3s %04d %02d:%02d:%02d GMT",
		      days + 3 * date_weekday(d), d.day, months + 3 * (d.month - 1), d.year,
		      s / 3600, s / 60 % 60, s % 60) < 32);
	memcpy(out, text, 32);
}
