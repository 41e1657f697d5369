/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vangxa-net: what `vangxa witness` does, one thing a process; bytes in at stdin, bytes out at
 * stdout. */
#ifndef VX_PROOF_ENVOY_H
#define VX_PROOF_ENVOY_H

#include <stddef.h>

#define ENVOY_IN_BYTES_MAX (1 << 20)
#define ENVOY_OUT_BYTES_MAX (80 << 10) /* an answer, and the line before it */
#define ENVOY_TOKENS_MAX 64

/* Modes:
 *   post URL TYPE  stdin: a body to be sent there; stdout: "200\n" and the answer's body, or "0\n"
 *                  and a code why there is none (sys/post.h). The only one that has a network, and
 *                  it has nothing else.
 *   query          stdin: data; stdout: the time-stamp question for it (proof/token.h).
 *   token          stdin: data, question, answer, CA (errand_pack), and so on for as many as there
 *                  are, ENVOY_TOKENS_MAX at most; stdout: a line of JSON for each, what the answer
 *                  says: {"time_s", "trusted"}, or {"kind", "fault"}.
 * query and token first shut themselves in as the worker does (sys/jail.h). Returns the exit
 * status. */
int envoy_main(int argc, char **argv);

#endif
