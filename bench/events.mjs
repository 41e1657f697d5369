// SPDX-License-Identifier: GPL-3.0-or-later
// Part of events.sh: CLIENTS pages watch one server of events; how long each event takes from the station to
// each of them. The station, the clients and the peer share this machine; the clock is the monotonic one of
// the machine, so that both ends of a way can be compared.
//   node events.mjs vangxa|node      prints "median_ms p99_ms max_ms received expected"
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FakeStation } from '../tests/e2e/fake_station.mjs';
import { start, until } from '../tests/e2e/web.mjs';

const CLIENTS = Number(process.env.CLIENTS ?? 200);
const EVENTS = Number(process.env.EVENTS ?? 200);
const EVERY_MS = 50;
const now = () => Number(process.hrtime.bigint() / 1000n); // µs
const self = fileURLToPath(import.meta.url);

// The pages are a process of their own: what the server takes from the processor is not theirs.
if (process.argv[2] === 'watch') {
	const delays = [];
	let joined = 0;
	process.on('message', () => process.send({ delays }, () => process.exit(0)));
	for (let i = 0; i < CLIENTS; i++)
		get(`${process.argv[3]}/api/events`, { agent: false, headers: { Accept: 'text/event-stream' } }, (answer) => {
			if (answer.statusCode !== 200)
				process.exit(1);
			let rest = '';
			answer.setEncoding('utf8').on('data', (text) => {
				const at = now();
				rest += text;
				for (const [, sent] of rest.matchAll(/"sent_us":(\d+)/g))
					delays.push(at - Number(sent));
				rest = rest.slice(rest.lastIndexOf('\n') + 1);
			});
			if (++joined === CLIENTS)
				process.send('joined');
		});
} else {
	// What any server of events has to do, in the twenty lines that everybody writes: the peer.
	async function startPeer() {
		const open = new Set();
		const server = createServer((request, answer) => {
			answer.writeHead(200, { 'Content-Type': 'text/event-stream' });
			answer.write(': hello\n\n');
			open.add(answer);
		});
		await new Promise((done) => server.listen(0, '127.0.0.1', done));
		return {
			url: `http://127.0.0.1:${server.address().port}`,
			emit: (event) => open.forEach((answer) => answer.write(`event: level\ndata: ${JSON.stringify(event)}\n\n`)),
			stop: () => { open.forEach((answer) => answer.end()); server.close(); },
		};
	}

	async function startOurs() {
		const dir = mkdtempSync(join(tmpdir(), 'vangxa-events-'));
		const station = new FakeStation(dir);
		await station.start();
		const web = await start('web', ['--data', dir]);
		return {
			url: web.url,
			emit: (event) => station.emit(event),
			stop: async () => {
				web.kill('SIGTERM');
				await web.ended;
				await station.stop();
				rmSync(dir, { recursive: true, force: true });
			},
		};
	}

	const server = await (process.argv[2] === 'node' ? startPeer() : startOurs());
	const pages = fork(self, ['watch', server.url]);
	await new Promise((done, fail) => {
		pages.once('message', done);
		pages.once('exit', (status) => fail(new Error(`the pages ended: ${status}`)));
	});
	for (let i = 0; i < EVENTS; i++) {
		await new Promise((r) => setTimeout(r, EVERY_MS));
		server.emit({ event: 'level', zones: { a: -20 }, elapsed: i, sent_us: now() });
	}
	await until('the last event has gone', () => new Promise((r) => setTimeout(() => r(true), 500)));
	const { delays } = await new Promise((done) => {
		pages.once('message', done);
		pages.send('over');
	});
	delays.sort((a, b) => a - b);
	const at = (share) => (delays[Math.min(delays.length - 1, Math.floor(delays.length * share))] / 1000).toFixed(1);
	console.log(at(0.5), at(0.99), at(1), delays.length, CLIENTS * EVENTS);
	await server.stop();
}
