/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sys/cert.h"

#include "base/buf.h"
#include "base/civil.h"
#include "base/must.h"
#include "base/text.h"
#include "sys/plain.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <gnutls/crypto.h>
#include <gnutls/x509.h>
#include <ifaddrs.h>
#include <limits.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#define BEGIN_S INT64_C(1767225600) /* 2026-01-01, before the first station */
#define VALID_S (INT64_C(3652) * 86400)
#define FILE_BYTES_MAX (256 << 10) /* a chain of a dozen */

static void add_name(char names[CERT_NAMES_MAX][CERT_NAME_BYTES], int *count, const char *name)
{
	size_t len = strlen(name);

	if (*count == CERT_NAMES_MAX || len == 0 || len >= CERT_NAME_BYTES)
		return;
	for (int i = 0; i < *count; i++)
		if (strcasecmp(names[i], name) == 0)
			return;
	memcpy(names[(*count)++], name, len + 1);
}

static void add_addresses(char names[CERT_NAMES_MAX][CERT_NAME_BYTES], int *count)
{
	struct ifaddrs *list;
	char text[INET6_ADDRSTRLEN];

	if (getifaddrs(&list) != 0)
		return;
	for (struct ifaddrs *i = list; i != NULL; i = i->ifa_next) {
		const struct sockaddr *a = i->ifa_addr;
		if (a == NULL || (i->ifa_flags & IFF_UP) == 0)
			continue;
		if (a->sa_family == AF_INET) {
			const struct sockaddr_in *v4 = (const void *)a;
			add_name(names, count,
				 inet_ntop(AF_INET, &v4->sin_addr, text, sizeof(text)));
		} else if (a->sa_family == AF_INET6) {
			const struct sockaddr_in6 *v6 = (const void *)a;
			if (!IN6_IS_ADDR_LINKLOCAL(&v6->sin6_addr))
				add_name(names, count,
					 inet_ntop(AF_INET6, &v6->sin6_addr, text, sizeof(text)));
		}
	}
	freeifaddrs(list);
}

int cert_machine_names(char names[CERT_NAMES_MAX][CERT_NAME_BYTES], const char *const extra[],
		       int extra_count)
{
	char host[HOST_NAME_MAX + 1] = "", local[HOST_NAME_MAX + 8];
	int count = 0;

	add_name(names, &count, "localhost");
	for (int i = 0; i < extra_count; i++)
		add_name(names, &count, extra[i]);
	if (gethostname(host, sizeof(host) - 1) == 0 && host[0] != '\0') {
		add_name(names, &count, host);
		snprintf(local, sizeof(local), "%s.local", host);
		if (strchr(host, '.') == NULL)
			add_name(names, &count, local);
	}
	add_addresses(names, &count);
	return count;
}

static bool check(int code, struct err *e)
{
	return code >= 0 || err_set(e, ERR_FAILED, "GnuTLS: %s", gnutls_strerror(code));
}

static bool set_name(gnutls_x509_crt_t crt, const char *name, struct err *e)
{
	unsigned char raw[16];
	size_t len = strlen(name);

	if (inet_pton(AF_INET, name, raw) == 1)
		return check(gnutls_x509_crt_set_subject_alt_name(
				     crt, GNUTLS_SAN_IPADDRESS, raw, 4, GNUTLS_FSAN_APPEND), e);
	if (inet_pton(AF_INET6, name, raw) == 1)
		return check(gnutls_x509_crt_set_subject_alt_name(
				     crt, GNUTLS_SAN_IPADDRESS, raw, 16, GNUTLS_FSAN_APPEND), e);
	return check(gnutls_x509_crt_set_subject_alt_name(crt, GNUTLS_SAN_DNSNAME, name,
							  (unsigned)len, GNUTLS_FSAN_APPEND), e);
}

static bool set_facts(gnutls_x509_crt_t crt, gnutls_x509_privkey_t key, struct wall now,
		      struct err *e)
{
	unsigned char serial[16];
	time_t begin = (time_t)BEGIN_S, today = (time_t)(now.ns / NS_PER_S);

	if (!check(gnutls_rnd(GNUTLS_RND_NONCE, serial, sizeof(serial)), e))
		return false;
	serial[0] = (serial[0] & 0x3f) | 0x40; /* positive, and of full length */
	return check(gnutls_x509_crt_set_version(crt, 3), e) &&
	       check(gnutls_x509_crt_set_serial(crt, serial, sizeof(serial)), e) &&
	       check(gnutls_x509_crt_set_activation_time(crt, begin), e) &&
	       check(gnutls_x509_crt_set_expiration_time(
			     crt, (today > begin ? today : begin) + (time_t)VALID_S), e) &&
	       check(gnutls_x509_crt_set_dn_by_oid(crt, GNUTLS_OID_X520_COMMON_NAME, 0, "VangXa",
						   6), e) &&
	       check(gnutls_x509_crt_set_key(crt, key), e) &&
	       check(gnutls_x509_crt_set_basic_constraints(crt, 0, -1), e) &&
	       check(gnutls_x509_crt_set_key_usage(crt, GNUTLS_KEY_DIGITAL_SIGNATURE), e) &&
	       check(gnutls_x509_crt_set_key_purpose_oid(crt, GNUTLS_KP_TLS_WWW_SERVER, 0), e);
}

static bool there(const char *dir, const char *name)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/tls/%s", dir, name);
	return access(path, F_OK) == 0;
}

/* Behind a temporary name first: a power cut leaves whole files or none. */
static bool put(const char *path, const gnutls_datum_t *pem, struct err *e)
{
	char fresh[PATH_MAX];

	snprintf(fresh, sizeof(fresh), "%s.new", path);
	unlink(fresh);
	int fd = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	bool ok = fd >= 0 && write(fd, pem->data, pem->size) == (ssize_t)pem->size &&
		  fsync(fd) == 0;
	if (!ok)
		err_errno(e, "%s", fresh);
	if (fd >= 0)
		close(fd);
	if (ok && rename(fresh, path) != 0)
		ok = err_errno(e, "%s", path);
	return ok;
}

static bool write_both(const char *dir, gnutls_x509_crt_t crt, gnutls_x509_privkey_t key,
		       struct err *e)
{
	char path[PATH_MAX];
	gnutls_datum_t key_pem = {0}, crt_pem = {0};

	snprintf(path, sizeof(path), "%s/tls", dir);
	if (mkdir(path, 0700) != 0 && errno != EEXIST)
		return err_errno(e, "%s", path);
	bool ok = check(gnutls_x509_privkey_export2_pkcs8(key, GNUTLS_X509_FMT_PEM, NULL,
							  GNUTLS_PKCS_PLAIN, &key_pem), e) &&
		  check(gnutls_x509_crt_export2(crt, GNUTLS_X509_FMT_PEM, &crt_pem), e);
	/* The certificate last: while it is not there, there is none. */
	snprintf(path, sizeof(path), "%s/tls/key.pem", dir);
	ok = ok && (there(dir, "key.pem") || put(path, &key_pem, e));
	snprintf(path, sizeof(path), "%s/tls/cert.pem", dir);
	ok = ok && put(path, &crt_pem, e);
	if (key_pem.data != NULL)
		gnutls_memset(key_pem.data, 0, key_pem.size);
	gnutls_free(key_pem.data);
	gnutls_free(crt_pem.data);
	return ok;
}

static void wipe(char *text)
{
	if (text != NULL)
		gnutls_memset(text, 0, strlen(text));
	free(text);
}

static bool read_text(const char *dir, const char *name, char **text, struct err *e)
{
	char path[PATH_MAX];
	struct buf all = {0};
	char piece[4096];
	ssize_t n = 1;

	snprintf(path, sizeof(path), "%s/tls/%s", dir, name);
	int fd = plain_open(path, 0, e);
	if (fd < 0)
		return false;
	while (n > 0 && all.len <= FILE_BYTES_MAX) {
		n = read(fd, piece, sizeof(piece));
		if (n > 0)
			buf_add(&all, piece, (size_t)n);
	}
	close(fd);
	gnutls_memset(piece, 0, sizeof(piece));
	*text = strndup(buf_str(&all), all.len);
	must(*text != NULL);
	if (all.data != NULL)
		gnutls_memset(all.data, 0, all.len);
	buf_finish(&all);
	return n == 0 || err_set(e, ERR_DAMAGED, T("%s: không đọc được", "%s: cannot be read"),
				 path);
}

/* A key that is there alone is taken: what a power cut left, or somebody's own. */
static bool find_key(const char *dir, gnutls_x509_privkey_t key, struct err *e)
{
	char *text = NULL;

	if (!there(dir, "key.pem"))
		return check(gnutls_x509_privkey_generate(
				     key, GNUTLS_PK_ECDSA,
				     GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1), 0), e);
	bool ok = read_text(dir, "key.pem", &text, e);
	gnutls_datum_t pem = {(void *)text, text != NULL ? (unsigned)strlen(text) : 0};
	ok = ok && check(gnutls_x509_privkey_import(key, &pem, GNUTLS_X509_FMT_PEM), e);
	wipe(text);
	return ok;
}

bool cert_make(const char *dir, const char names[][CERT_NAME_BYTES], int count, struct wall now,
	       struct err *e)
{
	gnutls_x509_privkey_t key = NULL;
	gnutls_x509_crt_t crt = NULL;

	if (there(dir, "cert.pem"))
		return true;
	bool ok = check(gnutls_x509_privkey_init(&key), e) &&
		  check(gnutls_x509_crt_init(&crt), e) && find_key(dir, key, e) &&
		  set_facts(crt, key, now, e);
	for (int i = 0; ok && i < count; i++)
		ok = set_name(crt, names[i], e);
	ok = ok && check(gnutls_x509_crt_sign2(crt, crt, key, GNUTLS_DIG_SHA256, 0), e) &&
	     write_both(dir, crt, key, e);
	gnutls_x509_crt_deinit(crt);
	gnutls_x509_privkey_deinit(key);
	return ok || err_wrap(e, "%s/tls", dir);
}

static void take_name(struct cert *c, const char *raw, size_t len, int type)
{
	char text[INET6_ADDRSTRLEN];

	if (type == GNUTLS_SAN_DNSNAME)
		add_name(c->names, &c->name_count, raw);
	else if (type == GNUTLS_SAN_IPADDRESS && (len == 4 || len == 16))
		add_name(c->names, &c->name_count,
			 inet_ntop(len == 4 ? AF_INET : AF_INET6, raw, text, sizeof(text)));
}

static bool take_facts(struct cert *c, gnutls_x509_crt_t crt, struct err *e)
{
	unsigned char hash[32];
	size_t len = sizeof(hash);

	if (!check(gnutls_x509_crt_get_fingerprint(crt, GNUTLS_DIG_SHA256, hash, &len), e))
		return false;
	for (size_t i = 0; i < len; i++)
		snprintf(c->print + 3 * i, 4, "%02X%s", hash[i], i + 1 < len ? ":" : "");
	c->from.ns = (int64_t)gnutls_x509_crt_get_activation_time(crt) * NS_PER_S;
	c->until.ns = (int64_t)gnutls_x509_crt_get_expiration_time(crt) * NS_PER_S;
	for (unsigned i = 0; i < 2 * CERT_NAMES_MAX; i++) {
		char raw[CERT_NAME_BYTES] = "";
		size_t size = sizeof(raw) - 1;
		int type = gnutls_x509_crt_get_subject_alt_name(crt, i, raw, &size, NULL);
		if (type == GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE)
			break;
		take_name(c, raw, size, type);
	}
	return true;
}

/* Whether the two belong together GnuTLS finds out by itself. */
static bool take(struct cert *c, struct err *e)
{
	gnutls_datum_t crt_pem = {(void *)c->chain_pem, (unsigned)strlen(c->chain_pem)};
	gnutls_datum_t key_pem = {(void *)c->key_pem, (unsigned)strlen(c->key_pem)};
	gnutls_certificate_credentials_t both = NULL;
	gnutls_x509_crt_t crt = NULL;

	bool ok = check(gnutls_certificate_allocate_credentials(&both), e) &&
		  check(gnutls_certificate_set_x509_key_mem(both, &crt_pem, &key_pem,
							    GNUTLS_X509_FMT_PEM), e) &&
		  check(gnutls_x509_crt_init(&crt), e) &&
		  check(gnutls_x509_crt_import(crt, &crt_pem, GNUTLS_X509_FMT_PEM), e) &&
		  take_facts(c, crt, e);
	gnutls_x509_crt_deinit(crt);
	gnutls_certificate_free_credentials(both);
	return ok;
}

bool cert_load(struct cert *c, const char *dir, struct err *e)
{
	if (!there(dir, "cert.pem"))
		return err_set(e, ERR_NOT_FOUND, T("chưa có chứng chỉ %s/tls/cert.pem",
						   "there is no certificate %s/tls/cert.pem"), dir);
	if (read_text(dir, "cert.pem", &c->chain_pem, e) &&
	    read_text(dir, "key.pem", &c->key_pem, e) && take(c, e))
		return true;
	struct err why = *e;
	return err_set(e, ERR_DAMAGED,
		       T("chứng chỉ TLS không dùng được (%.300s); xóa thư mục %s/tls rồi khởi động "
			 "lại để làm chứng chỉ mới",
			 "the TLS certificate is no use (%.300s); remove the folder %s/tls and "
			 "start again to make a new one"),
		       why.text, dir);
}

static bool has_name(const struct cert *c, const char *name)
{
	for (int i = 0; i < c->name_count; i++)
		if (strcasecmp(c->names[i], name) == 0)
			return true;
	return false;
}

bool cert_fits(const struct cert *c, const char names[][CERT_NAME_BYTES], int count,
	       struct wall now, struct err *e)
{
	char end[11];

	date_tell(date_from_days(c->until.ns / NS_PER_S / 86400), end);
	if (now.ns >= c->until.ns)
		return err_set(e, ERR_FAILED,
			       T("chứng chỉ TLS đã hết hạn từ ngày %s",
				 "the TLS certificate ended on %s"),
			       end);
	if (now.ns < c->from.ns)
		return err_set(e, ERR_FAILED,
			       T("chứng chỉ TLS chưa có hiệu lực; xem lại đồng hồ máy",
				 "the TLS certificate is not valid yet; look at the clock"));
	for (int i = 0; i < count; i++)
		if (!has_name(c, names[i]))
			return err_set(e, ERR_FAILED, T("chứng chỉ TLS không ghi %s",
							"the TLS certificate does not name %s"),
				       names[i]);
	return true;
}

void cert_finish(struct cert *c)
{
	wipe(c->key_pem);
	free(c->chain_pem);
	*c = (struct cert){0};
}
