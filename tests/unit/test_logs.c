/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/logs.h"

#include "people/users.h"
#include "proof/bundle.h"
#include "support/soundfile.h"
#include "support/web_case.h"
#include "sys/disk.h"
#include "web/web.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

static struct web_case c;
static struct buf got;

static void put(const char *path, const void *data, size_t len)
{
	char full[200], folder[200];
	struct disk_real d;
	struct err e;

	snprintf(full, sizeof(full), "%s/%s", c.dir, path);
	snprintf(folder, sizeof(folder), "%.*s", (int)(strrchr(path, '/') - path), path);
	ck_assert(disk_real_open(&d, c.dir, &e) && disk_make_dir(&d.disk, folder, &e));
	disk_real_close(&d);
	file_save(full, data, len);
}

static void setup(void)
{
	struct buf bundle = {0};
	uint8_t header[2];
	char hashes[320];

	web_case_start(&c);
	memset(hashes, 'h', sizeof(hashes));
	bundle_header(8, header);
	for (int i = 0; i < 256; i++) {
		buf_add(&bundle, header, 2);
		buf_add(&bundle, "{\"n\":0}\n", 8);
	}
	put("log/checkpoint", "dai\n256\nroot\n", 13);
	put("log/vkey", "dai+1+AA\n", 9);
	put("log/key", "secret", 6);
	put("./key", "secret", 6);
	put("log/tile/0/001.p/10", hashes, sizeof(hashes));
	put("log/tile/entries/000", bundle.data, bundle.len);
	put("log-2/checkpoint", "dai/2\n", 6);
	buf_finish(&bundle);
}

static void teardown(void)
{
	buf_finish(&got);
	web_case_end(&c);
}

static void ask(const char *path, const char *headers)
{
	char head[300];

	snprintf(head, sizeof(head), "GET %s HTTP/1.1%s%s", path, headers[0] != '\0' ? "\r\n" : "",
		 headers);
	buf_finish(&got);
	got = web_case_ask(&c, head, NULL);
}

static bool has(const char *text)
{
	return strstr(buf_str(&got), text) != NULL;
}

START_TEST(heads_are_text_and_asked_for_anew)
{
	ask("/log/checkpoint", "");
	ck_assert_msg(has("200 OK") && has("Content-Type: text/plain; charset=utf-8") &&
		      has("Cache-Control: no-cache") && has("\r\n\r\ndai\n256\nroot\n"), "%s",
		      buf_str(&got));
	ask("/log/vkey", "");
	ck_assert(has("\r\n\r\ndai+1+AA\n"));
	ask("/log-2/checkpoint", "");
	ck_assert(has("\r\n\r\ndai/2\n"));
	ask("/log-2/vkey", "");
	ck_assert(has("404 "));
}
END_TEST

START_TEST(tiles_never_change)
{
	ask("/log/tile/0/001.p/10", "");
	ck_assert(has("Content-Type: application/octet-stream") && has("immutable") &&
		  has("Content-Length: 320"));
	ask("/log/tile/0/001.p/3", "");
	ck_assert(has("200 OK") && has("Content-Length: 96"));
	ask("/log/tile/0/001.p/11", "");
	ck_assert(has("404 "));
	ask("/log/tile/entries/000.p/2", "Accept-Encoding: gzip");
	ck_assert(has("Content-Length: 20\r") && !has("Content-Encoding"));
}
END_TEST

START_TEST(a_full_bundle_is_packed_for_who_takes_it)
{
	ask("/log/tile/entries/000", "");
	ck_assert(has("Content-Length: 2560\r") && !has("Content-Encoding") && has("Vary"));
	ask("/log/tile/entries/000", "Accept-Encoding: gzip");
	ck_assert(has("Content-Encoding: gzip") && !has("Content-Length: 2560\r"));
}
END_TEST

START_TEST(nothing_else_of_the_folder_can_be_named)
{
	static const char *const paths[] = {
		"/log/key", "/log/", "/log/tile", "/log/tile/", "/log/tile/0/", "/log/../key",
		"/log/%2e%2e/key", "/log/tile/entries/../../../key", "/log/..%2fkey",
		"/log-2/../key", "/log//checkpoint", "/log/./checkpoint", "/log-1/checkpoint",
		"/log/reserve", "/logs/checkpoint", "/log/tile/0/001.p/0", "/log/checkpoint/",
		"/log-02/checkpoint"};

	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		ask(paths[i], "");
		ck_assert_msg(has("404 ") || has("400 "), "%s: %s", paths[i], buf_str(&got));
		ck_assert(!has("secret"));
	}
}
END_TEST

static void tell(int fd, const char *line)
{
	static const char answer[] =
		"{\"id\":1,\"ok\":true,\"proof\":\"c2sp.org/tlog-proof@v1\\n\"}\n";

	ck_assert_msg(strstr(line, "\"airing.proof\"") != NULL && strstr(line, "\"A42\"") != NULL,
		      "%s", line);
	ck_assert_int_gt(send(fd, answer, strlen(answer), MSG_NOSIGNAL), 0);
}

/* What a look costs an entry for is not kept back when nobody can write that. */
START_TEST(an_inspector_reads_the_head_of_a_station_that_is_down)
{
	struct user user = {.name = "lan", .role = ROLE_INSPECTOR, .hash = "h"};
	struct wall now = clock_wall(&c.clock.clock);
	struct users *u = users_create(c.dir);
	char token[SESSION_TOKEN_BYTES], cookie[120];
	struct err e = {0};

	ck_assert_msg(users_add(u, &user, now, &e), "%s", e.text);
	ck_assert(users_begin_session(u, user.id, now, token, &e));
	users_destroy(u);
	snprintf(cookie, sizeof(cookie), "Cookie: vangxa=%s", token);
	ask("/log/checkpoint", cookie);
	ck_assert_msg(has("200 OK") && has("\r\n\r\ndai\n256\nroot\n"), "%s", buf_str(&got));
	web_case_station(&c, false);
	ask("/log/checkpoint", cookie);
	ck_assert_msg(has("200 OK") && has("\r\n\r\ndai\n256\nroot\n"), "%s", buf_str(&got));
	ask("/api/airings", cookie);
	ck_assert_msg(has(" 503 "), "%s", buf_str(&got));
	ask("/log/checkpoint", "");
	ck_assert_msg(has(" 401 "), "%s", buf_str(&got));
}
END_TEST

START_TEST(a_proof_is_a_file_to_keep)
{
	c.reply = tell;
	ask("/api/airings/A42/proof", "");
	ck_assert_msg(has("200 OK") && has("text/plain") &&
		      has("attachment; filename=\"A42.tlog-proof\"") &&
		      has("\r\n\r\nc2sp.org/tlog-proof@v1\n"), "%s", buf_str(&got));
}
END_TEST

START_TEST(a_log_that_began_later_ends_a_process_that_may_not_read_it)
{
	c.web->config.logs = 2;
	ask("/log-2/checkpoint", "");
	ck_assert(has("200 OK") && !c.web->stopping);
	ask("/log-3/checkpoint", ""); /* there is none */
	ck_assert(has(" 404 ") && !c.web->stopping);
	put("log-3/checkpoint", "dai/3\n", 6);
	ask("/log-3/../key", "");
	ck_assert(!c.web->stopping);
	ask("/log-3/checkpoint", "");
	ck_assert(c.web->stopping);
}
END_TEST

Suite *suite_logs(void);
Suite *suite_logs(void)
{
	Suite *s = suite_create("logs");
	TCase *t = tcase_create("logs");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, heads_are_text_and_asked_for_anew);
	tcase_add_test(t, tiles_never_change);
	tcase_add_test(t, a_full_bundle_is_packed_for_who_takes_it);
	tcase_add_test(t, nothing_else_of_the_folder_can_be_named);
	tcase_add_test(t, an_inspector_reads_the_head_of_a_station_that_is_down);
	tcase_add_test(t, a_proof_is_a_file_to_keep);
	tcase_add_test(t, a_log_that_began_later_ends_a_process_that_may_not_read_it);
	suite_add_tcase(s, t);
	return s;
}
