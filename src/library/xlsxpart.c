/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/xlsxpart.h"

#include "base/limits.h"
#include "base/must.h"

#include <archive_entry.h>
#include <libxml/parser.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* One part under way. */
struct parsing {
	struct xlsx *x;
	struct archive *a;
	const struct xlsxpart_handler *h;
	xmlParserCtxtPtr ctx;
	bool stopped;
};

void xlsxpart_init(struct xlsx *x, int fd)
{
	x->zip.fd = fd;
	x->left = SHEET_UNPACKED_BYTES_MAX;
	x->verdict = SHEET_WHOLE;
}

/* The first that was found tells more than what follows from it. */
bool xlsxpart_refuse(struct xlsx *x, enum sheet_verdict verdict)
{
	if (x->verdict == SHEET_WHOLE)
		x->verdict = verdict;
	return false;
}

/* Names of parts are compared without case (ECMA-376 part 2, 6.2.2). NULL + verdict: none. */
static struct archive *find(struct xlsx *x, const char *name)
{
	struct archive *a = zipfd_open(&x->zip);
	struct archive_entry *member;
	int said = ARCHIVE_FATAL;

	while (a != NULL && (said = archive_read_next_header(a, &member)) == ARCHIVE_OK) {
		const char *path = archive_entry_pathname(member);
		if (path == NULL || strcasecmp(path, name) != 0)
			continue;
		if (archive_entry_filetype(member) == AE_IFREG &&
		    !archive_entry_is_encrypted(member))
			return a;
		xlsxpart_refuse(x, SHEET_LOCKED);
		break;
	}
	if (a != NULL)
		archive_read_free(a);
	xlsxpart_refuse(x, said == ARCHIVE_EOF ? SHEET_NO_BOOK : SHEET_DAMAGED);
	return NULL;
}

bool xlsxpart_has(struct xlsx *x, const char *name)
{
	struct archive *a = find(x, name);

	if (x->verdict == SHEET_NO_BOOK)
		x->verdict = SHEET_WHOLE;
	if (a != NULL)
		archive_read_free(a);
	return a != NULL;
}

static int pull(void *arg, char *out, int len)
{
	struct parsing *p = arg;
	la_ssize_t n = archive_read_data(p->a, out, (size_t)len);

	if (n < 0)
		xlsxpart_refuse(p->x, SHEET_DAMAGED);
	else if ((size_t)n > p->x->left)
		xlsxpart_refuse(p->x, SHEET_TOO_BIG);
	if (p->x->verdict != SHEET_WHOLE)
		return -1;
	p->x->left -= (size_t)n;
	return (int)n;
}

/* The transitional names and the strict ones of ECMA-376; relations are in a third. */
static bool is_ours(const xmlChar *ns)
{
	static const char *const ours[] = {
		"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
		"http://purl.oclc.org/ooxml/spreadsheetml/main",
		"http://schemas.openxmlformats.org/package/2006/relationships"};

	for (size_t i = 0; ns != NULL && i < sizeof(ours) / sizeof(ours[0]); i++)
		if (strcmp((const char *)ns, ours[i]) == 0)
			return true;
	return false;
}

static void go_on(struct parsing *p, bool ok)
{
	if (ok && p->x->verdict == SHEET_WHOLE)
		return;
	p->stopped = true;
	xmlStopParser(p->ctx);
}

/* What libxml2's callbacks have is fixed. */
static void begin(void *arg, const xmlChar *name, const xmlChar *prefix, const xmlChar *ns,
		  int ns_count, const xmlChar **nss, int count, int defaulted,
		  const xmlChar **attributes)
{
	const struct xlsxattrs attrs = {attributes, count};
	struct parsing *p = arg;

	(void)prefix;
	(void)ns_count;
	(void)nss;
	(void)defaulted;
	if (is_ours(ns))
		go_on(p, p->h->start(p->h->arg, (const char *)name, &attrs));
}

static void finish(void *arg, const xmlChar *name, const xmlChar *prefix, const xmlChar *ns)
{
	struct parsing *p = arg;

	(void)prefix;
	if (is_ours(ns))
		go_on(p, p->h->end(p->h->arg, (const char *)name));
}

static void text(void *arg, const xmlChar *data, int len)
{
	struct parsing *p = arg;

	go_on(p, p->h->text(p->h->arg, (const char *)data, (size_t)len));
}

/* Before the first entity could be declared. */
static void refuse_dtd(void *arg, const xmlChar *name, const xmlChar *external,
		       const xmlChar *system)
{
	struct parsing *p = arg;

	(void)name;
	(void)external;
	(void)system;
	go_on(p, xlsxpart_refuse(p->x, SHEET_DTD));
}

static bool parse(struct parsing *p)
{
	/* No tree is built: none of its handlers is here. */
	xmlSAXHandler sax = {.initialized = XML_SAX2_MAGIC,
			     .startElementNs = begin,
			     .endElementNs = finish,
			     .characters = text,
			     .ignorableWhitespace = text,
			     .cdataBlock = text,
			     .internalSubset = refuse_dtd};

	p->ctx = xmlCreateIOParserCtxt(&sax, p, pull, NULL, p, XML_CHAR_ENCODING_NONE);
	if (p->ctx == NULL)
		return xlsxpart_refuse(p->x, SHEET_DAMAGED);
	/* NOENT: or &amp; in an attribute comes as &#38;. Nobody can declare one of their own. */
	xmlCtxtUseOptions(p->ctx, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
					  XML_PARSE_NOENT);
	xmlParseDocument(p->ctx);
	if (!p->ctx->wellFormed && !p->stopped)
		xlsxpart_refuse(p->x, SHEET_DAMAGED);
	if (p->ctx->myDoc != NULL)
		xmlFreeDoc(p->ctx->myDoc);
	xmlFreeParserCtxt(p->ctx);
	return p->x->verdict == SHEET_WHOLE && !p->stopped;
}

bool xlsxpart_parse(struct xlsx *x, const char *name, const struct xlsxpart_handler *h)
{
	struct parsing p = {.x = x, .h = h, .a = find(x, name)};

	if (p.a == NULL) {
		x->verdict = x->verdict == SHEET_NO_BOOK ? SHEET_DAMAGED : x->verdict;
		return false;
	}
	bool ok = parse(&p);
	archive_read_free(p.a);
	return ok;
}

const char *xlsxpart_attr(const struct xlsxattrs *a, const char *name, char *out, size_t bytes)
{
	size_t len = 0;

	for (int i = 0; i < a->count; i++) {
		const unsigned char **one = a->list + (size_t)i * 5;
		if (strcmp((const char *)one[0], name) != 0)
			continue;
		len = (size_t)(one[4] - one[3]);
		len = len < bytes ? len : bytes - 1;
		memcpy(out, one[3], len);
		break;
	}
	out[len] = '\0';
	return out;
}
