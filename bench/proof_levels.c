/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How surely a sound is known in what is heard: proof_levels SEED FILE…. The files are sounds at
 * 48 kHz with one channel; a name up to '-' is its kind. Each is cut to several lengths and laid
 * into what a recording or a microphone would hold: whole (right), another in its place (other),
 * only its first 30 % (part), or a steady tone and in its place another (steady), with what a
 * village does to it: noise, echo, a horn's band, clipping, a clock that drifts, a bed. One line
 * each: "PLACE TRUTH KIND LENGTH_S SCORE SHARE OFFSET_ERROR_MS FOUND JUDGED PARTS". */
#include "base/heard.h"
#include "base/must.h"

#include <math.h>
#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RATE 48000
#define FILES_MAX 200
#define LEAD_S 3 /* of the recording before the sound */

struct sound {
	float *samples;
	int64_t frames;
	const char *name;
};

static struct sound files[FILES_MAX];
static int file_count;
static uint64_t state;

static double chance(void)
{
	state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (double)(state >> 11) / 9007199254740992.0;
}

static void load(const char *path)
{
	SF_INFO info = {0};
	SNDFILE *file = sf_open(path, SFM_READ, &info);

	must(file != NULL && info.samplerate == RATE && info.channels == 1);
	must(file_count < FILES_MAX);
	struct sound *s = &files[file_count++];
	s->samples = malloc((size_t)info.frames * sizeof(float));
	must(s->samples != NULL);
	s->frames = sf_readf_float(file, s->samples, info.frames);
	const char *slash = strrchr(path, '/');
	s->name = slash != NULL ? slash + 1 : path;
	sf_close(file);
}

/* What a microphone would take in. */
struct place {
	const char *name;
	double snr_db;	  /* of noise; 99: none */
	bool babble;	  /* the noise is other speech, not a street's rumble */
	double echo_s;	  /* reverberation time; 0: none */
	double slap_ms;	  /* a second horn so much later, as loud; 0: none */
	bool horn;	  /* 300–4,000 Hz */
	double clip;	  /* at this part of the peak; 0: not */
	double drift_ppm;
	double bed_db;	  /* music under it; 0: none */
	bool recording;	  /* judged as level B */
};

static const struct place places[] = {
	{.name = "mix", .snr_db = 99, .recording = true},
	{.name = "mix-bed-24", .snr_db = 99, .bed_db = -24, .recording = true},
	{.name = "mix-bed-12", .snr_db = 99, .bed_db = -12, .recording = true},
	{.name = "clean", .snr_db = 99},
	{.name = "horn", .snr_db = 99, .horn = true},
	{.name = "horn+20dB", .snr_db = 20, .horn = true, .echo_s = 0.4},
	{.name = "horn+10dB", .snr_db = 10, .horn = true, .echo_s = 0.4},
	{.name = "horn+5dB", .snr_db = 5, .horn = true, .echo_s = 0.4},
	{.name = "horn+0dB", .snr_db = 0, .horn = true, .echo_s = 0.4},
	{.name = "horn-5dB", .snr_db = -5, .horn = true, .echo_s = 0.4},
	{.name = "babble+10dB", .snr_db = 10, .babble = true, .horn = true},
	{.name = "babble+5dB", .snr_db = 5, .babble = true, .horn = true},
	{.name = "babble+0dB", .snr_db = 0, .babble = true, .horn = true},
	{.name = "echo-1s", .snr_db = 20, .echo_s = 1, .horn = true},
	{.name = "echo-2s", .snr_db = 20, .echo_s = 2, .horn = true},
	{.name = "second-horn", .snr_db = 20, .slap_ms = 350, .horn = true, .echo_s = 0.4},
	{.name = "clipped", .snr_db = 20, .clip = 0.1, .horn = true, .echo_s = 0.4},
	{.name = "drift-100", .snr_db = 15, .drift_ppm = 100, .horn = true, .echo_s = 0.4},
	{.name = "drift+500", .snr_db = 15, .drift_ppm = -500, .horn = true, .echo_s = 0.4},
	{.name = "drift-500", .snr_db = 15, .drift_ppm = 500, .horn = true, .echo_s = 0.4},
	{.name = "all", .snr_db = 5, .drift_ppm = 300, .horn = true, .echo_s = 1, .clip = 0.3},
};
#define PLACES (int)(sizeof(places) / sizeof(places[0]))

static double power(const float *x, int64_t n)
{
	double sum = 0;

	for (int64_t i = 0; i < n; i++)
		sum += (double)(x[i] * x[i]);
	return n > 0 ? sum / (double)n : 0;
}

static void add_from(float *out, int64_t n, const struct sound *s, double gain)
{
	int64_t at = (int64_t)(chance() * (double)s->frames);

	for (int64_t i = 0; i < n; i++)
		out[i] += (float)gain * s->samples[(at + i) % s->frames];
}

/* Two notes a half-tone apart, with soft ends: whoever hears them takes them for two. */
static struct sound tones[2] = {{.name = "tone-1"}, {.name = "tone-2"}};

static void make_tones(int64_t n)
{
	double hz = 400 + 1600 * chance(), soft = 0.4 * RATE;

	for (int t = 0; t < 2; t++) {
		float *x = realloc(tones[t].samples, (size_t)n * sizeof(*x));
		must(x != NULL);
		for (int64_t i = 0; i < n; i++)
			x[i] = (float)(0.3 * sin(2 * M_PI * hz * (double)i / RATE) *
				       fmin(1, (double)(i < n - i ? i : n - i) / soft));
		tones[t].samples = x;
		tones[t].frames = n;
		hz *= pow(2, 1 / 12.0);
	}
}

static const struct sound *another(const struct sound *than, bool same_kind)
{
	for (;;) {
		const struct sound *s = &files[(int)(chance() * file_count)];
		bool same = strncmp(s->name, than->name, strcspn(than->name, "-") + 1) == 0;
		if (s != than && (!same_kind || same))
			return s;
	}
}

/* One pole down at hz, or what is left of it. */
static void pole(float *x, int64_t n, double hz, bool high)
{
	float k = (float)(1 - exp(-2 * M_PI * hz / RATE)), low = 0;

	for (int64_t i = 0; i < n; i++) {
		low += k * (x[i] - low);
		x[i] = high ? x[i] - low : low;
	}
}

static void horn(float *x, int64_t n)
{
	for (int i = 0; i < 3; i++) {
		pole(x, n, 300, true);
		pole(x, n, 4000, false);
	}
}

/* Four combs and two all-passes after Schroeder, half as loud as what comes straight. */
static void echo(float *x, int64_t n, double seconds)
{
	static const int combs[] = {1687, 1931, 2053, 2251};
	static const int passes[] = {556, 341};
	float *wet = calloc((size_t)n, sizeof(*wet)), *line = malloc(sizeof(*line) * (size_t)n);

	must(wet != NULL && line != NULL);
	for (int c = 0; c < 4; c++) {
		float g = (float)pow(10, -3.0 * combs[c] / RATE / seconds);
		for (int64_t i = 0; i < n; i++) {
			line[i] = x[i] + (i >= combs[c] ? g * line[i - combs[c]] : 0);
			wet[i] += line[i] / 4;
		}
	}
	for (int c = 0; c < 2; c++)
		for (int64_t i = 0; i < n; i++) {
			line[i] = wet[i] + (i >= passes[c] ? 0.7f * line[i - passes[c]] : 0);
			wet[i] = -0.7f * line[i] + (i >= passes[c] ? line[i - passes[c]] : 0);
		}
	double gain = sqrt(0.5 * power(x, n) / fmax(power(wet, n), 1e-20));
	for (int64_t i = 0; i < n; i++)
		x[i] += (float)gain * wet[i];
	free(line);
	free(wet);
}

static void slap(float *x, int64_t n, double ms)
{
	int64_t d = (int64_t)(ms * RATE / 1000);

	for (int64_t i = n - 1; i >= d; i--)
		x[i] += 0.8f * x[i - d];
}

static void clip(float *x, int64_t n, double part)
{
	float peak = 0;

	for (int64_t i = 0; i < n; i++)
		peak = fmaxf(peak, fabsf(x[i]));
	float most = peak * (float)part;
	for (int64_t i = 0; i < n; i++)
		x[i] = fmaxf(-most, fminf(most, x[i]));
}

static void add_noise(float *x, int64_t n, double loud, const struct place *p,
		      const struct sound *speech)
{
	float *noise = calloc((size_t)n, sizeof(*noise));

	must(noise != NULL);
	if (p->babble) {
		for (int i = 0; i < 3; i++)
			add_from(noise, n, another(speech, true), 1);
	} else {
		/* A street: rumble that swells and fades, and a hiss. */
		double swell = chance() * 6;
		for (int64_t i = 0; i < n; i++)
			noise[i] = (float)((chance() - 0.5) *
					   (1 + 0.5 * sin(swell + 0.9 * (double)i / RATE)));
		pole(noise, n, 800, false);
	}
	double gain = sqrt(loud * pow(10, -p->snr_db / 10) / fmax(power(noise, n), 1e-20));
	for (int64_t i = 0; i < n; i++)
		x[i] += (float)gain * noise[i];
	free(noise);
}

static float *drifted(const float *x, int64_t n, double ppm)
{
	float *out = calloc((size_t)n, sizeof(*out));

	must(out != NULL);
	for (int64_t i = 0; i < n; i++) {
		double at = (double)i * (1 + ppm * 1e-6);
		int64_t k = (int64_t)at;
		float f = (float)(at - (double)k);
		if (k + 1 < n)
			out[i] = x[k] + f * (x[k + 1] - x[k]);
	}
	return out;
}

static void make_envelope(struct envelope *e, const float *x, int64_t n)
{
	struct envelope_maker *m = envelope_begin(envelope_keep, e);

	*e = (struct envelope){0};
	envelope_add(m, x, (size_t)n);
	envelope_end(m);
}

/* What is in the air, LEAD_S before and after included. */
static void trial(const struct sound *s, int64_t from, int64_t n, const struct place *p,
		  const char *truth)
{
	int64_t lead = LEAD_S * RATE, all = n + 2 * lead;
	/* A recording lies on its sample; a horn is up to 1 km off, plus the card's own delay. */
	int64_t delay = p->recording ? 0 : (int64_t)(chance() * 2.9 * RATE);
	float *air = calloc((size_t)all, sizeof(*air));
	const struct sound *in = strcmp(truth, "other") == 0  ? another(s, chance() < 0.8) :
				 strcmp(truth, "steady") == 0 ? &tones[1] : s;
	int64_t heard = strcmp(truth, "part") == 0 ? n * 3 / 10 : n;
	struct envelope sound, mic;
	struct heard h;

	must(air != NULL);
	int64_t at = in == s ? from : (int64_t)(chance() * (double)(in->frames - n));
	for (int64_t i = 0; i < heard && lead + delay + i < all; i++)
		if (at + i >= 0 && at + i < in->frames)
			air[lead + delay + i] = in->samples[at + i];
	double loud = power(air + lead + delay, heard);
	if (p->bed_db < 0) {
		const struct sound *bed = &files[file_count - 1];
		double gain = sqrt(loud * pow(10, p->bed_db / 10) /
				   power(bed->samples, bed->frames));
		add_from(air, all, bed, gain);
	}
	if (p->slap_ms > 0)
		slap(air, all, p->slap_ms);
	if (p->horn)
		horn(air, all);
	if (p->clip > 0)
		clip(air, all, p->clip);
	if (p->echo_s > 0)
		echo(air, all, p->echo_s);
	if (p->snr_db < 99)
		add_noise(air, all, power(air + lead + delay, heard), p, another(s, false));
	float *taken = drifted(air, all, p->drift_ppm);
	make_envelope(&sound, s->samples + from, n);
	make_envelope(&mic, taken, all);
	struct heard_where where = {.expected = LEAD_S * ENVELOPE_HOPS_PER_S,
				    .early_hops = p->recording ? 50 : 25,
				    .late_hops = p->recording ? 50 : 3 * ENVELOPE_HOPS_PER_S,
				    .drift_ppm = p->recording ? 0 : 600};
	heard_search(&sound, &mic, &where, p->recording ? &heard_recording : &heard_microphone, &h);
	printf("%s %s %.*s %.0f %.4f %.4f %.1f %d %d %d\n", p->name, truth,
	       (int)strcspn(s->name, "-"), s->name, (double)n / RATE, h.score, h.share,
	       h.offset_ms - (double)delay * 1000 / RATE, h.found, h.judged, h.parts);
	envelope_free(&sound);
	envelope_free(&mic);
	free(taken);
	free(air);
}

#define LENGTHS 3
#define STEADY_TIMES 6 /* at each place, of each length */
static const double lengths_s[LENGTHS] = {4, 8, 30};

static void steady_trials(void)
{
	for (int l = 0; l < LENGTHS; l++)
		for (int p = 0; p < PLACES; p++)
			for (int i = 0; i < STEADY_TIMES; i++) {
				make_tones((int64_t)(lengths_s[l] * RATE));
				trial(&tones[0], 0, tones[0].frames, &places[p], "steady");
			}
}

int main(int argc, char **argv)
{

	state = argc > 1 ? strtoull(argv[1], NULL, 10) * 2654435761u + 1 : 1;
	for (int i = 2; i < argc; i++)
		load(argv[i]);
	must(file_count > 4);
	for (int i = 0; i < file_count; i++)
		for (int l = 0; l < LENGTHS; l++)
			for (int p = 0; p < PLACES; p++) {
				int64_t n = (int64_t)(lengths_s[l] * RATE);
				if (n > files[i].frames)
					continue;
				int64_t from = (int64_t)(chance() * (double)(files[i].frames - n));
				trial(&files[i], from, n, &places[p], "right");
				trial(&files[i], from, n, &places[p], "other");
				if (l >= 1)
					trial(&files[i], from, n, &places[p], "part");
			}
	steady_trials();
	return 0;
}
