/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plain and TLS at once, from one server; what libmicrohttpd and GnuTLS do with each other. */
#include "web/port.h"

#include "support/web_case.h"
#include "sys/cert.h"
#include "web/web.h"

#include <arpa/inet.h>
#include <check.h>
#include <gnutls/gnutls.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define ASK "GET /api/me HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"

static const char names[][CERT_NAME_BYTES] = {"localhost"};
static struct web_case c;
static struct cert cert;
static struct port p;

static void setup(void)
{
	struct listen_address any;
	struct err e = {0};

	web_case_start(&c);
	cert = (struct cert){0};
	p = (struct port){0};
	ck_assert(cert_make(c.dir, names, 1, clock_wall(&c.clock.clock), &e));
	ck_assert(cert_load(&cert, c.dir, &e));
	ck_assert(guard_listen("127.0.0.1:0", &any, &e));
	ck_assert_msg(port_open(&p, c.web, &any, &cert, &e), "%s", e.text);
}

static void teardown(void)
{
	port_close(&p);
	port_close(&p);
	cert_finish(&cert);
	web_case_end(&c);
}

static void step(void)
{
	web_case_step(&c);
	port_run(&p);
}

static int connect_tls(void)
{
	struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(p.number),
				.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	connect(fd, (struct sockaddr *)&a, sizeof(a));
	return fd;
}

/* A client of its own: what it reads of the answer, "" if no handshake comes about. */
static const char *ask(const char *priorities, char answer[static 2048])
{
	gnutls_certificate_credentials_t trust;
	gnutls_session_t s;
	gnutls_datum_t pem = {(void *)cert.chain_pem, (unsigned)strlen(cert.chain_pem)};
	int fd = connect_tls(), code = GNUTLS_E_AGAIN;
	size_t len = 0;

	gnutls_certificate_allocate_credentials(&trust);
	gnutls_certificate_set_x509_trust_mem(trust, &pem, GNUTLS_X509_FMT_PEM);
	gnutls_init(&s, GNUTLS_CLIENT | GNUTLS_NONBLOCK);
	gnutls_priority_set_direct(s, priorities, NULL);
	gnutls_credentials_set(s, GNUTLS_CRD_CERTIFICATE, trust);
	gnutls_session_set_verify_cert(s, "localhost", 0);
	gnutls_transport_set_int(s, fd);
	for (int i = 0; i < 1000 && code < 0 && !gnutls_error_is_fatal(code); i++) {
		step();
		code = gnutls_handshake(s);
	}
	if (code == 0)
		gnutls_record_send(s, ASK, strlen(ASK));
	for (ssize_t n = GNUTLS_E_AGAIN; code == 0 && len < 2047 &&
					 (n > 0 || n == GNUTLS_E_AGAIN);) {
		step();
		n = gnutls_record_recv(s, answer + len, 2047 - len);
		len += n > 0 ? (size_t)n : 0;
	}
	answer[len] = '\0';
	gnutls_deinit(s);
	gnutls_certificate_free_credentials(trust);
	close(fd);
	return answer;
}

START_TEST(both_are_served_by_one)
{
	char answer[2048];
	struct buf plain = web_case_ask(&c, "GET /api/me HTTP/1.1", NULL);

	ck_assert_ptr_nonnull(strstr(plain.data, "200 OK"));
	ck_assert_ptr_null(strstr(plain.data, "Strict-Transport"));
	ck_assert_ptr_nonnull(strstr(ask("NORMAL", answer), "HTTP/1.1 200 OK"));
	ck_assert_ptr_nonnull(strstr(answer, "Strict-Transport-Security: max-age=31536000"));
	ck_assert_ptr_nonnull(strstr(ask("NORMAL:-VERS-ALL:+VERS-TLS1.2", answer), "200 OK"));
	buf_finish(&plain);
}
END_TEST

START_TEST(what_is_old_is_refused)
{
	char answer[2048];

	ck_assert_str_eq(ask("LEGACY:-VERS-ALL:+VERS-TLS1.1", answer), "");
	ck_assert_str_eq(ask("NORMAL:-VERS-ALL:+VERS-TLS1.2:-CIPHER-ALL:+AES-128-CBC", answer), "");
}
END_TEST

/* The deadline of a head begins with the connection, and a handshake is part of it. */
START_TEST(a_handshake_that_never_ends_is_cut)
{
	struct mono began = clock_mono(&c.clock.clock);
	char byte;
	int fd = connect_tls();
	ssize_t n = -1;

	web_case_impatient(&c);
	send(fd, "\x16\x03\x01", 3, MSG_NOSIGNAL);
	while (n < 0 && clock_mono(&c.clock.clock).ns - began.ns < 60 * NS_PER_S) {
		step();
		n = recv(fd, &byte, 1, MSG_DONTWAIT);
	}
	ck_assert_int_eq(n, 0);
	close(fd);
}
END_TEST

START_TEST(plain_words_at_the_other_port_end_the_connection)
{
	struct buf got = {0};
	char byte;
	int fd = connect_tls();
	ssize_t n = -1;

	for (int i = 0; i < 100 && n < 0; i++) {
		send(fd, ASK, strlen(ASK), MSG_NOSIGNAL);
		step();
		n = recv(fd, &byte, 1, MSG_DONTWAIT);
	}
	ck_assert(n == 0 || byte != 'H');
	close(fd);
	web_case_impatient(&c);
	fd = web_case_connect(&c, "\x16\x03\x01\x02\x00\x01\r\n\r\n");
	ck_assert(web_case_until(&c, fd, &got, NULL));
	close(fd);
	buf_finish(&got);
}
END_TEST

Suite *suite_port(void);
Suite *suite_port(void)
{
	Suite *s = suite_create("port");
	TCase *t = tcase_create("tls");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 30);
	tcase_add_test(t, both_are_served_by_one);
	tcase_add_test(t, what_is_old_is_refused);
	tcase_add_test(t, a_handshake_that_never_ends_is_cut);
	tcase_add_test(t, plain_words_at_the_other_port_end_the_connection);
	suite_add_tcase(s, t);
	return s;
}
