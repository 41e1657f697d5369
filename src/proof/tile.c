/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/tile.h"

#include "base/must.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void log_dir(int k, char out[static LOG_DIR_BYTES])
{
	must(k >= 1);
	if (k == 1)
		snprintf(out, LOG_DIR_BYTES, LOG_DIR);
	else
		snprintf(out, LOG_DIR_BYTES, LOG_DIR "-%d", k);
}

int log_dir_number(const char *name)
{
	char again[LOG_DIR_BYTES];
	int k = 1;

	if (strcmp(name, LOG_DIR) == 0)
		return 1;
	if (strncmp(name, LOG_DIR "-", strlen(LOG_DIR) + 1) == 0)
		k = (int)strtol(name + strlen(LOG_DIR) + 1, NULL, 10);
	if (k < 2)
		return 0;
	log_dir(k, again);
	return strcmp(again, name) == 0 ? k : 0;
}

void tile_root(const char *log, int level, char out[static TILE_PATH_BYTES])
{
	must(level >= TILE_ENTRIES && level < 64);
	if (level == TILE_ENTRIES)
		snprintf(out, TILE_PATH_BYTES, "%s/tile/entries", log);
	else
		snprintf(out, TILE_PATH_BYTES, "%s/tile/%d", log, level);
}

/* Groups of three digits, all but the last behind an x. */
static int print_path(const char *log, int level, int64_t n, char *out)
{
	int high = (int)(n / 1000000), middle = (int)(n / 1000 % 1000), low = (int)(n % 1000);

	must(n >= 0 && n < TILES_MAX);
	tile_root(log, level, out);
	size_t len = strlen(out), left = TILE_PATH_BYTES - len;
	if (high > 0)
		return (int)len +
		       snprintf(out + len, left, "/x%03d/x%03d/%03d", high, middle, low);
	if (middle > 0)
		return (int)len + snprintf(out + len, left, "/x%03d/%03d", middle, low);
	return (int)len + snprintf(out + len, left, "/%03d", low);
}

void tile_path(const char *log, int level, int64_t n, int width, char out[static TILE_PATH_BYTES])
{
	int len = print_path(log, level, n, out);

	must(width > 0 && width <= TILE_WIDTH);
	if (width < TILE_WIDTH)
		snprintf(out + len, (size_t)(TILE_PATH_BYTES - len), ".p/%d", width);
}

void tile_partial_dir(const char *log, int level, int64_t n, char out[static TILE_PATH_BYTES])
{
	int len = print_path(log, level, n, out);

	snprintf(out + len, (size_t)(TILE_PATH_BYTES - len), ".p");
}

void tile_parent(const char *log, int level, int64_t n, char out[static TILE_PATH_BYTES])
{
	print_path(log, level, n, out);
	*strrchr(out, '/') = '\0';
}

int tile_digits(const char *name)
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

/* A number without a sign and leading zeros, up to 99999; −1 for others. Moves *at behind it. */
static int small_number(const char **at)
{
	size_t len = strspn(*at, "0123456789");
	int value = 0;

	if (len == 0 || len > 5 || (len > 1 && **at == '0'))
		return -1;
	for (; len > 0; len--)
		value = value * 10 + (*(*at)++ - '0');
	return value;
}

static bool parse_level(const char **at, int *level)
{
	if (strncmp(*at, "entries", 7) == 0) {
		*level = TILE_ENTRIES;
		*at += 7;
		return true;
	}
	*level = small_number(at);
	return *level >= 0 && *level < 64;
}

static bool parse_groups(const char **at, int64_t *n)
{
	bool more = true;

	*n = 0;
	for (int i = 0; i < 3 && more && **at == '/'; i++) {
		char group[5];

		more = (*at)[1] == 'x';
		snprintf(group, sizeof(group), "%.*s", more ? 4 : 3, *at + 1);
		if (tile_digits(group) < 0)
			return false;
		*n = *n * 1000 + tile_digits(group);
		*at += 1 + strlen(group);
	}
	return !more;
}

/* What was read is written again: one text alone names a file. */
bool tile_parse(const char *path, struct tile_name *t)
{
	char again[TILE_PATH_BYTES];
	size_t len = strcspn(path, "/");
	const char *at = path + len;

	*t = (struct tile_name){.width = TILE_WIDTH};
	if (len >= sizeof(t->log) || strncmp(at, "/tile/", 6) != 0)
		return false;
	memcpy(t->log, path, len);
	at += 6;
	if (log_dir_number(t->log) == 0 || !parse_level(&at, &t->level) ||
	    !parse_groups(&at, &t->n))
		return false;
	if (strncmp(at, ".p/", 3) == 0) {
		at += 3;
		t->width = small_number(&at);
	}
	if (t->width < 1 || t->width > TILE_WIDTH || *at != '\0')
		return false;
	tile_path(t->log, t->level, t->n, t->width, again);
	return strcmp(again, path) == 0;
}
