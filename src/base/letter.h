/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a station says of itself in the head of its documents, in the order of Decree
 * 30/2020/NĐ-CP, Phụ lục I. What is "" is not known: dots stand there, for a pen. */
#ifndef VX_BASE_LETTER_H
#define VX_BASE_LETTER_H

#define LETTER_BYTES 160

struct letter {
	char superior[LETTER_BYTES];	 /* the body above the one that issues it */
	char issuer[LETTER_BYTES];	 /* ỦY BAN NHÂN DÂN XÃ … */
	char place[LETTER_BYTES];	 /* where it is written */
	char symbol[LETTER_BYTES];	 /* behind its number: BC-UBND */
	char signer_for[LETTER_BYTES];	 /* TM. ỦY BAN NHÂN DÂN */
	char signer_title[LETTER_BYTES]; /* CHỦ TỊCH */
	char signer_name[LETTER_BYTES];
};

#endif
