/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"

#include "base/must.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

bool text_own_english;

static _Thread_local enum text_reader spoken_to;

static _Thread_local bool for_page;

const char *text_shell(const char *hint)
{
	return for_page ? "" : hint;
}

bool text_for_page(bool page)
{
	bool before = for_page;

	for_page = page;
	return before;
}

const char *text_month(int month)
{
	static const char *const en[] = {"January", "February", "March", "April",
					 "May", "June", "July", "August",
					 "September", "October", "November", "December"};
	static const char *const vi[] = {"1", "2", "3", "4", "5", "6",
					 "7", "8", "9", "10", "11", "12"};

	must(month >= 1 && month <= 12);
	return T(vi[month - 1], en[month - 1]);
}

void text_init(void)
{
	const char *lang = getenv("VANGXA_LANG");

	text_own_english = lang != NULL && strncmp(lang, "en", 2) == 0;
}

enum text_reader text_speak(enum text_reader reader)
{
	enum text_reader before = spoken_to;

	spoken_to = reader;
	return before;
}

enum text_reader text_speaks(void)
{
	return spoken_to;
}

bool text_english(void)
{
	return spoken_to == TEXT_OWN ? text_own_english : spoken_to == TEXT_EN;
}

enum text_reader text_reader(const char *lang)
{
	if (lang != NULL && strcmp(lang, "en") == 0)
		return TEXT_EN;
	return lang != NULL && strcmp(lang, "vi") == 0 ? TEXT_VI : TEXT_OWN;
}

const char *text_lang(enum text_reader reader)
{
	bool english = reader == TEXT_OWN ? text_own_english : reader == TEXT_EN;

	return english ? "en" : "vi";
}

/* "en-GB;q=0.8" is English; "english" is nothing. */
static bool names(const char *range, size_t len, const char *lang)
{
	return len >= 2 && strncasecmp(range, lang, 2) == 0 && (len == 2 || range[2] == '-');
}

enum text_reader text_accepted(const char *header)
{
	while (header != NULL && *header != '\0') {
		header += strspn(header, ", \t");
		size_t len = strcspn(header, ",; \t");
		if (names(header, len, "vi"))
			return TEXT_VI;
		if (names(header, len, "en"))
			return TEXT_EN;
		header += strcspn(header, ",");
	}
	return TEXT_OWN;
}
