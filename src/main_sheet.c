/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vangxa-sheet: reads spreadsheets; `vangxa worker sheet [NAME]` becomes it. */
#include "library/xlsxread.h"

#include <stddef.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	_exit(xlsxread_main(argc > 1 ? argv[1] : NULL));
}
