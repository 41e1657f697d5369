#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The running order of a year with 200 slots and 600 bulletins; median of nine. Target: 200 ms. And of ten years with
# 1,000 slots. Target: 1 s.
set -euo pipefail
. "$(dirname "$0")/lib/common.sh"
program=$(build_program plan_year)
said=$("$program")
echo "$said"
of() { sed -n "s/^$1 \([0-9.]*\) .*/\1/p" <<<"$said"; }
ms=$(of plan_year_ms)
figure "a year's plan with 200 slots, ms" "<= 200" "$ms" "$(at_most "$ms" 200)" \
	"median of 9; $(of plan_year_own_rules_ms) when every slot has a rule of its own"
ten=$(of plan_ten_years_ms)
starts=$(sed -n 's/^plan_ten_years_ms .* occurrences \([0-9]*\) .*/\1/p' <<<"$said")
figure "ten years' plan with 1,000 slots, ms" "<= 1000" "$ten" "$(at_most "$ten" 1000)" \
	"median of 9; $starts starts, by rules and lunar days too"
