# SPDX-License-Identifier: GPL-3.0-or-later
"""python3 verify.py FOLDER [VKEY | SIZE:ROOT seen earlier]…: checks log, log-2 … in it with nothing of VangXa (Python 3.6, openssl 3)"""
import base64, hashlib, json, os, re, subprocess, sys, tempfile, zlib
def sha(*parts): return hashlib.sha256(b"".join(parts)).digest()
def differs(text): sys.exit("DIFFERENCE: " + text)
def read(path): return open(path, "rb").read() if os.path.isfile(files.append(path) or path) else differs("no file " + path)
def raw(text): return base64.b64decode(text) if base64.b64encode(base64.b64decode(text)) == text.encode() else differs(files[-1] + ": " + text)
def root(h):  # RFC 6962, 2.1: in pairs, level by level; an odd one moves up as it is
    return root([sha(b"\1", a, b) for a, b in zip(h[::2], h[1::2])] + h[len(h) & -2:]) if len(h) > 1 else (h + [sha(b"")])[0]
def recent(data):  # LOG/recent, of a station at work or after a power cut: the last entries, which bundle and tiles may lack
    for at in range(0, len(data) - 4095, 4096):
        said = re.match(b"([0-9]{1,18}) ([0-9]{1,5}) ([0-9a-f]{16})\n", data[at:at + 64])
        n, size, check = map(int, said.groups(), (10, 10, 16)) if said else (0, 0, 0)
        text = data[at + said.end():][:size] if said else b""
        if sha(n.to_bytes(8, "little"), size.to_bytes(8, "little"), text)[:8] == check.to_bytes(8, "little"): yield n, text
def tile(log, level, n, width):  # C2SP tlog-tiles: the full file, one gzip member as the station writes it, or one that is wide enough
    full = log + "/tile/%s/" % level + re.sub("^(x000/)+", "", "x%03d/x%03d/%03d" % (n // 10**6, n // 1000 % 1000, n % 1000))
    narrow = range(min(width, 256) - 1, 0, -1) if log in lately else []
    names = [full] + [full + ".gz"] * (level == "entries") + ["%s.p/%d" % (full, w) for w in [*range(width, 256), *narrow]]
    name = next(filter(os.path.lexists, names), "" if log in lately else full)
    data, packed, gz = read(name) if name else b"", name[-3:] == ".gz", zlib.decompressobj(31)
    text = gz.decompress(data) if packed else data
    right = not packed or gz.eof and not gz.unused_data and data[:10] == b"\37\213\b" + bytes(6) + b"\377"
    return (text, name in names[:1 + (level == "entries")]) if right else differs(name)
def signed(log, name, key_id, key):  # the checkpoint's size and root, if the key has signed it (C2SP tlog-checkpoint, signed-note, Ed25519)
    note = "((.+)\n([1-9][0-9]{0,17})\n(.{44})\n([^\0-\x1f]+\n)*)\n((\u2014 [^\0- +\x7f\\s]+ [^\\s]{8,6668}\n){1,100})"
    text, origin, size, top, _, lines, _ = re.fullmatch(note, read(log + "/checkpoint").decode()).groups()
    said, key = [(line.split(" ")[1], raw(line.split(" ")[2])) for line in lines.split("\n")[:-1]], raw(key)
    mine = {s for who, s in said if who == name and s[:4].hex() == key_id}
    with tempfile.TemporaryDirectory() as d:
        for f, b in ("k", bytes.fromhex("302a300506032b6570032100") + key[1:]), ("t", text.encode()): open(d + "/" + f, "wb").write(b)
        call = "openssl pkeyutl -verify -pubin -inkey k -keyform DER -rawin -in t -sigfile s".split()
        wrong = [s for s in mine if open(d + "/s", "wb").write(s[4:]) != 64 or subprocess.call(call, cwd=d, stdout=-3, stderr=-3)]
    ours = mine and not wrong and origin == name and key[0] == 1 and key_id == sha(name.encode(), b"\n", key).hex()[:8]
    return (int(size), raw(top), key) if ours and min(len(s) for _, s in said) > 4 else differs(log + ": not signed by " + name)
def bundle(log, n, size):  # the entries n to n + 255 of so many, as they stand
    (data, full), have, at, count = tile(log, "entries", n // 256, min(256, size - n)), [], 0, min(256, size - n)
    while len(have) < 256 and len(data) - at > 4:
        text = data[at + 2:at + 2 + int.from_bytes(data[at:at + 2], "big")]
        if len(text) < int.from_bytes(data[at:at + 2], "big") or text[-1:] != b"\n": break
        have, at = have + [text], at + 2 + len(text)
    if len(have) < count and log in lately: have = [lately[log].get(n + i) or b"".join(have[i:i + 1]) for i in range(count)]
    have = have[:have.index(b"")] if b"" in have else have
    if full and (len(have) < 256 or at < len(data)): differs("%s: entry %d, or the end of its file" % (log, n + min(len(have), 255)))
    if len(have) < count: differs("%s: entry %d" % (log, n + len(have)))
    for i, text in enumerate(have[:count]):
        if b'"kind":"witness.doubted"' in text and b'"acted":false' in text: doubts[log, n + i] = 1
        yield text
def compare(log, level, hashes, count):  # with what is stored as tiles
    for n in range(0, len(hashes), 256):
        data, full = tile(log, level, n // 256, min(256, len(hashes) - n))
        told = [data[i:i + 32] for i in range(0, 32 * min(256, len(hashes) - n), 32)]
        torn = told.index(bytes(32)) if bytes(32) in told else len(data) // 32  # from there on it says nothing after a power cut
        for i, h in enumerate(hashes[n:n + 256]):
            durable = full or log not in lately or i < torn or (n + i + 1) << 8 * level <= (count - 1) // 256 * 256
            if h != told[i] and durable or full and len(data) != 8192:
                differs("%s: entry %d, or tile/%s over it" % (log, (n + i) << 8 * level, level))
    if len(hashes) > 255: compare(log, level + 1, [root(hashes[n:n + 256]) for n in range(0, len(hashes) - 255, 256)], count)
def follows(now, log, vkey, hashes, end):  # whether a log's first entry names key and root of the one before
    first = json.loads(next(bundle(now, 0, 1)))
    said, why, last = first.get("previous") or {}, first.get("why"), first.get("last") or -1
    n, forked = said.get("size", -1), why in ("witness-larger", "witness-forked")
    if forked: print(log, "WARNING: a witness holds another head:", why)
    elif first["n"] > end["next"] or why in ("log-gone", "recording-newer"): print(log, "lost entries from %d on:" % end["next"], why)
    if said.get("vkey") not in (vkey, None) or why == "rotated" and end["kind"] != "key.rotated": return False
    return n == 0 or n > len(hashes) and last < end["next"] or base64.b64decode(said["root"]) == root(hashes[:max(0, n)])
def sentence(kind, e, at):
    own = issubclass(kind, (OSError, MemoryError, KeyboardInterrupt))
    mangled = "DIFFERENCE: %s is empty or mangled: no station writes it so\n" % files[-1]
    sys.stderr.write("Cannot go on: %s %s\n" % (kind.__name__, e) if own else mangled)
sys.excepthook = sentence
files, doubts, there = sys.argv[1:2] or sys.exit(__doc__), {}, os.listdir(sys.argv[1])
names = [sys.argv[1] + "/log" + k for k in [""] + ["-%d" % k for k in range(2, 257)]]
logs, before, seen = [d for d in names if os.path.basename(d) in there], None, set()
if "pack.json" not in there and {"tables", "README.txt", "DOC-TRUOC.txt"} & set(there): differs("no pack.json: nobody knows what this pack should hold")
while logs[1:] and os.path.isdir(logs[-1]) and not any(f for _, _, f in os.walk(logs[-1])): logs.pop()  # a log that was about to begin
if logs != (names[:len(logs)] or names[:1]): differs("no " + next(d for d in names if d not in logs))
heads = [a.split(":") for a in sys.argv[2:] if re.match(r"[1-9]\d*:[\w+/]{43}=$", a)]
lately = {log: dict(recent(read(log + "/recent"))) for log in logs if os.path.isfile(log + "/recent")}
for log, after in zip(logs, logs[1:] + [None]):
    name, key_id, key = re.fullmatch("([^\0- +\x7f\\s]+)\\+([0-9a-f]{8})\\+([^\\s]+)\n", read(log + "/vkey").decode()).groups()
    vkey, (size, top, key) = "%s+%s+%s" % (name, key_id, key), signed(log, name, key_id, key)
    kept = after and json.loads(next(bundle(after, 0, 1))).get("kept") or {"size": size, "root": base64.b64encode(top)}  # over its end, too
    count = max(size, kept["size"])
    hashes = [sha(b"\0", text) for n in range(0, count, 256) for text in bundle(log, n, count)]
    compare(log, 0, hashes, count)
    if [root(hashes[:n]) for n in (size, kept["size"])] != [top, base64.b64decode(kept["root"])]: differs(log + ": another root is signed")
    if before and key != named and vkey not in sys.argv[2:]: differs("%s: nothing before names its key %s" % (log, vkey))
    if before and not follows(log, *before): differs(log + " does not name the end before it")
    # Its last word, but for what fills the log up.
    tail = [json.loads(t) for n in range(max(0, size - 512) & -256, count, 256) for t in bundle(log, n, count)]
    end = dict([e for e in tail[:len(tail) + size - count] if e["kind"] != "log.padded"][-1], next=tail[-1]["n"] + 1)
    before, named = (log, vkey, hashes, end), base64.b64decode(end.get("next_vkey", vkey).split("+", 2)[2])
    print(log, size, "entries, root", base64.b64encode(top).decode(), "signed by", vkey)
    seen.update([vkey] + [n + ":" + r for n, r in heads if int(n) <= count and root(hashes[:int(n)]) == base64.b64decode(r)])
for log, n in doubts: print("WARNING: entry %d of %s: a witness has seen another head, and the station signed on" % (n, log))
if end["kind"] == "key.rotated": differs("the log after %s is missing: its last entry names that log's key" % log)
for a in set(sys.argv[2:]) - seen:
    differs("this log does not continue the one you saw: " + a if a.split(":") in heads else "no log here is signed by the key that was given")
