# SPDX-License-Identifier: GPL-3.0-or-later
"""tamper.py GOOD ANOTHER RESIGNED SCRATCH SEED TIMES VERIFIER…: spoils copies of the logs in GOOD, TIMES in each way
(of the first one, which ANOTHER has with other entries and RESIGNED with another key), and asks all verifiers
(programs that get the folder as their last word; packaging/verify.py is run here, to spare its start). Each must
refuse each, and where one entry was changed, name it. Then, once each, what is in ways.py."""
import contextlib, gzip, hashlib, io, os, random, shutil, subprocess, sys

import ways as small

good, another, resigned, scratch = sys.argv[1:5]
seed, times = int(sys.argv[5]), int(sys.argv[6])
others = [words.split() for words in sys.argv[7:]]
chance = random.Random(seed)
script = compile(open("packaging/verify.py").read(), "verify.py", "exec")
bad = os.path.join(scratch, "bad")


def files(part):
	found = []
	for folder, _, names in os.walk(good + "/log/tile"):
		found += [os.path.relpath(os.path.join(folder, n), good) for n in names]
	# Packed beside a plain one it does not count yet: the writer compares both before it takes the plain away.
	found = [f for f in found if f.replace(".gz", "") == f or f.replace(".gz", "") not in found]
	return sorted(f for f in found if ("/entries/" in f) == (part == "entries"))


head = b"\x1f\x8b\x08" + bytes(6) + b"\xff"  # of what the station packs


def read(name):
	"""What the station keeps packed is spoiled within."""
	data = raw_read(name)
	return bytearray(gzip.decompress(data)) if name.endswith(".gz") else data


def write(name, data):
	if name.endswith(".gz"):
		data = head + gzip.compress(bytes(data), mtime=0)[len(head):]
	raw_write(name, data)


def raw_read(name):
	with open(os.path.join(bad, name), "rb") as f:
		return bytearray(f.read())


def raw_write(name, data):
	with open(os.path.join(bad, name), "wb") as f:
		f.write(data)


def flip(name, begin=0, end=None):
	data = read(name)
	at = chance.randrange(begin, len(data) if end is None else end)
	data[at] ^= 1 << chance.randrange(8)
	write(name, data)


def cut_up(data):
	"""Where each entry's text begins and ends."""
	at, found = 0, []
	while at < len(data):
		size = data[at] << 8 | data[at + 1]
		found.append((at + 2, at + 2 + size))
		at += 2 + size
	return found


def number(name):
	return 256 * int(name.split("/")[-2 if ".p/" in name else -1].replace(".p", "").replace(".gz", ""))


# Each spoils the copy; what it returns is the entry that must be named, None where it may be any.
def an_entry():
	name = chance.choice(files("entries"))
	data = read(name)
	i, (begin, end) = chance.choice(list(enumerate(cut_up(data))))
	flip(name, begin, end)
	return number(name) + i


def two_entries():
	name = chance.choice([f for f in files("entries")])
	data = read(name)
	spans = cut_up(data)
	i, k = sorted(chance.sample(range(len(spans)), 2))
	texts = [bytes(data[b:e]) for b, e in spans]
	texts[i], texts[k] = texts[k], texts[i]
	write(name, b"".join(len(t).to_bytes(2, "big") + t for t in texts))
	return number(name) + i


def an_entry_left_out():
	name = chance.choice(files("entries"))
	data = read(name)
	begin, end = chance.choice(cut_up(data))
	write(name, data[:begin - 2] + data[end:])


def a_length():
	name = chance.choice(files("entries"))
	begin = chance.choice(cut_up(read(name)))[0]
	flip(name, begin - 2, begin)


def a_bundle_cut_short():
	name = chance.choice(files("entries"))
	data = read(name)
	write(name, data[:chance.randrange(len(data))])


def a_file_gone():
	gone = os.path.join(bad, chance.choice(files("entries") + files("tiles")))
	for name in gone, gone + ".gz":
		if os.path.exists(name):
			os.remove(name)


def a_packed_head():
	"""Nothing that is unpacked depends on it."""
	name = chance.choice([f for f in files("entries") if f.endswith(".gz")])
	data = raw_read(name)
	data[chance.randrange(len(head))] ^= 1 << chance.randrange(8)
	raw_write(name, data)


def a_packed_end():
	name = chance.choice([f for f in files("entries") if f.endswith(".gz")])
	more = chance.choice([b"\0", b"x", head + gzip.compress(b"", mtime=0)[len(head):]])
	raw_write(name, raw_read(name) + more)


def a_tile():
	flip(chance.choice(files("tiles")))


def a_tile_cut_short():
	name = chance.choice(files("tiles"))
	data = read(name)
	write(name, data[:chance.randrange(len(data))])


def an_entry_and_its_tiles():
	"""All that is stored agrees; only the signed root does not."""
	name = chance.choice([f for f in files("entries") if ".p/" not in f])
	data = read(name)
	spans = cut_up(data)
	i, (begin, end) = chance.choice(list(enumerate(spans)))
	data[begin + (end - begin) // 2] ^= 1
	write(name, data)
	hashes = [hashlib.sha256(b"\0" + bytes(data[b:e])).digest() for b, e in spans]
	write(name.replace("/entries/", "/0/").replace(".gz", ""), b"".join(hashes))
	while len(hashes) > 1:
		hashes = [hashlib.sha256(b"\1" + a + b).digest() for a, b in zip(hashes[::2], hashes[1::2])]
	above = [f for f in files("tiles") if "/tile/1/" in f][0]
	level1, at = read(above), number(name) // 256 * 32
	level1[at:at + 32] = hashes[0]
	write(above, level1)


def a_checkpoint():
	data = bytes(read("log/checkpoint"))
	flip("log/checkpoint", 0, data.index(b"\n\n"))


def a_signature():
	data = bytes(read("log/checkpoint"))
	flip("log/checkpoint", data.index("\u2014".encode()))


def a_key():
	flip("log/vkey")


def another_log_before():
	"""Its own files agree and are signed; the log after it names another."""
	shutil.rmtree(bad)
	shutil.copytree(another, bad)
	shutil.copytree(good + "/log-2", bad + "/log-2")


def the_log_before_gone():
	shutil.rmtree(bad + "/log")
	shutil.rmtree(bad + "/heads")


def another_key_before():
	"""The log before, signed anew by somebody else: entries and root are the same."""
	for name in "checkpoint", "vkey":
		shutil.copy(resigned + "/log/" + name, bad + "/log/" + name)
	shutil.rmtree(bad + "/heads")


def python():
	"""Whether packaging/verify.py is content, and what it said."""
	said, argv = io.StringIO(), sys.argv
	sys.argv = ["verify.py", bad]
	try:
		with contextlib.redirect_stdout(said):
			exec(script, {"__name__": "__main__"})
		return True, said.getvalue()
	except SystemExit as e:
		return False, str(e)
	except Exception as e:  # nonsense that it cannot read; its own hook makes a sentence of it
		return False, repr(e)
	finally:
		sys.argv, sys.excepthook = argv, sys.__excepthook__


def program(words):
	done = subprocess.run(words + [bad], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
	return done.returncode == 0, done.stdout.decode(errors="replace")


def verdicts():
	return [("verify.py", *python())] + [(w[0], *program(w)) for w in others]


def copy():
	"""Without the room that a log keeps on the disk: 64 MB of nothing."""
	shutil.rmtree(bad, ignore_errors=True)
	shutil.copytree(good, bad, ignore=shutil.ignore_patterns("reserve"))


ways = [an_entry, two_entries, an_entry_left_out, a_length, a_bundle_cut_short, a_file_gone, a_packed_head,
	a_packed_end, a_tile, a_tile_cut_short, an_entry_and_its_tiles, a_checkpoint, a_signature, a_key, another_log_before,
	the_log_before_gone, another_key_before]
wrong = 0
for way in ways:
	for i in range(times):
		copy()
		entry = way()
		for name, content, said in verdicts():
			if content:
				print("%s: not noticed by %s" % (way.__name__, name))
			elif entry is not None and "entry %d" % entry not in said:
				print("%s: %s does not name entry %d: %s" % (way.__name__, name, entry, said))
			else:
				continue
			wrong += 1
small.bad = bad
with open(good + "/key") as f:
	small.secret = f.read().strip()
for believed, small_ways in (False, small.refused), (True, small.believed), (True, small.believed_of_stations):
	for what, way in small_ways.items():
		copy()
		way()
		for name, content, said in verdicts():
			if content != believed and (name != "verify.py" or small_ways is not small.believed_of_stations):
				print("%s: %s %s it: %s" % (what, name, "refuses" if believed else "believes", said))
				wrong += 1
print("%d small ways, %d that are none" % (len(small.refused), len(small.believed) + len(small.believed_of_stations)))
print("%d logs spoiled in %d ways" % (times * len(ways), len(ways)))
sys.exit(1 if wrong else 0)
