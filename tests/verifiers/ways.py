# SPDX-License-Identifier: GPL-3.0-or-later
"""Copies of a log in which one small thing is as C2SP (signed-note, tlog-checkpoint, tlog-tiles) does not have it, or
has it though nobody here writes it so: what each verifier must refuse, and what each must believe. All of it lies in
what is signed; what lies behind the signed end, as a station leaves it, `vangxa verify` alone looks at."""
import base64, gzip, hashlib, os, shutil, struct, subprocess, tempfile

signed_log = os.path.join(os.path.dirname(os.environ["VANGXA"]), "tests/signed_log")

bad = secret = None  # the copy that is spoiled; the key of its first log, as the station keeps it


def at(name):
	return os.path.join(bad, name)


def read(name):
	with open(at(name), "rb") as f:
		return f.read()


def write(name, data):
	os.makedirs(os.path.dirname(at(name)), exist_ok=True)
	with open(at(name), "wb") as f:
		f.write(data)


def move(old, new):
	os.makedirs(os.path.dirname(at(new)), exist_ok=True)
	os.rename(at(old), at(new))


def edit(name, change):
	write(name, change(read(name)))


def line(name, raw):
	return b"\xe2\x80\x94 " + name + b" " + base64.b64encode(raw) + b"\n"


def own():
	"""The log's name, the number of its key, and the line in which it has signed."""
	signature = read("log/checkpoint").split(b"\n\n")[1]
	_, name, text = signature.split()
	return name, base64.b64decode(text), signature


def signed(change):
	"""Another text, signed by the log's key all the same."""
	text = change(read("log/checkpoint").split(b"\n\n")[0] + b"\n")
	name, raw, _ = own()
	seed = base64.b64decode(secret.split("+", 4)[-1])[1:]
	with tempfile.TemporaryDirectory() as d:
		for f, b in ("k", bytes.fromhex("302e020100300506032b657004220420") + seed), ("t", text):
			with open(os.path.join(d, f), "wb") as out:
				out.write(b)
		made = subprocess.check_output("openssl pkeyutl -sign -inkey k -keyform DER -rawin -in t".split(), cwd=d)
	write("log/checkpoint", text + b"\n" + line(name, raw[:4] + made))


def another_letter(data, i):
	"""Its last bits mean nothing, and are not zero any more."""
	return data[:i] + bytes([data[i] + 1]) + data[i + 1:] if i + 1 else data[:-1] + bytes([data[-1] + 1])


def bundle():
	data, found = read("log/tile/entries/002.p/108"), []
	while data:
		size = data[0] << 8 | data[1]
		found, data = found + [data[2:2 + size]], data[2 + size:]
	return found


def recent(entries):
	"""LOG/recent, as a station has it while it runs, and after a power cut."""
	blocks = b""
	for n, text in entries:
		check = hashlib.sha256(struct.pack("<QQ", n, len(text)) + text).digest()[:8]
		record = b"%d %d %016x\n" % (n, len(text), struct.unpack("<Q", check)[0]) + text
		blocks += record + bytes(-len(record) % 4096)
	write("log/recent", blocks + bytes(64 * 4096 - len(blocks)))


def cut(name, lost, left, of=()):
	"""After a power cut:
		so many bytes less, or zeros; the entries of LOG/recent. Nothing remembers the machine's run."""
	shutil.rmtree(at("heads"))
	last = bundle()
	edit("log/tile/" + name, lambda d: d[:len(d) - lost] + bytes(left))
	recent([(512 + i, last[i]) for i in of])


def entries_cut(keep, of):
	kept = sum(2 + len(t) for t in bundle()[:keep])
	cut("entries/002.p/108", len(read("log/tile/entries/002.p/108")) - kept - 7, 0, of)


def emptied(name):
	"""Of a log's files, the folders."""
	for folder, _, found in os.walk(at(name)):
		for f in found:
			os.remove(os.path.join(folder, f))


def between(name):
	"""Nothing is left of it; the station has seen that, and said so in a log that follows."""
	emptied(name)
	goes_on()


def shorter_between():
	"""Its end is lost, under the head that is over it; the station has said that, too."""
	edit("log-2/tile/entries/000.p/40", lambda d: d[:-200])
	goes_on()


def goes_on():
	subprocess.run([signed_log, bad, "30"], check=True, stderr=subprocess.DEVNULL)
	assert os.path.exists(at("log-3/checkpoint"))


noise = b"none" + bytes(64)
head, vkey, tile = "log/checkpoint", "log/vkey", "log/tile/"


def after(name, more):
	return lambda: edit(name, lambda d: d + more)


def before_end(name, more):
	return lambda: edit(name, lambda d: d[:-1] + more + b"\n")


def renamed(old, new):
	return lambda: move(tile + old, tile + new)


def beside(name):
	return lambda: write(tile + name, b"\0\5junk\n" * 20)


def folder(name):
	return lambda: os.makedirs(at(name))


def copied(name):
	return lambda: shutil.copytree(at("log-2"), at(name))


refused = {
	# A checkpoint: tlog-checkpoint, signed-note.
	"a line behind": after(head, b"junk\n"), "bytes behind": after(head, b"junk"),
	"an empty line behind": after(head, b"\n"),
	"a NUL behind": after(head, b"\0"), "no newline": lambda: edit(head, lambda d: d[:-1]),
	"a CR": before_end(head, b"\r"),
	"a line before": lambda: edit(head, lambda d: b"junk\n" + d),
	"a line before the signature": lambda: edit(head, lambda d: d.replace(b"\n\n", b"\n\njunk\n")),
	"a zero before the size": lambda: signed(lambda t: t.replace(b"600", b"0600")),
	"a sign before the size": lambda: signed(lambda t: t.replace(b"600", b"+600")),
	"a blank behind the size": lambda: signed(lambda t: t.replace(b"600", b"600 ")),
	"a blank behind the root": lambda: signed(lambda t: t[:-1] + b" \n"),
	"another letter of the root": lambda: signed(lambda t: another_letter(t, len(t) - 3)),
	"an empty line within": lambda: signed(lambda t: t + b"\nx\n"),
	"two empty lines": lambda: signed(lambda t: t + b"\n"),
	"a second signature, wrong": lambda: after(head, line(own()[0], own()[1][:4] + bytes(64)))(),
	"another letter of the signature": lambda: edit(head, lambda d: another_letter(d, len(d) - 3)),
	"a byte behind the signature": lambda: edit(head, lambda d: d.replace(own()[2], line(own()[0], own()[1] + b"x"))),
	"a signature of nothing": after(head, b"\xe2\x80\x94 a AAAA\n"), "no name": after(head, line(b"", noise)),
	"a plus in a name": after(head, line(b"o+r", noise)),
	"a space in a name": after(head, line("o\u00a0r".encode(), noise)),
	"no base64": after(head, b"\xe2\x80\x94 o AAAAAAA!\n"), "no padding": after(head, b"\xe2\x80\x94 o AAAAAAA\n"),
	"a blank too many": after(head, b"\xe2\x80\x94 o  " + base64.b64encode(noise) + b"\n"),
	"101 signatures": after(head, b"".join(line(b"o%d" % i, noise) for i in range(100))),
	# A key is one line and nothing else.
	"a blank behind the key": before_end(vkey, b" "), "a tab behind the key": before_end(vkey, b"\t"),
	"a CR behind the key": before_end(vkey, b"\r"), "an empty line behind the key": after(vkey, b"\n"),
	"two keys": lambda: edit(vkey, lambda d: d + read("log-2/vkey")),
	"no newline behind the key": lambda: edit(vkey, lambda d: d[:-1]),
	"a blank before the key": lambda: edit(vkey, lambda d: b" " + d),
	"a newline in the key": lambda: edit(vkey, lambda d: d[:-5] + b"\n" + d[-5:]),
	"capitals in the key's number": lambda: edit(vkey, lambda d: b"+".join(
		[d.split(b"+")[0], d.split(b"+")[1].upper(), d.split(b"+", 2)[2]])),
	# Logs without one between, and what is no folder.
	"a log between is missing": copied("log-4"), "a log that names none": copied("log-3"),
	"a file for a log": lambda: write("log-3", b"x"),
	"no tiles of a log between": lambda: between("log-2/tile"), "nothing of it but its key": lambda: (
		os.remove(at("log-2/checkpoint")), between("log-2/tile")), "its end is lost": shorter_between,
	"no tiles of the last": lambda: emptied("log-2/tile"),
	# Names: of one tile there is one.
	"zeros before a tile": renamed("0/001", "0/x000/001"),
	"zeros before a bundle": renamed("entries/001", "entries/x000/001"),
	"a longer name": renamed("entries/001", "entries/001x"), "no width": renamed("0/002.p/108", "0/002.p/x108"),
	"a narrower tile": renamed("0/002.p/108", "0/002.p/100"),
	"a narrower bundle": renamed("entries/002.p/108", "entries/002.p/100"),
	"a full name, of a tile": renamed("0/002.p/108", "0/002"),
	"of a bundle": renamed("entries/002.p/108", "entries/002"),
	"of a level above": renamed("1/000.p/2", "1/000"), "a full bundle beside": beside("entries/002"),
	"a packed bundle beside": beside("entries/002.gz"), "a full tile beside": beside("0/002"),
	"a folder for a bundle": folder(tile + "entries/000"), "a byte behind a full tile": after(tile + "0/000", b"x"),
	"a hash behind a full tile": after(tile + "0/000", bytes(32)),
	"a byte behind a bundle": after(tile + "entries/001", b"x"),
	# Plain counts, whatever lies beside.
	"a wrong plain one beside":
		lambda: write(tile + "entries/000", gzip.decompress(read(tile + "entries/000.gz")).replace(b"a", b"b", 1)),
	# A power cut takes nothing that was durable.
	"zeros in a full tile": lambda: cut("0/001", 32, 32), "a full tile cut": lambda: cut("0/001", 32, 0),
	"zeros of a tile, and no recent": lambda: (cut("0/002.p/108", 64, 64), os.remove(at("log/recent"))),
	"zeros in half a hash": lambda: cut("0/002.p/108", 50, 50), "a level above cut": lambda: cut("1/000.p/2", 32, 0),
	"an entry that recent lacks": lambda: entries_cut(100, range(101, 108)),
	"the last one": lambda: entries_cut(100, range(100, 107)),
}
believed = {
	"signed again": lambda: signed(lambda t: t), "an extension": lambda: signed(lambda t: t + b"more\n"),
	"the same signature twice": lambda: after(head, own()[2])(), "another's signature": after(head, line(b"o", noise)),
	"100 signatures": after(head, b"".join(line(b"o%d" % i, noise) for i in range(99))),
	"log-x": folder("log-x"), "log-02": folder("log-02"), "log-1": folder("log-1"), "logs": folder("logs"),
	"log-257": copied("log-257"),
	"a copy of a log": copied("log-2~"), "a file": lambda: write("log-x", b"x"),
	"a log to begin": folder("log-3/tile/0"),
	"a strange tile": beside("0/foo"), "a strange bundle": beside("entries/x000/003"),
	"a strange width": beside("entries/002.p/0108"),
	"a strange level": beside("00/000"), "a packed tile": beside("0/000.gz"),
	"under way": beside("entries/001.gz.new"),
	"a wider one, torn": beside("0/002.p/200"), "a narrower one": beside("entries/002.p/50"),
	"beside a full one": beside("entries/001.p/5"),
	# Where the log has not come to.
	"a full tile beyond": beside("0/004"), "a full bundle beyond": beside("entries/004"),
	"a level beyond": beside("2/000.p/1"), "a full one of it": beside("2/000"),
	"a wider bundle of junk": lambda: write(tile + "entries/002.p/200", b"\0\5junk\n" * 200),
	"both": lambda: write(tile + "entries/000", gzip.decompress(read(tile + "entries/000.gz"))),
	"a packed one, torn": beside("entries/001.gz"),
	"recent": lambda: recent([]), "recent is junk": lambda: write("log/recent", b"junk" * 5000),
}
# Only a station's own folder looks so, after a power cut: a pack, which verify.py is for, is written whole.
believed_of_stations = {
	"zeros": lambda: cut("0/002.p/108", 64, 64), "a tile cut": lambda: cut("0/002.p/108", 64, 0),
	"no hash": lambda: cut("0/002.p/108", 108 * 32, 0),
	"half a hash": lambda: cut("0/002.p/108", 50, 0),
	"no tile": lambda: (cut("0/002.p/108", 1, 0), os.remove(at(tile + "0/002.p/108"))),
	"entries of recent": lambda: entries_cut(100, range(95, 108)),
	"and the name":
		lambda: (entries_cut(100, range(100, 108)), move(tile + "entries/002.p/108", tile + "entries/002.p/100")),
}
