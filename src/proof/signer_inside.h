/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What passes between the station and its signer: arguments (cli/cmd_signer.c), and packets. */
#ifndef VX_PROOF_SIGNER_INSIDE_H
#define VX_PROOF_SIGNER_INSIDE_H

#include "proof/signer.h"

#define SIGNER_FD 3 /* of the child */

/* How it is to open the log, in one word. */
#define SIGNER_NEXT "next,"
#define SIGNER_HELD "held,"

/* A request that is no entry. */
#define SIGNER_SPEAK "speak"

/* Both ends are the same program, so that a struct may cross as it is. A request is the entry's
 * text, one packet; the first reply comes unasked when the log is open. */
struct signer_reply {
	bool ok;
	struct notary_state state; /* valid if the log is open */
	struct err err;
};

#endif
