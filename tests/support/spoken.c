/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/spoken.h"

#include "base/must.h"
#include "support/soundfile.h"

#include <stdio.h>
#include <stdlib.h>

const char *const spoken_sent_on[] = {"-af", "adelay=2300,apad=pad_dur=3.1,volume=-12dB",
				      "-c:a", "libopus", "-b:a", "24k", "-ar", "48000",
				      "-f", "ogg", NULL};

void spoken_save(const char *text, const char *path, const char *const args[])
{
	char raw[256];

	snprintf(raw, sizeof(raw), "%s.raw", path);
	speech_save(text, raw);
	struct sound_file s = sound_read(raw);
	clip_save_phone(&(struct clip){s.data, s.frames, s.channels, s.rate}, path, args);
	free(s.data);
	must(remove(raw) == 0);
}

struct print spoken_print(const char *path)
{
	struct sound_file s = sound_read(path);
	struct print_maker *m = print_begin();
	struct print p;

	must(s.rate == 48000 && s.channels == 1);
	print_add(m, s.data, (size_t)s.frames);
	print_end(m, &p);
	free(s.data);
	return p;
}
