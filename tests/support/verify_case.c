/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/verify_case.h"

#include "proof/bundle.h"
#include "proof/notary.h"
#include "proof/tile.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct err e;

int verify_case_text(int64_t n, char out[static 300])
{
	return snprintf(out, 300,
			"{\"at\":\"2026-11-23T05:%02d:%02d.000+07:00\","
			"\"clock\":{\"max_error_ms\":1.5,\"synced\":true},"
			"\"kind\":\"note.added\",\"n\":%d,\"text\":\"%.*s\","
			"\"who\":null}",
			(int)(n / 60 % 60), (int)(n % 60), (int)n, (int)(n * 7 % 90),
			"loa thon hai nho tieng, da van lai; nghe ro o cho, o tram y te, o truong "
			"hoc va o nha van hoa thon");
}

void verify_case_read(struct disk *d, const char *path, struct buf *b)
{
	buf_reset(b);
	ck_assert_msg(disk_read(d, path, 1 << 24, b, &e), "%s: %s", path, e.text);
}

void verify_case_put(struct disk *d, const char *path, const void *data, size_t len)
{
	struct disk_file *f;

	if (data == NULL) {
		ck_assert_msg(disk_remove(d, path, &e), "%s: %s", path, e.text);
		return;
	}
	ck_assert_msg(disk_open(d, path, DISK_CREATE | DISK_FRESH, &f, &e) &&
			      disk_write(f, data, len, &e), "%s: %s", path, e.text);
	disk_close(f);
}

static void put_bundle(struct disk *d, int64_t bundle, int width, const struct buf *b)
{
	char path[TILE_PATH_BYTES], dir[TILE_PATH_BYTES];

	if (width < TILE_WIDTH)
		tile_partial_dir(LOG_DIR, TILE_ENTRIES, bundle, dir);
	else
		tile_parent(LOG_DIR, TILE_ENTRIES, bundle, dir);
	tile_path(LOG_DIR, TILE_ENTRIES, bundle, width, path);
	ck_assert_msg(disk_make_dir(d, dir, &e), "%s", e.text);
	verify_case_put(d, path, b->data, b->len);
}

static void put_entries(struct disk *d, int64_t count)
{
	struct buf b = {0};

	for (int64_t n = 0; n < count; n++) {
		char text[300];
		uint8_t header[2];
		int len = verify_case_text(n, text);

		bundle_header((size_t)len + 1, header);
		buf_add(&b, header, 2);
		buf_add(&b, text, (size_t)len);
		buf_add(&b, "\n", 1);
		if ((n + 1) % TILE_WIDTH != 0 && n + 1 != count)
			continue;
		put_bundle(d, n / TILE_WIDTH, (int)(n % TILE_WIDTH) + 1, &b);
		buf_reset(&b);
	}
	buf_finish(&b);
}

struct disk_sim *verify_case_make(int64_t count)
{
	struct notary_setup setup = {.name = "vangxa/dai", .boot = "boot-1", .seed = {7}};
	struct disk_sim *sim = disk_sim_create();
	struct notary *n;
	struct notary_state state;

	put_entries(disk_sim_disk(sim), count);
	ck_assert_msg(notary_open(&n, disk_sim_disk(sim), &setup, &e), "%s", e.text);
	notary_state(n, &state);
	ck_assert_int_eq(state.head, count);
	notary_close(n);
	return sim;
}

static bool judge(struct disk *d, const struct verify_setup *how, struct verdict *v)
{
	struct verify all;

	if (!verify_open(&all, d, how, v, &e))
		return false;
	verify_logs(&all, how, v);
	verify_close(&all);
	return true;
}

bool verify_case(struct disk *d, const char *key, bool running, struct verdict *v)
{
	struct note_verifier given;
	struct verify_setup how = {.keys = &given, .key_count = key != NULL, .running = running,
				   .threads = 1};

	verdict_init(v);
	return (key == NULL || note_verifier_parse(&given, key, &e)) && judge(d, &how, v);
}

void verify_case_pack(struct disk *d, struct verdict *v)
{
	struct verify_setup how = {.pack = true, .threads = 1};

	verdict_init(v);
	ck_assert_msg(judge(d, &how, v), "%s", e.text);
}

const char *verify_case_code(bool (*part)(struct view *made, const char *dir, struct verdict *v,
					  struct err *e),
			     struct view *made, const char *dir, struct verdict *v)
{
	const struct finding *f;

	verdict_finish(v);
	verdict_init(v);
	ck_assert_msg(part(made, dir, v, &e), "%s", e.text);
	f = verdict_first(v);
	return f != NULL ? f->code : "";
}

const struct finding *verify_case_first(const struct verdict *v)
{
	const struct finding *f = verdict_first(v);

	ck_assert_msg(f != NULL, "nothing was found");
	return f;
}
