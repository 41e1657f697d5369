/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/gather.h"

#include "base/must.h"
#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>

#define FIRST 64

void *gather_room(void *list, int count, int *room, size_t size)
{
	must(count >= 0 && count <= *room);
	if (count < *room)
		return list;
	*room = *room > 0 ? 2 * *room : FIRST;
	list = realloc(list, (size_t)*room * size);
	must(list != NULL);
	return list;
}

void gather_text(char *out, size_t size, const char *text)
{
	if ((size_t)snprintf(out, size, "%s", text) >= size)
		utf8_cut(out, size - 1);
}
