/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A signer whose disk hangs when the test says so. */
#ifndef VX_TESTS_SUPPORT_STALLING_H
#define VX_TESTS_SUPPORT_STALLING_H

#include "proof/signer.h"

/* The test's; read whenever the signer is asked or heard. */
struct stall {
	bool hangs;  /* no answer is heard */
	bool before; /* what is asked meanwhile is done only afterwards; else at once */
	bool dies;   /* instead of the next answer; what was not done is not done any more */
	bool fails;  /* what is done next fails: the disk is full */
	int asked;   /* entries that it was asked to append, so far */
};

/* Takes inner over. */
struct signer *stalling_signer(struct signer *inner, struct stall *how);

#endif
