/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/m3u8.h"

#include <stdlib.h>
#include <string.h>

struct reading {
	struct m3u8 *p;
	int64_t sequence, target_s;
	int64_t least;	/* bandwidth of p->next */
	int64_t variant; /* bandwidth of the variant whose address comes next, −1: none */
	bool hls, sound_alone;
};

bool m3u8_begins(const char *text, size_t len)
{
	size_t bom = len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

	return (len - bom >= 7 && memcmp(text + bom, "#EXTM3U", 7) == 0) ||
	       (len - bom >= 10 && memcmp(text + bom, "[playlist]", 10) == 0);
}

static bool starts(const char *line, const char *with, const char **rest)
{
	size_t len = strlen(with);

	if (strncmp(line, with, len) != 0)
		return false;
	*rest = line + len;
	return true;
}

/* The value of a name in "A=1,B="x"": what stands in it; false when it is not there or too long. */
static bool attribute(const char *list, const char *name, char *out, size_t size)
{
	size_t len = strlen(name);

	for (const char *at = list; at != NULL && *at != '\0';) {
		const char *value = strchr(at, '=');
		if (value == NULL)
			return false;
		bool quoted = value[1] == '"';
		const char *from = value + 1 + quoted;
		size_t n = strcspn(from, quoted ? "\"" : ",");
		if ((size_t)(value - at) == len && strncmp(at, name, len) == 0 && n < size) {
			memcpy(out, from, n);
			out[n] = '\0';
			return true;
		}
		at = from + n + (quoted && from[n] == '"');
		at += *at == ',';
	}
	return false;
}

/* Longer ones have been left out. */
static void keep(char out[static PATH_BYTES], const char *url)
{
	size_t len = strnlen(url, PATH_BYTES - 1);

	memcpy(out, url, len);
	out[len] = '\0';
}

static void take_media(struct reading *r, const char *list)
{
	char type[16], url[PATH_BYTES];

	if (r->sound_alone || !attribute(list, "TYPE", type, sizeof(type)) ||
	    strcmp(type, "AUDIO") != 0 || !attribute(list, "URI", url, sizeof(url)))
		return;
	keep(r->p->next, url);
	r->sound_alone = true;
}

static void take_variant(struct reading *r, const char *list)
{
	char bandwidth[24];

	r->hls = true;
	r->variant = attribute(list, "BANDWIDTH", bandwidth, sizeof(bandwidth))
			     ? strtoll(bandwidth, NULL, 10) : INT64_MAX;
	if (r->variant <= 0)
		r->variant = INT64_MAX;
}

static void take_tag(struct reading *r, const char *line)
{
	char method[24];
	const char *rest;

	if (starts(line, "#EXT-X-MEDIA:", &rest))
		take_media(r, rest);
	else if (starts(line, "#EXT-X-STREAM-INF:", &rest))
		take_variant(r, rest);
	else if (starts(line, "#EXT-X-TARGETDURATION:", &rest))
		r->target_s = strtoll(rest, NULL, 10), r->hls = true;
	else if (starts(line, "#EXT-X-MEDIA-SEQUENCE:", &rest))
		r->sequence = strtoll(rest, NULL, 10);
	else if (starts(line, "#EXT-X-KEY:", &rest))
		r->p->locked = !attribute(rest, "METHOD", method, sizeof(method)) ||
			       strcmp(method, "NONE") != 0;
	else if (starts(line, "#EXT-X-MAP:", &rest))
		attribute(rest, "URI", r->p->map, sizeof(r->p->map));
	else if (starts(line, "#EXT-X-BYTERANGE", &rest))
		r->p->parts = true;
	else if (starts(line, "#EXT-X-ENDLIST", &rest))
		r->p->ended = true;
}

static void take_segment(struct reading *r, const char *url)
{
	struct m3u8 *p = r->p;

	if (p->count == HLS_SEGMENTS) {
		memmove(p->segments, p->segments + 1, sizeof(p->segments) - sizeof(p->segments[0]));
		p->count--;
	}
	p->segments[p->count].sequence = r->sequence;
	keep(p->segments[p->count++].url, url);
}

static void take_address(struct reading *r, const char *url)
{
	if (r->variant >= 0) {
		if (!r->sound_alone && (r->p->next[0] == '\0' || r->variant < r->least)) {
			keep(r->p->next, url);
			r->least = r->variant;
		}
		r->variant = -1;
		return;
	}
	take_segment(r, url);
	r->sequence += r->sequence < INT64_MAX;
}

static void take_line(struct reading *r, char *line)
{
	const char *url;
	size_t len = strlen(line);

	while (len > 0 && strchr(" \t\r", line[len - 1]) != NULL)
		line[--len] = '\0';
	if (line[0] == '#')
		take_tag(r, line);
	else if (starts(line, "File1=", &url) && strlen(url) < PATH_BYTES) /* of a .pls */
		take_segment(r, url);
	else if (len > 0 && len < PATH_BYTES && line[0] != '[' && strncmp(line, "http", 4) != 0 &&
		 strchr(line, '=') != NULL && !r->hls)
		return; /* another line of a .pls */
	else if (len > 0 && len < PATH_BYTES && line[0] != '[')
		take_address(r, line);
}

bool m3u8_parse(struct m3u8 *p, const char *text, size_t len)
{
	struct reading r = {.p = p, .variant = -1, .target_s = 6};
	char line[2 * PATH_BYTES];

	*p = (struct m3u8){0};
	if (!m3u8_begins(text, len))
		return false;
	if (memcmp(text, "\xef\xbb\xbf", 3) == 0)
		text += 3;
	for (; *text != '\0'; text += *text == '\n') {
		size_t n = strcspn(text, "\n");
		if (n < sizeof(line)) {
			memcpy(line, text, n);
			line[n] = '\0';
			take_line(&r, line);
		}
		text += n;
	}
	p->target_s = r.target_s < 1 ? 1 : r.target_s > 60 ? 60 : (int)r.target_s;
	if (!r.hls && p->count > 0) {
		keep(p->next, p->segments[0].url);
		p->count = 0;
	}
	return p->next[0] != '\0' || p->count > 0 || p->ended;
}
