// SPDX-License-Identifier: GPL-3.0-or-later
// What the page works out of a proof (web/src/verify.js), under node: every entry of logs of every small size, and each of them with
// one thing changed; by the arithmetic of the platform and by the library's. With arguments it says of one real proof whether it
// holds:  node tests/e2e/test_verify_page.mjs PROOF VKEY AIRING
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { FakeLog } from './fake_log.mjs';

const page = '../../web/src/verify.js';
const own = await import(page);
// A page over plain HTTP has no Web Crypto, and verify.js looks for it once.
const real = Object.getOwnPropertyDescriptor(globalThis, 'crypto');
Object.defineProperty(globalThis, 'crypto', { value: {}, configurable: true });
const library = await import(`${page}?library`);
if (real)
	Object.defineProperty(globalThis, 'crypto', real);

if (process.argv.length > 2) {
	const [proof, vkey] = process.argv.slice(2, 4).map((path) => readFileSync(path, 'utf8'));
	const done = await own.verify({ proof, vkey, airing: process.argv[4], shown: {} });
	console.log(done.steps.map((s) => `${s.good ? 'good' : 'BAD'} ${s.what}`).join('\n'));
	process.exit(done.good ? 0 : 3);
}

const ended = (n) => ({ kind: 'airing.ended', airing: `A${n}`, start: '2026-11-23T05:30:00.012+07:00', frames: 48000 * n, complete: 1,
	zones: ['mot', 'hai'], by_zone: { mot: { xruns: 0, proof: 'A' } }, clock: { synced: false } });
const logOf = (size) => new FakeLog(Array.from({ length: size }, (_, i) => ended(i)));
const failed = async (verify, change) => {
	const log = logOf(23);
	const given = { proof: log.proof(7), vkey: log.vkey, airing: 'A7', shown: {} };
	const done = await verify({ ...given, ...change(given, log) });
	assert.equal(done.good, false);
	assert.equal(done.told, null);
	assert.equal(done.steps.filter((s) => !s.good).length, 1);
	return done.steps.at(-1).what;
};
const inLine = (text, i, from, to) => text.split('\n').map((l, k) => (k === i ? l.replace(from, to) : l)).join('\n');
const encoded = (text) => Buffer.from(text).toString('base64');
const lineOf = (proof, pattern) => proof.split('\n').findIndex((l) => pattern.test(l));
// One letter of base64 that is another number, wherever it stands.
const other = (proof, i, at) => proof.split('\n').map((l, k) =>
	(k === i ? l.slice(0, at) + (l[at] === 'A' ? 'B' : 'A') + l.slice(at + 1) : l)).join('\n');

for (const [who, { verify }, by] of [['the platform', own, 'browser'], ['the library', library, 'noble']]) {
	for (let size = 1; size <= 33; size++) {
		const log = logOf(size);
		for (let i = 0; i < size; i++) {
			const done = await verify({ proof: log.proof(i), vkey: log.vkey, airing: `A${i}`, kind: 'airing.ended',
				shown: { frames: 48000 * i, reason: null, zones: ['mot', 'hai'], 'clock.synced': false, by_zone: { mot: { proof: 'A', xruns: 0 }, hai: null } } });
			assert.ok(done.good, `${who}: entry ${i} of ${size}: ${JSON.stringify(done.steps)}`);
			assert.equal(done.told.airing, `A${i}`);
		}
	}
	const { steps } = await verify({ proof: logOf(9).proof(8), vkey: 'x', airing: 'A8', shown: {} });
	assert.deepEqual(steps.map((s) => s.what), ['not-key']);
	const log = logOf(23);
	const good = await verify({ proof: log.proof(7), vkey: `  ${log.vkey}\n`, airing: 'A7', shown: { start: '2026-11-22T22:30:00.012Z' } });
	assert.deepEqual(good.steps.map((s) => s.what), ['key', 'entry', 'root', 'signed', 'signature', 'airing', 'shown']);
	if (globalThis.crypto?.subtle)
		assert.equal(good.steps[4].by, by);

	const says = (change) => failed(verify, change);
	assert.equal(await says(({ proof }) => ({ proof: inLine(proof, 1, /.*/, `extra ${encoded('{"airing":"A7","kind":"airing.ended","n":7}\n')}`) })), 'root');
	for (let i = 3; i <= 7; i++) // each hash beside the way
		assert.equal(await says(({ proof }) => ({ proof: other(proof, i, 5) })), 'root');
	assert.equal(await says(({ proof }) => ({ proof: inLine(proof, 2, '7', '6') })), 'root');
	assert.equal(await says(({ proof }) => ({ proof: inLine(proof, 2, '7', '23') })), 'entry');
	assert.equal(await says(({ proof }) => ({ proof: proof.split('\n').toSpliced(3, 1).join('\n') })), 'path-short');
	assert.equal(await says(({ proof }) => ({ proof: proof.split('\n').toSpliced(3, 0, proof.split('\n')[3]).join('\n') })), 'path-long');
	const size = (proof) => lineOf(proof, /^23$/);
	assert.equal(await says(({ proof }) => ({ proof: inLine(proof, size(proof), '23', '22') })), 'signature');
	assert.equal(await says(({ proof }) => ({ proof: other(proof, size(proof) + 1, 3) })), 'root');
	const signed = (proof) => lineOf(proof, /^\u2014/);
	assert.equal(await says(({ proof }, l) => ({ proof: other(proof, signed(proof), 3 + l.name.length + 20) })), 'signature');
	assert.equal(await says(({ proof }, l) => ({ proof: other(proof, signed(proof), 3 + l.name.length) })), 'signed');
	assert.equal(await says(({ proof }) => ({ proof: inLine(proof, signed(proof), '\u2014', '-') })), 'not-note');
	// Somebody else's log of the same name and the same entries, and a key of another name.
	assert.equal(await says((given, l) => ({ vkey: logOf(23).vkey, proof: l.proof(7) })), 'signed');
	assert.equal(await says((given, l) => ({ vkey: new FakeLog([ended(1)], { name: 'vangxa/khac', privateKey: l.privateKey }).vkey })), 'key');
	assert.equal(await says(({ vkey }) => ({ vkey: other(vkey, 0, vkey.length - 5) })), 'not-key');
	// A true proof of something else, a page that tells another story, and texts that are none.
	assert.equal(await says(() => ({ airing: 'A8' })), 'airing');
	assert.equal(await says(() => ({ shown: { frames: 1 } })), 'shown');
	assert.equal(await says(() => ({ shown: { start: '2026-11-23T05:30:00.013+07:00' } })), 'shown');
	assert.equal(await says(() => ({ kind: 'airing.checked' })), 'airing');
	assert.equal(await says(() => ({ shown: { zones: ['thon-2'] } })), 'shown');
	assert.equal(await says(() => ({ shown: { 'clock.synced': true } })), 'shown');
	// Where they differ, to the last member, with what each of them says.
	const told = async (shown) => (await verify({ proof: log.proof(7), vkey: log.vkey, airing: 'A7', shown })).steps.at(-1).differs;
	assert.deepEqual(await told({ frames: 1, complete: 1 }), [{ path: ['frames'], shown: 1, told: 48000 * 7 }]);
	assert.deepEqual(await told({ zones: ['mot'] }), [{ path: ['zones'], shown: ['mot'], told: ['mot', 'hai'] }]);
	assert.deepEqual(await told({ zones: ['mot', 'ba'] }), [{ path: ['zones'], shown: ['mot', 'ba'], told: ['mot', 'hai'] }]);
	assert.deepEqual(await told({ 'clock.synced': true }), [{ path: ['clock.synced'], shown: true, told: false }]);
	assert.deepEqual(await told({ by_zone: { mot: { xruns: 2, proof: 'A' } } }), [{ path: ['by_zone', 'mot', 'xruns'], shown: 2, told: 0 }]);
	assert.deepEqual(await told({ by_zone: null })
		.then(([d]) => [d.path, d.shown, d.told.mot.proof]), [['by_zone'], null, 'A']);
	for (const [proof, what] of [['', 'not-proof'], ['c2sp.org/tlog-proof@v2\n', 'not-proof'], ['<html>\n\n', 'not-proof'],
		['c2sp.org/tlog-proof@v1\nindex 7\n\n', 'no-entry'], ['c2sp.org/tlog-proof@v1\nextra e30K\nindex 07\n\n', 'not-number'],
		['c2sp.org/tlog-proof@v1\nextra ?\nindex 7\n\n', 'not-base64'], ['c2sp.org/tlog-proof@v1\nextra e30K\nindex 7\ne30K\n\n', 'not-hash']])
		assert.equal(await says(() => ({ proof })), what, proof);
	// An entry that is signed, and no JSON.
	const odd = logOf(3);
	odd.entries[1] = Buffer.from('no json\n');
	const { createHash } = await import('node:crypto');
	odd.leaves[1] = createHash('sha256').update(Buffer.of(0)).update(odd.entries[1]).digest();
	const again = new FakeLog([]);
	Object.assign(again, { entries: odd.entries, leaves: odd.leaves });
	again.sign();
	assert.equal((await verify({ proof: again.proof(1), vkey: again.vkey, airing: 'A1', shown: {} })).steps.at(-1).what, 'not-entry');
}
// What is no signature, no point of the curve, or one of another message.
const { ed25519 } = library;
for (const signature of [new Uint8Array(64), new Uint8Array(64).fill(255), new Uint8Array(63), new Uint8Array(0)])
	assert.deepEqual(await ed25519(new Uint8Array(32).fill(7), new Uint8Array(3), signature), { good: false, by: 'noble' });

// Each fact that the page holds against an entry has words, in both languages.
const { FACTS } = await import('../../web/src/factnames.js');
const { HELD } = await import('../../web/src/proofs.js');
for (const language of ['vi', 'en']) {
	const texts = JSON.parse(readFileSync(new URL(`../../web/texts/${language}.json`, import.meta.url), 'utf8'));
	for (const name of [...HELD, ...Object.keys(FACTS)])
		assert.ok(texts[FACTS[name]], `${name} in ${language}`);
}

// A head from earlier: each log goes on from each of its own, and from no other.
const { grew, parseSeen } = await import('../../web/src/grew.js');
const grown = async (log, text, change = {}) => {
	const given = { text, checkpoint: log.checkpoint, vkey: log.vkey, get: async (path) => new Uint8Array(log.tile(path)), ...change };
	const steps = await grew(given);
	assert.equal(steps.length, 1);
	assert.equal(steps[0].good, steps[0].what === 'seen' && steps[0].good);
	return steps[0].good ? 'good' : steps[0].what;
};
for (const size of [1, 2, 3, 7, 255, 256, 257, 700]) {
	const log = logOf(size);
	for (const old of [1, 2, 3, 6, 128, 255, 256, 257, 511, 513, 699, 700].filter((n) => n <= size)) {
		assert.equal(await grown(log, log.head(old)), 'good', `${old} of ${size}`);
		if (old < size)
			assert.equal(await grown(log, `${old}:${log.head(size).split(':')[1]}`), 'seen', `${old} of ${size}, another root`);
	}
	assert.equal(await grown(log, `${size + 1}:${log.head(size).split(':')[1]}`), 'seen-longer');
}
const long = logOf(700);
// A station that shows tiles of another past, under a head that it signed.
const forged = logOf(700);
forged.leaves[260] = long.leaves[9];
assert.equal(await grown(long, forged.head(300), { get: async (path) => new Uint8Array(path === 'tile/0/001' ? forged.tile(path) : long.tile(path)) }),
	'seen-tiles');
assert.equal(await grown(long, forged.head(300)), 'seen');
assert.equal(await grown(long, long.head(3), { get: async () => new Uint8Array(31) }), 'not-tile');
assert.equal(await grown(long, long.head(3), { checkpoint: long.checkpoint.replace('\n700\n', '\n701\n') }), 'seen-signed');
assert.equal(await grown(long, long.head(3), { vkey: logOf(3).vkey }), 'seen-signed');
assert.equal(await grown(long, 'none'), 'not-seen');
assert.equal(parseSeen(`Sổ vangxa/x-2: 12 mục, gốc ${long.head(3).split(':')[1]}.`).size, 12);
console.log('verify: ok');
