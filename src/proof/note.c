/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/note.h"

#include "base/must.h"
#include "base/text.h"
#include "base/utf8.h"
#include "proof/base64.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DASH "\xe2\x80\x94 " /* U+2014 and a space */
#define PRIVATE "PRIVATE+KEY+"
#define BASE64 sodium_base64_VARIANT_ORIGINAL
#define COSIGNATURE_BYTES (8 + crypto_sign_BYTES)
#define SIGNATURE_BYTES_MAX 5000 /* the longest kind that there is: ML-DSA */
#define LINES_MAX 100 /* of signatures; C2SP signed-note asks for a limit of 16 or more */

/* White_Space of Unicode beyond ASCII. */
static bool is_space(uint32_t c)
{
	return c == 0x85 || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) ||
	       c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
}

static uint32_t code_point(const unsigned char *s, int *len)
{
	if (s[0] < 0x80) {
		*len = 1;
		return s[0];
	}
	if (s[0] < 0xe0) {
		*len = 2;
		return (s[0] & 0x1fu) << 6 | (s[1] & 0x3fu);
	}
	*len = s[0] < 0xf0 ? 3 : 4;
	return *len == 4 ? 0x10000 : (s[0] & 0xfu) << 12 | (s[1] & 0x3fu) << 6 | (s[2] & 0x3fu);
}

bool note_name_valid(const char *name)
{
	size_t size = strlen(name);
	int len;

	if (size == 0 || size >= NOTE_NAME_BYTES || !utf8_valid(name, size))
		return false;
	for (const unsigned char *s = (const unsigned char *)name; *s != '\0'; s += len) {
		uint32_t c = code_point(s, &len);

		if (c <= ' ' || c == 0x7f || c == '+' || is_space(c))
			return false;
	}
	return true;
}

/* The first four bytes of SHA-256(name ‖ "\n" ‖ type ‖ key), big-endian. */
static uint32_t key_id(const struct note_verifier *v)
{
	unsigned char type = (unsigned char)v->type, h[crypto_hash_sha256_BYTES];
	crypto_hash_sha256_state s;

	crypto_hash_sha256_init(&s);
	crypto_hash_sha256_update(&s, (const unsigned char *)v->name, strlen(v->name));
	crypto_hash_sha256_update(&s, (const unsigned char *)"\n", 1);
	crypto_hash_sha256_update(&s, &type, 1);
	crypto_hash_sha256_update(&s, v->key, sizeof(v->key));
	crypto_hash_sha256_final(&s, h);
	return (uint32_t)h[0] << 24 | (uint32_t)h[1] << 16 | (uint32_t)h[2] << 8 | h[3];
}

void note_signer_make(struct note_signer *s, const char *name, enum note_type type,
		      const uint8_t seed[static NOTE_SEED_BYTES])
{
	uint8_t own[NOTE_SEED_BYTES]; /* seed may be the first half of s->secret */

	must(note_name_valid(name));
	memcpy(own, seed, sizeof(own));
	snprintf(s->verifier.name, sizeof(s->verifier.name), "%s", name);
	s->verifier.type = type;
	must(crypto_sign_seed_keypair(s->verifier.key, s->secret, own) == 0);
	sodium_memzero(own, sizeof(own));
	s->verifier.id = key_id(&s->verifier);
}

static void print_key(const char *before, const struct note_verifier *v, const uint8_t key[32],
		      char out[static NOTE_KEY_BYTES])
{
	unsigned char typed[33] = {(unsigned char)v->type};
	char base64[sodium_base64_ENCODED_LEN(sizeof(typed), BASE64)];

	memcpy(typed + 1, key, 32);
	sodium_bin2base64(base64, sizeof(base64), typed, sizeof(typed), BASE64);
	snprintf(out, NOTE_KEY_BYTES, "%s%s+%08" PRIx32 "+%s", before, v->name, v->id, base64);
	sodium_memzero(typed, sizeof(typed));
	sodium_memzero(base64, sizeof(base64));
}

void note_verifier_print(const struct note_verifier *v, char out[static NOTE_KEY_BYTES])
{
	print_key("", v, v->key, out);
}

void note_signer_print(const struct note_signer *s, char out[static NOTE_KEY_BYTES])
{
	print_key(PRIVATE, &s->verifier, s->secret, out); /* its first half is the seed */
}

static bool parse_id(const char *at, const char *end, uint32_t *id)
{
	char hex[9];

	if (end - at != 8)
		return false;
	memcpy(hex, at, 8);
	hex[8] = '\0';
	*id = (uint32_t)strtoul(hex, NULL, 16);
	char again[9];
	snprintf(again, sizeof(again), "%08" PRIx32, *id);
	return strcmp(hex, again) == 0;
}

/* name+id+base64 into name, id, type and 32 bytes of key. */
static bool parse_key(const char *text, struct note_verifier *v, uint8_t key[static 32])
{
	const char *id = strchr(text, '+'), *base64 = id != NULL ? strchr(id + 1, '+') : NULL;
	unsigned char typed[33];
	size_t len;

	if (base64 == NULL || (size_t)(id - text) >= sizeof(v->name))
		return false;
	snprintf(v->name, sizeof(v->name), "%.*s", (int)(id - text), text);
	if (!note_name_valid(v->name) || !parse_id(id + 1, base64, &v->id) ||
	    !base64_read(base64 + 1, strlen(base64 + 1), typed, sizeof(typed), &len) ||
	    len != sizeof(typed) || (typed[0] != NOTE_ED25519 && typed[0] != NOTE_COSIGNATURE))
		return false;
	v->type = typed[0];
	memcpy(key, typed + 1, 32);
	sodium_memzero(typed, sizeof(typed));
	return true;
}

bool note_verifier_parse(struct note_verifier *v, const char *text, struct err *e)
{
	if (parse_key(text, v, v->key) && key_id(v) == v->id)
		return true;
	return err_set(e, ERR_DAMAGED,
		       T("không phải khóa công khai của nhật ký (tên+số+khóa)",
			 "not the public key of a log (name+id+key)"));
}

bool note_verifier_same(const struct note_verifier *a, const struct note_verifier *b)
{
	return note_verifier_same_secret(a, b) && a->id == b->id && strcmp(a->name, b->name) == 0;
}

bool note_verifier_same_secret(const struct note_verifier *a, const struct note_verifier *b)
{
	return a->type == b->type && memcmp(a->key, b->key, sizeof(a->key)) == 0;
}

bool note_signer_parse(struct note_signer *s, const char *text, struct err *e)
{
	struct note_verifier read;
	uint8_t seed[NOTE_SEED_BYTES];
	bool ok = strncmp(text, PRIVATE, strlen(PRIVATE)) == 0 &&
		  parse_key(text + strlen(PRIVATE), &read, seed);

	if (ok)
		note_signer_make(s, read.name, read.type, seed);
	sodium_memzero(seed, sizeof(seed));
	if (ok && s->verifier.id == read.id)
		return true;
	return err_set(e, ERR_DAMAGED,
		       T("không phải khóa ký nhật ký", "not the secret key of a log"));
}

/* What the key signs: the text, for a cosignature with its time before it. */
static void message(enum note_type type, const char *text, size_t len, int64_t time_s,
		    struct buf *out)
{
	char head[64];

	if (type == NOTE_COSIGNATURE) {
		int n = snprintf(head, sizeof(head), "cosignature/v1\ntime %" PRId64 "\n", time_s);
		buf_add(out, head, (size_t)n);
	}
	buf_add(out, text, len);
}

static void put_big_endian(uint8_t *out, uint64_t value, int bytes)
{
	for (int i = 0; i < bytes; i++)
		out[i] = (uint8_t)(value >> 8 * (bytes - 1 - i));
}

void note_sign(const struct note_signer *s, const char *text, size_t len, int64_t time_s,
	       struct buf *out)
{
	uint8_t raw[4 + COSIGNATURE_BYTES];
	char base64[sodium_base64_ENCODED_LEN(sizeof(raw), BASE64)];
	size_t at = 4;
	struct buf m = {0};

	must(len > 0 && text[len - 1] == '\n' && time_s >= 0);
	put_big_endian(raw, s->verifier.id, 4);
	if (s->verifier.type == NOTE_COSIGNATURE) {
		put_big_endian(raw + at, (uint64_t)time_s, 8);
		at += 8;
	}
	message(s->verifier.type, text, len, time_s, &m);
	must(crypto_sign_detached(raw + at, NULL, (const unsigned char *)m.data, m.len,
				  s->secret) == 0);
	buf_finish(&m);
	sodium_bin2base64(base64, sizeof(base64), raw, at + crypto_sign_BYTES, BASE64);
	buf_add(out, DASH, strlen(DASH));
	buf_add(out, s->verifier.name, strlen(s->verifier.name));
	buf_add(out, " ", 1);
	buf_add(out, base64, strlen(base64));
	buf_add(out, "\n", 1);
}

static bool no_note(struct err *e)
{
	return err_set(e, ERR_DAMAGED, T("không phải văn bản có chữ ký (signed note)",
					 "not a signed note"));
}

static bool no_controls(const char *note, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)note[i] < 0x20 && note[i] != '\n')
			return false;
	return utf8_valid(note, len);
}

/* The text ends before the last empty line. */
static bool find_text(const char *note, size_t len, size_t *text_len)
{
	if (len < 3 || len > NOTE_BYTES_MAX || note[len - 1] != '\n' || !no_controls(note, len))
		return false;
	for (size_t i = len - 2; i > 0; i--)
		if (note[i] == '\n' && note[i - 1] == '\n') {
			*text_len = i;
			return i + 1 < len;
		}
	return false;
}

struct line {
	char name[NOTE_NAME_BYTES];
	uint8_t raw[SIGNATURE_BYTES_MAX];
	size_t raw_len;
};

/* "— name base64", len bytes without its newline. */
static bool parse_line(const char *at, size_t len, struct line *l)
{
	const size_t dash = strlen(DASH);

	if (len < dash || memcmp(at, DASH, dash) != 0)
		return false;
	const char *name = at + dash, *end = at + len, *space = memchr(name, ' ', len - dash);
	if (space == NULL || (size_t)(space - name) >= sizeof(l->name))
		return false;
	snprintf(l->name, sizeof(l->name), "%.*s", (int)(space - name), name);
	return note_name_valid(l->name) &&
	       base64_read(space + 1, (size_t)(end - space - 1), l->raw, sizeof(l->raw),
			   &l->raw_len) &&
	       l->raw_len > 4;
}

static uint64_t big_endian(const uint8_t *in, int bytes)
{
	uint64_t value = 0;

	for (int i = 0; i < bytes; i++)
		value = value << 8 | in[i];
	return value;
}

static bool is_right(const struct note_verifier *v, const struct line *l, const char *text,
		     size_t len, int64_t *time_s)
{
	size_t at = v->type == NOTE_COSIGNATURE ? 12 : 4;
	struct buf m = {0};

	if (l->raw_len != at + crypto_sign_BYTES)
		return false;
	uint64_t time = v->type == NOTE_COSIGNATURE ? big_endian(l->raw + 4, 8) : 0;
	if (time > INT64_MAX)
		return false;
	*time_s = (int64_t)time;
	message(v->type, text, len, *time_s, &m);
	bool ok = crypto_sign_verify_detached(l->raw + at, (const unsigned char *)m.data, m.len,
					      v->key) == 0;
	buf_finish(&m);
	return ok;
}

static bool check_line(const struct line *l, const char *note, const struct note_verifier *known,
		       int count, struct note_opened *o, struct err *e)
{
	for (int i = 0; i < count; i++) {
		if (strcmp(known[i].name, l->name) != 0 || known[i].id != big_endian(l->raw, 4))
			continue;
		if (!is_right(&known[i], l, note, o->text_len, &o->time_s[i]))
			return err_set(e, ERR_DIFFERS,
				       T("chữ ký của %s sai", "the signature by %s is wrong"),
				       l->name);
		o->signed_by |= 1u << i;
	}
	return true;
}

bool note_open(const char *note, size_t len, const struct note_verifier *known, int count,
	       struct note_opened *o, struct err *e)
{
	struct line l;
	int lines = 0;

	must(count <= NOTE_KNOWN_MAX);
	*o = (struct note_opened){0};
	if (!find_text(note, len, &o->text_len))
		return no_note(e);
	for (const char *at = note + o->text_len + 1, *end; at < note + len; at = end + 1) {
		end = memchr(at, '\n', (size_t)(note + len - at));
		if (lines++ == LINES_MAX || !parse_line(at, (size_t)(end - at), &l))
			return no_note(e);
		if (!check_line(&l, note, known, count, o, e))
			return false;
	}
	if (o->signed_by == 0 && count > 0)
		return err_set(e, ERR_DIFFERS,
			       T("không có chữ ký của khóa đã biết", "no known key signed it"));
	return true;
}

bool note_signature_next(const char *note, size_t len, size_t *at, struct note_signature *s)
{
	const size_t cosignature = 12 + crypto_sign_BYTES;
	struct line l;

	*at += note[*at] == '\n';
	if (*at >= len)
		return false;
	const char *end = memchr(note + *at, '\n', len - *at);
	if (end == NULL || !parse_line(note + *at, (size_t)(end - note) - *at, &l))
		return false;
	*at = (size_t)(end - note) + 1;
	snprintf(s->name, sizeof(s->name), "%s", l.name);
	s->id = (uint32_t)big_endian(l.raw, 4);
	uint64_t time = l.raw_len == cosignature ? big_endian(l.raw + 4, 8) : UINT64_MAX;
	s->time_s = time <= NOTE_TIME_MAX_S ? (int64_t)time : -1;
	return true;
}
