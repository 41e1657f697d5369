/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vangxa status, cut, resume, play, release, tone. */
#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"
#include "cli/args.h"
#include "cli/cli.h"
#include "cli/keptline.h"
#include "cli/remote.h"

#include <stdio.h>
#include <string.h>

/* The title, and the slot where that says more: a sound file of the station bears its slot's name.
 * What is only a demonstration, and what an operator plays, says so. */
static void print_name(char *out, size_t bytes, const json_t *a)
{
	const char *title = json_get_text(a, "title", ""), *slot = json_get_text(a, "slot", "");
	bool manual = json_get_bool(a, "manual", false), drill = json_get_bool(a, "drill", false);
	bool alarm = json_get_text(a, "emergency", NULL) != NULL;
	bool named = slot[0] != '\0' && strcmp(title, slot) != 0;

	snprintf(out, bytes, "%s%s%s%s%s%s", title, named ? " (" : "", named ? slot : "",
		 named ? ")" : "", drill    ? T(" – diễn tập", " – drill")
		 : alarm  ? T(" – khẩn cấp", " – emergency")
		 : manual ? T(" – phát tay", " – played by hand") : "",
		 json_get_bool(a, "demo", false) ? T(" – phát thử", " – demonstration") : "");
}

static void print_on_air(const json_t *status)
{
	const json_t *list = json_object_get(status, "on_air"), *a;
	size_t i;

	if (json_array_size(list) == 0)
		puts(json_get_bool(status, "held", false)
			     ? T("Đang tạm dừng theo lệnh (vangxa resume để phát tiếp)",
				 "Held by an operator (vangxa resume to go on)")
			     : T("Không phát gì lúc này", "Nothing on air now"));
	json_array_foreach(list, i, a) {
		char name[TITLE_BYTES + NAME_BYTES + 64];
		print_name(name, sizeof(name), a);
		if (json_get_number(a, "length_s", 0) <= 0) { /* a bed has no end of its own */
			printf(T("Đang phát: %s\n", "On air: %s\n"), name);
			continue;
		}
		printf(T("Đang phát: %s %.0f/%.0f giây\n", "On air: %s %.0f of %.0f s\n"), name,
		       json_get_number(a, "elapsed_s", 0), json_get_number(a, "length_s", 0));
	}
}

static void print_next(const json_t *status)
{
	const json_t *list = json_object_get(status, "next"), *a;
	size_t i;

	json_array_foreach(list, i, a) {
		char name[TITLE_BYTES + NAME_BYTES + 64];
		const char *start = json_get_text(a, "start", "");
		print_name(name, sizeof(name), a);
		printf(T("Sắp tới:   %.10s %.8s %s\n", "Next:   %.10s %.8s %s\n"), start,
		       strlen(start) > 11 ? start + 11 : "", name);
	}
}

/* Who outside has seen the log. */
static void print_witness(const json_t *w)
{
	const char *url = json_get_text(w, "url", ""), *at = json_get_text(w, "time", NULL);
	const char *name = url[0] != '\0' ? url : json_get_text(w, "name", "");
	const char *fault = json_get_text(json_object_get(w, "fault_texts"), T("vi", "en"), NULL);

	if (at != NULL && strlen(at) > 19)
		printf(T("Bên ngoài: %s đã thấy %" JSON_INTEGER_FORMAT " mục, %.10s %.8s\n",
			 "Outside: %s has seen %" JSON_INTEGER_FORMAT " entries, %.10s %.8s\n"),
		       name, (json_int_t)json_get_integer(w, "size", 0), at, at + 11);
	if (fault != NULL)
		printf(T("Bên ngoài: %s: %s\n", "Outside: %s: %s\n"), name, fault);
}

static void print_rest(const json_t *status)
{
	struct buf kept = {0};
	const json_t *d;
	size_t i;

	json_array_foreach(json_object_get(status, "devices"), i, d)
		printf(T("Thiết bị:  %s: %s\n", "Device:  %s: %s\n"), json_get_text(d, "name", ""),
		       json_get_bool(d, "on", false) ? json_get_text(d, "opened", "")
						     : json_get_text(d, "fault", ""));
	keptline_add(json_object_get(status, "keep"), &kept);
	fputs(buf_str(&kept), stdout);
	buf_finish(&kept);
	json_array_foreach(json_object_get(json_object_get(status, "log"), "witnesses"), i, d)
		print_witness(d);
	json_array_foreach(json_object_get(status, "banners"), i, d)
		printf("! %s\n", json_get_text(json_object_get(d, "texts"), T("vi", "en"),
						json_get_text(d, "text", "")));
}

/* One request without fields of its own but an optional zone and one word. */
static bool call(int argc, char **argv, const char *what, const char *word_field, bool *as_json,
		 json_t **reply, struct err *e)
{
	const char *data = NULL, *zone = NULL, *reason = NULL;
	char **words;
	int count, need = word_field != NULL;
	bool plays = strcmp(what, "play") == 0;
	const struct arg options[] = {{.name = "data", .value = &data, .path = true},
				      {.name = "zone", .value = &zone},
				      {.name = "json", .flag = as_json},
				      {.name = plays ? "reason" : NULL, .value = &reason},
				      {0}};

	if (!args_read(argc, argv, options, need, need, &words, &count, e) ||
	    (need && !args_utf8(argv[0], words[0], e)))
		return false;
	json_t *rq = json_pack("{s:s}", "do", what);
	if (zone != NULL)
		json_object_set_new(rq, "zone", json_string(zone));
	if (reason != NULL)
		json_object_set_new(rq, "reason", json_text(reason));
	if (need)
		json_object_set_new(rq, word_field, json_string(words[0]));
	return remote_call(args_data(data), rq, NULL, NULL, reply, e);
}

int cmd_status(int argc, char **argv)
{
	bool as_json = false;
	struct err e = {0};
	json_t *reply;

	if (!call(argc, argv, "status", NULL, &as_json, &reply, &e))
		return args_fail(&e);
	if (as_json) {
		remote_print(reply);
	} else {
		print_on_air(reply);
		print_next(reply);
		print_rest(reply);
	}
	json_decref(reply);
	return 0;
}

static int order(int argc, char **argv, const char *what, const char *word_field,
		 void (*done)(const json_t *reply))
{
	bool as_json = false;
	struct err e = {0};
	json_t *reply;

	if (!call(argc, argv, what, word_field, &as_json, &reply, &e))
		return args_fail(&e);
	if (as_json)
		remote_print(reply);
	else
		done(reply);
	json_decref(reply);
	return 0;
}

static void say_cut(const json_t *reply)
{
	(void)reply;
	puts(T("Đã cắt; phát tiếp: vangxa resume", "Cut; go on with: vangxa resume"));
}

static void say_resumed(const json_t *reply)
{
	(void)reply;
	puts(T("Phát tiếp theo lịch", "The timetable goes on"));
}

static void print_names(const char *label, const json_t *names)
{
	const json_t *name;
	size_t i;

	printf("%s", label);
	json_array_foreach(names, i, name)
		printf("%s%s", i > 0 ? ", " : " ", json_string_value(name));
}

/* Zones that are cut stay silent: whoever plays must hear of it. */
static void say_played(const json_t *reply)
{
	const json_t *held = json_object_get(reply, "held");

	print_names(T("Đang phát ở:", "Playing in:"), json_object_get(reply, "zones"));
	if (json_array_size(held) > 0)
		print_names(T("; đang bị ngắt nên im lặng:", "; cut, and so silent:"), held);
	putchar('\n');
}

static void say_released(const json_t *reply)
{
	(void)reply;
	puts(T("Được phát lại theo lịch", "It may air again"));
}

static void say_tone(const json_t *reply)
{
	print_names(T("Đang phát thử ở:", "Testing:"), json_object_get(reply, "zones"));
	printf(T(" (%d giây); ra loa đủ hay không: vangxa log --events\n",
		 " (%d s); whether it reached the device: vangxa log --events\n"),
	       (int)json_get_integer(reply, "seconds", 0));
}

int cmd_tone(int argc, char **argv)
{
	const char *data = NULL, *zone = NULL, *seconds = NULL, *reason = NULL;
	bool as_json = false;
	struct err e = {0};
	json_t *reply;
	const struct arg options[] = {{.name = "data", .value = &data, .path = true},
				      {.name = "zone", .value = &zone},
				      {.name = "seconds", .value = &seconds},
				      {.name = "reason", .value = &reason},
				      {.name = "json", .flag = &as_json},
				      {0}};

	if (!args_read(argc, argv, options, 0, 0, NULL, NULL, &e) ||
	    !remote_call(args_data(data),
			 json_pack("{s:s, s:s?, s:s?, s:s?}", "do", "tone", "zone", zone, "seconds",
				   seconds, "reason", reason), NULL, NULL, &reply, &e))
		return args_fail(&e);
	if (as_json)
		remote_print(reply);
	else
		say_tone(reply);
	json_decref(reply);
	return 0;
}

int cmd_cut(int argc, char **argv)
{
	return order(argc, argv, "cut", NULL, say_cut);
}

int cmd_resume(int argc, char **argv)
{
	return order(argc, argv, "resume", NULL, say_resumed);
}

int cmd_play(int argc, char **argv)
{
	return order(argc, argv, "play", "bulletin", say_played);
}

int cmd_release(int argc, char **argv)
{
	return order(argc, argv, "release", "item", say_released);
}
