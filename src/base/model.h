/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Models of reports in words: what a kind of report is called, what it rests on, which parts it has
 * and which figures stand in them. Data of the station (seeds/mau-bao-cao.yaml), for no binding
 * form is known. */
#ifndef VX_BASE_MODEL_H
#define VX_BASE_MODEL_H

#include "base/civil.h"
#include "base/limits.h"

/* Of which time it tells; in the order of enum period_kind. */
enum model_span {
	MODEL_DAYS,
	MODEL_MONTH,
	MODEL_QUARTER,
	MODEL_HALF,
	MODEL_YEAR,
	MODEL_SPANS
};

/* What stands in a part, told from a table's figures. */
enum model_block {
	MODEL_TOTALS,	    /* tong-so: table B */
	MODEL_PROGRAMMES,   /* chuong-trinh: table B */
	MODEL_LANGUAGES,    /* tieng: table B */
	MODEL_PLANNED,	    /* lich-phat: table B */
	MODEL_MISSED,	    /* khong-phat: table E, what the log tells */
	MODEL_TARGETS,	    /* chi-tieu: table D */
	MODEL_COMPARED,	    /* ky-truoc: table B, with that of the period before */
	MODEL_DIFFICULTIES, /* kho-khan: table E, what somebody wrote down */
	MODEL_DOTS,	    /* cham: lines to be written on */
	MODEL_BLOCKS
};

struct model_basis {
	char number[CODE_BYTES];	 /* of the document: "49/2024/NĐ-CP" */
	char sentence[MODEL_TEXT_BYTES];
};

struct model_part {
	char heading[TITLE_BYTES];
	char sentence[MODEL_TEXT_BYTES]; /* in front of its blocks; "" none */
	enum model_block blocks[MODEL_BLOCKS];
	int block_count;
};

/* In texts {ky} is the period and {don_vi} who issues it. */
struct model {
	char code[CODE_BYTES], name[TITLE_BYTES];
	enum model_span span;
	char subject[MODEL_TEXT_BYTES]; /* below "BÁO CÁO" */
	struct model_basis bases[MODEL_BASES_MAX];
	int basis_count;
	char opening[MODEL_TEXT_BYTES], closing[MODEL_TEXT_BYTES]; /* "" none */
	struct model_part parts[MODEL_PARTS_MAX];
	int part_count;
	struct date from, to; /* periods that end on days from … to; year 1 and 9999 unless set */
	int line;
};

#endif
