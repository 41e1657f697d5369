/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "people/password.h"

#include "base/limits.h"
#include "base/must.h"
#include "base/text.h"
#include "base/utf8.h"

#include <ctype.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* Above what OWASP asks for Argon2id at least (19 MiB, 2 rounds), and on the oldest PC that runs a
 * station still within a second. The road not taken: libsodium's "moderate" 256 MiB, an eighth of
 * such a PC's memory for every visitor who mistypes. */
#define ROUNDS 3
#define MEMORY_KIB 32768

/* A hash of the same cost that no password has: salt and hash are zeros in base64. */
#define NOBODY(rounds, kib)                                                                        \
	"$argon2id$v=19$m=" #kib ",t=" #rounds ",p=1$AAAAAAAAAAAAAAAAAAAAAA$"                      \
	"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
#define NOBODY_OF(rounds, kib) NOBODY(rounds, kib)

/* The words that lists of leaked passwords begin with, and those of this country: refused alone and
 * with digits and marks around them. */
static const char *const stems[] = {
	"password", "passw0rd", "p@ssword", "p@ssw0rd", "qwerty",   "qwertyui", "qwertyuiop",
	"asdfghjkl", "iloveyou", "sunshine", "princess", "football", "baseball", "welcome",
	"letmein",  "superman", "computer", "internet", "whatever", "trustno",  "starwars",
	"changeme", "default",  "abcdefgh", "abc",	"aa",	    "admin",	"administrator",
	"root",	    "guest",	"test",	    "user",	"matkhau",  "matkhaumoi", "mat khau",
	"vietnam",  "anhyeuem", "emyeuanh", "yeuem",	"truyenthanh", "loaphuong", "vangxa"};

static void lower(const char *text, char out[static NAME_BYTES])
{
	size_t i = 0;

	for (; i < NAME_BYTES - 1 && text[i] != '\0'; i++)
		out[i] = (char)tolower((unsigned char)text[i]);
	out[i] = '\0';
}

static bool few_characters(const char *password)
{
	bool seen[256] = {false};
	int count = 0;

	for (const char *c = password; *c != '\0'; c++) {
		count += !seen[(unsigned char)*c];
		seen[(unsigned char)*c] = true;
	}
	return count < 4;
}

/* "12345678", "87654321", "abcdefgh": each character follows the one before. */
static bool in_sequence(const char *password)
{
	int up = 0, down = 0, len = (int)strlen(password);

	for (int i = 1; i < len; i++) {
		int step = password[i] - password[i - 1];
		bool round = (password[i] == '0' && password[i - 1] == '9');
		up += step == 1 || round;
		down += step == -1;
	}
	return up == len - 1 || down == len - 1;
}

/* Without the digits and marks at both ends. */
static void bare(const char *lowered, char out[static NAME_BYTES])
{
	const char *marks = "0123456789!@#$%^&*._-+ ";
	size_t begin = strspn(lowered, marks), end = strlen(lowered);

	while (end > begin && strchr(marks, lowered[end - 1]) != NULL)
		end--;
	snprintf(out, NAME_BYTES, "%.*s", (int)(end - begin), lowered + begin);
}

static bool first_tried(const char *password)
{
	char lowered[NAME_BYTES], word[NAME_BYTES];

	lower(password, lowered);
	bare(lowered, word);
	if (word[0] == '\0' && strlen(lowered) < 10)
		return true; /* a date, a telephone number's end */
	for (size_t i = 0; i < sizeof(stems) / sizeof(stems[0]); i++)
		if (strcmp(word, stems[i]) == 0 || strcmp(lowered, stems[i]) == 0)
			return true;
	return few_characters(password) || in_sequence(password);
}

/* The word, with or without digits and marks around it. */
static bool is_word(const char *password, const char *word)
{
	char lowered[NAME_BYTES], stripped[NAME_BYTES], other[NAME_BYTES];

	lower(password, lowered);
	lower(word, other);
	bare(lowered, stripped);
	return other[0] != '\0' && (strcmp(lowered, other) == 0 || strcmp(stripped, other) == 0);
}

bool password_good(const char *password, const char *name, const char *station, struct err *e)
{
	if (!utf8_printable(password, strlen(password)))
		return err_set(e, ERR_REFUSED,
			       T("mật khẩu có ký tự không hiển thị được",
				 "the password has characters that cannot be shown"));
	if (utf8_length(password) < PASSWORD_CHARACTERS_MIN)
		return err_set(e, ERR_REFUSED,
			       T("mật khẩu phải có ít nhất %d ký tự; một câu ngắn dễ nhớ là tốt",
				 "a password has at least %d characters; a short sentence is good"),
			       PASSWORD_CHARACTERS_MIN);
	if (strlen(password) >= PASSWORD_BYTES)
		return err_set(e, ERR_REFUSED,
			       T("mật khẩu quá dài", "the password is too long"));
	if (is_word(password, name) || is_word(password, station))
		return err_set(e, ERR_REFUSED,
			       T("mật khẩu không được là tên đăng nhập hay tên đài",
				 "the password must not be the name of the account or station"));
	if (first_tried(password))
		return err_set(e, ERR_REFUSED,
			       T("mật khẩu này ai cũng đoán được; chọn một câu ngắn của riêng mình",
				 "everybody would guess this password; take a short sentence of "
				 "your own"));
	return true;
}

bool password_hash(const char *password, char hash[static PASSWORD_HASH_BYTES], struct err *e)
{
	_Static_assert(PASSWORD_HASH_BYTES == crypto_pwhash_STRBYTES, "libsodium's own size");
	must(sodium_init() >= 0);
	if (crypto_pwhash_str(hash, password, strlen(password), ROUNDS,
			      (size_t)MEMORY_KIB * 1024) == 0)
		return true;
	return err_set(e, ERR_FAILED, T("máy không đủ bộ nhớ; thử lại sau",
					"the machine is short of memory; try again later"));
}

bool password_matches(const char *hash, const char *password)
{
	bool nobody = hash[0] == '\0';

	must(sodium_init() >= 0);
	int answer = crypto_pwhash_str_verify(nobody ? NOBODY_OF(ROUNDS, MEMORY_KIB) : hash,
					      password, strlen(password));
	return answer == 0 && !nobody;
}

void password_wipe(char *text)
{
	if (text != NULL)
		sodium_memzero(text, strlen(text));
}
