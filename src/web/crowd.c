/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/crowd.h"

#include "base/limits.h"
#include "web/request.h"
#include "web/route.h"
#include "web/web.h"

#include <string.h>
#include <sys/socket.h>

struct in6_addr crowd_party(const struct sockaddr *from)
{
	struct in6_addr party = {.s6_addr = {[10] = 0xff, [11] = 0xff}};

	if (from->sa_family == AF_INET) {
		const struct sockaddr_in *v4 = (const void *)from;
		memcpy(&party.s6_addr[12], &v4->sin_addr, 4);
	} else {
		const struct sockaddr_in6 *v6 = (const void *)from;
		if (IN6_IS_ADDR_V4MAPPED(&v6->sin6_addr) || IN6_IS_ADDR_LOOPBACK(&v6->sin6_addr))
			return v6->sin6_addr;
		memset(&party, 0, sizeof(party));
		memcpy(&party, &v6->sin6_addr, 8);
	}
	return party;
}

static bool same(const struct in6_addr *a, const struct in6_addr *b)
{
	return memcmp(a, b, sizeof(*a)) == 0;
}

/* A proxy on this machine speaks for many, and who sits here could stop the program anyway. */
static bool is_here(const struct in6_addr *party)
{
	return IN6_IS_ADDR_LOOPBACK(party) ||
	       (IN6_IS_ADDR_V4MAPPED(party) && party->s6_addr[12] == 127);
}

/* Nothing is under way on it but waiting: for a head, for the next request, for a short body. */
static bool only_waits(const struct visit *v)
{
	const struct request *r = v->request;

	if (v->ended || r == NULL)
		return !v->ended;
	return !r->begun && !r->queued &&
	       (r->refused || r->route == NULL || r->route->body == NULL);
}

static int count_of(const struct web *w, const struct in6_addr *party)
{
	int count = 0;

	for (const struct visit *v = w->visits; v != NULL; v = v->next)
		count += !v->ended && (party == NULL || same(&v->party, party));
	return count;
}

/* The oldest that waits, of that party, or of the largest party if party is NULL. The list begins
 * with the newest. */
static struct visit *weakest(struct web *w, const struct in6_addr *party)
{
	const struct visit *counted = NULL; /* a flood comes from one place: counted once */
	struct visit *found = NULL;
	int most = 0, count = 0;

	for (struct visit *v = w->visits; v != NULL; v = v->next) {
		if (!only_waits(v) || (party != NULL && !same(&v->party, party)))
			continue;
		if (party == NULL && (counted == NULL || !same(&counted->party, &v->party)))
			count = count_of(w, &v->party);
		counted = v;
		if (count < most)
			continue;
		most = count;
		found = v;
	}
	return found;
}

static bool make_room(struct web *w, const struct in6_addr *party)
{
	struct visit *v = weakest(w, party);

	if (v != NULL)
		visit_end(v);
	return v != NULL;
}

bool crowd_admit(struct web *w, const struct sockaddr *from)
{
	struct in6_addr party = crowd_party(from);

	if (!is_here(&party) && count_of(w, &party) >= HTTP_ADDRESS_MAX && !make_room(w, &party))
		return false;
	return count_of(w, NULL) < w->clients_max || make_room(w, NULL);
}
