/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happens aside: the file is kept, and read by a process that has no rights. */
#include "station/capjob.h"

#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "library/store.h"
#include "sys/errand.h"
#include "sys/log.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* False if it is longer than max, or not there. */
static bool read_file(const char *path, size_t max, struct buf *out)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | O_NOFOLLOW);
	char part[4096];
	struct stat st;
	ssize_t n = -1;

	if (fd < 0)
		return false;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
		while ((n = read(fd, part, sizeof(part))) > 0 && out->len <= max)
			buf_add(out, part, (size_t)n);
	close(fd);
	return n == 0 && out->len <= max;
}

/* Names and PEMs, in the order of nothing: any of them may have signed. */
static void add_keys(const char *dir, struct buf *parts)
{
	char path[PATH_BYTES * 2];
	struct dirent *one;
	struct buf pem = {0};
	int count = 0;

	snprintf(path, sizeof(path), "%s/cap-keys", dir);
	DIR *d = opendir(path);
	while (d != NULL && count < CAP_KEYS_MAX && (one = readdir(d)) != NULL) {
		const char *end = strrchr(one->d_name, '.');
		if (end == NULL || strcmp(end, ".pem") != 0 || one->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "%s/cap-keys/%s", dir, one->d_name);
		buf_reset(&pem);
		if (!read_file(path, CAP_PEM_BYTES_MAX, &pem) || pem.len == 0) {
			log_warn("%s: %s", path, T("không đọc được khóa", "the key is unreadable"));
			continue;
		}
		errand_pack(parts, one->d_name, (size_t)(end - one->d_name));
		errand_pack(parts, pem.data, pem.len);
		count++;
	}
	if (d != NULL)
		closedir(d);
	buf_finish(&pem);
}

/* A disk that is full keeps nobody from being warned. */
static void keep(struct capjob *j)
{
	struct store s;
	struct err e = {0};
	unsigned char hash[crypto_hash_sha256_BYTES];
	const char *at = buf_str(&j->xml);
	size_t left = j->xml.len;

	crypto_hash_sha256(hash, (const unsigned char *)at, left);
	sodium_bin2hex(j->sha256, sizeof(j->sha256), hash, sizeof(hash));
	bool ok = store_begin(&s, j->dir, "cap/kept", &e);
	while (ok && left > 0) {
		ssize_t n = write(s.fd, at, left);
		ok = n > 0 || err_errno(&e, "cap/kept");
		at += n > 0 ? n : 0;
		left -= n > 0 ? (size_t)n : 0;
	}
	char named[SHA256_HEX_BYTES];
	if (!ok || !store_commit(&s, ".xml", named, &e)) {
		log_warn("CAP %s: %s", j->sha256, e.text);
		store_abandon(&s);
	}
}

static json_t *fault(const char *code)
{
	return json_pack("{s:s}", "error", code);
}

static json_t *ask_worker(struct capjob *j)
{
	char sub[] = "worker", what[] = "cap";
	char *const args[] = {sub, what, NULL};
	struct buf parts = {0}, answer = {0};
	struct err e = {0};
	json_t *read = NULL;

	errand_pack(&parts, buf_str(&j->xml), j->xml.len);
	add_keys(j->dir, &parts);
	if (errand_run(args, &parts, CAP_ANSWER_BYTES_MAX, CAP_READ_MS, &j->stop, &answer, &e))
		read = json_read(buf_str(&answer), answer.len, &e);
	if (read == NULL)
		log_warn("CAP: %s", e.text);
	buf_finish(&parts);
	buf_finish(&answer);
	return read != NULL ? read : fault("worker");
}

bool capjob_work(struct capjob *j)
{
	bool whole = j->path[0] == '\0' || read_file(j->path, CAP_BYTES_MAX, &j->xml);

	must(j->read == NULL);
	keep(j);
	j->read = whole && j->xml.len <= CAP_BYTES_MAX ? ask_worker(j) : fault("not-xml");
	return true;
}

void capjob_finish(struct capjob *j)
{
	buf_finish(&j->xml);
	json_decref(j->read);
	j->read = NULL;
}
