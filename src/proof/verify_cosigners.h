/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Holds signatures of witnesses under a log's heads against keys that the caller knows. */
#ifndef VX_PROOF_VERIFY_COSIGNERS_H
#define VX_PROOF_VERIFY_COSIGNERS_H

#include "proof/note.h"
#include "proof/verify.h"

/* Every line by this key under LOG/checkpoint and LOG/witnessed must hold ("cosignature-wrong").
 * One by another key of the same name is somebody else's. expected: the caller came with the key,
 * and thinks that it vouches for something: no line at all is a difference ("cosignature-none"),
 * and how far it vouches is noted ("cosigned"). After verify_open. */
void verify_cosigner(const struct verify *v, const struct note_verifier *key, bool expected,
		     struct verdict *verdict);

#endif
