#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A time-stamp authority by `openssl ts`, for tests.
#   tsa.sh make DIR            its certificates: DIR/ca.pem (trusted), DIR/tsa.pem; DIR/other.pem (of nobody)
#   tsa.sh reply DIR QUERY OUT its answer to a question
set -eu
dir=$2
authority() {
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$dir/$1.key" -out "$dir/$1.pem" \
		-days 3650 -subj "/CN=$1" 2>/dev/null
}
case $1 in
make)
	authority ca
	authority other
	openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$dir/tsa.key" -out "$dir/tsa.csr" \
		-subj /CN=tsa 2>/dev/null
	openssl x509 -req -in "$dir/tsa.csr" -CA "$dir/ca.pem" -CAkey "$dir/ca.key" -CAcreateserial -days 3650 \
		-extfile <(echo extendedKeyUsage=critical,timeStamping) -out "$dir/tsa.pem" 2>/dev/null
	cat >"$dir/tsa.cnf" <<-CNF
		[tsa]
		default_tsa = one
		[one]
		serial = $dir/serial
		crypto_device = builtin
		signer_cert = $dir/tsa.pem
		certs = $dir/ca.pem
		signer_key = $dir/tsa.key
		signer_digest = sha256
		default_policy = 1.2.3.4.1
		digests = sha256
		accuracy = secs:1
		ess_cert_id_alg = sha256
	CNF
	;;
reply)
	openssl ts -reply -config "$dir/tsa.cnf" -section one -queryfile "$3" -out "$4" 2>/dev/null
	;;
esac
