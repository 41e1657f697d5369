/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One job: the worker decodes and resamples in its process while this thread rounds, encodes and
 * measures what comes out of the pipe; that is about half of the work on each side. */
#include "library/ingest.h"

#include "base/moment.h"
#include "base/must.h"
#include "base/peak.h"
#include "base/text.h"
#include "library/decoding.h"
#include "library/inspect.h"
#include "library/master.h"
#include "library/measure.h"
#include "library/print.h"
#include "library/refusal.h"
#include "library/sniff.h"
#include "library/store.h"
#include "library/wave.h"
#include "sys/log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#define POLL_MS 500	     /* how often progress is called while nothing comes */
#define PROGRESS_CHUNKS 64   /* and while it does: every 5 s of sound */

struct job {
	const struct ingest_job *ask;
	int64_t size_bytes, longest_frames, promised_frames;
	bool torn; /* the decoder saw that a piece is missing */
	struct decoding decoding;
	struct master *master;
	struct loudness *loudness;
	struct peak *peak;
	struct inspect *inspect;
	struct wave wave;
	struct print_maker *print;
	struct pcm_levels levels; /* of the original, from the end record */
	unsigned chunks;
	enum pcm_status ended; /* as the last worker's end record says; PCM_DONE before */
};

static bool check_file(struct job *j, struct err *e)
{
	struct stat st;

	if (fstat(j->ask->fd, &st) != 0)
		return refusal_set(e, PCM_UNREADABLE, errno);
	if (S_ISDIR(st.st_mode))
		return refusal_set(e, PCM_UNREADABLE, EISDIR);
	if (!S_ISREG(st.st_mode))
		return refusal_set(e, PCM_UNREADABLE, EINVAL);
	if (st.st_size == 0)
		return refusal_set(e, PCM_EMPTY, 0);
	if (st.st_size > AUDIO_FILE_BYTES_MAX)
		return err_set(e, ERR_DAMAGED,
			       T("tệp lớn hơn %d GB; xin gửi MP3", "the file is larger than %d GB; "
								   "please send MP3"),
			       (int)(AUDIO_FILE_BYTES_MAX >> 30));
	j->size_bytes = st.st_size;
	return true;
}

static bool tell_progress(struct job *j, int64_t bytes, struct err *e)
{
	double done = bytes < 0 ? -1 : (double)bytes / (double)j->size_bytes;

	if (j->ask->progress == NULL || j->ask->progress(done > 1 ? 1 : done, j->ask->arg))
		return true;
	return err_set(e, ERR_REFUSED, T("đã dừng theo yêu cầu", "stopped as asked"));
}

static bool wrong_answer(struct err *e)
{
	return err_set(e, ERR_FAILED,
		       T("bộ giải mã trả lời sai", "the decoder answers wrongly"));
}

static bool take_data(struct job *j, struct err *e)
{
	const struct pcm_record *r = &j->decoding.pipe.record;

	if (j->master == NULL)
		return wrong_answer(e);
	if (master_frames(j->master) + r->frames > j->longest_frames)
		return refusal_set(e, PCM_TOO_LONG, 0);
	if (!master_write(j->master, j->decoding.pipe.samples, r->frames, e))
		return false;
	loudness_add(j->loudness, j->decoding.pipe.samples, r->frames);
	peak_add(j->peak, j->decoding.pipe.samples, r->frames);
	wave_add(&j->wave, j->decoding.pipe.samples, r->frames);
	print_add(j->print, j->decoding.pipe.samples, r->frames);
	inspect_add(j->inspect, j->decoding.pipe.samples, r->frames);
	return j->chunks++ % PROGRESS_CHUNKS != 0 || tell_progress(j, r->detail, e);
}

static bool take_begin(struct job *j, struct ingest_result *r, struct err *e)
{
	if (j->master != NULL)
		return wrong_answer(e);
	snprintf(r->format, sizeof(r->format), "%s", j->decoding.pipe.record.format);
	j->promised_frames = j->decoding.pipe.record.promised_frames;
	j->loudness = loudness_create(1);
	j->peak = peak_create();
	j->inspect = inspect_create();
	j->print = print_begin();
	j->master = master_create(j->ask->dir, e);
	return j->master != NULL;
}

static bool worker_gone(struct err *e)
{
	return err_set(e, ERR_DAMAGED,
		       T("không giải mã được tệp này: bộ giải mã đã dừng giữa chừng; "
			 "xin gửi lại dưới dạng MP3 hoặc WAV",
			 "the file could not be decoded: the decoder stopped half-way; "
			 "please send it again as MP3 or WAV"));
}

static bool take_end(struct job *j, struct err *e)
{
	const struct pcm_record *r = &j->decoding.pipe.record;

	j->ended = (enum pcm_status)r->status;
	j->levels = r->levels;
	j->torn = r->status == PCM_DONE && r->detail != 0;
	return r->status == PCM_DONE || refusal_set(e, r->status, r->detail);
}

/* Until the end record. */
static bool receive(struct job *j, struct ingest_result *r, struct err *e)
{
	for (;;) {
		enum pcm_got got = decoding_next(&j->decoding, POLL_MS);
		bool ok = true;

		if (got == PCM_BROKEN)
			return worker_gone(e);
		if (got == PCM_WAIT) {
			if (!tell_progress(j, -1, e))
				return false;
			continue;
		}
		if (j->decoding.pipe.record.kind == PCM_END)
			return take_end(j, e);
		ok = j->decoding.pipe.record.kind == PCM_BEGIN ? take_begin(j, r, e)
							       : take_data(j, e);
		if (!ok)
			return false;
	}
}

/* Its first bytes tell whether the first worker could only say that it is none of its. */
static bool is_phone(int fd)
{
	uint8_t head[SNIFF_HEAD_BYTES];
	ssize_t len = pread(fd, head, sizeof(head), 0);

	return len > 0 && sniff_is_phone(sniff_head(head, (size_t)len));
}

/* What the first worker does not understand goes to the one with FFmpeg's libraries, which costs a
 * tenth of a second to start and 30 MB. What that one says counts, unless both find it damaged. */
static bool decode(struct job *j, struct ingest_result *r, struct err *e)
{
	struct err again = {0};

	if (is_phone(j->ask->fd))
		return decoding_start(&j->decoding, j->ask->fd, true, e) && receive(j, r, e);
	if (decoding_start(&j->decoding, j->ask->fd, false, e) && receive(j, r, e))
		return true;
	decoding_end(&j->decoding);
	if (j->master != NULL || (j->ended != PCM_UNSUPPORTED && j->ended != PCM_DAMAGED))
		return false;
	enum pcm_status first = j->ended;
	if (decoding_start(&j->decoding, j->ask->fd, true, &again) && receive(j, r, &again))
		return true;
	if (j->master != NULL || first == PCM_UNSUPPORTED)
		*e = again;
	return false;
}

/* Up to a GiB in the kernel: on file systems that can without copying a byte, and from one file
 * system to another (a USB stick, a tmpfs), which copy_file_range refuses, by sendfile. */
static ssize_t copy_some(int to, int from, off_t *at)
{
	ssize_t n = copy_file_range(from, at, to, NULL, 1 << 30, 0);

	if (n < 0 && (errno == EXDEV || errno == EINVAL || errno == ENOSYS || errno == EOPNOTSUPP))
		n = sendfile(to, from, at, 1 << 30);
	return n;
}

static bool copy_original(const struct ingest_job *ask, struct ingest_result *r, struct err *e)
{
	struct store s;
	off_t at = 0;
	ssize_t n;

	if (!store_begin(&s, ask->dir, "originals", e))
		return false;
	while ((n = copy_some(s.fd, ask->fd, &at)) > 0)
		continue;
	bool ok = n == 0 ? store_commit(&s, "", r->original_sha256, e)
			 : err_errno(e, T("không lưu được tệp gốc", "cannot keep the original"));
	store_abandon(&s);
	return ok;
}

/* What is made from a master and can be made again: that it fails harms nothing else. */
static void keep_derived(struct job *j, const char *sha256)
{
	struct print print;
	struct err e = {0};

	print_end(j->print, &print);
	j->print = NULL;
	if (!wave_save(&j->wave, j->ask->dir, sha256, &e) ||
	    !print_save(&print, j->ask->dir, sha256, &e))
		log_warn("%s", e.text);
	print_free(&print);
}

static bool finish(struct job *j, struct ingest_result *r, struct err *e)
{
	if (j->master == NULL || master_frames(j->master) == 0)
		return refusal_set(e, PCM_NO_SOUND, 0);
	r->frames = master_frames(j->master);
	r->loudness_lufs = loudness_lufs(j->loudness);
	r->peak_dbtp = peak_dbtp(j->peak);
	refusal_warnings(&r->warnings, r, j->promised_frames, j->torn);
	inspect_end(j->inspect, &j->levels, &r->warnings);
	r->noise_db = inspect_noise_db(j->inspect);
	if (!(j->ask->keep_original ? copy_original(j->ask, r, e)
				    : store_hash(j->ask->fd, r->original_sha256, e)))
		return false;
	if (!master_commit(j->master, r->sha256, e))
		return false;
	if (j->ask->keep_original)
		keep_derived(j, r->sha256);
	return tell_progress(j, j->size_bytes, e);
}

static void clear(struct job *j)
{
	decoding_end(&j->decoding);
	master_destroy(j->master);
	loudness_destroy(j->loudness);
	peak_destroy(j->peak);
	inspect_destroy(j->inspect);
	print_end(j->print, NULL);
	free(j);
}

bool ingest_run(const struct ingest_job *ask, struct ingest_result *r, struct err *e)
{
	struct job *j = calloc(1, sizeof(*j));

	must(j != NULL);
	*r = (struct ingest_result){.loudness_lufs = 0};
	j->ask = ask;
	decoding_init(&j->decoding);
	j->promised_frames = -1;
	j->longest_frames = ask->longest_frames > 0 ? ask->longest_frames
						    : AUDIO_MAX_S * FRAMES_PER_S;
	bool ok = check_file(j, e) && decode(j, r, e) && finish(j, r, e);
	clear(j);
	return ok;
}

void ingest_sweep(const char *dir)
{
	store_sweep(dir, "masters");
	store_sweep(dir, "originals");
}
