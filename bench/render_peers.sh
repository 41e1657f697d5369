#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# render_vs.sh with all peers, on a shorter list: they take a minute for each ten of sound.
#   RUNS=1 MINUTES=15 bench/render_peers.sh
RUNS=${RUNS:-1} MINUTES=${MINUTES:-15} \
ONLY=${ONLY:-lame vangxa liquidsoap sox mpd ffmpeg ffmpeg_mono} exec "$(dirname "$0")/render_vs.sh"
