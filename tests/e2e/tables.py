# SPDX-License-Identifier: GPL-3.0-or-later
"""python3 tables.py DIR PROGRAM: computes each figure of the tables once more, from the entries of the log in
DIR as they lie in its files, and shares no line with the program, whose tables it asks for as JSON."""
import copy, datetime as dt, json, os, shutil, subprocess, sys, unicodedata

sys.dont_write_bytecode = True
from doubles import Doubles  # noqa: E402

ZONE = dt.timezone(dt.timedelta(hours=7))
FRAMES = 48000
folder, program = sys.argv[1], sys.argv[2]


def entries():
    """In their order; small logs only: up to 65,536 of them, none packed."""
    tiles, n, found = os.path.join(folder, "log/tile/entries"), 0, []
    while True:
        full = os.path.join(tiles, "%03d" % n)
        if os.path.isfile(full):
            path = full
        elif os.path.isdir(full + ".p"):
            path = os.path.join(full + ".p", max(os.listdir(full + ".p"), key=int))
        else:
            return found
        data, at = open(path, "rb").read(), 0
        while at < len(data):
            length = int.from_bytes(data[at:at + 2], "big")
            found.append(json.loads(data[at + 2:at + 2 + length]))
            at += 2 + length
        n += 1


def time(text):
    return dt.datetime.fromisoformat(text) if text else None


def what_is_gone(e):
    return e["kind"].split(".")[0], e.get("device") or e.get("relay")


class Log:
    """What is known when the last entry has been read."""

    def __init__(self):
        self.bulletins, self.airings, self.approvals, self.emergencies = {}, {}, [], {}
        self.outages, self.corrections, self.registers, self.decided = [], [], {}, {}
        for e in entries():
            kind = e["kind"].replace(".", "_")
            getattr(self, kind, self.other)(e)
        for c in self.corrections:
            by = dt.timedelta(milliseconds=c["offset_ms"])
            for a in self.airings.values():
                if c["from_n"] <= a["entry"] <= c["to_n"]:
                    a["later"] = by
            for p in self.approvals:
                if c["from_n"] <= p["n"] <= c["to_n"]:
                    p["time"] += by
        self.doubles = Doubles(self)
        self.rows = [Airing(self, a) for a in self.airings.values() if not a.get("demo")]

    def other(self, e):
        kind, at = e["kind"], time(e["at"])
        if kind in ("device.lost", "relay.lost") and not any(o["lost"] == what_is_gone(e) and not o["to"]
                                                             for o in self.outages):
            self.outages.append({"lost": what_is_gone(e), "from": at, "to": None, "entry": e["n"]})
        if kind in ("device.back", "relay.back"):
            for o in self.outages:
                if o["lost"] == what_is_gone(e) and not o["to"]:
                    o["to"] = at
        if kind == "disk.low":
            self.outages.append({"lost": ("disk", ""), "from": at, "to": at, "entry": e["n"]})
        if kind == "past.owed":
            self.outages.append({"lost": ("off", e["reason"]), "from": time(e["from"]), "to": time(e["to"]),
                                 "entry": e["n"]})

    def clock_corrected(self, e):
        self.corrections.append(e)

    def register_written(self, e):
        for name, fields in e["rows"].items():
            kept = self.registers.setdefault(e["register"], {})
            kept.pop(name, None)
            if fields is not None:
                kept[name] = dict(fields, id=name, n=e["n"], at=time(e["at"]), who=e["who"])

    def register(self, name):
        return sorted(self.registers.get(name, {}).values(), key=lambda row: int(row["id"].lstrip("SPTLVM")))

    def bulletin_received(self, e):
        e = dict(e, sender=e.get("sender") or e["who"], endorsed="")
        self.bulletins["B%d" % e["n"]] = e

    def bulletin_edited(self, e):
        words = ("title", "language", "sort", "fund", "programmes", "level")
        b = self.bulletins[e["bulletin"]]
        b.update({k: e.get(k) for k in words}, endorsed="")

    def bulletin_endorsed(self, e):
        self.bulletins[e["bulletin"]]["endorsed"] = e["who"]

    def bulletin_approved(self, e):
        p = dict(e, time=time(e["at"]), endorsed=self.bulletins[e["bulletin"]]["endorsed"])
        p["again"] = any(q["bulletin"] == e["bulletin"] for q in self.approvals)
        self.approvals.append(p)

        self.bulletins[e["bulletin"]]["refused"] = False

    def bulletin_refused(self, e):
        self.bulletins[e["bulletin"]]["refused"] = True

    def bulletin_withdrawn(self, e):
        self.bulletins[e["bulletin"]]["refused"] = False

    def duplicate_decided(self, e):
        two = frozenset((e["first"], e["second"]))
        self.decided.pop(two, None)
        self.decided[two] = e

    def emergency_raised(self, e):
        self.emergencies["K%d" % e["n"]] = e

    def airing_intended(self, e):
        self.airings["A%d" % e["n"]] = dict(e, id="A%d" % e["n"], entry=e["n"], result="on-air")

    def airing_ended(self, e):
        began = self.airings[e["airing"]]["n"]
        self.airings[e["airing"]] = dict(e, id=e["airing"], n=began, entry=e["n"])

    def airing_missed(self, e):
        self.airings["M%d" % e["n"]] = dict(e, id="M%d" % e["n"], entry=e["n"], result="missed")

    def airing_checked(self, e):
        a = self.airings[e["airing"]]
        if a.get("proof") and e.get("proof"):
            a["proof"] = e["proof"]


class Airing:
    def __init__(self, log, a):
        self.a, b = a, log.bulletins.get(a.get("bulletin"), {})
        by = a.get("later", dt.timedelta(0))
        self.planned = time(a["planned"]) + by
        self.start, self.end = [time(a[k]) + by if a.get(k) else None for k in ("start", "end")]
        self.day = self.planned.astimezone(ZONE).date()
        self.frames, self.rest = a.get("frames", 0), a.get("from_frames", 0) > 0
        self.programmes, self.language = a.get("programmes") or [], a.get("language") or ""
        self.fund = a.get("fund") or ""
        self.kind = ("khan-cap" if a.get("emergency") else "truc-tiep" if a.get("live")
                     else "tiep-song" if a.get("relay") else b.get("sort") or "")
        self.result = self.outcome(a)
        self.approval = max((p for p in log.approvals if p["bulletin"] == a.get("bulletin") and p["n"] < a["n"]),
                            key=lambda p: p["n"], default={})
        self.approver = self.who_let_it(log, a)
        self.bulletin = b
        self.everywhere, self.zones = self, [z for z in a["zones"] if self.heard(z)]
        self.sender = b.get("sender") or ""

    def at(self, place):
        """The same as it went there."""
        here = copy.copy(self)
        if self.result[0] == "aired" and place not in self.zones:
            each = self.a.get("by_zone") or {}
            here.result = "unclear" if each.get(place, {}).get("frames", 0) is None else "not-aired", False
        here.zones = [z for z in self.zones if z == place]
        return here

    def heard(self, zone):
        each = self.a.get("by_zone")
        return bool(each[zone]["proof"] if each else self.a.get("proof"))

    def who_let_it(self, log, a):
        if a.get("emergency"):
            return log.emergencies[a["emergency"]]["by"]
        if a.get("by"):
            return a["by"]
        return ", ".join(filter(None, [self.approval.get("endorsed"), self.approval.get("who")]))

    def outcome(self, a):
        """The class of its outcome, and whether it was whole."""
        told, frames, detail = a["result"], a.get("frames", 0), (a.get("detail") or {}).get("code")
        if told == "on-air":
            return "unclear", False
        if frames == 0:
            return ("unclear" if told == "interrupted" else "not-aired"), False
        if detail == "no-device" and not a.get("proof"):
            return "not-aired", False
        if not any(self.heard(zone) for zone in a["zones"]):
            return "unclear", False
        return "aired", told == "full" and bool(a.get("proof"))


class Asked:
    """A period and a filter."""

    def __init__(self, first, last, words, **filters):
        self.first, self.last, self.words, self.filters = first, last, words, filters

    def holds(self, day, codes):
        wanted = self.filters
        for key in ("language", "kind", "fund"):
            if key in wanted and wanted[key] != codes[key]:
                return False
        code = wanted.get("programme")
        if code is not None and not (code in codes["programmes"] if code else not codes["programmes"]):
            return False
        if "producer" in wanted and wanted["producer"] != codes.get("sender", ""):
            return False
        return self.first <= day <= self.last

    def airings(self, log):
        only, place = self.filters.get("only"), self.filters.get("place")
        rows = [r for r in log.rows if self.holds(r.day, vars(r))]
        if place is not None:
            rows = [r.at(place) for r in rows if (place in r.a["zones"] if place else not r.a["zones"])]
        rows = [r for r in rows if only in (None, r.result[0])]
        return sorted(rows, key=lambda r: (r.planned, r.a["n"]))

    def products(self, log):
        for p in log.approvals:
            b = log.bulletins[p["bulletin"]]
            codes = {k: b.get(k) or "" for k in ("language", "fund")}
            codes.update(kind=b.get("sort") or "", programmes=b.get("programmes") or [], sender=b.get("sender") or "")
            if self.holds(p["time"].astimezone(ZONE).date(), codes):
                yield p, b, codes

    def span(self):
        """The instants between which it lies, as far as they are not yet to come."""
        at = lambda day: dt.datetime.combine(day, dt.time(), ZONE)
        return at(self.first), max(at(self.first), min(at(self.last + dt.timedelta(days=1)), self.made))

    def outages(self, log):
        """With its end, None if that is after the period; and how long it was in the period."""
        for o in log.outages:
            first, over = dt.datetime.combine(self.first, dt.time(), ZONE), self.span()[1]
            end = dt.datetime.combine(self.last + dt.timedelta(days=1), dt.time(), ZONE)
            if o["from"] >= end or o["to"] and o["to"] < first:
                continue
            later = o["lost"][0] in ("device", "relay") and o["to"] and o["to"] >= end
            length = min(o["to"] or over, over) - max(o["from"], first)
            yield dict(o, to=None if later else o["to"], length=max(length.total_seconds(), 0))

    def ask(self, table, *more):
        options = [w for k, v in self.filters.items() for w in ("--" + k, v)]
        command = [program, "report", table, "--data", folder, "--format", "json", "--lang", "en", "-o", "-"]
        told = subprocess.run(command + self.words + options + list(more), check=True, stdout=subprocess.PIPE).stdout
        self.made = time(json.loads(told)["made"])
        return json.loads(told)


def clock(t):
    return t.astimezone(ZONE).strftime("%H:%M:%S") if t else None


def seconds(frames):
    return round(frames / FRAMES, 6)


def rows_of_a(log, asked):
    levels = {"thong-thuong": "ordinary", "uu-tien": "priority", "khan-cap": "emergency"}
    for i, r in enumerate(asked.airings(log)):
        a = r.a
        yield {"number": i + 1, "day": r.day.isoformat(), "planned": clock(r.planned), "start": clock(r.start),
               "end": clock(r.end), "bulletin": a.get("bulletin"), "kind": r.kind or None,
               "length_s": {"aired": seconds(r.frames), "not-aired": 0, "unclear": None}[r.result[0]],
               "level": levels.get(a.get("level")), "language": r.language or None, "fund": r.fund or None,
               "programmes": ",".join(r.programmes) or None, "zones": ",".join(a["zones"]) or None,
               "producer": r.bulletin.get("sender"), "approver": r.approver or None,
               "document": r.approval.get("document"), "operator": a.get("who"), "sha256": a.get("sha256"),
               "airing": a["id"], "entry": a["entry"]}


def figures_of_b(rows, made, shared=lambda r: len(r.programmes) > 1):
    aired, first = [r for r in rows if r.result[0] == "aired"], [r for r in rows if not r.rest]
    planned = [r for r in first if r.a.get("slot")]
    kept = [r for r in planned if r.result[0] == "aired"]
    length = lambda several: seconds(sum(r.frames for r in aired if shared(r) == several))
    return {"new": made, "aired": sum(r.result[0] == "aired" for r in first), "whole": sum(r.result[1] for r in first),
            "not_aired": sum(r.result[0] == "not-aired" for r in first),
            "unclear": sum(r.result[0] == "unclear" for r in first),
            "own_s": length(False), "shared_s": length(True), "days": len({r.day for r in aired}),
            "sessions": len({(r.a.get("slot"), r.a["occurrence"]) for r in aired}),
            "zones": len({z for r in aired for z in r.zones}),
            "due": len(planned), "kept": len(kept),
            "plan_percent": (1000 * len(kept) + len(planned) // 2) // len(planned) / 10 if planned else None}


def rows_of_b(log, asked):
    rows, made, only = asked.airings(log), {}, asked.filters.get("programme")
    new = [(p, b, c) for p, b, c in asked.products(log)
           if not p["again"] and not b.get("replaces") and not log.doubles.kept_out.get(p["bulletin"])]
    groups = {}
    for r in rows:
        for code in r.programmes or [""]:
            groups.setdefault((code, r.language, r.kind), []).append(r)
    for p, b, c in new:
        for code in c["programmes"] or [""]:
            key = (code, c["language"], c["kind"])
            groups.setdefault(key, [])
            made[key] = made.get(key, 0) + 1
    for key in sorted(groups, key=lambda k: (k[0] == "", k)):
        if only is None or only == key[0]:
            names = dict(zip(("programme", "language", "kind"), [k or None for k in key]))
            yield dict(names, **figures_of_b(groups[key], made.get(key, 0)))
    yield dict(figures_of_b(rows, len(new)), sum=True)


BY = {  # the codes of an airing, those of a product, and whether it stands in several rows
    "programme": (lambda r: r.programmes or [""], lambda b, c: c["programmes"] or [""], lambda r: len(r.programmes) > 1),
    "language": (lambda r: [r.language], lambda b, c: [c["language"]], lambda r: False),
    "place": (lambda r: r.a["zones"] or [""], lambda b, c: [], lambda r: len(r.everywhere.zones) > 1),
    "producer": (lambda r: [r.sender], lambda b, c: [c["sender"]], lambda r: False),
    "fund": (lambda r: [r.fund], lambda b, c: [c["fund"]], lambda r: False)}


def rows_by(log, asked, by):
    """Table B with a row for each of one thing."""
    of, made_of, shared = BY[by]
    rows, only, groups, made = asked.airings(log), asked.filters.get(by), {}, {}
    for r in rows:
        for code in of(r):
            groups.setdefault(code, []).append(r.at(code) if by == "place" else r)
    new = [c for p, b, c in asked.products(log)
           if not p["again"] and not b.get("replaces") and not log.doubles.kept_out.get(p["bulletin"])]
    for c in new:
        for code in made_of(None, c):
            groups.setdefault(code, [])
            made[code] = made.get(code, 0) + 1
    for code in sorted(groups, key=lambda k: (k == "", k)):
        if only in (None, code):
            yield dict(figures_of_b(groups[code], None if by == "place" else made.get(code, 0), shared),
                       **{by: code or (None if by == "programme" else "(not said)")})
    yield dict(figures_of_b(rows, len(new), shared), sum=True)


def rows_told(told, table):
    return told["rows"] + ([dict(told["sum"], sum=True)] if table in "BC" else [])


DEVICES = {"trung-tam": "hw:1", "thon-1": "hw:1", "thon-2": "none"}  # as in the settings


def products(log, asked):
    """Bulletins by their approval, then rows of the register alone; before the filter, for what they resemble."""
    rows, register = [], log.register("products")
    whole = Asked(asked.first, asked.last, asked.words)
    for p, b, codes in whole.products(log):
        if p["again"] or b.get("replaces"):
            continue
        more = next((r for r in register if r.get("bulletin") == p["bulletin"]), {})
        rows.append(dict(codes, fund=codes["fund"] or more.get("fund") or "", bulletin=p["bulletin"], row=more.get("id"),
                         title=b["title"], frames=b["frames"], sha256=b["sha256"], amount=more.get("amount"),
                         reused=more.get("reused"), entry=p["n"], accepted=more.get("accepted")))
    for r in register:
        day = r.get("accepted") or r.get("made") or r.get("decided") or local_day(r["at"])
        if not r.get("bulletin") and asked.first.isoformat() <= day <= asked.last.isoformat():
            rows.append(dict(language=r.get("language") or "", fund=r.get("fund") or "", kind=r["kind"], bulletin=None,
                             programmes=r.get("programmes") or [], row=r["id"], title=r["title"], frames=0, sha256=None,
                             amount=r.get("amount"), reused=r.get("reused"), entry=r["n"], accepted=r.get("accepted")))
    return rows


def rows_of_c(log, asked):
    everything = products(log, asked)
    aired = [r for r in Asked(asked.first, asked.last, asked.words).airings(log) if r.result[0] == "aired"]
    amount, number, doubles = 0, 0, log.doubles
    for p in everything:
        if not asked.holds(asked.first, p):
            continue
        mine = [r for r in aired if p["bulletin"] and r.a.get("bulletin") == p["bulletin"]]
        times, frames = sum(not r.rest for r in mine), sum(r.frames for r in mine)
        money, twin, counts = doubles.money(p), doubles.twin(p), doubles.struck(p) is None
        amount, number = amount + (money or 0), number + counts
        yield {"number": number if counts else None, "bulletin": p["bulletin"], "row": p["row"], "title": p["title"], "kind": p["kind"] or None,
               "fund": p["fund"] or None, "amount": money, "airings": times, "aired_s": seconds(frames),
               "per_airing": (money + times // 2) // times if money is not None and times else None,
               "per_minute": int(money * 60 / (frames / FRAMES) + 0.5) if money is not None and frames else None,
               "reused": "yes" if p["reused"] or doubles.reuse(p) else None, "twin": twin, "entry": p["entry"],
               "accepted": p["accepted"]}
    yield {"number": number, "amount": amount, "sum": True}


DAY = dt.date
TARGETS = [  # code, measure, number, kind, programme, from, to; by deadline
    ("c", "san-pham", 5, "ban-tin", "", DAY(2025, 6, 1), DAY(2026, 11, 15)),
    ("a", "luot-phat", 40, "", "NTM.TT", DAY(2026, 11, 1), DAY(2026, 11, 20)),
    ("d", "kinh-phi", 3, "", "", DAY(2026, 1, 1), DAY(2026, 12, 31)),
    ("b", "phut", 100, "", "", DAY(2026, 10, 1), DAY(2027, 1, 31))]


def write_targets():
    os.makedirs(folder + "/seeds", exist_ok=True)
    shutil.copy(os.path.join(os.path.dirname(__file__), "../../seeds/mau-bao-cao.yaml"), folder + "/seeds")
    with open(folder + "/seeds/chi-tieu.yaml", "w", encoding="utf-8") as f:
        f.write("chi_tieu:\n")
        for code, measure, number, kind, programme, first, last in TARGETS:
            more = "".join(", %s: %s" % w for w in (("loai", kind), ("chuong_trinh", programme)) if w[1])
            f.write("  - {ma: %s, viec: Việc, muc: ke-hoach, do: %s, so: %d, from: %s, to: %s, nguon: 1/KH%s}\n" % (
                code, measure, number, first, last, more))


def deeds(log, measure):
    """Day, amount and codes of all that was done, whenever it was."""
    ever = Asked(DAY(1990, 1, 1), DAY(2100, 1, 1), [])
    register = log.register("products")
    out = log.doubles.kept_out
    struck = {r["id"]: out.get(r.get("bulletin")) or out.get(r["id"]) for r in register}
    reused = {r["bulletin"] for r in register if r.get("bulletin") and (r.get("reused") or struck[r["id"]])}
    if measure in ("luot-phat", "phut"):
        for r in ever.airings(log):
            if r.result[0] == "aired":
                yield r.day, r.frames if measure == "phut" else not r.rest, vars(r)
    if measure == "san-pham":
        for p, b, codes in ever.products(log):
            if not p["again"] and not b.get("replaces") and p["bulletin"] not in reused and p["bulletin"] not in out:
                yield p["time"].astimezone(ZONE).date(), 1, codes
    for r in register:
        day = r.get("accepted") or r.get("made") or r.get("decided") or local_day(r["at"])
        codes = dict({k: r.get(k) or "" for k in ("language", "kind", "fund")}, programmes=r.get("programmes") or [])
        decision = struck[r["id"]]
        if measure == "kinh-phi":
            if "amount" not in r or not log.doubles.counts(r):
                continue
            yield DAY.fromisoformat(day), r.get("amount") or 0, codes
        elif measure == "san-pham" and not r.get("bulletin") and not r.get("reused") and not decision:
            yield DAY.fromisoformat(day), 1, codes


def rows_of_d(log, asked):
    asof = min(asked.last, asked.made.astimezone(ZONE).date())
    for code, measure, number, kind, programme, first, last in TARGETS:
        wanted = asked.filters
        if first > asked.last or last < asked.first or wanted.get("programme", programme) != programme \
           or wanted.get("kind", kind) != kind:
            continue
        codes = {k: wanted[k] for k in ("language", "fund") if k in wanted}
        codes.update({k: v for k, v in (("kind", kind), ("programme", programme)) if v})
        counts = Asked(first, asof, [], **codes)
        done = [(day, amount) for day, amount, d in deeds(log, measure) if counts.holds(day, d)]
        unit = 60 * FRAMES if measure == "phut" else 1
        add = lambda holds: int(sum(amount for day, amount in done if holds(day))) // unit
        planned, whole = number * (1000000 if measure == "kinh-phi" else 1), add(lambda day: day <= last)
        left = (last - asof).days
        yield {"code": code, "planned": planned, "done": whole, "after": add(lambda day: day > last),
               "period": add(lambda day: asked.first <= day <= last),
               "plan_percent": int(1000 * whole / planned + 0.5) / 10, "from": first.isoformat(), "due": last.isoformat(),
               "days_left": left if left >= 0 else None, "days_late": -left if left < 0 and whole < planned else None}


WANTED_SO = ("skipped-once", "cut-by-operator")  # the second at a place that its airing did not reach


def rows_of_e(log, asked):
    for r in log.register("difficulties"):
        if r["since"] > asked.last.isoformat() or (r.get("solved") or "9") < asked.first.isoformat():
            continue
        code = asked.filters.get("programme")
        if code is None or code == "":  # no row names one
            states = {"open": "open", "proposed": "proposed", "beyond": "beyond authority"}
            yield {"since": r["since"], "last": r.get("solved"), "count": None, "entry": r["n"], "source": r["who"],
                   "state": states[r["state"]], "what": r["what"]}
    groups = {}
    for o in asked.outages(log):
        groups.setdefault(o["lost"], []).append(o)
    missed = {}
    for r in asked.airings(log):
        if r.result[0] == "not-aired" and not r.rest and r.a.get("reason") not in WANTED_SO:
            missed.setdefault(r.a.get("reason") or "", []).append(r)
    rank = ["device", "relay", "off", "disk"]
    for reason, rows in sorted(missed.items(), key=lambda g: (-len(g[1]), g[0])):
        days = sorted(r.planned for r in rows)
        first = next(r for r in rows if r.planned == days[0])
        yield {"since": local_day(days[0]), "last": local_day(days[-1]), "count": len(rows), "out_s": None,
               "longest_s": None, "source": "proposed by the program", "entry": first.a["entry"], "state": None}
    for lost, rows in sorted(groups.items(), key=lambda g: (-len(g[1]), rank.index(g[0][0]), g[0][1])):
        lasts, standing = lost[0] != "disk", any(o["to"] is None for o in rows)
        first = min(rows, key=lambda o: o["from"])
        yield {"since": local_day(first["from"]), "count": len(rows), "entry": first["entry"],
               "last": None if standing else local_day(max(o["to"] for o in rows)),
               "longest_s": max(o["length"] for o in rows) if lasts else None,
               "out_s": sum(o["length"] for o in rows) if lasts else None,
               "state": "not over" if standing else None}


def rows_of_f(log, asked):
    everything = asked.airings(log)
    rows = [r for r in everything if not r.rest]
    aired = [r for r in rows if r.result[0] == "aired"]
    planned, kept = [r for r in rows if r.a.get("slot")], [r for r in aired if r.a.get("slot")]
    bulletins = [r for r in aired if r.a.get("bulletin") and not r.a.get("emergency")]
    gone = [o for o in asked.outages(log) if o["lost"][0] == "device"]
    of = lambda result: sum(r.result[0] == result for r in rows)
    whole = lambda part, all: None if not all else "yes" if part == all else "no"
    counts = [(0, None, whole(1, len(planned) + len(aired) and 1)),
              (len({r.day for r in aired}), (asked.last - asked.first).days + 1, None), (len(aired), None, None),
              (len(kept), len(planned), whole(len(kept), len(planned))),
              (of("not-aired"), None, planned and ("no" if of("not-aired") else "yes") or None),
              (of("unclear"), None, planned and ("no" if of("unclear") else "yes") or None),
              (sum(not r.a.get("slot") and not r.a.get("emergency") for r in aired), None, None),
              (sum(bool(r.a.get("emergency")) for r in aired), None, None)]
    for part in ("who", "document"):
        have = sum(bool(r.approval.get(part)) for r in bulletins)
        counts.append((have, len(bulletins), whole(have, len(bulletins))))
    counts += [(0, len(aired), None), (len(gone), None, "no" if gone else "yes" if aired else None)] + [(None, None, None)] * 4
    for i, (count, all, result) in enumerate(counts):
        length = {2: sum(r.frames for r in everything if r.result[0] == "aired") / FRAMES,
                  11: sum(o["length"] for o in gone)}.get(i)
        yield {"count": count, "of": all, "result": result, "time_s": length}


def rows_of_h(log, asked):
    rows = [r.everywhere for r in asked.airings(log) if not r.rest]
    for zone in DEVICES:
        gone = [o for o in asked.outages(log) if o["lost"] == ("device", DEVICES[zone])]
        standing = [o for o in gone if o["to"] is None]
        meant = [r for r in rows if zone in r.a["zones"]]
        yield {"zone": zone, "device": DEVICES[zone], "losses": len(gone), "meant": len(meant),
               "taken": sum(r.result[0] == "aired" and zone in r.zones for r in meant),
               "out_s": sum(o["length"] for o in gone), "since_day": local_day(standing[0]["from"]) if standing else None,
               "since": clock(standing[0]["from"]) if standing else None,
               "state": "no device is connected" if DEVICES[zone] == "none" else
                        "lost" if standing else "not known to be lost"}


def local_day(t):
    return t.astimezone(ZONE).date().isoformat()


TABLES = {"A": rows_of_a, "B": rows_of_b, "C": rows_of_c, "D": rows_of_d, "E": rows_of_e, "F": rows_of_f, "H": rows_of_h}


def same(key, told, value):
    """So many decimals tell each frame."""
    if key.endswith("_s") and told is not None and value is not None:
        return round(told * FRAMES) == round(value * FRAMES)
    return told == value


def compare(log, table, asked, by=None):
    told = rows_told(asked.ask(table, *(["--by", by] if by else [])), table)
    want = list(rows_by(log, asked, by) if by else TABLES[table](log, asked))
    for i, (t, w) in enumerate(zip(told, want)):
        for key, value in w.items():
            if not same(key, t.get(key), value):
                sys.exit("table %s of %s %s, row %d, %s: the program says %r, the log %r\n%r\n%r" % (
                    table, asked.words, asked.filters, i + 1, key, t.get(key), value, t, w))
    if len(told) != len(want):
        sys.exit("table %s of %s %s: %d rows, and %d of the log" % (
            table, asked.words, asked.filters, len(told), len(want)))
    return len(want)


def in_words(frames):
    """A duration as a document has it."""
    seconds = int(frames / FRAMES + 0.5)
    hours, minutes = divmod((seconds + 30) // 60, 60)
    parts = ["%s giờ" % grouped(hours)] * (hours > 0) + ["%d phút" % minutes] * (minutes > 0)
    return " ".join(parts) or "%d giây" % seconds


def grouped(number):
    return "{:,}".format(number).replace(",", ".")


def compare_words(log, first, last, words):
    """The report in words: its figures, those of the period before, and that the sentences have them."""
    asked, days = Asked(first, last, words), (last - first).days + 1
    told = asked.ask("tom-tat")
    lines = [line["text"] for line in told["lines"]]
    for name, dates in (("this", (first, last)), ("before", BEFORE[first, last])):
        then = Asked(*dates, words)
        want = list(rows_by(log, then, "programme"))[-1]
        frames = sum(r.frames for r in then.airings(log) if r.result[0] == "aired")
        want = dict({k: want[k] for k in ("new", "aired", "not_aired", "unclear", "due", "kept")}, time_s=seconds(frames))
        if any(not same(k, told["figures"][name][k], v) for k, v in want.items()):
            sys.exit("tom-tat of %s, %s: the program says %r, the log %r" % (words, name, told["figures"][name], want))
        if name == "this" and want["aired"]:
            said = "Kết quả: %s bản tin mới, %s lượt phát, %s trên sóng" % (
                grouped(want["new"]), grouped(want["aired"]), in_words(frames))
            if not any(line.startswith(said) and "ngày trên %d ngày của kỳ" % days in line for line in lines):
                sys.exit("tom-tat of %s does not say %r:\n%s" % (words, said, "\n".join(lines)))
    for row in rows_by(log, asked, "language"):
        said = "%s bản tin mới, %s lượt phát, " % (grouped(row["new"]), grouped(row["aired"]))
        if "sum" not in row and not any(row["language"] in line.replace("(không ghi)", "(not said)") and said in line
                                        for line in lines):
            sys.exit("tom-tat of %s, %s: no %r" % (words, row["language"], said))
    return len(lines)


day = dt.date
BEFORE = {(day(2026, 11, 1), day(2026, 11, 30)): (day(2026, 10, 1), day(2026, 10, 31)),
          (day(2026, 10, 15), day(2026, 11, 14)): (day(2026, 9, 15), day(2026, 10, 14)),
          (day(2026, 10, 1), day(2026, 12, 31)): (day(2026, 7, 1), day(2026, 9, 30)),
          (day(2025, 12, 15), day(2026, 12, 14)): (day(2024, 12, 15), day(2025, 12, 14)),
          (day(2026, 11, 19), day(2026, 11, 19)): (day(2026, 11, 18), day(2026, 11, 18)),
          (day(2026, 2, 1), day(2026, 2, 28)): (day(2026, 1, 1), day(2026, 1, 31))}


def periods():
    yield day(2026, 11, 1), day(2026, 11, 30), ["--period", "2026-11"]
    yield day(2026, 10, 15), day(2026, 11, 14), ["--period", "2026-11", "--cycle", "report"]
    yield day(2026, 10, 1), day(2026, 12, 31), ["--period", "2026-Q4"]
    yield day(2025, 12, 15), day(2026, 12, 14), ["--period", "2026", "--cycle", "report"]
    yield day(2026, 11, 19), day(2026, 11, 19), ["--from", "2026-11-19", "--to", "2026-11-19"]
    yield day(2026, 2, 1), day(2026, 2, 28), ["--period", "2026-02"]  # nothing aired


def main():
    log, cells = Log(), 0
    write_targets()
    for first, last, words in periods():
        for table in TABLES:
            cells += compare(log, table, Asked(first, last, words))
        for by in BY:
            cells += compare(log, "B", Asked(first, last, words), by)
        cells += compare_words(log, first, last, words)
    first, last, words = next(periods())
    for filters in ({"programme": "NTM.TT"}, {"programme": ""}, {"language": "vi"}, {"fund": ""}, {"kind": "ban-tin"},
                    {"only": "aired", "fund": "xa"}, {"programme": "KHAC", "language": "stieng"}, {"place": "thon-1"},
                    {"place": "thon-2", "only": "not-aired"}, {"producer": "user:3"}, {"producer": "", "place": "trung-tam"}):
        for table in TABLES:
            cells += compare(log, table, Asked(first, last, words, **filters))
        for by in BY:
            cells += compare(log, "B", Asked(first, last, words, **filters), by)
    print("%d rows are as the log" % cells)


if __name__ == "__main__":
    main()
