// SPDX-License-Identifier: GPL-3.0-or-later
// Does the log go on from a head that somebody wrote down earlier, on a report or on paper? A folder that was put back whole is
// right by itself, key and all; only such a head tells. Worked out here from the log's tiles (C2SP tlog-tiles), like verify.js:
// both roots are made of the same hashes, so that tiles which give the old root must give the new one, which is signed.
import { Wrong, base64, ed25519, nodeHash, parseCheckpoint, parseKey, toBase64 } from './verify.js';

const WIDTH = 256; // hashes in a tile, of eight levels of the tree
const LEVELS = 8;

// "1234:q0M9…=", or the same with other signs between: what stands on paper.
export function parseSeen(text) {
	const [, size, root] = /(?:^|\D)([1-9][0-9]{0,14})\D*?[\s:;,]([A-Za-z0-9+/]{43}=)\.?\s*$/.exec(text) ?? [];
	if (!root)
		throw new Wrong('not-seen');
	return { size: Number(size), root: base64(root) };
}

function tilePath(level, n, width) {
	const parts = [String(n % 1000).padStart(3, '0')];
	for (let rest = Math.floor(n / 1000); rest > 0; rest = Math.floor(rest / 1000))
		parts.unshift(`x${String(rest % 1000).padStart(3, '0')}`);
	return `tile/${level}/${parts.join('/')}${width < WIDTH ? `.p/${width}` : ''}`;
}

// The hash over the leaves [index·2^level, (index + 1)·2^level) of a log of so many, out of its tiles.
function reader(size, get) {
	const tiles = new Map();
	const tile = (level, n) => {
		const width = Math.min(WIDTH, Math.floor(size / WIDTH ** level) - n * WIDTH);
		const path = tilePath(level, n, width);
		if (!tiles.has(path))
			tiles.set(path, get(path));
		return tiles.get(path).then((bytes) => {
			if (bytes.length !== 32 * width)
				throw new Wrong('not-tile', { path });
			return bytes;
		});
	};
	return async (level, index) => {
		const of = Math.floor(level / LEVELS);
		const count = 2 ** (level - of * LEVELS);
		const first = index * count;
		const bytes = await tile(of, Math.floor(first / WIDTH));
		let hashes = Array.from({ length: count }, (_, i) => bytes.slice(32 * ((first % WIDTH) + i), 32 * ((first % WIDTH) + i + 1)));
		while (hashes.length > 1)
			hashes = await Promise.all(hashes.filter((_, i) => i % 2 === 0).map((left, i) => nodeHash(left, hashes[2 * i + 1])));
		return hashes[0];
	};
}

// RFC 6962, 2.1, over the leaves [from, from + count), cut wherever the older tree ends, so that it is made of the same hashes.
async function rootOf(node, from, count, old) {
	const level = Math.log2(count);
	if (Number.isInteger(level) && (from + count <= old || from >= old))
		return node(level, from / count);
	const half = 2 ** Math.ceil(Math.log2(count) - 1);
	return nodeHash(await rootOf(node, from, half, old), await rootOf(node, from + half, count - half, old));
}

const same = (a, b) => a.length === b.length && a.every((byte, i) => byte === b[i]);

// text: what was seen; checkpoint: the log's signed head, vkey its key; get(path): the bytes of one of its files. Gives the steps, as
// verify does.
export async function grew({ text, checkpoint, vkey, get }) {
	try {
		const { size, root } = parseSeen(text);
		const key = await parseKey(vkey);
		const head = parseCheckpoint(checkpoint);
		const signature = head.signatures.find((s) => s.name === key.name && s.id === key.id);
		const { good } = signature && key.name === head.origin
			? await ed25519(key.key, new TextEncoder().encode(head.text), signature.bytes) : { good: false };
		if (!good)
			return [{ what: 'seen-signed', good: false, id: key.id }];
		const figures = { size, now: head.size, root: toBase64(root) };
		if (size > head.size)
			return [{ what: 'seen-longer', good: false, ...figures }];
		const node = reader(head.size, get);
		if (!same(await rootOf(node, 0, head.size, size), head.root))
			return [{ what: 'seen-tiles', good: false, ...figures }];
		return [{ what: 'seen', good: same(await rootOf(node, 0, size, size), root), ...figures }];
	} catch (e) {
		if (!(e instanceof Wrong))
			throw e;
		return [{ what: e.code, good: false, ...e.figures }];
	}
}
