# SPDX-License-Identifier: GPL-3.0-or-later
"""python3 sums.py DIR PROGRAM: each formula of each table as a spreadsheet gives what is stored beside it, and each total
that is one of its rows is a formula."""
import io, re, subprocess, sys, zipfile
from xml.etree import ElementTree

folder, program = sys.argv[1], sys.argv[2]
BYS = ("programme", "language", "place", "producer", "fund")
ASKED = [[t] for t in "ABCDEFGH"] + [["B", "--by", by] for by in BYS]
PERIODS = ["--period", "2026-11"], ["--from", "2026-10-10", "--to", "2026-12-24"]
FILTERS = [], ["--place", "thon-1"], ["--programme", "NTM.TT"]
ADD = {"A": 1, "B": 1, "C": 3, "G": 3}  # columns whose rows add up to their sum, whatever is asked for


def cells(book):
    """{"E9": (formula, number)} of its sheet as it is written: readers round what they take for a time."""
    sheet = ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(book)).read("xl/worksheets/sheet1.xml"))
    name = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}%s"
    for c in sheet.iter(name % "c"):
        number = c.findtext(name % "v")
        yield c.get("r"), (c.findtext(name % "f"), float(number) if number and c.get("t") in (None, "n") else 0)


def check(asked):
    command = [program, "report", *asked, "--data", folder, "--format", "xlsx", "-o", "-"]
    book = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
    filled = b"<autoFilter" in zipfile.ZipFile(io.BytesIO(book)).read("xl/worksheets/sheet1.xml")
    there = dict(cells(book))
    formulas = {at: f for at, (f, number) in there.items() if f}
    for at, formula in formulas.items():
        column, first, last = re.fullmatch(r"SUM\(([A-Z]+)(\d+):\1(\d+)\)", formula).groups()
        again = sum(there[column + str(row)][1] for row in range(int(first), int(last) + 1))
        if abs(again - there[at][1]) > 1e-9 * max(1, abs(again)):
            sys.exit("%s, %s: %s gives %r, and %r is stored" % (" ".join(asked), at, formula, again, there[at][1]))
    if filled and len(formulas) != ADD.get(asked[0], 0):
        sys.exit("%s: %d sums are formulas" % (" ".join(asked), len(formulas)))
    return len(formulas)


print("%d formulas give what is stored" % sum(check(table + period + more) for table in ASKED for period in PERIODS
                                              for more in FILTERS if table[0] == "B" or not more))
