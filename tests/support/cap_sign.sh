#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# cap_sign.sh keys DIR: makes DIR/key.pem and DIR/pub.pem. cap_sign.sh sign KEY IN OUT: puts an enveloped
# signature by xmlsec1 into the CAP message IN, in front of </alert>.
set -eu
case $1 in
keys)
	openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$2/key.pem"
	openssl pkey -in "$2/key.pem" -pubout -out "$2/pub.pem"
	;;
sign)
	more=http://www.w3.org/2001/04/xmldsig-more
	dsig=http://www.w3.org/2000/09/xmldsig#
	template="<Signature xmlns=\"$dsig\"><SignedInfo>"
	template+='<CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>'
	template+="<SignatureMethod Algorithm=\"$more#ecdsa-sha256\"/><Reference URI=\"\"><Transforms>"
	template+="<Transform Algorithm=\"${dsig}enveloped-signature\"/></Transforms>"
	template+='<DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><DigestValue/></Reference>'
	template+='</SignedInfo><SignatureValue/></Signature>'
	awk -v t="$template" '{ sub("</alert>", t "</alert>"); print }' "$3" >"$4.template"
	xmlsec1 --sign --privkey-pem "$2" --output "$4" "$4.template"
	rm "$4.template"
	;;
esac
