/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vangxa relay try NAME|URL: an upper station is fetched and decoded for some seconds, by the same
 * processes as on air, and nothing is heard of it. No station needs to run. */
#include "base/json.h"
#include "base/must.h"
#include "base/saying.h"
#include "base/text.h"
#include "cli/args.h"
#include "cli/cli.h"
#include "cli/remote.h"
#include "cli/station_tz.h"
#include "station/relaytry.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LOOK_MS 250

static bool place_named(struct relay_place *place, const char *data, const char *name,
			struct err *e)
{
	struct settings *s = station_settings(data);
	int i = s != NULL ? settings_relay(s, name) : -1;

	if (i >= 0) {
		place->channel = s->relays[i].channel;
		snprintf(place->url, sizeof(place->url), "%s", s->relays[i].url);
		snprintf(place->device, sizeof(place->device), "%s", s->relays[i].device);
	}
	free(s);
	return i >= 0 ||
	       err_set(e, ERR_NOT_FOUND,
		       T("%s/station.yaml không có nguồn tiếp âm \"%.40s\" (hoặc ghi địa chỉ "
			 "http://… của nó)",
			 "%s/station.yaml has no relay \"%.40s\" (or give its address http://…)"),
		       data, name);
}

static bool find_place(struct relay_place *place, const char *data, const char *what,
		       struct err *e)
{
	*place = (struct relay_place){.name = "try", .channel = 1};
	if (strstr(what, "://") == NULL)
		return place_named(place, data, what, e);
	if (strlen(what) >= sizeof(place->url))
		return err_set(e, ERR_USAGE, T("địa chỉ quá dài", "the address is too long"));
	snprintf(place->url, sizeof(place->url), "%s", what);
	return true;
}

/* Until it is known. The caller's. */
static json_t *try_it(const struct relay_place *place, const struct tz *tz)
{
	static struct relays relays;
	static struct relaytry tries;
	struct clock_real clock;
	struct loop *loop = loop_create();

	clock_real_open(&clock);
	relays_init(&relays, &clock.clock, loop, (struct chance){1});
	relays_put(&relays, place);
	relaytry_begin(&tries, 0, clock_mono(&clock.clock));
	do {
		relays_look(&relays, relaytry_wanted(&tries));
		loop_once(loop, LOOK_MS);
	} while (!relaytry_look(&tries, &relays, clock_wall(&clock.clock), tz));
	json_t *told = relaytry_json(&tries, 0);
	relaytry_finish(&tries);
	relays_stop(&relays);
	loop_destroy(loop);
	clock_real_close(&clock);
	return told;
}

static void print_told(const json_t *o)
{
	if (!json_get_bool(o, "sounds", false)) {
		printf(T("Không được: %s\n", "It does not work: %s\n"),
		       json_get_text(json_object_get(o, "texts"), T("vi", "en"), ""));
	} else {
		fputs(T("Có tiếng", "Sound comes"), stdout);
		if (json_is_number(json_object_get(o, "lufs")))
			printf(", %.1f LUFS", json_get_number(o, "lufs", 0));
		putchar('\n');
	}
	if (!json_is_integer(json_object_get(o, "rate_hz")))
		return;
	printf(T("%s%s%lld Hz, %lld kênh\n", "%s%s%lld Hz, %lld channels\n"),
	       json_get_text(o, "codec", ""), json_get_text(o, "codec", "")[0] ? ", " : "",
	       (long long)json_get_integer(o, "rate_hz", 0),
	       (long long)json_get_integer(o, "channels", 0));
}

int cmd_relay(int argc, char **argv)
{
	const char *data = NULL;
	bool as_json = false;
	struct err e = {0};
	struct relay_place place;
	struct tz tz;
	char **words;
	int count;
	const struct arg options[] = {{.name = "data", .value = &data, .path = true},
				      {.name = "json", .flag = &as_json},
				      {0}};

	if (!args_read(argc, argv, options, 2, 2, &words, &count, &e))
		return args_fail(&e);
	if (strcmp(words[0], "try") != 0) {
		err_set(&e, ERR_USAGE, T("vangxa relay: chỉ có lệnh con `try`",
					 "vangxa relay: `try` is all there is"));
		return args_fail(&e);
	}
	if (!args_utf8("relay", words[1], &e) ||
	    !find_place(&place, args_data(data), words[1], &e) ||
	    !station_tz(&tz, args_data(data), &e))
		return args_fail(&e);
	json_t *told = try_it(&place, &tz);
	if (as_json)
		remote_print(told);
	else
		print_told(told);
	bool sounds = json_get_bool(told, "sounds", false);
	json_decref(told);
	return sounds ? 0 : 1;
}
