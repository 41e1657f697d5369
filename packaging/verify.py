"""python3 verify.py PACK [VKEY | SIZE:ROOT seen earlier]…: checks log, log-2 … in its folder with nothing of VangXa (Python 3.6, openssl 3)"""
import base64, hashlib, json, os, re, subprocess, sys, tempfile, zlib  # SPDX-License-Identifier: GPL-3.0-or-later
sha, differs = lambda *parts: hashlib.sha256(b"".join(parts)).digest(), lambda text: sys.exit("DIFFERENCE: " + text)
def read(path): return open(path, "rb").read() if os.path.isfile(files.append(path) or path) else differs("no file " + path)
def raw(text): return base64.b64decode(text) if base64.b64encode(base64.b64decode(text)) == text.encode() else differs(files[-1] + ": " + text)
def root(h): return root([sha(b"\1", a, b) for a, b in zip(h[::2], h[1::2])] + h[len(h) & -2:]) if len(h) > 1 else (h + [sha(b"")])[0]  # RFC 6962
def tile(log, level, n, width):  # C2SP tlog-tiles: the full file, one gzip member as the station writes it, or one that is wide enough
    full = log + "/tile/%s/" % level + re.sub("^(x000/)+", "", "x%03d/x%03d/%03d" % (n // 10**6, n // 1000 % 1000, n % 1000))
    names = [full] + [full + ".gz"] * (level == "entries") + ["%s.p/%d" % (full, w) for w in range(width, 256)]
    name, gz = next(filter(os.path.lexists, names), full), zlib.decompressobj(31); data, packed = read(name), name == full + ".gz"
    text, head = gz.decompress(data) if packed else data, b"\37\213\b" + bytes(6) + b"\377"
    return (text, packed or name == full) if not packed or gz.eof and not gz.unused_data and data[:10] == head else differs(name)
def signed(log, name, key_id, key, call="openssl pkeyutl -verify -pubin -inkey k -keyform DER -rawin -in t -sigfile %d"):  # C2SP signed-note, Ed25519
    note = "((.+)\n([1-9][0-9]{0,17})\n(.{44})\n([^\0-\x1f]+\n)*)\n((\u2014 [^\0- +\x7f\\s]+ [^\\s]{8,6668}\n){1,100})"  # C2SP tlog-checkpoint
    text, origin, size, top, _, lines, _ = re.fullmatch(note, read(log + "/checkpoint").decode()).groups()
    said, der = [(line.split(" ")[1], raw(line.split(" ")[2])) for line in lines.split("\n")[:-1]], bytes.fromhex("302a300506032b6570032100")
    mine = list({s[4:] for who, s in said if who == name and s[:4].hex() == key_id})
    with tempfile.TemporaryDirectory() as d:
        for f, b in [("k", der + raw(key)[1:]), ("t", text.encode())] + list(enumerate(mine)): open("%s/%s" % (d, f), "wb").write(b)
        wrong = [s for i, s in enumerate(mine) if len(s) != 64 or subprocess.call((call % i).split(), cwd=d, stdout=-3, stderr=-3)]
    right = mine and not wrong and origin == name and raw(key)[0] == 1 and key_id == sha(name.encode(), b"\n", raw(key)).hex()[:8]
    return (int(size), raw(top)) if right and min(len(s) for _, s in said) > 4 else differs(log + ": not signed by " + name)
def bundle(log, n, size):  # the entries n to n + 255 of so many, as they stand
    (data, full), have, at, count = tile(log, "entries", n // 256, min(256, size - n)), [], 0, min(256, size - n)
    while len(have) < 256 and at + 2 < len(data):
        have, at = have + [data[at + 2:at + 2 + int.from_bytes(data[at:at + 2], "big")]], at + 2 + int.from_bytes(data[at:at + 2], "big")
    right = min([i for i, text in enumerate(have) if text[-1:] != b"\n"] + [len(have) - (at > len(data))])
    if right < count or full and (right < 256 or at < len(data)): differs("%s: entry %d, or the end of its file" % (log, n + min(right, 255)))
    return doubts.update((log, n + i) for i, t in enumerate(have[:count]) if b'"kind":"witness.doubted"' in t and b'"acted":false' in t) or have[:count]
def compare(log, level, hashes):  # with what is stored as tiles
    for n in range(0, len(hashes), 256):
        (data, full), part = tile(log, level, n // 256, min(256, len(hashes) - n)), hashes[n:n + 256]
        for i in [i for i, h in enumerate(part) if data[32 * i:32 * i + 32] != h] + [0] * (full and len(data) != 8192):
            differs("%s: entry %d, or tile/%s over it" % (log, (n + i) << 8 * level, level))
    if len(hashes) > 255: compare(log, level + 1, [root(hashes[n:n + 256]) for n in range(0, len(hashes) - 255, 256)])
def follows(now, log, vkey, hashes, end):  # whether a log's first entry names key and root of the one before, which is over
    first = json.loads(bundle(now, 0, 1)[0]); said, why, n = first["previous"], str(first.get("why")), first["previous"]["size"]
    if first["n"] > end["next"] or re.match("log-gone|rec|witness-", why): print(log, "WARNING: lost, or a witness has others, from %d on:" % end["next"], why)
    if said.get("vkey") not in (vkey, None) or why == "rotated" and end["kind"] != "key.rotated": return False
    return n == 0 or n > len(hashes) and (first.get("last") or -1) < end["next"] or base64.b64decode(said["root"]) == root(hashes[:max(0, n)])
sys.excepthook = lambda kind, e, at: print("Cannot go on:" if issubclass(kind, hands) else "DIFFERENCE:", files[-1], repr(e), file=sys.stderr)
files, doubts, before, seen, heads = sys.argv[1:2] or sys.exit(__doc__), set(), None, set(), re.findall(r"\b[1-9]\d*:[\w+/]{43}=", " ".join(sys.argv[2:]))
names, hands = [sys.argv[1] + "/log" + k for k in [""] + ["-%d" % k for k in range(2, 257)]], (OSError, MemoryError, KeyboardInterrupt)  # not the log's doing
logs, there = [d for d in names if os.path.isfile(d) or any(f for _, _, f in os.walk(d))], os.listdir(sys.argv[1])  # one about to begin is empty
if logs != (names[:len(logs)] or names[:1]): differs("no " + next(d for d in names if d not in logs))
if "pack.json" not in there and {"tables", "README.txt", "DOC-TRUOC.txt"} & set(there): differs("no pack.json: nobody knows what this pack should hold")
for log, after in zip(logs, logs[1:] + [None]):
    vkey, *own = re.fullmatch("(([^\0- +\x7f\\s]+)\\+([0-9a-f]{8})\\+(\\S+))\n", read(log + "/vkey").decode()).groups(); size, top = signed(log, *own)
    kept = after and json.loads(bundle(after, 0, 1)[0]).get("kept") or {"size": size, "root": base64.b64encode(top)}; count = max(size, kept["size"])
    hashes = [sha(b"\0", text) for n in range(0, count, 256) for text in bundle(log, n, count)]
    if compare(log, 0, hashes) or [root(hashes[:n]) for n in (size, kept["size"])] != [top, base64.b64decode(kept["root"])]: differs(log + ": another root")
    if before and (raw(own[2]) != named and vkey not in sys.argv or not follows(log, *before)): differs("%s does not follow what was before: %s" % (log, vkey))
    tail = [json.loads(t) for n in range(max(0, size - 512) & -256, count, 256) for t in bundle(log, n, count)]  # its last word, but for padding:
    end = dict([e for e in tail[:len(tail) + size - count] if e["kind"] != "log.padded"][-1], next=tail[-1]["n"] + 1)
    before, named = (log, vkey, hashes, end), base64.b64decode(end.get("next_vkey", vkey).split("+", 2)[2])
    print(log, size, "entries, root", base64.b64encode(top).decode(), "signed by", vkey)
    seen |= {vkey} | {a for a in heads for n, r in [a.split(":")] if int(n) <= count and root(hashes[:int(n)]) == base64.b64decode(r)}
for log, n in sorted(doubts): print("WARNING: entry %d of %s: a witness has seen another head, and the station signed on" % (n, log))
if end["kind"] == "key.rotated": differs("the log after %s is missing: its last entry names that log's key" % log)
for a in set(sys.argv[2:]) - seen: differs(("this log does not continue the one you saw: " if a in heads else "no log here is signed by ") + a)
