/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/fetch.h"

#include "base/limits.h"
#include "base/m3u8.h"
#include "base/moment.h"
#include "base/must.h"
#include "base/version.h"
#include "sys/jail.h"
#include "sys/log.h"
#include "sys/pipe.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#define SURE_BYTES 16 /* of a body: a playlist shows itself */

static bool is_inside4(uint32_t ip)
{
	return ip >> 24 == 127 || ip >> 24 == 0 || ip >> 16 == 0xa9fe; /* link-local */
}

/* Leads to this very machine. */
static bool is_inside(const struct sockaddr *a)
{
	if (a->sa_family == AF_INET)
		return is_inside4(ntohl(((const struct sockaddr_in *)(const void *)a)
						->sin_addr.s_addr));
	if (a->sa_family != AF_INET6)
		return true;
	const struct in6_addr *ip = &((const struct sockaddr_in6 *)(const void *)a)->sin6_addr;
	if (IN6_IS_ADDR_V4MAPPED(ip)) {
		uint32_t v4;
		memcpy(&v4, ip->s6_addr + 12, sizeof(v4));
		return is_inside4(ntohl(v4));
	}
	return IN6_IS_ADDR_LOOPBACK(ip) || IN6_IS_ADDR_UNSPECIFIED(ip) || IN6_IS_ADDR_LINKLOCAL(ip);
}

/* The address that a person has set names this machine, without asking the network for a name. */
static bool says_inside(const char *url)
{
	struct sockaddr_in six4 = {.sin_family = AF_INET};
	struct sockaddr_in6 six = {.sin6_family = AF_INET6};
	char *host = NULL;
	CURLU *u = curl_url();

	must(u != NULL);
	bool inside = curl_url_set(u, CURLUPART_URL, url, 0) == CURLUE_OK &&
		      curl_url_get(u, CURLUPART_HOST, &host, 0) == CURLUE_OK;
	if (inside && host[0] == '[' && host[strlen(host) - 1] == ']') {
		host[strlen(host) - 1] = '\0';
		inside = inet_pton(AF_INET6, host + 1, &six.sin6_addr) == 1 &&
			 is_inside((struct sockaddr *)&six);
	} else if (inside) {
		inside = strcasecmp(host, "localhost") == 0 ||
			 (inet_pton(AF_INET, host, &six4.sin_addr) == 1 &&
			  is_inside((struct sockaddr *)&six4));
	}
	curl_free(host);
	curl_url_cleanup(u);
	return inside;
}

static curl_socket_t open_socket(void *arg, curlsocktype purpose, struct curl_sockaddr *a)
{
	struct fetch *f = arg;

	(void)purpose;
	if (!f->inside && is_inside(&a->addr)) {
		f->barred = true;
		return CURL_SOCKET_BAD;
	}
	return socket(a->family, a->socktype | SOCK_CLOEXEC, a->protocol);
}

static size_t on_header(char *data, size_t one, size_t len, void *arg)
{
	struct fetch *f = arg;
	static const char type[] = "content-type:";

	(void)one;
	f->header_bytes += (int64_t)len;
	if (f->header_bytes > FETCH_HEADER_BYTES)
		return 0;
	if (len > 5 && memcmp(data, "HTTP/", 5) == 0)
		f->as_text = false; /* of the answer before, that led here */
	if (len > sizeof(type) && strncasecmp(data, type, sizeof(type) - 1) == 0)
		f->as_text = memmem(data, len, "mpegurl", 7) != NULL ||
			     memmem(data, len, "mpegURL", 7) != NULL ||
			     memmem(data, len, "scpls", 5) != NULL;
	return len;
}

static bool take_sound(struct fetch *f, const char *data, size_t len)
{
	f->bytes += (int64_t)len;
	f->too_long = f->most_bytes > 0 && f->bytes > f->most_bytes;
	if (f->too_long)
		return false;
	f->gone = !pipe_send(f->out_fd, data, len);
	return !f->gone;
}

static bool take_text(struct fetch *f, const char *data, size_t len)
{
	f->too_long = f->text.len + len > HLS_TEXT_BYTES;
	if (!f->too_long)
		buf_add(&f->text, data, len);
	return !f->too_long;
}

/* What says of itself that it is a playlist, or begins as one, is; servers lie either way. */
static size_t on_body(char *data, size_t one, size_t len, void *arg)
{
	struct fetch *f = arg;

	(void)one;
	if (f->as_sound)
		return take_sound(f, data, len) ? len : 0;
	if (!take_text(f, data, len))
		return 0;
	if (f->as_text || f->text.len < SURE_BYTES)
		return len;
	f->as_text = m3u8_begins(f->text.data, f->text.len);
	f->as_sound = !f->as_text;
	if (f->as_text)
		return len;
	bool taken = take_sound(f, f->text.data, f->text.len);
	buf_reset(&f->text);
	return taken ? len : 0;
}

static enum relay_fault fault_of(const struct fetch *f, CURLcode done)
{
	if (f->gone)
		return RELAY_NONE;
	if (f->barred)
		return RELAY_ADDRESS;
	if (f->header_bytes > FETCH_HEADER_BYTES)
		return RELAY_HEADERS;
	if (f->too_long)
		return f->as_sound ? RELAY_BROKEN : RELAY_PLAYLIST;
	switch (done) {
	case CURLE_OK:
	case CURLE_PARTIAL_FILE:
	case CURLE_RECV_ERROR: return RELAY_ENDED;
	case CURLE_COULDNT_RESOLVE_HOST: return RELAY_NAME;
	case CURLE_COULDNT_CONNECT: return RELAY_CONNECT;
	case CURLE_OPERATION_TIMEDOUT: return RELAY_SLOW;
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CONNECT_ERROR: return RELAY_TLS;
	case CURLE_HTTP_RETURNED_ERROR: return RELAY_STATUS;
	case CURLE_URL_MALFORMAT:
	case CURLE_UNSUPPORTED_PROTOCOL:
	case CURLE_TOO_MANY_REDIRECTS: return RELAY_ADDRESS;
	default: return RELAY_BROKEN;
	}
}

static void set_request(CURL *c, struct fetch *f, const char *url, struct curl_slist *icy)
{
	int fault = curl_easy_setopt(c, CURLOPT_URL, url) != CURLE_OK;

	fault |= curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https") != CURLE_OK;
	fault |= curl_easy_setopt(c, CURLOPT_REDIR_PROTOCOLS_STR, "http,https") != CURLE_OK;
	fault |= curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 1L) != CURLE_OK;
	fault |= curl_easy_setopt(c, CURLOPT_MAXREDIRS, (long)FETCH_REDIRECTS) != CURLE_OK;
	fault |= curl_easy_setopt(c, CURLOPT_FAILONERROR, 1L) != CURLE_OK;
	fault |= curl_easy_setopt(c, CURLOPT_HTTP200ALIASES, icy) != CURLE_OK;
	fault |= curl_easy_setopt(c, CURLOPT_USERAGENT, "VangXa/" VANGXA_VERSION) != CURLE_OK;
	fault |= curl_easy_setopt(c, CURLOPT_PROXY, "") != CURLE_OK;
	fault |= curl_easy_setopt(c, CURLOPT_OPENSOCKETFUNCTION, open_socket) != CURLE_OK;
	fault |= curl_easy_setopt(c, CURLOPT_OPENSOCKETDATA, f) != CURLE_OK;
	fault |= curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, on_header) != CURLE_OK;
	fault |= curl_easy_setopt(c, CURLOPT_HEADERDATA, f) != CURLE_OK;
	fault |= curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, on_body) != CURLE_OK;
	fault |= curl_easy_setopt(c, CURLOPT_WRITEDATA, f) != CURLE_OK;
	must(fault == 0);
}

static void set_bounds(CURL *c, int limit_s)
{
	const curl_off_t most = FETCH_MOST_BYTES;
	int fault = curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, (long)FETCH_CONNECT_S) != CURLE_OK;

	fault |= curl_easy_setopt(c, CURLOPT_TIMEOUT, (long)limit_s) != CURLE_OK;
	fault |= curl_easy_setopt(c, CURLOPT_LOW_SPEED_LIMIT, (long)FETCH_LEAST_BYTES) != CURLE_OK;
	fault |= curl_easy_setopt(c, CURLOPT_LOW_SPEED_TIME, (long)FETCH_STALL_S) != CURLE_OK;
	fault |= curl_easy_setopt(c, CURLOPT_MAX_RECV_SPEED_LARGE, most) != CURLE_OK;
	fault |= curl_easy_setopt(c, CURLOPT_BUFFERSIZE, 8192L) != CURLE_OK;
	fault |= curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L) != CURLE_OK;
	must(fault == 0);
}

enum relay_fault fetch_get(struct fetch *f, const char *url, int64_t most_bytes, int limit_s)
{
	struct curl_slist *icy = curl_slist_append(NULL, "ICY 200 OK"); /* Shoutcast */
	CURL *c = curl_easy_init();
	char *found = NULL;

	must(c != NULL && icy != NULL);
	buf_reset(&f->text);
	f->as_text = f->as_sound = f->barred = f->too_long = false;
	f->bytes = f->header_bytes = 0;
	f->most_bytes = most_bytes;
	set_request(c, f, url, icy);
	set_bounds(c, limit_s);
	CURLcode done = curl_easy_perform(c);
	if (curl_easy_getinfo(c, CURLINFO_EFFECTIVE_URL, &found) == CURLE_OK && found != NULL)
		snprintf(f->url, sizeof(f->url), "%s", found);
	if (!f->as_sound && !f->as_text) /* it ended before that was clear */
		f->as_text = m3u8_begins(buf_str(&f->text), f->text.len);
	curl_slist_free_all(icy);
	curl_easy_cleanup(c);
	return fault_of(f, done);
}

bool fetch_resolve(const char *base, const char *address, char *out, size_t size)
{
	CURLU *u = curl_url();
	char *all = NULL;

	must(u != NULL);
	bool ok = curl_url_set(u, CURLUPART_URL, base, 0) == CURLUE_OK &&
		  curl_url_set(u, CURLUPART_URL, address, 0) == CURLUE_OK &&
		  curl_url_get(u, CURLUPART_URL, &all, 0) == CURLUE_OK && strlen(all) < size;
	if (ok)
		snprintf(out, size, "%s", all);
	curl_free(all);
	curl_url_cleanup(u);
	return ok;
}

enum relay_fault fetch_run(const char *url, int out_fd, void (*pause_ms)(int64_t ms))
{
	struct fetch f = {.out_fd = out_fd, .inside = says_inside(url), .pause_ms = pause_ms};

	enum relay_fault fault = fetch_get(&f, url, 0, 0);
	if (fault == RELAY_ENDED && f.text.len > 0)
		fault = f.as_text ? fetch_hls(&f) : RELAY_NOT_SOUND;
	buf_finish(&f.text);
	return fault;
}

static void sleep_ms(int64_t ms)
{
	struct timespec t = {ms / 1000, ms % 1000 * NS_PER_MS};

	nanosleep(&t, NULL);
}

int fetch_main(const char *url)
{
	struct err e = {0};

	sigaction(SIGPIPE, &(struct sigaction){.sa_handler = SIG_IGN}, NULL);
	must(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK);
	if (jail_reach(&e))
		return relay_fault_status(fetch_run(url, STDOUT_FILENO, sleep_ms));
	log_warn("fetch: %s", e.text);
	return 1;
}
