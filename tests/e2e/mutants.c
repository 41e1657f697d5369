/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mutants DIR COUNT SEED FILE…: spoils copies of the files, each in its own way, and sends them to
 * the station on DIR. Whatever is in them, the answer must be a bulletin or a refusal of the file;
 * anything else (no answer, a failure of the station's own) ends with status 1 and keeps
 * DIR/mutant. */
#include "base/json.h"
#include "base/must.h"
#include "station/client.h"
#include "sys/chance.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ANSWER_MS 60000
#define FILE_BYTES_MAX (16 << 20)

static size_t pick(struct chance *c, size_t below)
{
	return below == 0 ? 0 : (size_t)chance_below(c, below);
}

static void flip(struct chance *c, uint8_t *data, size_t len)
{
	for (size_t n = 1 + pick(c, 20); n > 0; n--)
		data[pick(c, len)] ^= (uint8_t)(1U << pick(c, 8));
}

/* Headers are where the readers' decisions stand. */
static void flip_head(struct chance *c, uint8_t *data, size_t len)
{
	flip(c, data, len < 256 ? len : 256);
}

static void fill(struct chance *c, uint8_t *data, size_t len)
{
	size_t at = pick(c, len), most = len - at;

	memset(data + at, (int)(pick(c, 2) * 255), 1 + pick(c, most < 4096 ? most : 4096));
}

static void move(struct chance *c, uint8_t *data, size_t len)
{
	size_t from = pick(c, len), to = pick(c, len), most = len - (from > to ? from : to);

	memmove(data + to, data + from, most);
}

/* Spoils in one or two ways; returns the new length. */
static size_t spoil(struct chance *c, uint8_t *data, size_t len)
{
	static void (*const ways[])(struct chance *, uint8_t *,
				    size_t) = {flip, flip_head, fill, move};

	for (size_t n = pick(c, 3); n > 0 && len > 0; n--)
		ways[pick(c, 4)](c, data, len);
	return pick(c, 3) == 0 ? pick(c, len + 1) : len;
}

static void make_mutant(struct chance *c, const char *from, const char *to)
{
	uint8_t *data = malloc(FILE_BYTES_MAX);
	FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");

	must(data != NULL && in != NULL && out != NULL);
	size_t len = spoil(c, data, fread(data, 1, FILE_BYTES_MAX, in));
	must(fwrite(data, 1, len, out) == len && fclose(out) == 0 && fclose(in) == 0);
	free(data);
}

static bool decent(const struct err *e)
{
	return e->kind == ERR_UNSUPPORTED || e->kind == ERR_DAMAGED;
}

/* True: taken; told apart from refused for the count only. */
static bool send_one(const char *dir, const char *path, int n)
{
	struct client client;
	struct err e = {0};
	json_t *reply = NULL;
	json_t *request = json_pack("{s:s, s:i, s:s, s:s}", "do", "bulletin.add", "id", 1, "path",
				    path, "title", "mutant");

	must(request != NULL);
	bool taken = client_open(&client, dir, &e);
	if (taken) {
		taken = client_call(&client, request, ANSWER_MS, NULL, NULL, &reply, &e);
		client_close(&client);
	}
	if (!taken && !decent(&e)) {
		fprintf(stderr, "mutant %d (%s): %s\n", n, path, e.text);
		exit(1);
	}
	json_decref(request);
	json_decref(reply);
	return taken;
}

int main(int argc, char **argv)
{
	char path[4096];
	int taken = 0;

	must(argc > 4);
	int count = (int)strtol(argv[2], NULL, 10);
	struct chance c = {strtoull(argv[3], NULL, 10)};
	snprintf(path, sizeof(path), "%s/mutant", argv[1]);
	for (int n = 0; n < count; n++) {
		make_mutant(&c, argv[4 + n % (argc - 4)], path);
		taken += send_one(argv[1], path, n);
	}
	remove(path);
	printf("%d mutants: %d taken, %d refused\n", count, taken, count - taken);
	return 0;
}
