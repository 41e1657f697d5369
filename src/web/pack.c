/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/pack.h"

#include <string.h>

/* "gzip;q=0" is the only way to say no that is in use. */
bool pack_taken(const char *accept_encoding)
{
	const char *at = accept_encoding != NULL ? strstr(accept_encoding, "gzip") : NULL;

	if (at == NULL)
		return false;
	at += strlen("gzip");
	at += strspn(at, " ");
	if (*at != ';')
		return true;
	const char *q = at + 1 + strspn(at + 1, " ");
	return strncmp(q, "q=0", 3) != 0 || strspn(q + 3, ".0") != strcspn(q + 3, ", ");
}
