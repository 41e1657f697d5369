/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/buf.h"
#include "base/json.h"
#include "base/must.h"
#include "base/saying.h"
#include "mix/sink.h"

#include <fcntl.h>
#include <jansson.h>
#include <portaudio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int sink_hush(void)
{
	int saved = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
	int nothing = open("/dev/null", O_WRONLY | O_CLOEXEC);

	if (nothing >= 0) {
		dup2(nothing, STDERR_FILENO);
		close(nothing);
	}
	return saved;
}

void sink_unhush(int saved)
{
	if (saved < 0)
		return;
	dup2(saved, STDERR_FILENO);
	close(saved);
}

json_t *sink_text(const char *text)
{
	json_t *made = json_text(text);

	return json_is_null(made) ? json_string("?") : made;
}

bool sink_refuse(struct err *e, enum saying what, json_t *figures)
{
	char line[REASON_BYTES];
	json_t *said = saying(what);

	must(figures != NULL && json_object_update(said, figures) == 0);
	json_decref(figures);
	saying_keep(line, sizeof(line), said);
	return err_set(e, ERR_REFUSED, "%s", line);
}

bool sink_init_portaudio(struct err *e)
{
	setenv("JACK_NO_START_SERVER", "1", 1);
	int saved = sink_hush();
	PaError error = Pa_Initialize();
	sink_unhush(saved);
	if (error == paNoError)
		return true;
	return sink_refuse(e, SAYING_NO_PORTAUDIO,
			   json_pack("{s:o}", "why", sink_text(Pa_GetErrorText(error))));
}

static void full_name(const PaDeviceInfo *info, char *out, size_t bytes)
{
	snprintf(out, bytes, "%s: %s", Pa_GetHostApiInfo(info->hostApi)->name, info->name);
}

static int channels_of(const PaDeviceInfo *info, bool input)
{
	return input ? info->maxInputChannels : info->maxOutputChannels;
}

/* 3: the very name, 2: with the name of its sound system, 1: a part of the name, 0: another. */
static int likeness(const PaDeviceInfo *info, const char *name, bool input)
{
	char full[NAME_BYTES];

	if (channels_of(info, input) < 1)
		return 0;
	if (strcmp(info->name, name) == 0)
		return 3;
	full_name(info, full, sizeof(full));
	if (strcmp(full, name) == 0)
		return 2;
	return strcasestr(full, name) != NULL ? 1 : 0;
}

static int default_device(bool input)
{
	PaDeviceIndex index = input ? Pa_GetDefaultInputDevice() : Pa_GetDefaultOutputDevice();

	for (int i = 0; index == paNoDevice && i < Pa_GetDeviceCount(); i++)
		if (channels_of(Pa_GetDeviceInfo(i), input) > 0)
			index = i;
	return index;
}

static void not_found(const char *name, bool input, struct err *e)
{
	struct buf list = {0};
	char full[NAME_BYTES];

	for (int i = 0; i < Pa_GetDeviceCount(); i++) {
		const PaDeviceInfo *info = Pa_GetDeviceInfo(i);
		if (channels_of(info, input) < 1 || list.len > ERR_TEXT_BYTES / 2)
			continue;
		full_name(info, full, sizeof(full));
		buf_print(&list, "%s%s", list.len > 0 ? ", " : "", full);
	}
	if (list.len == 0)
		sink_refuse(e, SAYING_NO_SOUND_CARD, json_object());
	else
		sink_refuse(e, SAYING_NO_SUCH_CARD,
			    json_pack("{s:o, s:o}", "name", sink_text(name), "have",
				      sink_text(buf_str(&list))));
	buf_finish(&list);
}

static int find(const char *name, bool input, struct err *e)
{
	bool any = strcmp(name, "default") == 0;
	int best = any ? default_device(input) : -1, best_likeness = 0;

	for (int i = 0; !any && i < Pa_GetDeviceCount(); i++) {
		int l = likeness(Pa_GetDeviceInfo(i), name, input);
		if (l > best_likeness) {
			best = i;
			best_likeness = l;
		}
	}
	if (best < 0)
		not_found(name, input, e);
	return best;
}

int sink_find(const char *name, struct err *e)
{
	return find(name, false, e);
}

int sink_find_input(const char *name, struct err *e)
{
	return find(name, true, e);
}

static json_t *describe(int index)
{
	const PaDeviceInfo *info = Pa_GetDeviceInfo(index);

	/* A name that is not UTF-8 (an old USB card) would make json_pack fail: it becomes "?". */
	json_t *name = json_string(info->name);
	return json_pack("{s:o, s:s, s:i, s:i, s:f, s:f, s:b}", "name",
			 name != NULL ? name : json_string("?"), "system",
			 Pa_GetHostApiInfo(info->hostApi)->name, "channels",
			 info->maxOutputChannels, "inputs", info->maxInputChannels, "rate_hz",
			 info->defaultSampleRate, "latency_ms",
			 info->defaultHighOutputLatency * 1000.0, "default",
			 index == default_device(false));
}

int sink_list(void)
{
	struct err e = {0};
	json_t *list = json_array();

	if (!sink_init_portaudio(&e)) {
		char words[REASON_BYTES];
		saying_tell(e.text, words, sizeof(words));
		fprintf(stderr, "vangxa: %s\n", words);
		json_decref(list);
		return 1;
	}
	for (int i = 0; i < Pa_GetDeviceCount(); i++)
		json_array_append_new(list, describe(i));
	json_dumpf(list, stdout, JSON_COMPACT);
	putchar('\n');
	json_decref(list);
	fflush(stdout);
	/* No Pa_Terminate: it can hang on a dead sound server, and the process ends anyway. */
	return 0;
}
