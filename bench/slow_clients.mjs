// SPDX-License-Identifier: GPL-3.0-or-later
// Part of slow_clients.sh: keeps COUNT connections that mean no good at HOST:PORT, a fifth of each kind, for
// SECONDS_ON seconds, and asks meanwhile, from another address, for PATHS. One that the server ends comes
// again at once.
//   node slow_clients.mjs PORT PATH…      prints "median_ms p99_ms max_ms failed ended" of the asking
import { get } from 'node:http';
import { connect } from 'node:net';

const [port, ...paths] = process.argv.slice(2);
const COUNT = Number(process.env.COUNT ?? 500);
const SECONDS_ON = Number(process.env.SECONDS_ON ?? 20);
const BAD_FROM = process.env.BAD_FROM ?? '127.0.0.1';
const head = (line, ...more) => [line, `Host: 127.0.0.1:${port}`, ...more, '', ''].join('\r\n');
let over = false;
let ended = 0;

// Sends text a byte each second, for as long as the server lets it.
const drip = (text) => (socket) => {
	let i = 0;
	const timer = setInterval(() => socket.write(text[i++ % text.length]), 1000);
	socket.on('close', () => clearInterval(timer));
};
const KINDS = [
	() => {}, // says nothing at all
	drip(`GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Long: ${'a'.repeat(4000)}`),
	(socket) => { // a body that never comes
		socket.write(head('POST /api/cut HTTP/1.1', 'Content-Type: application/json', 'Content-Length: 60000'));
		drip(' ')(socket);
	},
	(socket) => { // asks for a lot and takes none of it
		socket.pause();
		for (let i = 0; i < 50; i++)
			socket.write(head('GET /api/status HTTP/1.1'));
	},
	(socket) => socket.write('\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03no HTTP at all\r\n\r\n'),
];

function bad(i) {
	if (over)
		return;
	const socket = connect({ port: Number(port), host: '127.0.0.1', localAddress: BAD_FROM }, () => KINDS[i % KINDS.length](socket));
	socket.on('error', () => {});
	socket.on('close', () => {
		ended++;
		setTimeout(bad, 100, i);
	});
}

// A request of its own connection, whole. Its time in ms, or NaN.
const ask = (path) => new Promise((done) => {
	const began = performance.now();
	get(`http://127.0.0.1:${port}${path}`, { agent: false, timeout: 10000 }, (answer) => {
		answer.on('data', () => {});
		answer.on('end', () => {
			if (answer.statusCode !== 200)
				console.error(`${path}: ${answer.statusCode}`);
			done(answer.statusCode === 200 ? performance.now() - began : NaN);
		});
	}).on('timeout', function late() { this.destroy(); }).on('error', () => done(NaN));
});

for (let i = 0; i < COUNT; i++)
	bad(i);
const times = [];
let failed = 0;
for (const end = Date.now() + SECONDS_ON * 1000; Date.now() < end;)
	for (const path of paths) {
		const ms = await ask(path);
		if (Number.isNaN(ms))
			failed++;
		else
			times.push(ms);
		await new Promise((r) => setTimeout(r, 100));
	}
over = true;
times.sort((a, b) => a - b);
const at = (share) => (times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? NaN).toFixed(1);
console.log(at(0.5), at(0.99), at(1), failed, ended);
process.exit(0);
