/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vangxa live start | stop: somebody speaks by the station's microphone. */
#include "base/json.h"
#include "base/text.h"
#include "cli/args.h"
#include "cli/cli.h"
#include "cli/remote.h"

#include <stdio.h>
#include <string.h>

struct wish {
	const char *data, *by, *minutes, *reason;
	struct arg_list zones;
	bool as_json;
};

static json_t *starting(const struct wish *w)
{
	json_t *rq = json_pack("{s:s, s:s?, s:s?, s:s?}", "do", "live.start", "by", w->by,
			       "minutes", w->minutes, "reason", w->reason);
	json_t *zones = json_array();

	for (int i = 0; i < w->zones.count; i++)
		json_array_append_new(zones, json_string(w->zones.items[i]));
	if (w->zones.count > 0)
		json_object_set(rq, "zones", zones);
	json_decref(zones);
	return rq;
}

static void say_started(const json_t *reply)
{
	const json_t *s = json_object_get(reply, "speaking"), *zone;
	const char *ends = json_get_text(s, "ends", "");
	size_t i;

	printf(T("Nói được sau tiếng chuông, ở:", "Speak after the chime, in:"));
	json_array_foreach(json_object_get(s, "zones"), i, zone)
		printf("%s %s", i > 0 ? "," : "", json_string_value(zone));
	printf(T("; hết giờ lúc %.8s; nói xong: vangxa live stop\n",
		 "; until %.8s at most; when done: vangxa live stop\n"),
	       strlen(ends) > 19 ? ends + 11 : ends);
}

static bool order(struct wish *w, const char *what, json_t **reply, struct err *e)
{
	bool start = strcmp(what, "start") == 0;

	if (!start && strcmp(what, "stop") != 0)
		return err_set(e, ERR_USAGE, T("\"%s\": chỉ có live start và live stop",
					       "\"%s\": there is live start and live stop"), what);
	if (start && w->by == NULL)
		return err_set(e, ERR_USAGE, T("ai nói? --by TÊN-TÀI-KHOẢN hoặc --by CHỨC-VỤ",
					       "who speaks? --by ACCOUNT or --by OFFICE"));
	return remote_call(args_data(w->data),
			   start ? starting(w) : json_pack("{s:s}", "do", "live.stop"), NULL, NULL,
			   reply, e);
}

int cmd_live(int argc, char **argv)
{
	struct wish w = {0};
	struct err e = {0};
	json_t *reply = NULL;
	char **words;
	int count;
	const struct arg options[] = {{.name = "data", .value = &w.data, .path = true},
				      {.name = "zone", .list = &w.zones},
				      {.name = "by", .value = &w.by},
				      {.name = "minutes", .value = &w.minutes},
				      {.name = "reason", .value = &w.reason},
				      {.name = "json", .flag = &w.as_json},
				      {0}};

	if (!args_read(argc, argv, options, 1, 1, &words, &count, &e) ||
	    !order(&w, words[0], &reply, &e))
		return args_fail(&e);
	if (w.as_json)
		remote_print(reply);
	else if (strcmp(words[0], "start") == 0)
		say_started(reply);
	else
		puts(T("Đã dừng; chương trình trở lại như trước",
		       "Stopped; the programme is back as it was"));
	json_decref(reply);
	return 0;
}
