/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/bundle.h"

#include "base/must.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

/* Groups of three digits, all but the last behind an x. */
static int print_number(int64_t bundle, char *out, size_t size)
{
	int high = (int)(bundle / 1000000), middle = (int)(bundle / 1000 % 1000);
	int low = (int)(bundle % 1000);

	must(bundle >= 0 && bundle < BUNDLES_MAX);
	if (high > 0)
		return snprintf(out, size, BUNDLE_DIR "/x%03d/x%03d/%03d", high, middle, low);
	if (middle > 0)
		return snprintf(out, size, BUNDLE_DIR "/x%03d/%03d", middle, low);
	return snprintf(out, size, BUNDLE_DIR "/%03d", low);
}

void bundle_path(int64_t bundle, int width, char out[static BUNDLE_PATH_BYTES])
{
	int len = print_number(bundle, out, BUNDLE_PATH_BYTES);

	must(width > 0 && width <= BUNDLE_ENTRIES);
	if (width < BUNDLE_ENTRIES)
		snprintf(out + len, (size_t)(BUNDLE_PATH_BYTES - len), ".p/%d", width);
}

void bundle_partial_dir(int64_t bundle, char out[static BUNDLE_PATH_BYTES])
{
	int len = print_number(bundle, out, BUNDLE_PATH_BYTES);

	snprintf(out + len, (size_t)(BUNDLE_PATH_BYTES - len), ".p");
}

void bundle_parent(int64_t bundle, char out[static BUNDLE_PATH_BYTES])
{
	print_number(bundle, out, BUNDLE_PATH_BYTES);
	*strrchr(out, '/') = '\0';
}

int bundle_digits(const char *name)
{
	int value = 0;

	if (*name == 'x')
		name++;
	for (int i = 0; i < 3; i++) {
		if (name[i] < '0' || name[i] > '9')
			return -1;
		value = value * 10 + (name[i] - '0');
	}
	return name[3] == '\0' ? value : -1;
}

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
	for (size_t i = 0; i < len - 1; i++)
		if ((unsigned char)text[i] < 0x20)
			return false;
	return utf8_valid(text, len);
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
