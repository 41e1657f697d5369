/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/wave.h"

#include "base/json.h"
#include "base/must.h"
#include "base/path.h"
#include "base/text.h"
#include "library/store.h"
#include "sys/plain.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void join(struct wave_pair *a, const struct wave_pair *b)
{
	a->least = fminf(a->least, b->least);
	a->most = fmaxf(a->most, b->most);
}

/* Twice as many frames in each. WAVE_PAIRS_MAX is even, so that none is left alone. */
static void halve(struct wave *w)
{
	for (int i = 0; i < w->count / 2; i++) {
		w->pairs[i] = w->pairs[2 * i];
		join(&w->pairs[i], &w->pairs[2 * i + 1]);
	}
	w->count /= 2;
	w->pair_frames *= 2;
	w->pairs[w->count] = (struct wave_pair){0};
}

void wave_add(struct wave *w, const float *samples, size_t frames)
{
	if (w->pair_frames == 0)
		w->pair_frames = WAVE_FIRST_FRAMES;
	w->frames += (int64_t)frames;
	while (frames > 0) {
		struct wave_pair *p = &w->pairs[w->count];
		int64_t room = w->pair_frames - w->have;
		size_t n = (int64_t)frames < room ? frames : (size_t)room;
		float least = p->least, most = p->most;

		for (size_t i = 0; i < n; i++) {
			least = samples[i] < least ? samples[i] : least;
			most = samples[i] > most ? samples[i] : most;
		}
		*p = (struct wave_pair){least, most};
		samples += n;
		frames -= n;
		w->have += (int64_t)n;
		if (w->have < w->pair_frames)
			break;
		w->have = 0;
		w->pairs[++w->count] = (struct wave_pair){0};
		if (w->count == WAVE_PAIRS_MAX)
			halve(w);
	}
}

json_t *wave_json(const struct wave *w)
{
	json_t *pairs = json_array();
	int count = w->count + (w->have > 0);

	for (int i = 0; i < count; i++) {
		must(json_array_append_new(pairs, json_integer(lrintf(
			     fmaxf(w->pairs[i].least, -1) * 127))) == 0);
		must(json_array_append_new(pairs, json_integer(lrintf(
			     fminf(w->pairs[i].most, 1) * 127))) == 0);
	}
	return json_pack("{s:I, s:I, s:o}", "frames", (json_int_t)w->frames, "pair_frames",
			 (json_int_t)w->pair_frames, "pairs", pairs);
}

bool wave_save(const struct wave *w, const char *dir, const char *sha256, struct err *e)
{
	json_t *o = wave_json(w);
	must(o != NULL && json_object_set_new(o, "sha256", json_string(sha256)) == 0);
	char *text = json_dumps(o, JSON_COMPACT);

	must(text != NULL);
	json_decref(o);
	bool ok = store_beside(dir, sha256, ".wave", text, strlen(text), e);
	free(text);
	return ok;
}

static bool read_levels(struct wave_levels *w, const json_t *o)
{
	const json_t *pairs = json_object_get(o, "pairs");
	size_t size = json_array_size(pairs);

	w->pair_frames = json_get_integer(o, "pair_frames", 0);
	w->count = (int)(size / 2);
	if (w->pair_frames < WAVE_FIRST_FRAMES || size / 2 > WAVE_PAIRS_MAX + 1)
		return false;
	for (int i = 0; i < w->count; i++) {
		json_int_t least = json_integer_value(json_array_get(pairs, 2 * (size_t)i));
		json_int_t most = json_integer_value(json_array_get(pairs, 2 * (size_t)i + 1));
		json_int_t level = most > -least ? most : -least;
		w->level[i] = (uint8_t)(level < 0 ? 0 : level > 127 ? 127 : level);
	}
	return w->count > 0;
}

static json_t *read_file(const char *path, struct err *e)
{
	json_error_t wrong;
	int fd = plain_open(path, 0, e);
	json_t *o = fd >= 0 ? json_loadfd(fd, JSON_REJECT_DUPLICATES, &wrong) : NULL;

	if (fd >= 0)
		close(fd);
	return o;
}

bool wave_is_of(const char *dir, const char *sha256)
{
	char path[PATH_MASTER_BYTES];
	struct err ignored;

	path_master(path, dir, sha256, ".wave");
	json_t *o = read_file(path, &ignored);
	bool is = strcmp(json_get_text(o, "sha256", ""), sha256) == 0;
	json_decref(o);
	return is;
}

bool wave_load(struct wave_levels *w, const char *dir, const char *sha256, struct err *e)
{
	char path[PATH_MASTER_BYTES];

	path_master(path, dir, sha256, ".wave");
	json_t *o = read_file(path, e);
	bool ok = o != NULL && strcmp(json_get_text(o, "sha256", sha256), sha256) == 0 &&
		  read_levels(w, o);
	json_decref(o);
	return ok || err_set(e, ERR_NOT_FOUND, T("%s không đọc được", "%s cannot be read"), path);
}

bool wave_reaches(const struct wave_levels *w, int64_t from, int64_t to, double amplitude)
{
	int64_t first = (from + w->pair_frames - 1) / w->pair_frames;

	for (int64_t i = first > 0 ? first : 0; i < w->count && (i + 1) * w->pair_frames <= to; i++)
		if (w->level[i] > 0 && (w->level[i] - 0.5) / 127 >= amplitude)
			return true;
	return false;
}
