/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

bool text_english;

void text_init(void)
{
	const char *lang = getenv("VANGXA_LANG");

	text_english = lang != NULL && strncmp(lang, "en", 2) == 0;
}
