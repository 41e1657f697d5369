#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The running order of a year with 200 slots and 600 bulletins; median of nine. Target: 200 ms.
set -e
cd "$(dirname "$0")/.."
dir=${VANGXA:+$(dirname "$VANGXA")}
dir=${dir:-build/plain}
make -s B="$dir" "$dir/bench/plan_year"
"$dir/bench/plan_year"
