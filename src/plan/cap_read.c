/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is believed is what is signed: the signature must be the only one, stand in <alert> itself,
 * and have one reference, to the whole document ("") less itself. Then there is no second <alert>
 * that somebody could have wrapped around the signed one (McIntosh and Austel, 2005): the tree that
 * is read is the tree that was hashed. Keys that come in the file (KeyInfo) are not looked at. */
#include "plan/cap_read.h"

#include "base/json.h"
#include "base/limits.h"
#include "base/must.h"
#include "sys/errand.h"
#include "sys/jail.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <xmlsec/crypto.h>
#include <xmlsec/errors.h>
#include <xmlsec/xmldsig.h>
#include <xmlsec/xmlsec.h>

#define CAP_NS "urn:oasis:names:tc:emergency:cap:1.2"
#define DSIG_NS "http://www.w3.org/2000/09/xmldsig#"

struct key {
	char name[NAME_BYTES];
	xmlSecKeyPtr key; /* NULL: no key that xmlsec reads */
};

static bool refused_dtd;

/* Before the first entity could be declared. */
static void refuse_dtd(void *ctx, const xmlChar *name, const xmlChar *external,
		       const xmlChar *system)
{
	(void)name;
	(void)external;
	(void)system;
	refused_dtd = true;
	xmlStopParser(ctx);
}

static xmlDocPtr parse(const char *xml, size_t len, const char **code)
{
	xmlParserCtxtPtr c = xmlNewParserCtxt();

	must(c != NULL);
	refused_dtd = false;
	c->sax->internalSubset = refuse_dtd;
	xmlDocPtr doc = xmlCtxtReadMemory(c, xml, (int)len, NULL, NULL,
					  XML_PARSE_NONET | XML_PARSE_NOERROR |
						  XML_PARSE_NOWARNING);
	if (refused_dtd && doc != NULL) {
		xmlFreeDoc(doc);
		doc = NULL;
	}
	if (doc == NULL)
		*code = refused_dtd ? "dtd" : "not-xml";
	xmlFreeParserCtxt(c);
	return doc;
}

static bool is(const xmlNode *n, const char *ns, const char *name)
{
	return n->type == XML_ELEMENT_NODE && n->ns != NULL &&
	       strcmp((const char *)n->ns->href, ns) == 0 &&
	       strcmp((const char *)n->name, name) == 0;
}

static int count_signatures(xmlNode *n)
{
	int count = 0;

	for (; n != NULL; n = n->next)
		count += (is(n, DSIG_NS, "Signature") ? 1 : 0) + count_signatures(n->children);
	return count;
}

/* The only child element of this name; NULL: none, or several. */
static xmlNode *only(xmlNode *parent, const char *name)
{
	xmlNode *found = NULL;

	for (xmlNode *n = parent != NULL ? parent->children : NULL; n != NULL; n = n->next) {
		if (!is(n, DSIG_NS, name))
			continue;
		if (found != NULL)
			return NULL;
		found = n;
	}
	return found;
}

static bool algorithm_is(xmlNode *n, const char *const list[])
{
	xmlChar *a = n != NULL ? xmlGetNoNsProp(n, BAD_CAST "Algorithm") : NULL;
	bool found = false;

	for (int i = 0; a != NULL && list[i] != NULL; i++)
		found = found || strcmp((const char *)a, list[i]) == 0;
	xmlFree(a);
	return found;
}

/* No SHA-1, no HMAC (a public key is no secret), nothing that computes: XPath, XSLT. */
static const char *const c14n[] = {"http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
				   "http://www.w3.org/2001/10/xml-exc-c14n#",
				   "http://www.w3.org/2006/12/xml-c14n11", NULL};
static const char *const enveloped[] = {DSIG_NS "enveloped-signature", NULL};
static const char *const methods[] = {"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
				      "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384",
				      "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
				      "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
				      "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384",
				      "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512", NULL};
static const char *const digests[] = {"http://www.w3.org/2001/04/xmlenc#sha256",
				      "http://www.w3.org/2001/04/xmldsig-more#sha384",
				      "http://www.w3.org/2001/04/xmlenc#sha512", NULL};

static bool transforms_are_good(xmlNode *transforms)
{
	int cuts = 0, canons = 0;

	for (xmlNode *n = transforms != NULL ? transforms->children : NULL; n != NULL;
	     n = n->next) {
		if (n->type != XML_ELEMENT_NODE)
			continue;
		if (is(n, DSIG_NS, "Transform") && algorithm_is(n, enveloped))
			cuts++;
		else if (is(n, DSIG_NS, "Transform") && algorithm_is(n, c14n))
			canons++;
		else
			return false;
	}
	return cuts == 1 && canons <= 1;
}

static bool covers_all(xmlNode *signature)
{
	xmlNode *info = only(signature, "SignedInfo"), *reference = only(info, "Reference");
	xmlChar *uri = reference != NULL ? xmlGetNoNsProp(reference, BAD_CAST "URI") : NULL;
	bool whole = uri != NULL && uri[0] == '\0';

	xmlFree(uri);
	for (xmlNode *n = signature->children; n != NULL; n = n->next)
		whole = whole && !is(n, DSIG_NS, "Object");
	return whole && algorithm_is(only(info, "CanonicalizationMethod"), c14n) &&
	       algorithm_is(only(info, "SignatureMethod"), methods) &&
	       algorithm_is(only(reference, "DigestMethod"), digests) &&
	       transforms_are_good(only(reference, "Transforms"));
}

static bool fits(xmlNode *signature, const struct key *k)
{
	xmlSecDSigCtxPtr ctx = k->key != NULL ? xmlSecDSigCtxCreate(NULL) : NULL;

	if (ctx == NULL)
		return false;
	ctx->signKey = xmlSecKeyDuplicate(k->key);
	ctx->enabledReferenceUris = xmlSecTransformUriTypeEmpty;
	bool ok = ctx->signKey != NULL && xmlSecDSigCtxVerify(ctx, signature) == 0 &&
		  ctx->status == xmlSecDSigStatusSucceeded;
	xmlSecDSigCtxDestroy(ctx);
	return ok;
}

/* The key's name, or NULL and why. */
static const char *signer(xmlNode *root, const struct key *keys, int count, const char **code)
{
	xmlNode *signature = only(root, "Signature");

	*code = "unsigned";
	if (count_signatures(root) == 0)
		return NULL;
	*code = "badly-signed";
	if (signature == NULL || count_signatures(root) != 1 || !covers_all(signature))
		return NULL;
	*code = count == 0 ? "no-key" : "wrong-signature";
	for (int i = 0; i < count; i++)
		if (fits(signature, &keys[i]))
			return keys[i].name;
	return NULL;
}

static json_t *fields(xmlNode *parent);

static bool is_list(const char *name)
{
	static const char *const lists[] = {"info",    "area",	       "polygon",
					    "circle",  "geocode",      "category",
					    "eventCode", "responseType", "parameter",
					    "resource"};

	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		if (strcmp(lists[i], name) == 0)
			return true;
	return false;
}

static bool has_elements(const xmlNode *n)
{
	for (const xmlNode *c = n->children; c != NULL; c = c->next)
		if (c->type == XML_ELEMENT_NODE)
			return true;
	return false;
}

/* Text without white space around it; comments are no part of what is signed, nor of this. */
static json_t *text_of(xmlNode *n)
{
	xmlChar *content = xmlNodeGetContent(n);
	const char *at = content != NULL ? (const char *)content : "";

	at += strspn(at, " \t\r\n");
	size_t len = strlen(at);
	while (len > 0 && strchr(" \t\r\n", at[len - 1]) != NULL)
		len--;
	json_t *text = json_stringn(at, len);
	xmlFree(content);
	return text != NULL ? text : json_string("");
}

/* The first of a name counts, where there can be but one. */
static json_t *fields(xmlNode *parent)
{
	json_t *o = json_object();

	for (xmlNode *n = parent->children; n != NULL; n = n->next) {
		const char *name = (const char *)n->name;
		if (n->type != XML_ELEMENT_NODE || n->ns == NULL ||
		    strcmp((const char *)n->ns->href, CAP_NS) != 0)
			continue;
		json_t *value = has_elements(n) ? fields(n) : text_of(n);
		json_t *list = json_object_get(o, name);
		if (!is_list(name)) {
			if (list == NULL)
				json_object_set(o, name, value);
		} else if (list != NULL) {
			json_array_append(list, value);
		} else {
			json_object_set_new(o, name, json_pack("[O]", value));
		}
		json_decref(value);
	}
	return o;
}

static json_t *read_alert(const char *xml, size_t len, const struct key *keys, int count)
{
	const char *code = "not-cap", *name = NULL;
	json_t *answer = NULL;
	xmlDocPtr doc = parse(xml, len, &code);
	xmlNode *root = doc != NULL ? xmlDocGetRootElement(doc) : NULL;

	if (root != NULL && is(root, CAP_NS, "alert"))
		name = signer(root, keys, count, &code);
	if (name != NULL)
		answer = json_pack("{s:s, s:o}", "key", name, "alert", fields(root));
	if (answer == NULL)
		answer = json_pack("{s:s}", "error", code);
	if (doc != NULL)
		xmlFreeDoc(doc);
	return answer;
}

static void load_key(struct key *k, const char *name, size_t name_len, const char *pem, size_t len)
{
	xmlSecKeyDataFormat format = xmlSecKeyDataFormatPem;

	snprintf(k->name, sizeof(k->name), "%.*s", (int)name_len, name);
	if (memmem(pem, len, "BEGIN CERTIFICATE", 17) != NULL)
		format = xmlSecKeyDataFormatCertPem;
	k->key = xmlSecCryptoAppKeyLoadMemory((const xmlSecByte *)pem, (xmlSecSize)len, format,
					      NULL, NULL, NULL);
}

static bool read_stdin(struct buf *in)
{
	static char piece[4096];
	ssize_t n;

	while ((n = read(STDIN_FILENO, piece, sizeof(piece))) > 0 && in->len <= CAP_PARTS_MAX)
		buf_add(in, piece, (size_t)n);
	return n == 0;
}

bool cap_read_prepare(void)
{
	xmlInitParser();
	bool ok = xmlSecInit() == 0 && xmlSecCryptoAppInit(NULL) == 0 && xmlSecCryptoInit() == 0;
	xmlSecErrorsSetCallback(NULL);
	xmlSecErrorsDefaultCallbackEnableOutput(0);
	return ok;
}

static bool answer_with(json_t *answer)
{
	char *line = json_dumps(answer, JSON_COMPACT);
	size_t done = 0, len = line != NULL ? strlen(line) : 0;
	ssize_t n = 1;

	while (done < len && (n = write(STDOUT_FILENO, line + done, len - done)) > 0)
		done += (size_t)n;
	return len > 0 && done == len;
}

static bool fence(void)
{
	const struct jail_limits limits = {.cpu_s = CAP_READ_MS / 1000,
					   .memory_bytes = CAP_MEMORY_BYTES};
	struct err e = {0};

	return jail_enter(&limits, &e);
}

json_t *cap_read_parts(const struct buf *in, bool fenced)
{
	static struct key keys[CAP_KEYS_MAX];
	const char *xml, *name, *pem, *at = in->data, *end = in->data + in->len;
	size_t xml_len, name_len, pem_len;
	json_t *answer = NULL;
	int count = 0;

	if (in->len == 0 || !errand_unpack(&at, end, &xml, &xml_len))
		return NULL;
	while (count < CAP_KEYS_MAX && errand_unpack(&at, end, &name, &name_len) &&
	       errand_unpack(&at, end, &pem, &pem_len))
		load_key(&keys[count++], name, name_len, pem, pem_len);
	if (!fenced || fence())
		answer = read_alert(xml, xml_len, keys, count);
	while (count > 0)
		if (keys[--count].key != NULL)
			xmlSecKeyDestroy(keys[count].key);
	return answer;
}

int cap_read_main(void)
{
	struct buf in = {0};
	json_t *answer;

	if (!cap_read_prepare() || !read_stdin(&in))
		return 1;
	answer = cap_read_parts(&in, true);
	return answer != NULL && answer_with(answer) ? 0 : 1;
}
