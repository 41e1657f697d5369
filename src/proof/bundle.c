/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/bundle.h"

#include "base/must.h"
#include "base/utf8.h"

#include <string.h>

void bundle_header(size_t len, uint8_t out[static 2])
{
	must(len <= ENTRY_BYTES_MAX + 1);
	out[0] = (uint8_t)(len >> 8);
	out[1] = (uint8_t)len;
}

static bool looks_whole(const char *text, size_t len)
{
	if (len < 3 || len > ENTRY_BYTES_MAX + 1 || text[0] != '{' || text[len - 2] != '}' ||
	    text[len - 1] != '\n')
		return false;
	return utf8_line(text, len - 1);
}

bool bundle_next(const char *data, size_t data_len, size_t *at, const char **text, size_t *len)
{
	if (data_len - *at < 2)
		return false;
	const uint8_t *header = (const uint8_t *)data + *at;
	size_t entry_len = (size_t)header[0] << 8 | header[1];
	if (data_len - *at - 2 < entry_len || !looks_whole(data + *at + 2, entry_len))
		return false;
	*text = data + *at + 2;
	*len = entry_len - 1;
	*at += 2 + entry_len;
	return true;
}

bool bundle_torn(const char *data, size_t len)
{
	const uint8_t *bytes = (const uint8_t *)data;
	size_t written = len;

	while (written > 0 && bytes[written - 1] == 0)
		written--;
	size_t entry_len = len > 1 ? (size_t)bytes[0] << 8 | bytes[1] : (size_t)bytes[0] << 8;
	/* Of one that is all there every byte would have to be right. */
	if (written > 0 && (entry_len > ENTRY_BYTES_MAX + 1 || written >= 2 + entry_len))
		return written < 2 && len < 2 && entry_len <= ENTRY_BYTES_MAX + 1;
	if (len > 2 + ENTRY_BYTES_MAX + 1 || (written > 2 && data[2] != '{'))
		return false;
	for (size_t i = 2; i < written; i++)
		if (bytes[i] < 0x20)
			return false;
	return true;
}
