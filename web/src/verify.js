// SPDX-License-Identifier: GPL-3.0-or-later
// Is this airing really in the log that the station signed? Worked out here, in the reader's own browser, from what the station
// hands out, and believing none of it. To be read from top to bottom; nothing here is particular to VangXa, the formats are public:
// RFC 6962 (the tree), C2SP signed-note, tlog-checkpoint, tlog-tiles and tlog-proof (the texts), RFC 8032 (the signature).
//
// The idea. Every entry of the log is hashed; two hashes side by side are hashed together, and so on upwards until one is left, the
// root. The station signs the root. Whoever changes, removes or adds one letter anywhere below gets another root. To show that one
// entry is in it, only the hashes beside its way up are needed: some twenty in a log of a million entries.

const utf8 = new TextEncoder();
const DASH = '\u2014 ';
const ED25519 = 1; // how a key signs: the byte before it in its text

// Something is not as the format says: [code, figures] for whoever puts it into words.
export class Wrong extends Error {
	constructor(code, figures = {}) {
		super(code);
		Object.assign(this, { code, figures });
	}
}

// ---- bytes

export function base64(text) {
	if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text))
		throw new Wrong('not-base64', { text: text.slice(0, 60) });
	return Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
}

export const toBase64 = (bytes) => btoa(String.fromCharCode(...bytes));
export const toHex = (bytes) => [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('');
const same = (a, b) => a.length === b.length && a.every((byte, i) => byte === b[i]);

function join(...parts) {
	const all = new Uint8Array(parts.reduce((sum, p) => sum + p.length, 0));
	let at = 0;
	for (const part of parts) {
		all.set(part, at);
		at += part.length;
	}
	return all;
}

// ---- arithmetic: the browser's own where it lends it (the page came over TLS, or from this machine), else @noble's

const subtle = globalThis.crypto?.subtle;

export async function sha256(bytes) {
	if (subtle)
		return new Uint8Array(await subtle.digest('SHA-256', bytes));
	return (await import('./noble.js')).sha256(bytes);
}

// RFC 8032. Also tells who did the arithmetic: 'browser' or 'noble'.
export async function ed25519(key, message, signature) {
	try {
		const k = await subtle.importKey('raw', key, { name: 'Ed25519' }, false, ['verify']);
		return { good: await subtle.verify({ name: 'Ed25519' }, k, signature, message), by: 'browser' };
	} catch { // no Web Crypto, or one without Ed25519
		return { good: (await import('./noble.js')).ed25519(key, message, signature), by: 'noble' };
	}
}

// ---- the tree (RFC 6962, 2.1): a leaf begins with 0, a node with 1, so that neither can pass for the other

export const leafHash = (entry) => sha256(join([0], entry));
export const nodeHash = (left, right) => sha256(join([1], left, right));

// From leaf number index of a tree of size leaves up to its root, over the hashes beside the way. Gives every step:
// [{ side: 'left' | 'right', beside, hash }], where side is where `beside` stands. Numbers are far below 2^53.
export async function climb(index, size, leaf, path) {
	const steps = [];
	let hash = leaf;
	let at = index;
	let last = size - 1; // number of the last node on this level
	for (const beside of path) {
		if (last === 0)
			throw new Wrong('path-long', { count: path.length });
		if (at % 2 === 1 || at === last) {
			hash = await nodeHash(beside, hash);
			steps.push({ side: 'left', beside, hash });
			while (at % 2 === 0 && at > 0) { // a last node without a neighbour goes up as it is
				at /= 2;
				last = Math.floor(last / 2);
			}
		} else {
			hash = await nodeHash(hash, beside);
			steps.push({ side: 'right', beside, hash });
		}
		at = Math.floor(at / 2);
		last = Math.floor(last / 2);
	}
	if (last !== 0)
		throw new Wrong('path-short', { count: path.length });
	return { root: hash, steps };
}

// ---- texts

function wholeNumber(text) {
	if (!/^(0|[1-9][0-9]{0,14})$/.test(text))
		throw new Wrong('not-number', { text: text.slice(0, 60) });
	return Number(text);
}

function hashOf(text) {
	const bytes = base64(text);
	if (bytes.length !== 32)
		throw new Wrong('not-hash', { text: text.slice(0, 60) });
	return bytes;
}

// A signed note: a text, an empty line, and lines of signatures under it.
export function parseNote(note) {
	const cut = note.lastIndexOf('\n\n');
	if (cut < 0 || !note.endsWith('\n'))
		throw new Wrong('not-note');
	const signatures = note.slice(cut + 2, -1).split('\n').map((line) => {
		const [name, bytes, more] = line.slice(DASH.length).split(' ');
		if (!line.startsWith(DASH) || !name || !bytes || more !== undefined)
			throw new Wrong('not-note');
		const all = base64(bytes);
		return { name, id: toHex(all.slice(0, 4)), bytes: all.slice(4) };
	});
	return { text: note.slice(0, cut + 1), signatures };
}

// The log's head: its name, how many entries, and the root over them.
export function parseCheckpoint(note) {
	const { text, signatures } = parseNote(note);
	const [origin, size, root] = text.split('\n');
	if (!origin || root === undefined)
		throw new Wrong('not-checkpoint');
	return { origin, size: wholeNumber(size), root: hashOf(root), text, signatures };
}

// "name+id+base64": the log's public key. The id is made from name and key, so that a slip of the pen shows.
export async function parseKey(vkey) {
	const [, name, id, encoded] = /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/.exec(vkey.trim()) ?? [];
	if (!name)
		throw new Wrong('not-key');
	const typed = base64(encoded);
	const made = toHex((await sha256(join(utf8.encode(`${name}\n`), typed))).slice(0, 4));
	if (typed[0] !== ED25519 || typed.length !== 33 || made !== id)
		throw new Wrong('not-key');
	return { name, id, key: typed.slice(1), vkey: vkey.trim() };
}

// A tlog-proof: the entry itself, newline and all (in the line "extra"), its number, the hashes beside its way up, and the head that
// was signed then.
export function parseProof(text) {
	const cut = text.indexOf('\n\n');
	const [title, ...lines] = text.slice(0, Math.max(cut, 0)).split('\n');
	if (title !== 'c2sp.org/tlog-proof@v1')
		throw new Wrong('not-proof');
	const [, extra] = /^extra (\S+)$/.exec(lines[0] ?? '') ?? [];
	if (extra === undefined)
		throw new Wrong('no-entry');
	lines.shift();
	const [, index] = /^index (\S+)$/.exec(lines.shift() ?? '') ?? [];
	if (index === undefined || lines.length > 64)
		throw new Wrong('not-proof');
	return { extra: base64(extra), index: wholeNumber(index), path: lines.map(hashOf), note: text.slice(cut + 2) };
}

// ---- the whole of it

// proof: text of a tlog-proof; vkey: the log's public key, best from paper; airing: whose proof it should be ("A42", "M43", of a
// decision "B17"), and kind of which kind ('' any); shown: what is claimed of it, {} nothing: facts by the names they have in the
// entry, a dot before what lies in another ("clock.synced"). Gives { good, steps: [{ what, good,
// …figures }], told }: each step in the order in which it was looked at, none after the first that fails; told: the entry, once it
// is known to be true. Throws when it cannot be worked out, which is neither good nor bad.
export async function verify({ proof, vkey, airing, kind = '', shown }) {
	const steps = [];
	const check = (what, good, figures) => {
		steps.push({ what, good, ...figures });
		if (!good)
			throw new Wrong('stop');
	};
	let told = null;
	try {
		const key = await parseKey(vkey);
		const { extra: entry, index, path, note } = parseProof(proof);
		const head = parseCheckpoint(note);
		check('key', key.name === head.origin, { name: key.name, origin: head.origin, id: key.id });

		const leaf = await leafHash(entry);
		check('entry', index < head.size, { index, bytes: entry.length, size: head.size, hash: toHex(leaf) });

		const { root, steps: way } = await climb(index, head.size, leaf, path);
		check('root', same(root, head.root), { root: toBase64(root), signed: toBase64(head.root), count: way.length,
			size: head.size, way: way.map((s) => ({ side: s.side, beside: toHex(s.beside), hash: toHex(s.hash) })) });

		const signature = head.signatures.find((s) => s.name === key.name && s.id === key.id);
		check('signed', !!signature, { name: key.name, id: key.id });
		const { good, by } = await ed25519(key.key, utf8.encode(head.text), signature.bytes);
		check('signature', good, { by, id: key.id, size: head.size });

		const says = JSON.parse(new TextDecoder().decode(entry));
		check('airing', names(says) === airing && (!kind || says.kind === kind), { airing, says: names(says), kind: says.kind });
		const differs = Object.keys(shown).flatMap((field) =>
			differences([field], shown[field], field.split('.').reduce((o, name) => o?.[name], says)));
		check('shown', differs.length === 0, { differs, count: Object.keys(shown).length });
		told = says;
	} catch (e) {
		if (!(e instanceof Wrong) && !(e instanceof SyntaxError))
			throw e; // it could not be worked out: that is no difference
		if (e.code !== 'stop')
			steps.push({ what: e.code ?? 'not-entry', good: false, ...(e.figures ?? {}) });
	}
	return { good: steps.every((s) => s.good), steps, told };
}

// Where what is shown and what the entry tells are not the same, each with the way to it: [{ path, shown, told }]. Moments may be
// written with another offset from UTC, and what is not there as null or not at all. A list of another length differs as a whole.
function differences(path, shown, told) {
	const plain = (v) => (typeof v === 'string' && /^\d{4}-\d\d-\d\dT/.test(v) ? Date.parse(v) : v ?? null);
	const [x, y] = [plain(shown), plain(told)];
	const deep = x !== null && y !== null && typeof x === 'object' && typeof y === 'object' && Array.isArray(x) === Array.isArray(y);
	if (!deep)
		return x === y ? [] : [{ path, shown, told }];
	const inside = Object.keys({ ...x, ...y }).flatMap((name) =>
		differences([...path, Array.isArray(x) ? Number(name) : name], x[name], y[name]));
	const whole = Array.isArray(x) && (x.length !== y.length || [...x, ...y].every((v) => typeof v !== 'object'));
	return inside.length > 0 && whole ? [{ path, shown, told }] : inside;
}

// What an entry is of: A and the number of the promise, M and the number of what did not take place, B and that of the receipt.
function names(entry) {
	switch (entry.kind) {
	case 'airing.intended': return `A${entry.n}`;
	case 'airing.missed': return `M${entry.n}`;
	case 'bulletin.received': return `B${entry.n}`;
	case 'bulletin.approved': return entry.bulletin ?? '';
	default: return entry.airing ?? '';
	}
}
