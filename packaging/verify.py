# SPDX-License-Identifier: GPL-3.0-or-later
"""python3 verify.py FOLDER [VKEY | SIZE:ROOT seen earlier]…: checks log, log-2 … in it with nothing of VangXa (Python 3.6, openssl 3)"""
import base64, hashlib, json, os, re, subprocess, sys, tempfile, zlib
def sha(*parts): return hashlib.sha256(b"".join(parts)).digest()
def differs(text): sys.exit("DIFFERENCE: " + text)
def read(path): return open(path, "rb").read() if os.path.exists(files.append(path) or path) else differs("no " + path)
def root(h):  # RFC 6962, 2.1: in pairs, level by level; an odd one moves up as it is
    return root([sha(b"\1", a, b) for a, b in zip(h[::2], h[1::2])] + h[len(h) & -2:]) if len(h) > 1 else (h + [sha(b"")])[0]
def tile(log, level, n, width):  # C2SP tlog-tiles: the full file, or one that is wide enough, or one gzip member as the station writes it
    full = log + "/tile/%s/" % level + re.sub("^(x000/)+", "", "x%03d/x%03d/%03d" % (n // 10**6, n // 1000 % 1000, n % 1000))
    name = next(filter(os.path.exists, ["%s.p/%d" % (full, w) for w in range(width, 256)] + [full, full + ".gz"]), full)
    data, packed, gz = read(name), name[-3:] == ".gz", zlib.decompressobj(31)
    text = gz.decompress(data) if packed else data
    return text if not packed or gz.eof and not gz.unused_data and data[:10] == b"\37\213\b" + bytes(6) + b"\377" else differs(name)
def signed(log, name, key_id, key):  # the checkpoint's size and root, and who signed (C2SP signed-note, Ed25519)
    key, (text, lines) = base64.b64decode(key), read(log + "/checkpoint").decode().split("\n\n", 1)
    mine = [s for s in map(base64.b64decode, re.findall("^\u2014 %s (.*)$" % re.escape(name), lines, re.M)) if s[:4].hex() == key_id]
    der, (origin, size, top) = bytes.fromhex("302a300506032b6570032100") + key[1:], text.split("\n")[:3]
    with tempfile.TemporaryDirectory() as d:
        for f, b in ("k", der), ("t", text.encode() + b"\n"), ("s", b"".join(mine[:1])[4:]): open(d + "/" + f, "wb").write(b)
        right = subprocess.call("openssl pkeyutl -verify -pubin -inkey k -keyform DER -rawin -in t -sigfile s".split(), cwd=d, stdout=-3, stderr=-3) == 0
    ours = right and origin == name and int(size) > 0 and key_id == sha(name.encode(), b"\n", key).hex()[:8]
    return (int(size), base64.b64decode(top), key) if ours else differs(log + ": not signed by " + name)
def bundle(log, n, size):  # the entries n to n + 255 of so many, as they stand
    data, at = tile(log, "entries", n // 256, min(256, size - n)), 0
    for i in range(n, min(n + 256, size)):
        begin, at = at + 2, at + 2 + int.from_bytes(data[at:at + 2], "big")
        if b'"kind":"witness.doubted"' in data[begin:at] and b'"acted":false' in data[begin:at]: doubts[log, i] = 1
        yield data[begin:at]
    if size - n >= 256 and at != len(data): differs("%s: the file of entry %d" % (log, n))
def compare(log, level, hashes):  # with what is stored as tiles
    stored = b"".join(tile(log, level, n // 256, min(256, len(hashes) - n))[:8192] for n in range(0, len(hashes), 256))
    for n, h in enumerate(hashes): h == stored[32 * n:32 * n + 32] or differs("%s: entry %d, or tile/%s over it" % (log, n << 8 * level, level))
    if len(hashes) > 255: compare(log, level + 1, [root(hashes[n:n + 256]) for n in range(0, len(hashes) - 255, 256)])
def follows(now, log, vkey, hashes, end):  # whether a log's first entry names key and root of the one before
    first = json.loads(next(bundle(now, 0, 1)))
    said, why = first.get("previous") or {}, first.get("why")
    n, forked = said.get("size", -1), why in ("witness-larger", "witness-forked")
    if forked or first["n"] > end["next"] or why in ("log-gone", "recording-newer"): print(log, "WARNING: a witness holds another head:" if forked else "lost entries from %d on:" % end["next"], why)
    return said.get("vkey") in (vkey, None) and (end["kind"] == "key.rotated" or why != "rotated") and (n == 0 or n > len(hashes) and (first.get("last") or -1) < end["next"] or base64.b64decode(said["root"]) == root(hashes[:max(0, n)]))
sys.excepthook = lambda kind, e, at: sys.stderr.write("Cannot go on: %s %s\n" % (kind.__name__, e) if issubclass(kind, (OSError, MemoryError, KeyboardInterrupt)) else "DIFFERENCE: %s is empty or mangled: no station writes it so\n" % files[-1])
files, doubts, there, heads = sys.argv[1:2] or sys.exit(__doc__), {}, os.listdir(sys.argv[1]), [a.split(":") for a in sys.argv[2:] if re.match(r"[1-9]\d*:[\w+/]{43}=$", a)]
logs, before, seen = sorted((sys.argv[1] + "/" + d for d in there if re.match("log(-|$)", d)), key=lambda d: (len(d), d)), None, set()
if "pack.json" not in there and {"tables", "README.txt", "DOC-TRUOC.txt"} & set(there): differs("no pack.json: nobody knows what this pack should hold")
for log, after in zip(logs or [sys.argv[1] + "/log"], logs[1:] + [None]):
    vkey = read(log + "/vkey").decode().strip()
    size, top, key = signed(log, *vkey.split("+", 2))
    kept = after and json.loads(next(bundle(after, 0, 1))).get("kept") or {"size": size, "root": base64.b64encode(top)}  # over its end, too
    count = max(size, kept["size"])
    hashes = [sha(b"\0", text) for n in range(0, count, 256) for text in bundle(log, n, count)]
    if compare(log, 0, hashes) or [root(hashes[:n]) for n in (size, kept["size"])] != [top, base64.b64decode(kept["root"])]: differs(log + ": another root is signed")
    if before and key != named and vkey not in sys.argv[2:]: differs("%s: nothing before names its key %s" % (log, vkey))
    if log[-4:] != "/log" and not (before and follows(log, *before)): differs(log + " does not name the end before it")
    tail = [json.loads(t) for n in range(max(0, size - 512) & -256, count, 256) for t in bundle(log, n, count)]
    end = dict([e for e in tail[:len(tail) + size - count] if e["kind"] != "log.padded"][-1], next=tail[-1]["n"] + 1)  # its last word, but for what fills it up
    before, named = (log, vkey, hashes, end), base64.b64decode(end.get("next_vkey", vkey).split("+", 2)[2])
    print(log, size, "entries, root", base64.b64encode(top).decode(), "signed by", seen.update([vkey] + [n + ":" + r for n, r in heads if int(n) <= count and root(hashes[:int(n)]) == base64.b64decode(r)]) or vkey)
for log, n in doubts: print("WARNING: entry %d of %s: a witness has seen another head, and the station signed on" % (n, log))
if end["kind"] == "key.rotated": differs("the log after %s is missing: its last entry names that log's key" % log)
for a in set(sys.argv[2:]) - seen: differs("this log does not continue the one you saw: " + a if a.split(":") in heads else "no log here is signed by the key that was given")
