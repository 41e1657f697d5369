/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vangxa devices [--json]: what zones[].device and .microphone in station.yaml may name on this
 * machine. */
#include "base/text.h"
#include "cli/cli.h"
#include "mix/devlist.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

static void print_json(const struct devlist_device *list, int count)
{
	json_t *devices = json_array(), *microphones = json_array();

	for (int i = 0; i < count; i++) {
		const struct devlist_device *d = &list[i];
		if (d->channels > 0)
			json_array_append_new(
				devices,
				json_pack("{s:s, s:s, s:i, s:f, s:f, s:b}", "name", d->name,
					  "system", d->system, "channels", d->channels, "rate_hz",
					  d->rate_hz, "latency_s", d->latency_ms / 1000.0,
					  "default", d->is_default));
		if (d->inputs > 0)
			json_array_append_new(microphones,
					      json_pack("{s:s, s:s, s:i}", "name", d->name,
							"system", d->system, "channels",
							d->inputs));
	}
	json_t *root = json_pack("{s:o, s:o}", "devices", devices, "microphones", microphones);
	json_dumpf(root, stdout, JSON_COMPACT | JSON_SORT_KEYS);
	putchar('\n');
	json_decref(root);
}

static int print_outputs(const struct devlist_device *list, int count)
{
	int shown = 0;

	for (int i = 0; i < count; i++) {
		if (list[i].channels < 1)
			continue;
		printf(T("%s%s  (%s, %d kênh, %.0f Hz)\n", "%s%s  (%s, %d channels, %.0f Hz)\n"),
		       list[i].is_default ? "* " : "  ", list[i].name, list[i].system,
		       list[i].channels, list[i].rate_hz);
		shown++;
	}
	return shown;
}

static void print_microphones(const struct devlist_device *list, int count)
{
	bool headed = false;

	for (int i = 0; i < count; i++) {
		if (list[i].inputs < 1)
			continue;
		if (!headed)
			printf("%s\n", T("Micro (microphone: … của một cụm loa):",
					 "Microphones (microphone: … of a zone):"));
		headed = true;
		printf("  %s  (%s)\n", list[i].name, list[i].system);
	}
}

static void print_text(const struct devlist_device *list, int count)
{
	if (print_outputs(list, count) > 0)
		printf("%s\n", T("* là thiết bị mặc định (device: default trong station.yaml)",
				 "* is the default device (device: default in station.yaml)"));
	else
		printf("%s\n", T("Máy này không có thiết bị phát âm thanh nào. Đài vẫn chạy: "
				 "nghe qua /live.mp3, và ghi rõ là không có loa.",
				 "This machine has no sound output device. The station still runs: "
				 "listen at /live.mp3; the log says that no loudspeaker was on."));
	print_microphones(list, count);
}

int cmd_devices(int argc, char **argv)
{
	static struct devlist_device list[DEVLIST_MAX];
	struct err e = {0};
	int count;
	bool json = argc == 2 && strcmp(argv[1], "--json") == 0;

	if (argc > 1 && !json) {
		fprintf(stderr, "%s\n", T("cách dùng: vangxa devices [--json]",
					  "usage: vangxa devices [--json]"));
		return 2;
	}
	if (!devlist_get(list, DEVLIST_MAX, &count, &e)) {
		fprintf(stderr, "vangxa devices: %s\n", e.text);
		return err_exit_status(&e);
	}
	if (json)
		print_json(list, count);
	else
		print_text(list, count);
	return 0;
}
