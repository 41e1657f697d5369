/* SPDX-License-Identifier: GPL-3.0-or-later */
/* emergency COUNT PORT DIR [SOAP FILE]: from the order to the siren's first sample at a device. A
 * station plays on a JACK server (emergency.sh starts both). A JACK client that knows nothing of it
 * hears the siren and takes JACK's own time for it; the order's moment is taken just before the
 * program `vangxa emergency` is started, or before a connection to the page's port is opened. With
 * SOAP, the port of Liquidsoap's command server, beside it: FILE is pushed into the queue "alarm".
 * Printed for each way, in ms. */
#include "sys/chance.h"

#include <arpa/inet.h>
#include <jack/jack.h>
#include <math.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define COUNT_MAX 1000
#define HEARD 0.02f /* −34 dB: a tenth of a millisecond into the siren's first wave */
#define QUIET_US 300000
#define UNHEARD (-1e9)
#define SPARE 3

static _Atomic int64_t heard_us, loud_us;
static jack_client_t *client;
static jack_port_t *port;
static const char *program, *dir;
static int http_port, soap_port;
static const char *soap_file;
static struct chance chance = {1};

enum way { COMMAND, HTTP, SOAP };

static int listen_to(jack_nframes_t frames, void *arg)
{
	const float *in = jack_port_get_buffer(port, frames);

	(void)arg;
	for (jack_nframes_t i = 0; i < frames; i++) {
		if (fabsf(in[i]) < HEARD)
			continue;
		int64_t us = (int64_t)jack_frames_to_time(client, jack_last_frame_time(client) + i);
		int64_t none = -1;
		atomic_compare_exchange_strong(&heard_us, &none, us);
		atomic_store(&loud_us, us);
	}
	return 0;
}

static void sleep_ms(long ms)
{
	nanosleep(&(struct timespec){ms / 1000, ms % 1000 * 1000000}, NULL);
}

static void by_command(const char *const argv[])
{
	pid_t pid = fork();

	if (pid == 0) {
		if (freopen("/dev/null", "w", stdout) != NULL)
			execv(program, (char *const *)argv);
		_exit(127);
	}
	waitpid(pid, NULL, 0);
}

/* All that is said back is read: the other side closes. */
static void tell(int to_port, const char *text)
{
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)to_port),
				 .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	char answer[400];
	size_t len = strlen(text);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (connect(fd, (struct sockaddr *)&to, sizeof(to)) == 0 &&
	    write(fd, text, len) == (ssize_t)len)
		while (read(fd, answer, sizeof(answer)) > 0)
			;
	close(fd);
}

static void by_http(void)
{
	static const char body[] = "{\"by\":\"UBND\",\"reason\":\"do\"}";
	char text[400];

	snprintf(text, sizeof(text),
		 "POST /api/emergency HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"
		 "Content-Type: application/json\r\nContent-Length: %zu\r\n"
		 "Connection: close\r\n\r\n%s",
		 http_port, sizeof(body) - 1, body);
	tell(http_port, text);
}

static void by_queue(void)
{
	char text[400];

	snprintf(text, sizeof(text), "alarm.push %s\nquit\n", soap_file);
	tell(soap_port, text);
}

/* UNHEARD: nothing was within 2 s. */
static double once(enum way way)
{
	const char *raise[] = {"vangxa", "emergency", "--data", dir, "--by", "UBND", "--reason",
			       "do", NULL};
	const char *end[] = {"vangxa", "emergency", "--end", "--data", dir, NULL};

	while ((int64_t)jack_get_time() - atomic_load(&loud_us) < QUIET_US)
		sleep_ms(20);
	atomic_store(&heard_us, -1);
	int64_t began = (int64_t)jack_get_time();
	if (way == COMMAND)
		by_command(raise);
	else if (way == HTTP)
		by_http();
	else
		by_queue();
	for (int i = 0; i < 200 && atomic_load(&heard_us) < 0; i++)
		sleep_ms(10);
	int64_t us = atomic_load(&heard_us);
	if (way == SOAP)
		tell(soap_port, "alarm.skip\nquit\n");
	else
		by_command(end);
	sleep_ms(7 + (long)chance_below(&chance, 60)); /* not in step with ticks and periods */
	return us < 0 ? UNHEARD : (double)(us - began) / 1000;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static int try(enum way way, const char *name, int count)
{
	static double ms[COUNT_MAX];
	int got = 0;

	/* Right after an xrun JACK's own clock may be some ms off: what it heard before it was
	 * ordered is tried again. What is not heard at all is not. */
	for (int i = 0; i < count + SPARE && got < count; i++) {
		double one = once(way);
		if (one <= UNHEARD)
			break;
		if (one >= 0)
			ms[got++] = one;
	}
	if (got < count)
		return fprintf(stderr, "emergency: %s: %d of %d heard\n", name, got, count), 1;
	qsort(ms, (size_t)got, sizeof(ms[0]), compare);
	printf("%s median %.1f worst %.1f\n", name, ms[got / 2], ms[got - 1]);
	fflush(stdout); /* a child would say it again */
	return 0;
}

static int join(const char *pattern)
{
	for (int i = 0; i < 200; i++) {
		const char **ports = jack_get_ports(client, pattern, JACK_DEFAULT_AUDIO_TYPE,
						    JackPortIsOutput);
		int joined = ports != NULL && ports[0] != NULL &&
			     jack_connect(client, ports[0], jack_port_name(port)) == 0;
		jack_free(ports);
		if (joined)
			return 1;
		sleep_ms(100);
	}
	return 0;
}

int main(int argc, char **argv)
{
	int count = argc == 4 || argc == 6 ? (int)strtol(argv[1], NULL, 10) : 0;

	if (count < 1 || count > COUNT_MAX)
		return fprintf(stderr, "usage: emergency COUNT PORT DIR [SOAP FILE]\n"), 2;
	http_port = (int)strtol(argv[2], NULL, 10);
	dir = argv[3];
	soap_port = argc == 6 ? (int)strtol(argv[4], NULL, 10) : 0;
	soap_file = argc == 6 ? argv[5] : "";
	program = getenv("VANGXA");
	client = jack_client_open("ear", JackNoStartServer, NULL);
	if (client == NULL || program == NULL)
		return fprintf(stderr, "emergency: no JACK server, or VANGXA is not set\n"), 1;
	port = jack_port_register(client, "in", JACK_DEFAULT_AUDIO_TYPE, JackPortIsInput, 0);
	jack_set_process_callback(client, listen_to, NULL);
	jack_activate(client);
	if (!join("PortAudio"))
		return fprintf(stderr, "emergency: the station does not play on JACK\n"), 1;
	sleep_ms(2000); /* the station learns its clock */
	int failed = try(COMMAND, "command", count) | try(HTTP, "http", count);
	if (soap_port != 0)
		failed |= !join("soap:") || try(SOAP, "liquidsoap", count);
	jack_client_close(client);
	return failed;
}
