/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "people/password.h"

#include "base/limits.h"
#include "base/must.h"
#include "base/text.h"
#include "base/utf8.h"
#include "people/password_words.h"

#include <sodium.h>
#include <string.h>
#include <zxcvbn.h>

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

/* A hundred million guesses, in bits: what zxcvbn's authors call safe where guessing is slowed down
 * (D. L. Wheeler, USENIX Security 2016, section 5); at a guess a minute it is 190 years. */
#define BITS_MIN 26.6

/* Room for the words above, the account's name and every tail of the station's. */
#define NAME_WORDS_MAX 24
#define WORDS_MAX (sizeof(password_words) / sizeof(password_words[0]) + NAME_WORDS_MAX + 1)

struct words {
	const char *list[WORDS_MAX]; /* ends with NULL, as the library wants it */
	size_t count;
	char names[NAME_WORDS_MAX][NAME_BYTES];
	int name_count;
};

static void add_name(struct words *w, const char *text)
{
	if (w->name_count == NAME_WORDS_MAX)
		return;
	char *name = w->names[w->name_count];
	utf8_bare(text, name, NAME_BYTES);
	if (strlen(name) < 3)
		return;
	w->list[w->count++] = name;
	w->name_count++;
}

/* "Đài xã Bù Gia Mập": daixabugiamap, xabugiamap, bugiamap, giamap, map. */
static void gather(struct words *w, const char *name, const char *station)
{
	*w = (struct words){0};
	for (size_t i = 0; i < sizeof(password_words) / sizeof(password_words[0]); i++)
		w->list[w->count++] = password_words[i];
	add_name(w, name);
	for (const char *tail = station; tail != NULL && *tail != '\0';) {
		add_name(w, tail);
		tail = strchr(tail, ' ');
		if (tail != NULL)
			tail++;
	}
}

static bool soon_guessed(const char *password, struct words *w)
{
	return ZxcvbnMatch(password, w->list, NULL) < BITS_MIN;
}

/* A word from the list with marks on its letters or spaces in between is no better than without. */
static bool first_tried(const char *password, const char *name, const char *station)
{
	char bare[PASSWORD_BYTES];
	struct words w;

	gather(&w, name, station);
	utf8_bare(password, bare, sizeof(bare));
	return soon_guessed(password, &w) || (bare[0] != '\0' && soon_guessed(bare, &w));
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
	if (first_tried(password, name, station))
		return err_set(e, ERR_REFUSED,
			       T("mật khẩu này dễ đoán (từ hay gặp, ngày tháng, tên người hay tên "
				 "đài); hãy đặt một câu ngắn của riêng mình, bốn năm tiếng",
				 "this password is easily guessed (a common word, a date, the name "
				 "of the account or station); take a short sentence of your own, "
				 "four or five words"));
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
