/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sys/post.h"

#include "base/must.h"
#include "base/version.h"

#include <curl/curl.h>
#include <stdio.h>

struct taking {
	struct buf *answer;
	size_t max;
};

static size_t take(char *data, size_t one, size_t len, void *arg)
{
	struct taking *t = arg;

	if (len > t->max - t->answer->len)
		return 0; /* libcurl ends the transfer */
	buf_add(t->answer, data, one * len);
	return len;
}

static void set_request(CURL *c, const char *url, const void *body, size_t len)
{
	int fault = curl_easy_setopt(c, CURLOPT_URL, url) != CURLE_OK;

	fault |= curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https") != CURLE_OK;
	fault |= curl_easy_setopt(c, CURLOPT_POST, 1L) != CURLE_OK;
	fault |= curl_easy_setopt(c, CURLOPT_POSTFIELDS, body) != CURLE_OK;
	fault |= curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)len) != CURLE_OK;
	fault |= curl_easy_setopt(c, CURLOPT_USERAGENT, "VangXa/" VANGXA_VERSION) != CURLE_OK;
	fault |= curl_easy_setopt(c, CURLOPT_PROXY, "") != CURLE_OK;
	must(fault == 0);
}

static void set_bounds(CURL *c, struct taking *t)
{
	int fault = curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L) != CURLE_OK;

	fault |= curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, (long)POST_CONNECT_S) != CURLE_OK;
	fault |= curl_easy_setopt(c, CURLOPT_TIMEOUT, (long)POST_TOTAL_S) != CURLE_OK;
	fault |= curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L) != CURLE_OK;
	fault |= curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take) != CURLE_OK;
	fault |= curl_easy_setopt(c, CURLOPT_WRITEDATA, t) != CURLE_OK;
	must(fault == 0);
}

/* What a person can do something about, apart. */
static const char *code_of(CURLcode done)
{
	switch (done) {
	case CURLE_COULDNT_RESOLVE_HOST: return "net-name";
	case CURLE_COULDNT_CONNECT: return "net-connect";
	case CURLE_OPERATION_TIMEDOUT: return "net-slow";
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CONNECT_ERROR: return "net-tls";
	case CURLE_WRITE_ERROR: return "net-long";
	case CURLE_URL_MALFORMAT:
	case CURLE_UNSUPPORTED_PROTOCOL: return "net-address";
	default: return "net-broken";
	}
}

bool post(const char *url, const char *type, const void *body, size_t len, size_t max,
	  struct buf *answer, int *status, struct err *e)
{
	struct taking t = {.answer = answer, .max = max};
	struct curl_slist *head = NULL;
	char line[128];
	long code = 0;

	must(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK);
	CURL *c = curl_easy_init();
	must(c != NULL);
	snprintf(line, sizeof(line), "Content-Type: %s", type);
	head = curl_slist_append(head, line);
	head = curl_slist_append(head, "Expect:"); /* small bodies need no leave */
	set_request(c, url, body, len);
	set_bounds(c, &t);
	must(head != NULL && curl_easy_setopt(c, CURLOPT_HTTPHEADER, head) == CURLE_OK);
	CURLcode done = curl_easy_perform(c);
	curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &code);
	*status = (int)code;
	curl_slist_free_all(head);
	curl_easy_cleanup(c);
	curl_global_cleanup();
	return done == CURLE_OK || err_set(e, ERR_FAILED, "%s", code_of(done));
}
