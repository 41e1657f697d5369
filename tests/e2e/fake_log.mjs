// SPDX-License-Identifier: GPL-3.0-or-later
// A signed log made from entries, for tests: the tree as RFC 6962 defines it, by node's own arithmetic, so that what the page works
// out is held against other code than its own.
import { createHash, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';

const sha256 = (...parts) => parts.reduce((h, p) => h.update(p), createHash('sha256')).digest();
const leafHash = (entry) => sha256(Buffer.of(0), entry);

// MTH of RFC 6962, 2.1, word for word.
function tree(leaves) {
	if (leaves.length === 0)
		return sha256();
	if (leaves.length === 1)
		return leaves[0];
	const k = split(leaves.length);
	return sha256(Buffer.of(1), tree(leaves.slice(0, k)), tree(leaves.slice(k)));
}

const split = (n) => 2 ** Math.floor(Math.log2(n - 1));

// PATH of RFC 6962, 2.1.1.
function pathOf(m, leaves) {
	if (leaves.length <= 1)
		return [];
	const k = split(leaves.length);
	return m < k ? [...pathOf(m, leaves.slice(0, k)), tree(leaves.slice(k))]
		: [...pathOf(m - k, leaves.slice(k)), tree(leaves.slice(0, k))];
}

export class FakeLog {
	// entries: objects; they get their numbers. privateKey: Ed25519; a new one unless given.
	constructor(entries, { name = 'vangxa/bp-bugiamap', privateKey = generateKeyPairSync('ed25519').privateKey } = {}) {
		this.name = name;
		this.privateKey = privateKey;
		const raw = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-32);
		const typed = Buffer.concat([Buffer.of(1), raw]);
		this.id = sha256(`${name}\n`, typed).subarray(0, 4);
		this.vkey = `${name}+${this.id.toString('hex')}+${typed.toString('base64')}`;
		this.entries = entries.map((e, n) => Buffer.from(`${JSON.stringify({ ...e, n })}\n`));
		this.leaves = this.entries.map(leafHash);
		this.sign();
	}

	sign() {
		this.root = tree(this.leaves);
		this.checkpoint = this.note(`${this.name}\n${this.leaves.length}\n${this.root.toString('base64')}\n`);
	}

	note(text) {
		const signature = Buffer.concat([this.id, sign(null, Buffer.from(text), this.privateKey)]);
		return `${text}\n\u2014 ${this.name} ${signature.toString('base64')}\n`;
	}

	// A hash tile, as tlog-tiles has them: its path behind /log/.
	tile(path) {
		const [, level, name, width] = /^tile\/(\d+)\/([x0-9/]+?)(?:\.p\/(\d+))?$/.exec(path);
		const n = Number(name.replace(/[x/]/g, ''));
		const span = 256 ** Number(level);
		return Buffer.concat(Array.from({ length: Number(width ?? 256) }, (_, i) => {
			const first = (n * 256 + i) * span;
			if (first + span > this.leaves.length)
				throw new Error(`${path}: no such hash`);
			return tree(this.leaves.slice(first, first + span));
		}));
	}

	head(size) {
		return `${size}:${tree(this.leaves.slice(0, size)).toString('base64')}`;
	}

	proof(index) {
		const path = pathOf(index, this.leaves).map((h) => `${h.toString('base64')}\n`).join('');
		return `c2sp.org/tlog-proof@v1\nextra ${this.entries[index].toString('base64')}\nindex ${index}\n${path}\n${this.checkpoint}`;
	}
}
