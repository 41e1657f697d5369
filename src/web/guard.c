/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/guard.h"

#include "base/text.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool parse_port(const char *text, in_port_t *port)
{
	size_t len = strlen(text);

	if (len < 1 || len > 5 || strspn(text, "0123456789") != len)
		return false;
	long value = strtol(text, NULL, 10);
	*port = htons((uint16_t)value);
	return value <= 65535;
}

static bool loopback_v4(struct in_addr a)
{
	return ntohl(a.s_addr) >> 24 == 127;
}

/* "host:port" or "[v6]:port" into its parts; port may be missing (""). False if malformed. */
static bool split(const char *text, char host[static 256], const char **port, bool *bracket)
{
	const char *from = text, *end;

	*bracket = *text == '[';
	if (*bracket) {
		from = text + 1;
		end = strchr(from, ']');
		if (end == NULL || (end[1] != '\0' && end[1] != ':'))
			return false;
		*port = end[1] == ':' ? end + 2 : "";
	} else {
		end = strchr(text, ':');
		if (end == NULL)
			end = text + strlen(text);
		*port = *end == ':' ? end + 1 : "";
	}
	size_t len = (size_t)(end - from);
	if (len >= 256)
		return false;
	memcpy(host, from, len);
	host[len] = '\0';
	return true;
}

bool guard_listen(const char *text, struct listen_address *a, struct err *e)
{
	char host[256];
	const char *port;
	bool bracket, good = false;
	in_port_t number = 0;

	memset(a, 0, sizeof(*a));
	if (split(text, host, &port, &bracket) && parse_port(port, &number)) {
		if (bracket) {
			a->to.v6.sin6_family = AF_INET6;
			a->to.v6.sin6_port = number;
			good = inet_pton(AF_INET6, host, &a->to.v6.sin6_addr) == 1;
			a->loopback = IN6_IS_ADDR_LOOPBACK(&a->to.v6.sin6_addr);
		} else {
			const char *name = host[0] == '\0' ? "0.0.0.0"
					   : strcmp(host, "localhost") == 0 ? "127.0.0.1"
									    : host;
			a->to.v4.sin_family = AF_INET;
			a->to.v4.sin_port = number;
			good = inet_pton(AF_INET, name, &a->to.v4.sin_addr) == 1;
			a->loopback = loopback_v4(a->to.v4.sin_addr);
		}
	}
	if (good)
		return true;
	return err_set(e, ERR_USAGE,
		       T("--listen, --tls: \"%s\" phải có dạng ĐỊA-CHỈ-IP:CỔNG, ví dụ "
			 "127.0.0.1:8080",
			 "--listen, --tls: \"%s\" must look like IP-ADDRESS:PORT, for example "
			 "127.0.0.1:8080"),
		       text);
}

static bool ends_with(const char *text, const char *end)
{
	size_t len = strlen(text), tail = strlen(end);

	return len > tail && strcasecmp(text + len - tail, end) == 0;
}

static bool local_name(const char *name)
{
	return strchr(name, '.') == NULL || ends_with(name, ".local") || ends_with(name, ".lan") ||
	       ends_with(name, ".internal") || ends_with(name, ".home.arpa");
}

bool guard_host(const char *host, bool open, const char *const hosts[], int host_count)
{
	char name[256];
	const char *port;
	bool bracket;
	in_port_t number;
	struct in_addr v4;
	struct in6_addr v6;

	if (!split(host, name, &port, &bracket) || name[0] == '\0' ||
	    (*port != '\0' && !parse_port(port, &number)))
		return false;
	for (int i = 0; i < host_count; i++)
		if (strcasecmp(name, hosts[i]) == 0)
			return true;
	if (bracket)
		return inet_pton(AF_INET6, name, &v6) == 1 && (open || IN6_IS_ADDR_LOOPBACK(&v6));
	if (inet_pton(AF_INET, name, &v4) == 1)
		return open || loopback_v4(v4);
	if (strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.") !=
	    strlen(name))
		return false;
	return strcasecmp(name, "localhost") == 0 || (open && local_name(name));
}

bool guard_origin(const char *origin, const char *host, bool tls)
{
	const char *rest = strncmp(origin, "https://", 8) == 0 ? origin + 8 : NULL;

	if (rest == NULL && !tls && strncmp(origin, "http://", 7) == 0)
		rest = origin + 7;
	return rest != NULL && strcasecmp(rest, host) == 0;
}
