#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# COUNT random damages of a log, one after the other: bytes changed, files cut, lengthened, removed, exchanged.
# Each must be noticed and its place be named; the unit test of verify does it, more often than by itself.
set -euo pipefail
. "$(dirname "$0")/lib/common.sh"
COUNT=${COUNT:-100000}
tests=$(dirname "$VANGXA")/tests/run-unit
make -s -C "$top" B="$(dirname "${VANGXA#"$top"/}")" "${tests#"$top"/}" >&2
said=$(VANGXA_TAMPERS=$COUNT "$tests" verify 2>&1) && wrong=0 || wrong=1
echo "$said" | tail -5
figure "damages unnoticed or misnamed, of $COUNT" "0" "$wrong" "$([ $wrong = 0 ] && echo yes || echo no)" \
	"the first one ends the test"
exit $wrong
