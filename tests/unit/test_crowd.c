/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/crowd.h"

#include "base/limits.h"
#include "web/request.h"
#include "web/web.h"

#include <arpa/inet.h>
#include <check.h>
#include <string.h>

static struct web w;
static struct visit visits[HTTP_CLIENTS_MAX + 20];
static struct request busy = {.begun = true};
static int count;

static struct sockaddr_in6 address(const char *text)
{
	struct sockaddr_in6 a = {.sin6_family = AF_INET6};

	ck_assert_int_eq(inet_pton(AF_INET6, text, &a.sin6_addr), 1);
	return a;
}

static bool admit(const char *text)
{
	struct sockaddr_in6 a = address(text);

	return crowd_admit(&w, (struct sockaddr *)&a);
}

/* A connection of that address; the newest stands first in the list, as in the server. */
static struct visit *come(const char *text, struct request *r)
{
	struct sockaddr_in6 a = address(text);
	struct visit *v = &visits[count++];

	*v = (struct visit){.fd = -1, .request = r, .next = w.visits,
			    .party = crowd_party((struct sockaddr *)&a)};
	w.visits = v;
	return v;
}

static void setup(void)
{
	count = 0;
	w.visits = NULL;
	w.clients_max = HTTP_CLIENTS_MAX;
}

static bool one_party(const char *a, const char *b)
{
	struct sockaddr_in6 one = address(a), other = address(b);
	struct in6_addr p = crowd_party((struct sockaddr *)&one);
	struct in6_addr q = crowd_party((struct sockaddr *)&other);

	return memcmp(&p, &q, sizeof(p)) == 0;
}

START_TEST(a_party_is_an_address_or_a_net)
{
	struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(0xc0000201)};
	struct in6_addr plain = crowd_party((struct sockaddr *)&v4);
	struct sockaddr_in6 mapped = address("::ffff:192.0.2.1");
	struct in6_addr same = crowd_party((struct sockaddr *)&mapped);

	ck_assert_mem_eq(&plain, &same, sizeof(plain));
	ck_assert(!one_party("::ffff:192.0.2.1", "::ffff:192.0.2.2"));
	ck_assert(one_party("2001:db8:0:1::1", "2001:db8:0:1:ffff::2"));
	ck_assert(!one_party("2001:db8:0:1::1", "2001:db8:0:2::1"));
}
END_TEST

START_TEST(one_address_gets_only_its_share)
{
	for (int i = 0; i < HTTP_ADDRESS_MAX; i++) {
		ck_assert(admit("2001:db8::1"));
		come("2001:db8::1", &busy);
	}
	ck_assert(!admit("2001:db8::1"));
	ck_assert(!admit("2001:db8::2"));
	ck_assert(admit("2001:db8:1::1"));
	for (int i = 0; i < HTTP_ADDRESS_MAX; i++)
		come("::ffff:127.0.0.1", &busy);
	ck_assert(admit("::ffff:127.0.0.1"));
}
END_TEST

START_TEST(its_oldest_that_only_waits_makes_room)
{
	struct visit *first = come("2001:db8::1", &busy);
	struct visit *oldest = come("2001:db8::1", NULL);

	while (count < HTTP_ADDRESS_MAX)
		come("2001:db8::1", NULL);
	ck_assert(admit("2001:db8::1"));
	ck_assert(oldest->ended && !first->ended && !visits[2].ended);
}
END_TEST

START_TEST(a_flood_fights_itself)
{
	struct visit *other = come("2001:db8:1::1", NULL);

	while (count < HTTP_CLIENTS_MAX)
		come("::1", NULL);
	for (int i = 1; i <= 20; i++) {
		ck_assert(admit("2001:db8:2::1"));
		ck_assert(visits[i].ended);
		come("2001:db8:2::1", &busy);
	}
	ck_assert(!other->ended);
}
END_TEST

START_TEST(who_works_is_not_ended)
{
	while (count < HTTP_CLIENTS_MAX)
		come("::1", &busy);
	ck_assert(!admit("2001:db8:2::1"));
	struct request refused = {.refused = true};
	visits[7].request = &refused;
	ck_assert(admit("2001:db8:2::1"));
	ck_assert(visits[7].ended);
}
END_TEST

Suite *suite_crowd(void);
Suite *suite_crowd(void)
{
	Suite *s = suite_create("crowd");
	TCase *t = tcase_create("room");

	tcase_add_checked_fixture(t, setup, NULL);
	tcase_add_test(t, a_party_is_an_address_or_a_net);
	tcase_add_test(t, one_address_gets_only_its_share);
	tcase_add_test(t, its_oldest_that_only_waits_makes_room);
	tcase_add_test(t, a_flood_fights_itself);
	tcase_add_test(t, who_works_is_not_ended);
	suite_add_tcase(s, t);
	return s;
}
