#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# have-node.sh: true if this machine has npm and a Node.js of version 18 or newer, from wherever they
# come; then `make deps` leaves them alone.
command -v npm >/dev/null && command -v node >/dev/null || exit 1
version=$(node -p 'process.versions.node.split(".")[0]') || exit 1
[ "$version" -ge 18 ]
