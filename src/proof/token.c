/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/token.h"

#include "base/must.h"
#include "base/text.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <openssl/ts.h>
#include <string.h>
#include <time.h>

#define NONCE_BYTES 8

static bool failed(struct err *e, enum err_kind kind, const char *what)
{
	char why[256];

	ERR_error_string_n(ERR_peek_last_error(), why, sizeof(why));
	ERR_clear_error();
	return err_set(e, kind, "%s (%s)", what, why);
}

static TS_MSG_IMPRINT *imprint_of(const void *data, size_t len)
{
	TS_MSG_IMPRINT *imprint = TS_MSG_IMPRINT_new();
	X509_ALGOR *algorithm = X509_ALGOR_new();
	unsigned char digest[SHA256_DIGEST_LENGTH];

	SHA256(data, len, digest);
	must(imprint != NULL && algorithm != NULL &&
	     X509_ALGOR_set0(algorithm, OBJ_nid2obj(NID_sha256), V_ASN1_NULL, NULL) == 1 &&
	     TS_MSG_IMPRINT_set_algo(imprint, algorithm) == 1 &&
	     TS_MSG_IMPRINT_set_msg(imprint, digest, sizeof(digest)) == 1);
	X509_ALGOR_free(algorithm);
	return imprint;
}

static bool add_nonce(TS_REQ *q)
{
	unsigned char raw[NONCE_BYTES];
	ASN1_INTEGER *nonce = NULL;

	if (RAND_bytes(raw, sizeof(raw)) != 1)
		return false;
	raw[0] = (raw[0] & 0x7f) | 0x40; /* positive, and always as long */
	BIGNUM *n = BN_bin2bn(raw, sizeof(raw), NULL);
	nonce = n != NULL ? BN_to_ASN1_INTEGER(n, NULL) : NULL;
	bool ok = nonce != NULL && TS_REQ_set_nonce(q, nonce) == 1;
	ASN1_INTEGER_free(nonce);
	BN_free(n);
	return ok;
}

bool token_query(const void *data, size_t len, struct buf *der, struct err *e)
{
	TS_REQ *q = TS_REQ_new();
	TS_MSG_IMPRINT *imprint = imprint_of(data, len);
	unsigned char *bytes = NULL;

	must(q != NULL);
	int size = TS_REQ_set_version(q, 1) == 1 && TS_REQ_set_msg_imprint(q, imprint) == 1 &&
		   TS_REQ_set_cert_req(q, 1) == 1 && add_nonce(q) ? i2d_TS_REQ(q, &bytes) : -1;
	if (size > 0)
		buf_add(der, bytes, (size_t)size);
	OPENSSL_free(bytes);
	TS_MSG_IMPRINT_free(imprint);
	TS_REQ_free(q);
	return size > 0 || failed(e, ERR_FAILED, T("không lập được yêu cầu dấu thời gian",
						   "the time-stamp request cannot be made"));
}

/* Exactly one value: what follows it would be nobody's. */
static TS_RESP *read_reply(const char *bytes, size_t len)
{
	const unsigned char *at = (const unsigned char *)bytes;
	TS_RESP *r = len <= TOKEN_BYTES_MAX ? d2i_TS_RESP(NULL, &at, (long)len) : NULL;

	if (r == NULL || at == (const unsigned char *)bytes + len)
		return r;
	TS_RESP_free(r);
	return NULL;
}

static TS_REQ *read_query(const char *bytes, size_t len)
{
	const unsigned char *at = (const unsigned char *)bytes;

	return d2i_TS_REQ(NULL, &at, (long)len);
}

static bool read_time(TS_TST_INFO *info, int64_t *time_s)
{
	const ASN1_GENERALIZEDTIME *when = TS_TST_INFO_get_time(info);
	struct tm tm;

	if (when == NULL || ASN1_TIME_to_tm(when, &tm) != 1)
		return false;
	*time_s = timegm(&tm);
	return *time_s > 0;
}

/* How much earlier it may have been, in whole seconds. */
static int64_t accuracy_s(TS_TST_INFO *info)
{
	TS_ACCURACY *accuracy = TS_TST_INFO_get_accuracy(info);
	const ASN1_INTEGER *seconds = accuracy != NULL ? TS_ACCURACY_get_seconds(accuracy) : NULL;
	int64_t whole = seconds != NULL ? ASN1_INTEGER_get(seconds) : 0;

	return accuracy != NULL && TS_ACCURACY_get_millis(accuracy) != NULL ? whole + 1 : whole;
}

/* At the time that the token says: a station whose clock says 1970 checks as well as another, and
 * so does whoever looks again when the certificate has long expired. */
static X509_STORE *store_of(const char *pem, size_t len, int64_t time_s)
{
	X509_STORE *store = X509_STORE_new();
	BIO *in = BIO_new_mem_buf(pem, (int)len);
	int count = 0;

	must(store != NULL && in != NULL);
	for (X509 *c; (c = PEM_read_bio_X509(in, NULL, NULL, NULL)) != NULL; X509_free(c))
		count += X509_STORE_add_cert(store, c);
	ERR_clear_error(); /* the end of the list */
	BIO_free(in);
	X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(store), (time_t)time_s);
	if (count > 0)
		return store;
	X509_STORE_free(store);
	return NULL;
}

static bool imprint_is(TS_REQ *q, const void *data, size_t len)
{
	unsigned char digest[SHA256_DIGEST_LENGTH];
	ASN1_OCTET_STRING *asked = TS_MSG_IMPRINT_get_msg(TS_REQ_get_msg_imprint(q));

	SHA256(data, len, digest);
	return ASN1_STRING_length(asked) == SHA256_DIGEST_LENGTH &&
	       memcmp(ASN1_STRING_get0_data(asked), digest, sizeof(digest)) == 0;
}

/* With the question's imprint and nonce; with the signature too if there is a store (taken
 * over). */
static bool verify(TS_REQ *q, TS_RESP *r, X509_STORE *store)
{
	TS_VERIFY_CTX *v = TS_REQ_to_TS_VERIFY_CTX(q, NULL);

	must(v != NULL);
	if (store != NULL) {
		TS_VERIFY_CTX_add_flags(v, TS_VFY_SIGNATURE);
		TS_VERIFY_CTX_set_store(v, store);
	}
	int ok = TS_RESP_verify_response(v, r);
	TS_VERIFY_CTX_free(v);
	return ok == 1;
}

static bool check_trust(const struct token_parts *p, TS_REQ *q, TS_RESP *r, struct token_word *w,
			struct err *e)
{
	if (p->ca_len == 0)
		return true;
	X509_STORE *store = store_of(p->ca, p->ca_len, w->time_s);
	w->trusted = store != NULL && verify(q, r, store);
	return w->trusted ||
	       failed(e, ERR_DIFFERS, T("chữ ký không dẫn đến chứng thư đã đặt",
					"the signature does not lead to the certificate set"));
}

static bool check_reply(const struct token_parts *p, TS_REQ *q, TS_RESP *r, struct token_word *w,
			struct err *e)
{
	long status = ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(TS_RESP_get_status_info(r)));
	TS_TST_INFO *info = TS_RESP_get_tst_info(r);

	if (status != 0)
		return err_set(e, ERR_REFUSED, T("từ chối (mã %ld)", "refused (status %ld)"),
			       status);
	if (info == NULL || !read_time(info, &w->time_s))
		return failed(e, ERR_DAMAGED, T("không có dấu thời gian", "there is no token"));
	if (!imprint_is(q, p->data, p->data_len) || !verify(q, r, NULL))
		return failed(e, ERR_CONFLICT,
			      T("dấu thời gian cho dữ liệu khác", "a token for something else"));
	if (!check_trust(p, q, r, w, e))
		return false;
	w->time_s -= accuracy_s(info);
	return w->time_s > 0 || failed(e, ERR_DAMAGED, T("không có giờ", "there is no time"));
}

bool token_check(const struct token_parts *p, struct token_word *w, struct err *e)
{
	TS_REQ *q = read_query(p->query, p->query_len);
	TS_RESP *r = read_reply(p->reply, p->reply_len);

	*w = (struct token_word){0};
	bool ok = q != NULL && r != NULL ? check_reply(p, q, r, w, e)
					 : failed(e, ERR_DAMAGED,
						  T("không phải dấu thời gian (RFC 3161)",
						    "no time-stamp (RFC 3161)"));
	TS_RESP_free(r);
	TS_REQ_free(q);
	return ok;
}
