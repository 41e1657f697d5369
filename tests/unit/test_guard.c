/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/guard.h"

#include <check.h>

static const struct {
	const char *text;
	int port; /* −1: refused */
	bool loopback;
} listens[] = {
	{"127.0.0.1:8080", 8080, true}, {"127.9.9.9:1", 1, true},     {"localhost:80", 80, true},
	{"[::1]:8080", 8080, true},	{"0.0.0.0:8080", 8080, false}, {":8080", 8080, false},
	{"[::]:65535", 65535, false},	{"10.0.0.7:0", 0, false},      {"127.0.0.1", -1, false},
	{"127.0.0.1:", -1, false},	{"127.0.0.1:65536", -1, false}, {"127.0.0.1:8o", -1, false},
	{"127.0.0.1:-1", -1, false},	{"example.org:80", -1, false}, {"[::1:80", -1, false},
	{"[::1]80", -1, false},		{"", -1, false},	       {"1.2.3:4", -1, false},
	{"127.0.0.1:00080", 80, true},	{"127.0.0.1:000080", -1, false},
};

START_TEST(addresses)
{
	struct listen_address a;
	struct err e = {0};
	bool good = guard_listen(listens[_i].text, &a, &e);

	ck_assert_int_eq(good, listens[_i].port >= 0);
	if (!good) {
		ck_assert_int_eq(e.kind, ERR_USAGE);
		return;
	}
	ck_assert_int_eq(ntohs(a.to.v4.sin_port), listens[_i].port);
	ck_assert_int_eq(a.loopback, listens[_i].loopback);
}
END_TEST

static const struct {
	const char *host;
	bool closed, open; /* taken when only this machine may connect; when others may */
} hosts[] = {
	{"localhost", true, true},	 {"LOCALHOST:8080", true, true},
	{"127.0.0.1:8080", true, true},	 {"[::1]:80", true, true},
	{"dai.example.vn", true, true},	 {"192.168.1.5", false, true},
	{"[fe80::1]", false, true},	 {"vangxa", false, true},
	{"vangxa.local:80", false, true},
	{"evil.example", false, false},	 {"localhost.evil.example", false, false},
	{"127.0.0.1.evil.example", false, false}, {"", false, false}, {":80", false, false},
	{"localhost:", true, true},	 {"localhost:x", false, false}, {"a b", false, false},
	{"[::1", false, false},		 {"local/host", false, false},
};

START_TEST(host_names)
{
	const char *const ours[] = {"dai.example.vn"};

	ck_assert_int_eq(guard_host(hosts[_i].host, false, ours, 1), hosts[_i].closed);
	ck_assert_int_eq(guard_host(hosts[_i].host, true, ours, 1), hosts[_i].open);
}
END_TEST

START_TEST(origins)
{
	ck_assert(guard_origin("http://localhost:8080", "localhost:8080", false));
	ck_assert(guard_origin("https://Dai.example.vn", "dai.example.vn", false));
	ck_assert(!guard_origin("http://localhost", "localhost:8080", false));
	ck_assert(!guard_origin("http://localhost:8080.evil.example", "localhost:8080", false));
	ck_assert(!guard_origin("null", "localhost:8080", false));
	ck_assert(!guard_origin("ftp://localhost:8080", "localhost:8080", false));
	ck_assert(!guard_origin("", "", false));
	ck_assert(guard_origin("https://localhost:8443", "localhost:8443", true));
	ck_assert(!guard_origin("http://localhost:8443", "localhost:8443", true));
}
END_TEST

Suite *suite_guard(void);
Suite *suite_guard(void)
{
	Suite *s = suite_create("guard");
	TCase *t = tcase_create("names");

	tcase_add_loop_test(t, addresses, 0, sizeof(listens) / sizeof(listens[0]));
	tcase_add_loop_test(t, host_names, 0, sizeof(hosts) / sizeof(hosts[0]));
	tcase_add_test(t, origins);
	suite_add_tcase(s, t);
	return s;
}
