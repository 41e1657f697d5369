/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/relays.h"

#include "base/must.h"
#include "base/saying.h"
#include "base/text.h"
#include "sys/log.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/wait.h>
#include <unistd.h>

#define PIPE_BYTES (1 << 20)
#define LOOK_MS 100 /* the intake asks so often whether to stop */
#define PART_FRAMES 4096
#define FETCH_SAYS_MS 1000 /* for one whose decoder is gone; it may go on sending to nobody */

void relays_init(struct relays *rs, struct clock *clock, struct loop *loop, struct chance chance)
{
	*rs = (struct relays){.clock = clock, .loop = loop, .chance = chance};
}

int relays_find(const struct relays *rs, const char *name)
{
	for (int i = 0; i < rs->count; i++)
		if (strcmp(rs->list[i].place.name, name) == 0)
			return i;
	return -1;
}

/* Intake thread: what has come of a frame waits in `part`. */
struct intake {
	struct relay_line *line;
	float part[PART_FRAMES];
	size_t have; /* bytes */
	bool told;   /* its form has come */
};

/* The form is as long as two samples and stands before them. */
static void take_form(struct intake *in)
{
	struct relay_form form;
	uint64_t bits = 0;

	_Static_assert(sizeof(form) == sizeof(bits), "see relay_line.form");
	if (in->told || !atomic_load(&in->line->formed) || in->have < sizeof(form))
		return;
	memcpy(&form, in->part, sizeof(form));
	if (relay_form_is(&form))
		memcpy(&bits, &form, sizeof(bits));
	atomic_store(&in->line->form, bits);
	in->told = true;
	in->have -= sizeof(form);
	memmove(in->part, (char *)in->part + sizeof(form), in->have);
}

static void take_some(struct intake *in, int fd)
{
	struct relaybuffer *b = in->line->buffer;
	struct mono now = clock_mono(in->line->all->clock);
	int64_t room = relaybuffer_room(b, now);

	if (room < PART_FRAMES) { /* a sender in haste waits */
		poll(NULL, 0, LOOK_MS);
		return;
	}
	ssize_t n = read(fd, (char *)in->part + in->have, sizeof(in->part) - in->have);
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n <= 0) { /* its end is told by a pidfd */
		in->have = 0;
		in->told = false;
		atomic_store(&in->line->fd, -1);
		close(fd);
		return;
	}
	in->have += (size_t)n;
	take_form(in);
	if (atomic_load(&in->line->formed) && !in->told)
		return;
	size_t frames = in->have / sizeof(float);
	relaybuffer_put(b, in->part, (int64_t)frames, now);
	in->have -= frames * sizeof(float);
	memmove(in->part, in->part + frames, in->have);
}

static void *intake_thread(void *arg)
{
	struct intake in = {.line = arg};

	while (!atomic_load(&in.line->stop)) {
		struct pollfd ready = {.fd = atomic_load(&in.line->fd), .events = POLLIN};
		if (poll(&ready, 1, LOOK_MS) > 0)
			take_some(&in, ready.fd);
	}
	return NULL;
}

static void watch_end(struct relay_line *l, struct watch *w, const struct proc *p,
		      void (*ready)(struct watch *, uint32_t))
{
	*w = (struct watch){.fd = p->pidfd, .events = EPOLLIN, .ready = ready, .arg = l};
	loop_watch(l->all->loop, w);
}

static void end_proc(struct relay_line *l, struct proc *p, struct watch *w, enum relay_fault *fault)
{
	int status;

	if (p->pid == 0)
		return;
	loop_unwatch(l->all->loop, w);
	if (proc_reap(p, &status))
		*fault = relay_fault_of(WIFEXITED(status) ? WEXITSTATUS(status) : -1);
	proc_end(p, 0); /* it keeps nothing */
}

/* What decoding says goes before what fetching says: it ends because the other did. */
static enum relay_fault end_both(struct relay_line *l)
{
	enum relay_fault fetched = RELAY_NONE, decoded = l->decoding;

	end_proc(l, &l->decode, &l->decode_ended, &decoded);
	end_proc(l, &l->fetch, &l->fetch_ended, &fetched);
	l->decoding = RELAY_NONE;
	return decoded != RELAY_NONE && decoded != RELAY_CRASHED ? decoded
	       : fetched != RELAY_NONE				 ? fetched
								 : decoded;
}

static void tell_lost(const struct relay_line *l)
{
	json_t *said = saying_coded(relay_fault_code(l->fault));
	char words[400];

	saying_words(said, text_english(), words, sizeof(words));
	json_decref(said);
	log_warn(T("tiếp âm “%s”: %s", "relay \"%s\": %s"),
		 l->place.name, words);
}

static void try_later(struct relay_line *l, enum relay_fault fault)
{
	struct mono now = clock_mono(l->all->clock);
	int64_t wait_ms = RELAY_RETRY_MS;

	if (now.ns - l->started.ns > RELAY_RETRY_MAX_MS * NS_PER_MS)
		l->tries = 0; /* it held for a while */
	for (int i = 0; i < l->tries && wait_ms < RELAY_RETRY_MAX_MS; i++)
		wait_ms *= 2;
	wait_ms = wait_ms < RELAY_RETRY_MAX_MS ? wait_ms : RELAY_RETRY_MAX_MS;
	wait_ms += (int64_t)chance_below(&l->all->chance, (uint64_t)wait_ms / 2);
	l->tries++;
	l->retry = mono_add_ns(now, wait_ms * NS_PER_MS);
	if (fault != l->fault && fault != RELAY_NONE) {
		l->fault = fault;
		tell_lost(l);
	}
}

static void conclude(struct relay_line *l)
{
	enum relay_fault fault = end_both(l);

	try_later(l, fault == RELAY_NONE ? RELAY_ENDED : fault);
}

/* A process closes its pipe before anybody can see that it ended: decoding may be over while why it
 * is so is still to come. */
static void on_decode_end(struct watch *w, uint32_t events)
{
	struct relay_line *l = w->arg;

	(void)events;
	end_proc(l, &l->decode, &l->decode_ended, &l->decoding);
	l->decoded = clock_mono(l->all->clock);
	bool says_why = l->decoding != RELAY_NONE && l->decoding != RELAY_CRASHED;
	if (says_why || l->fetch.pid == 0 || l->fetch_over)
		conclude(l);
}

/* The decoder ends by itself when it has read what was fetched: until then it is left to it. */
static void on_fetch_end(struct watch *w, uint32_t events)
{
	struct relay_line *l = w->arg;

	(void)events;
	loop_unwatch(l->all->loop, w);
	l->fetch_over = true;
	if (l->decode.pid == 0)
		conclude(l);
}

/* True: a child whose stdin is in_fd, whose stdout is out_fd; both are closed here. */
static bool start_child(struct proc *p, char *const args[], int in_fd, int out_fd)
{
	struct err e = {0};
	bool ok = proc_start(p, args, &(struct proc_fds){.in_fd = in_fd, .out_fd = out_fd,
							 .no_environment = true}, &e);

	if (in_fd >= 0)
		close(in_fd);
	close(out_fd);
	if (!ok)
		log_warn("%s", e.text);
	return ok;
}

static bool start_line(struct relay_line *l, int out_fd)
{
	char name[] = "line", channel[16];
	char *const args[] = {name, l->place.device, channel, NULL};
	struct err e = {0};

	snprintf(channel, sizeof(channel), "%d", l->place.channel);
	/* The sound system finds its server by the environment. */
	bool ok = proc_start(&l->decode, args, &(struct proc_fds){.in_fd = -1, .out_fd = out_fd},
			     &e);
	close(out_fd);
	if (!ok)
		log_warn("%s", e.text);
	return ok;
}

static bool start_stream(struct relay_line *l, int out_fd)
{
	char fetch[] = "fetch", worker[] = "worker", stream[] = "stream";
	char *const fetching[] = {fetch, l->place.url, NULL};
	char *const decoding[] = {worker, stream, NULL};
	int bytes[2];

	must(pipe2(bytes, O_CLOEXEC) == 0);
	bool ok = start_child(&l->decode, decoding, bytes[0], out_fd);
	if (!ok || !start_child(&l->fetch, fetching, -1, bytes[1])) {
		if (!ok)
			close(bytes[1]);
		return false;
	}
	l->fetch_over = false;
	watch_end(l, &l->fetch_ended, &l->fetch, on_fetch_end);
	return true;
}

static void start(struct relay_line *l)
{
	int sound[2];

	must(pipe2(sound, O_CLOEXEC) == 0);
	fcntl(sound[0], F_SETPIPE_SZ, PIPE_BYTES); /* a smaller one is as well */
	fcntl(sound[0], F_SETFL, O_NONBLOCK);
	l->started = clock_mono(l->all->clock);
	bool ok = l->place.device[0] != '\0' ? start_line(l, sound[1]) : start_stream(l, sound[1]);
	if (l->decode.pid != 0)
		watch_end(l, &l->decode_ended, &l->decode, on_decode_end);
	if (ok) {
		atomic_store(&l->formed, l->place.device[0] == '\0');
		atomic_store(&l->fd, sound[0]);
		return;
	}
	close(sound[0]);
	end_both(l);
	try_later(l, RELAY_CRASHED);
}

static void begin(struct relay_line *l)
{
	l->wanted = true;
	l->tries = 0;
	l->fault = RELAY_NONE;
	l->retry = clock_mono(l->all->clock);
	if (l->buffer == NULL)
		l->buffer = relaybuffer_create(&relaybuffer_relay);
	relaybuffer_begin(l->buffer, l->retry);
	atomic_store(&l->form, 0);
	atomic_store(&l->stop, false);
	must(pthread_create(&l->thread, NULL, intake_thread, l) == 0);
	l->threaded = true;
}

static void end(struct relay_line *l)
{
	end_both(l);
	if (l->threaded) {
		atomic_store(&l->stop, true);
		pthread_join(l->thread, NULL);
	}
	l->threaded = l->wanted = false;
	int fd = atomic_exchange(&l->fd, -1);
	if (fd >= 0)
		close(fd);
}

/* Processes that run and give nothing are worth no more than none. */
static void look_at(struct relay_line *l)
{
	struct mono now = clock_mono(l->all->clock);
	struct relay_state state;

	relaybuffer_state(l->buffer, now, &state);
	/* What is left over of the last try says nothing of this one. */
	if (state.coming && l->fault != RELAY_NONE && state.ready &&
	    state.came.ns > l->started.ns && l->decode.pid != 0) {
		log_info(T("tiếp âm “%s” có tín hiệu", "relay \"%s\" is there"), l->place.name);
		l->fault = RELAY_NONE;
	}
	if (l->decode.pid != 0 && !state.coming &&
	    now.ns - l->started.ns > RELAY_STILL_S * NS_PER_S) {
		enum relay_fault fault = end_both(l);
		try_later(l, fault != RELAY_NONE ? fault : RELAY_SLOW);
	}
	if (l->decode.pid == 0 && l->fetch.pid != 0 &&
	    now.ns - l->decoded.ns > FETCH_SAYS_MS * NS_PER_MS)
		conclude(l);
	/* The intake has come to the end of what was: only then another pipe. */
	if (l->decode.pid == 0 && l->fetch.pid == 0 && now.ns >= l->retry.ns &&
	    atomic_load(&l->fd) < 0)
		start(l);
}

static bool same_place(const struct relay_place *a, const struct relay_place *b)
{
	return strcmp(a->url, b->url) == 0 && strcmp(a->device, b->device) == 0 &&
	       a->channel == b->channel;
}

void relays_put(struct relays *rs, const struct relay_place *place)
{
	int i = relays_find(rs, place->name);
	struct relay_line *l = &rs->list[i >= 0 ? i : rs->count];

	if (i < 0 && rs->count == RELAYS_MAX)
		return;
	if (i < 0) {
		*l = (struct relay_line){.all = rs, .fetch.pidfd = -1, .decode.pidfd = -1};
		atomic_init(&l->fd, -1);
		atomic_init(&l->form, 0);
		rs->count++;
	} else if (!same_place(&l->place, place)) {
		end_both(l); /* the next look connects to the new one */
		l->retry = clock_mono(rs->clock);
	}
	l->place = *place;
}

void relays_look(struct relays *rs, uint32_t wanted)
{
	for (int i = 0; i < rs->count; i++) {
		struct relay_line *l = &rs->list[i];
		bool now = wanted >> i & 1;
		if (now && !l->wanted)
			begin(l);
		else if (!now && l->wanted)
			end(l);
		if (l->wanted)
			look_at(l);
	}
}

bool relays_state(struct relays *rs, int i, struct relay_state *state, enum relay_fault *fault)
{
	struct relay_line *l = &rs->list[i];

	*fault = l->fault;
	if (!l->wanted)
		return false;
	relaybuffer_state(l->buffer, clock_mono(rs->clock), state);
	return true;
}

bool relays_form(struct relays *rs, int i, struct relay_form *out)
{
	uint64_t bits = atomic_load(&rs->list[i].form);

	memcpy(out, &bits, sizeof(*out));
	return bits != 0;
}

struct source *relays_source(struct relays *rs, int i, struct frame heard)
{
	return rs->list[i].wanted ? relaybuffer_source(rs->list[i].buffer, heard) : NULL;
}

void relays_stop(struct relays *rs)
{
	for (int i = 0; i < rs->count; i++) {
		if (rs->list[i].wanted)
			end(&rs->list[i]);
		relaybuffer_destroy(rs->list[i].buffer);
		rs->list[i].buffer = NULL;
	}
}
