# SPDX-License-Identifier: GPL-3.0-or-later
"""python3 tables_merged.py PROGRAM DIR PACK DIR PACK …: computes each figure of the tables of several stations once
more, from the entries in their folders, and asks the program for them with the packs alone."""
import contextlib, copy, importlib.util, json, os, subprocess, sys

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


@contextlib.contextmanager
def elsewhere_struck(stations, away):
    """What counts at another station is, for tables B and D, like what somebody has struck; what is paid there is not
    paid here."""
    before = [s.log.doubles for s in stations]
    for s in stations:
        own = s.log.doubles
        s.log.doubles = copy.copy(own)
        mine = {name: a for (station, name), a in away.items() if station == s.name}
        struck = {name: {"decision": "elsewhere", "first": None} for name, a in mine.items() if a["counted"]}
        s.log.doubles.kept_out = dict(own.kept_out, **struck)
        paid = {name for name, a in mine.items() if a["paid"]}
        s.log.doubles.counts = lambda row, own=own, paid=paid: own.counts(row) and row["id"] not in paid
    yield
    for s, doubles in zip(stations, before):
        s.log.doubles = doubles


def paid_elsewhere(row, away):
    """A row of table C as it is with the other stations beside it."""
    a = away.get((row["station"], row["bulletin"] or row["row"]))
    if a and a["paid"]:
        row.update(amount=0, per_airing=0 if row["airings"] else None, per_minute=0 if row["aired_s"] else None)
    if a and a["counted"]:
        row.update(number=None, twin=a["twin"])
    elif a and row["number"] is not None:
        row["twin"] = a["twin"]
    return row


def rows_of(table, stations, period, filters, made, away):
    if table == "D":
        yield from rows_of_d(stations, period, filters, made)
        return
    number = 0
    for s in stations:
        for row in s.tables.TABLES[table](s.log, s.asked(period, filters, made)):
            if row.pop("sum", False) or table == "H" and row["meant"] == 0:
                continue
            row["station"] = s.name
            row = paid_elsewhere(row, away) if table == "C" else row
            if "number" in row and row["number"] is not None:
                number += 1
                row["number"] = number
            if table == "H":  # packs have no settings: which device is whose nobody knows
                row = {k: row[k] for k in ("station", "zone", "meant", "taken")}
            yield row


def sums_of(table, stations, period, filters, made, rows):
    if table == "B":
        return sum_of_b(list(parts_of_b(stations, period, filters, made)))
    if table == "C":
        return {k: sum((r[k] is not None) if k == "number" else r[k] or 0 for r in rows) for k in ("number", "amount", "airings", "aired_s")}
    if table == "A":
        return {"number": len(rows), "length_s": sum(r["length_s"] or 0 for r in rows)}
    return {}


def items_of(s, last):
    """Its products that may be another station's too, and since when it has them."""
    t, log = s.tables, s.log
    since = {p["bulletin"]: p["time"] for p in log.approvals
             if not p["again"] and not log.bulletins[p["bulletin"]].get("replaces")
             and p["time"].astimezone(t.ZONE).date() <= last}
    for r in log.register("products"):
        day = t.DAY.fromisoformat(r.get("accepted") or r.get("made") or r.get("decided") or t.local_day(r["at"]))
        if not r.get("bulletin") and day <= last:
            since[r["id"]] = t.dt.datetime.combine(day, t.dt.time(), t.ZONE)
    for n, i in enumerate(log.doubles.items):
        by = next((log.doubles.kept_out[n] for n in i["names"] if n in log.doubles.kept_out), None)
        first = by and log.doubles.named(by["first"])
        counts, at = i["names"][0] in since, since.get(i["names"][0])
        root = log.doubles.way(i)[0]  # C has the amount in the row that counts, D where it was written down
        payer = log.doubles.payer(root)
        keys = {("hash", h) for h in i["hashes"]} | {(s.name, "family", i["family"])} | {(s.name, i["names"][0])}
        if first:
            keys.add((s.name, first["names"][0]))
        yield {"station": s.name, "item": i, "keys": keys, "counts": counts and not by,
               "pays": counts and payer is not None and (i is root or i is payer),
               "order": (i["reused"], -i["rank"], at, s.name, n)}


def groups_of(items):
    """Those that have a key in common, also by way of a third."""
    by_key, seen = {}, set()
    for n, i in enumerate(items):
        for key in i["keys"]:
            by_key.setdefault(key, []).append(n)
    for n in range(len(items)):
        if n in seen:
            continue
        found, left = {n}, [n]
        while left:
            near = {m for key in items[left.pop()]["keys"] for m in by_key[key]} - found
            found |= near
            left += near
        seen |= found
        yield [items[m] for m in found]


def apart(stations, period):
    """{(station, name): …} of products that count at another station."""
    away = {}
    for group in groups_of([i for s in stations for i in items_of(s, period[1])]):
        counting, paying = [min((i for i in group if i[what]), key=lambda i: i["order"], default=None)
                            for what in ("counts", "pays")]
        paying = counting if counting and counting["pays"] else paying
        for i in group:
            counted = i["counts"] and counting["station"] != i["station"]
            paid = i["pays"] and paying["station"] != i["station"]
            there = counting if counted else paying
            if not counted and not paid:
                continue
            same = i["item"]["hashes"] & there["item"]["hashes"]
            twin = "%s %s of %s, counted there" % ("the same file as" if same else "one product with",
                                                   there["item"]["names"][0], there["station"])
            funds = {i["item"]["fund"], paying["item"]["fund"]} if paid else set()
            twin += ", PAID BY ANOTHER FUND" if len(funds - {""}) == 2 else ""
            away.update({(i["station"], name): {"counted": counted, "paid": paid, "twin": twin}
                         for name in i["item"]["names"]})
    return away


def rows_by(by, stations, period, filters, made):
    """Table B by one thing: codes of all stations together, zones and accounts of each."""
    tables = stations[0].tables
    of, made_of, shared = tables.BY[by]
    rows, new, all_rows, all_new = {}, {}, [], 0
    for n, s in enumerate(stations):
        asked = s.asked(period, filters, made)
        own = n if by in ("place", "producer") else 0
        for r in asked.airings(s.log):
            r.salt = n
            all_rows.append(r)
            for code in of(r):
                rows.setdefault((own, code), []).append(r.at(code) if by == "place" else r)
        for p, b, c in asked.products(s.log):
            if p["again"] or b.get("replaces") or s.log.doubles.kept_out.get(p["bulletin"]):
                continue
            all_new += 1
            for code in made_of(None, c):
                rows.setdefault((own, code), [])
                new[own, code] = new.get((own, code), 0) + 1

    def figures(of_them, count):
        f = tables.figures_of_b(of_them, count, shared)
        aired = [r for r in of_them if r.result[0] == "aired"]
        f["sessions"] = len({(r.salt, r.a.get("slot"), r.a["occurrence"]) for r in aired})
        f["zones"] = len({(r.salt, z) for r in aired for z in r.zones})
        return f
    want = []
    for own, code in sorted(rows, key=lambda k: (k[0], k[1] == "", k[1])):
        if filters.get(by) in (None, code):
            row = figures(rows[own, code], None if by == "place" else new.get((own, code), 0))
            row[by] = code or (None if by == "programme" else "(not said)")
            if by in ("place", "producer"):
                row["station"] = stations[own].name
            want.append(row)
    return want, figures(all_rows, all_new)


def compare_by(by, stations, period, filters):
    told = ask("B", period[2] + ["--by", by], filters)
    with elsewhere_struck(stations, apart(stations, period)):
        want, total = rows_by(by, stations, period, filters, told["made"])
    if len(told["rows"]) != len(want):
        sys.exit("B by %s of %s: %d rows, and %d of the logs" % (by, period[2], len(told["rows"]), len(want)))
    for t, w in zip(told["rows"] + [told["sum"]], want + [total]):
        for key, value in w.items():
            if not stations[0].tables.same(key, t.get(key), value):
                sys.exit("B by %s of %s %s, %s: the program says %r, the logs %r\n%r\n%r" % (
                    by, period[2], filters, key, t.get(key), value, t, w))
    return len(want) + 1


def compare(table, stations, period, filters):
    told = ask(table, period[2], filters)
    away = apart(stations, period) if table in "BCD" else {}
    with elsewhere_struck(stations, away) if table in "BD" else contextlib.nullcontext():
        want = list(rows_of(table, stations, period, filters, told["made"], away))
        sums = sums_of(table, stations, period, filters, told["made"], want)
    rows = sorted(told["rows"], key=lambda r: (r["station"], r["zone"])) if table == "H" else told["rows"]
    want = sorted(want, key=lambda r: (r["station"], r["zone"])) if table == "H" else want
    same = stations[0].tables.same
    pairs = list(zip(rows, want)) + [(told["sum"], sums)]
    for i, (t, w) in enumerate(pairs):
        for key, value in w.items():
            if not same(key, t.get(key), value):
                sys.exit("merged table %s of %s %s, row %d of %d, %s: the program says %r, the logs %r\n%r\n%r" % (
                    table, period[2], filters, i + 1, len(want), key, t.get(key), value, t, w))
    if len(rows) != len(want):
        sys.exit("merged table %s of %s %s: %d rows, and %d of the logs" % (
            table, period[2], filters, len(rows), len(want)))
    return len(pairs)


def compare_words(stations, period):
    """The report in words: its figures and those of the period before, and that it names each pack."""
    tables = stations[0].tables
    told = ask("tom-tat", period[2], {})
    for name, dates in (("this", period[:2]), ("before", tables.BEFORE[period[:2]])):
        then = (*dates, period[2])
        with elsewhere_struck(stations, apart(stations, then)):
            parts = list(parts_of_b(stations, then, {}, told["made"]))
        want = {k: v for k, v in sum_of_b(parts).items() if k in ("new", "aired", "not_aired", "unclear", "due", "kept")}
        want["time_s"] = tables.seconds(sum(r.frames for _, rows, _ in parts for r in rows if r.result[0] == "aired"))
        if len(want) != 7 or any(not tables.same(k, told["figures"][name][k], v) for k, v in want.items()):
            sys.exit("words of %s, %s: the program says %r, the logs %r" % (period[2], name, told["figures"][name], want))
    said = [line["text"] for line in told["lines"]]
    if any(not any(p in line for line in said) for p in packs):
        sys.exit("words of %s do not name the packs: %r" % (period[2], said))
    return len(said)


def main():
    stations = [Station(f) for f in folders]
    stations[0].tables.write_targets()
    lines, periods = 0, list(stations[0].tables.periods())
    for at, filters, tables in ((0, {}, "ABCDEFH"), (1, {}, "BD"), (5, {}, "AB"), (2, {"only": "aired", "fund": "xa"}, "AF"),
                                (0, {"programme": "NTM.TT"}, "BCD")):
        for table in tables:
            lines += compare(table, stations, periods[at], filters)
    for by in stations[0].tables.BY:
        lines += compare_by(by, stations, periods[0], {})
    lines += compare_by("programme", stations, periods[2], {"fund": "xa"})
    lines += compare_by("place", stations, periods[1], {"place": "thon-1"})
    lines += compare_words(stations, periods[0]) + compare_words(stations, periods[2])
    products = len(apart(stations, periods[0]))
    said = [n for n in ask("C", periods[0][2], {})["notes"] if "products stand at several stations" in n]
    if not products or len(said) != 1:
        sys.exit("%d products stand at several stations, and the notes say %r" % (products, said))
    print("%d rows and sums are as the logs of %d stations" % (lines, len(stations)))


main()
