// SPDX-License-Identifier: GPL-3.0-or-later
// A witness (C2SP tlog-witness) and a time-stamp authority, for tests; its arithmetic is its own.
//   node witness.mjs PORT DIR
// DIR/log.vkey: the key of the log it watches, and DIR/mode: how it behaves, are read at each request; DIR/vkey is its own
// key, DIR/state what it saw last, DIR/asked a line for each request. DIR/tsa: made by tests/support/tsa.sh make.
import { execFileSync } from 'node:child_process';
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';

const [port, dir] = process.argv.slice(2);
const NAME = 'witness.example/w1';
const sha = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest();
const node = (l, r) => sha(Buffer.from([1]), l, r);

const read = (name, otherwise) => (existsSync(`${dir}/${name}`) ? readFileSync(`${dir}/${name}`, 'utf8').trim() : otherwise);

if (read('key') === undefined)
	writeFileSync(`${dir}/key`, generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }));
const privateKey = createPrivateKey(read('key'));
const pair = { privateKey, publicKey: createPublicKey(privateKey) };
const raw = pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
const id = sha(Buffer.from(NAME + '\n'), Buffer.from([4]), raw).subarray(0, 4);
writeFileSync(`${dir}/vkey`, `${NAME}+${id.toString('hex')}+${Buffer.concat([Buffer.from([4]), raw]).toString('base64')}\n`);

// RFC 9162, 2.1.4.2.
function consistent(first, second, firstRoot, secondRoot, path) {
	if (first === second) return path.length === 0 && firstRoot.equals(secondRoot);
	if (path.length === 0) return false;
	const proof = (first & (first - 1)) === 0 ? [firstRoot, ...path] : [...path];
	let fn = first - 1, sn = second - 1;
	while (fn & 1) { fn >>= 1; sn >>= 1; }
	let fr = proof[0], sr = proof[0];
	for (const c of proof.slice(1)) {
		if (sn === 0) return false;
		if ((fn & 1) || fn === sn) {
			fr = node(c, fr);
			sr = node(c, sr);
			while (!(fn & 1) && fn !== 0) { fn >>= 1; sn >>= 1; }
		} else {
			sr = node(sr, c);
		}
		fn >>= 1;
		sn >>= 1;
	}
	return sn === 0 && fr.equals(firstRoot) && sr.equals(secondRoot);
}

function signedByLog(text, lines) {
	const vkey = read('log.vkey', '');
	const name = vkey.split('+')[0], key = Buffer.from(vkey.split('+').slice(2).join('+'), 'base64').subarray(1);
	const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), key]);
	return text.startsWith(name + '\n') && lines.some((l) => {
		const [dash, who, sig] = l.split(' ');
		return dash === '—' && who === name &&
			verify(null, Buffer.from(text), createPublicKey({ key: der, format: 'der', type: 'spki' }), Buffer.from(sig, 'base64').subarray(4));
	});
}

function cosign(text, time) {
	const message = Buffer.from(`cosignature/v1\ntime ${time}\n${text}`);
	const stamp = Buffer.alloc(8);
	stamp.writeBigUInt64BE(BigInt(time));
	return `— ${NAME} ${Buffer.concat([id, stamp, sign(null, message, pair.privateKey)]).toString('base64')}\n`;
}

function addCheckpoint(body, mode) {
	const at = body.indexOf('\n\n'), head = body.slice(0, at).split('\n'), note = body.slice(at + 2);
	const end = note.indexOf('\n\n') + 1, text = note.slice(0, end), lines = note.slice(end + 1).split('\n').filter(Boolean);
	const old = Number(head[0].slice(4)), size = Number(text.split('\n')[1]), root = Buffer.from(text.split('\n')[2], 'base64');
	if (!signedByLog(text, lines)) return [403, 'signature'];
	const seen = JSON.parse(read('state', '{"size":0}'));
	if (seen.origin !== undefined && seen.origin !== text.split('\n')[0]) return [404, 'origin'];
	if (old > size || size === 0) return [400, 'size'];
	if (old !== seen.size) return [409, `${seen.size}\n`];
	const path = head.slice(1).map((l) => Buffer.from(l, 'base64'));
	if (old > 0 && !consistent(old, size, Buffer.from(seen.root, 'base64'), root, path)) return [422, 'proof'];
	writeFileSync(`${dir}/state`, JSON.stringify({ size, root: root.toString('base64'), origin: text.split('\n')[0] }));
	return [200, cosign(mode === 'wrong' ? 'other\n' : text, Math.floor(Date.now() / 1000))];
}

let last; // an answer to another question
function stamp(body, mode) {
	writeFileSync(`${dir}/q.tsq`, body);
	execFileSync('tests/support/tsa.sh', ['reply', `${dir}/tsa`, `${dir}/q.tsq`, `${dir}/r.tsr`]);
	const reply = readFileSync(`${dir}/r.tsr`);
	if (mode === 'replay' && last !== undefined) return [200, last];
	last = reply;
	return [200, reply];
}

createServer((rq, rs) => {
	const parts = [];
	rq.on('data', (p) => parts.push(p));
	rq.on('end', () => {
		const body = Buffer.concat(parts), mode = read('mode', 'good');
		appendFileSync(`${dir}/asked`, `${mode} ${rq.url} ${rq.headers['content-type']}\n`);
		if (mode === 'redirect') { rs.writeHead(302, { location: `http://127.0.0.1:${port}/elsewhere` }); return rs.end(); }
		if (mode === 'huge') { rs.writeHead(200); return rs.end(Buffer.alloc(4 << 20, 'x')); }
		if (mode === 'drip') { rs.writeHead(200); setInterval(() => rs.write('x'), 200).unref(); return undefined; }
		const [status, answer] = rq.url === '/w/add-checkpoint' ? addCheckpoint(body.toString(), mode)
			: rq.url === '/tsa' && rq.headers['content-type'] === 'application/timestamp-query' ? stamp(body, mode)
			: [404, 'where'];
		rs.writeHead(status);
		return rs.end(answer);
	});
}).listen(Number(port), '127.0.0.1');
