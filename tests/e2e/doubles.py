# SPDX-License-Identifier: GPL-3.0-or-later
"""For tables.py: which products are perhaps one, by looking at each two, and what was decided about them."""
import unicodedata

SECOND = 48000
HOWS = ("file", "title", "number")
RANKS = {"xa": 1, "huyen": 2, "tinh": 3, "trung-uong": 4}


def plain(title):
    marks = unicodedata.normalize("NFD", title.lower().replace("đ", "d"))
    return "".join(c for c in marks if c.isalnum() and not unicodedata.combining(c))


def both(a, b, key):
    return bool(a[key]) and a[key] == b[key]


def differ(a, b, key):
    return bool(a[key] and b[key]) and a[key] != b[key]


def how(a, b):
    """The index of the surest way in which two are alike, None if in no way."""
    if a["family"] == b["family"]:
        return None
    if a["hashes"] & b["hashes"]:
        return 0
    if not both(a, b, "title") or differ(a, b, "language"):
        return None
    if abs(a["frames"] - b["frames"]) <= SECOND:
        return 1
    return 2 if both(a, b, "number") else None


class Doubles:
    def __init__(self, log):
        self.items = list(self.bulletins(log))
        for row in log.register("products"):
            self.add_row(row)
        self.decided = sorted(log.decided.values(), key=lambda e: -e["n"])
        self.kept_out = {}
        for e in self.decided:
            if e["decision"] in ("same", "reuse"):
                self.kept_out.setdefault(e["second"], e)
        self.open = {}
        for first, second, kind in self.pairs():
            if not self.is_decided(first, second):
                self.open.setdefault(second["names"][0], []).append((kind, first["names"][0]))

    def bulletins(self, log):
        families = {}
        for name, b in sorted(log.bulletins.items(), key=lambda x: x[1]["n"]):
            if b.get("refused"):
                continue
            families[name] = families.get(b.get("replaces"), name)
            yield {"names": [name], "title": plain(b["title"]), "number": "", "language": b.get("language") or "",
                   "fund": b.get("fund") or "", "hashes": {h for h in (b["sha256"], b.get("original")) if h},
                   "frames": b["frames"], "rank": RANKS.get(b.get("sort"), 0), "family": families[name],
                   "reused": False, "amount": None}

    def named(self, name):
        return next((item for item in self.items if name and name in item["names"]), None)

    def add_row(self, row):
        of = self.named(row.get("bulletin"))
        item = {"names": [], "title": "", "language": "", "fund": "", "hashes": set(), "frames": 0, "rank": 0, "amount": None,
                "family": row["id"]}
        if of and len(of["names"]) == 1 and of["names"][0].startswith("B"):
            item = of
        else:
            self.items.append(item)
            if of:
                item.update({k: of[k] for k in ("title", "language", "hashes", "frames", "rank")},
                            fund="" if "fund" in row else of["fund"])
        item["names"].append(row["id"])
        item.update(title=item["title"] or plain(row.get("title") or ""), number=plain(row.get("number") or ""),
                    language=item["language"] or row.get("language") or "",
                    fund=item["fund"] or row.get("fund") or "",
                    frames=item["frames"] or row.get("length_s", 0) * SECOND,
                    rank=RANKS.get(row.get("level")) or item["rank"], reused=bool(row.get("reused")),
                    amount=row.get("amount"), hashes=item["hashes"] or {h for h in (row.get("sha256"),) if h})

    def pairs(self):
        for i, a in enumerate(self.items):
            alike = [(how(a, b), j) for j, b in enumerate(self.items[:i]) if how(a, b) is not None]
            paid_else = [x for x in alike if differ(a, self.items[x[1]], "fund")]
            for j in dict.fromkeys(min(some)[1] for some in (alike, paid_else) if some):
                yield self.turned(self.items[j], a)

    @staticmethod
    def turned(b, a):
        if differ(a, b, "fund"):
            return b, a, 0
        if not (a["reused"] or b["reused"] or (a["rank"] != b["rank"] and max(a["rank"], b["rank"]) > 1)):
            return b, a, 2
        turn = b["reused"] if a["reused"] != b["reused"] else a["rank"] > b["rank"]
        return (a, b, 1) if turn else (b, a, 1)

    def is_decided(self, a, b):
        for e in self.decided:
            if e["first"] in a["names"] and e["second"] in b["names"] or \
                    e["second"] in a["names"] and e["first"] in b["names"]:
                return e["decision"] != "open"
        return False

    def struck(self, p):
        return self.kept_out.get(p["bulletin"]) or self.kept_out.get(p["row"])

    def reuse(self, p):
        return bool(self.struck(p)) and self.struck(p)["decision"] == "reuse"

    def struck_item(self, item):
        return next((self.kept_out[name] for name in item["names"] if name in self.kept_out), None)

    def way(self, item):
        """From a product to the one with which it counts; of a ring, the first in the list. And whether each is the
        same as the next."""
        path, same = [item], True
        while True:
            decision = self.struck_item(path[-1])
            next_one = decision and self.named(decision["first"])
            if next_one is None or next_one is path[-1]:
                return path[-1], same and (decision is None or decision["decision"] == "same")
            same = same and decision["decision"] == "same"
            if any(next_one is one for one in path):
                ring = path[next(i for i, one in enumerate(path) if one is next_one):]
                return min(ring, key=lambda one: next(i for i, x in enumerate(self.items) if x is one)), same
            path.append(next_one)

    def payer(self, root):
        """Whose amount counts for it: its own, else the oldest row's of those that are the same."""
        if root["amount"] is not None and self.way(root)[1]:
            return root
        rows = [one for one in self.items if one["amount"] is not None and self.way(one)[0] is root and self.way(one)[1]]
        return min(rows, key=lambda one: int(one["names"][-1][2:]), default=None)

    def money(self, p):
        item = self.named(p["bulletin"]) or self.named(p["row"])
        root = item and self.way(item)[0]
        if root is not item or item is None and self.struck(p):
            return 0 if self.reuse(p) or p["amount"] is not None else None
        payer = item and self.payer(item)
        return payer["amount"] if payer else p["amount"]

    def counts(self, row):
        """Whether the amount of a row of the register is that of its product."""
        item = self.named(row["id"])
        return self.payer(self.way(item)[0]) is item

    def twin(self, p):
        if self.struck(p):
            of = self.struck(p)["first"]
            return of + " used again" if self.reuse(p) else "one product with %s, counted there" % of
        waiting = self.open.get(p["bulletin"] or p["row"])
        if not waiting:
            return None
        kind, of = min(waiting, key=lambda x: x[0])
        return of + (", PAID BY ANOTHER FUND", ", used again?", "")[kind]
