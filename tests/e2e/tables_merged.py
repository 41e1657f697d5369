# SPDX-License-Identifier: GPL-3.0-or-later
"""python3 tables_merged.py PROGRAM DIR PACK DIR PACK …: computes each figure of the tables of several stations once
more, from the entries in their folders, and asks the program for them with the packs alone."""
import importlib.util, json, os, subprocess, sys

here, program = os.path.dirname(os.path.abspath(__file__)), sys.argv[1]
folders, packs = sys.argv[2::2], sys.argv[3::2]


def load(folder):
    """tables.py of one folder: it knows it by its command line."""
    sys.argv = ["tables.py", folder, program]
    spec = importlib.util.spec_from_file_location("tables_" + os.path.basename(folder), here + "/tables.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Station:
    def __init__(self, folder):
        self.tables, self.name = load(folder), "xa-" + os.path.basename(folder)
        self.log = self.tables.Log()

    def asked(self, period, filters, made):
        asked = self.tables.Asked(*period, **filters)
        asked.made = self.tables.time(made)
        return asked


def ask(table, words, filters):
    command = [program, "report", table, "--data", folders[0], "--format", "json", "--lang", "en", "-o", "-"]
    command += words + [w for k, v in filters.items() for w in ("--" + k, v)] + [w for p in packs
                                                                                for w in ("--from-pack", p)]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def sum_of_b(parts):
    """Of parts (rows, new bulletins), a station each: two stations' days may be one."""
    figures = [station.tables.figures_of_b(rows, made) for station, rows, made in parts]
    total = {k: sum(f[k] for f in figures) for k in figures[0] if k not in ("days", "plan_percent")}
    planned = [r for _, rows, _ in parts for r in rows if not r.rest and r.a.get("slot")]
    kept = sum(r.result[0] == "aired" for r in planned)
    total["days"] = len({r.day for _, rows, _ in parts for r in rows if r.result[0] == "aired"})
    total["plan_percent"] = (1000 * kept + len(planned) // 2) // len(planned) / 10 if planned else None
    return total


def parts_of_b(stations, period, filters, made):
    for s in stations:
        asked = s.asked(period, filters, made)
        new = sum(not p["again"] and not b.get("replaces") and not s.log.doubles.kept_out.get(p["bulletin"])
                  for p, b, c in asked.products(s.log))
        yield s, asked.airings(s.log), new


def rows_of_d(stations, period, filters, made):
    """Each target once: amounts of all stations, and only then the unit."""
    tables, asked = stations[0].tables, stations[0].asked(period, filters, made)
    asof = min(asked.last, asked.made.astimezone(tables.ZONE).date())
    for code, measure, number, kind, programme, first, last in tables.TARGETS:
        if first > asked.last or last < asked.first or filters.get("programme", programme) != programme \
           or filters.get("kind", kind) != kind:
            continue
        codes = {k: filters[k] for k in ("language", "fund") if k in filters}
        codes.update({k: v for k, v in (("kind", kind), ("programme", programme)) if v})
        counts = tables.Asked(first, asof, [], **codes)
        done = [(day, amount) for s in stations for day, amount, d in s.tables.deeds(s.log, measure)
                if counts.holds(day, d)]
        unit = 60 * tables.FRAMES if measure == "phut" else 1
        add = lambda holds: int(sum(amount for day, amount in done if holds(day))) // unit
        whole, planned = add(lambda day: day <= last), number * (1000000 if measure == "kinh-phi" else 1)
        yield {"code": code, "done": whole, "after": add(lambda day: day > last),
               "period": add(lambda day: asked.first <= day <= last), "planned": planned,
               "plan_percent": int(1000 * whole / planned + 0.5) / 10}


def rows_of(table, stations, period, filters, made):
    if table == "D":
        yield from rows_of_d(stations, period, filters, made)
        return
    number = 0
    for s in stations:
        for row in s.tables.TABLES[table](s.log, s.asked(period, filters, made)):
            if row.pop("sum", False) or table == "H" and row["meant"] == 0:
                continue
            number += 1
            row["station"] = s.name
            if "number" in row:
                row["number"] = number
            if table == "H":  # packs have no settings: which device is whose nobody knows
                row = {k: row[k] for k in ("station", "zone", "meant", "taken")}
            yield row


def sums_of(table, stations, period, filters, made, rows):
    if table == "B":
        return sum_of_b(list(parts_of_b(stations, period, filters, made)))
    if table == "C":
        return {k: sum(r[k] or 0 for r in rows) for k in ("amount", "airings", "aired_s")}
    if table == "A":
        return {"number": len(rows), "length_s": sum(r["length_s"] or 0 for r in rows)}
    return {}


def compare(table, stations, period, filters):
    told = ask(table, period[2], filters)
    want = list(rows_of(table, stations, period, filters, told["made"]))
    rows = sorted(told["rows"], key=lambda r: (r["station"], r["zone"])) if table == "H" else told["rows"]
    want = sorted(want, key=lambda r: (r["station"], r["zone"])) if table == "H" else want
    same = stations[0].tables.same
    pairs = list(zip(rows, want)) + [(told["sum"], sums_of(table, stations, period, filters, told["made"], want))]
    for i, (t, w) in enumerate(pairs):
        for key, value in w.items():
            if not same(key, t.get(key), value):
                sys.exit("merged table %s of %s %s, row %d of %d, %s: the program says %r, the logs %r\n%r\n%r" % (
                    table, period[2], filters, i + 1, len(want), key, t.get(key), value, t, w))
    if len(rows) != len(want):
        sys.exit("merged table %s of %s %s: %d rows, and %d of the logs" % (
            table, period[2], filters, len(rows), len(want)))
    return len(pairs)


def main():
    stations = [Station(f) for f in folders]
    stations[0].tables.write_targets()
    lines, periods = 0, list(stations[0].tables.periods())
    for at, filters, tables in ((0, {}, "ABCDEFH"), (1, {}, "BD"), (5, {}, "AB"), (2, {"only": "aired", "fund": "xa"}, "AF"),
                                (0, {"programme": "NTM.TT"}, "BCD")):
        for table in tables:
            lines += compare(table, stations, periods[at], filters)
    print("%d rows and sums are as the logs of %d stations" % (lines, len(stations)))


main()
