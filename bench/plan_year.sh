#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The running order of a year with 200 slots and 600 bulletins; median of nine. Target: 200 ms.
set -euo pipefail
. "$(dirname "$0")/lib/common.sh"
program=$(build_program plan_year)
said=$("$program")
echo "$said"
ms=$(sed 's/plan_year_ms \([0-9.]*\) .*/\1/' <<<"$said")
figure "a year's plan with 200 slots, ms" "<= 200" "$ms" "$(at_most "$ms" 200)" "median of 9"
