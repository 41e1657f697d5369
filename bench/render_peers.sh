#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# render_vs.sh with all peers, on a shorter list: they take a minute for each ten of sound.
#   RUNS=3 MINUTES=10 bench/render_peers.sh
RUNS=${RUNS:-3} MINUTES=${MINUTES:-10} \
ONLY=${ONLY:-lame vangxa liquidsoap sox mpd ffmpeg ffmpeg_mono} exec "$(dirname "$0")/render_vs.sh"
