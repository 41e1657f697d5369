#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# append_cost.sh: what one entry of the log costs beyond the disk's own fdatasync: append, hash, read back,
# sign, head. On the disk that build/bench lies on. See append_cost.c.
set -euo pipefail
. "$(dirname "$0")/lib/common.sh"
program=$(build_program append_cost)
dir=$(mktemp -d "$W/append.XXXXXX")
trap 'rm -rf "$dir"' EXIT
said=$("$program" "$dir")
echo "$said"
said=${said##*$'\n'}
ratio=${said##*ratio }
figure "append and sign one entry / fdatasync" "<= 1.5" "$ratio" "$(at_most "$ratio" 1.5)" "$said"
