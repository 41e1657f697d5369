// SPDX-License-Identifier: GPL-3.0-or-later
// Part of voice_start.sh: somebody pushes the button of the page and speaks, COUNT times. As the page does: asks to
// speak, then sends what the microphone gives in parts of a tenth of a second, the next when the last is answered.
//   node voice_start.mjs PORT COUNT      prints "pushed SECONDS" and "part SECONDS": when the first part was sent
const [port, count] = process.argv.slice(2).map(Number);
const HZ = 16000;
const PART_S = 0.1;
const SPEAKS_S = 1.5;
const PAUSE_S = 2.5;

const now = () => (performance.timeOrigin + performance.now()) / 1000;
const sleep = (s) => new Promise((done) => { setTimeout(done, Math.max(0, s * 1000)); });
// G.711 µ-law of a loud square wave of 500 Hz.
const sound = Buffer.alloc(HZ * PART_S).map((_, i) => (i >> 4) % 2 ? 0x10 : 0x90).toString('base64');

async function post(path, body) {
	const answer = await fetch(`http://127.0.0.1:${port}/api/live${path}`, {
		method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
	const text = await answer.text();
	if (!answer.ok)
		throw new Error(`${path}: ${answer.status} ${text}`);
	return JSON.parse(text);
}

for (let i = 0; i < count; i++) {
	const pushed = now();
	const { live } = await post('', { source: 'browser' });
	const began = now();
	for (let k = 1; k <= SPEAKS_S / PART_S; k++) {
		await sleep(began + k * PART_S - now()); // a part can be sent when it has been spoken
		if (k === 1)
			console.log(`pushed ${pushed.toFixed(6)}\npart ${now().toFixed(6)}`);
		await post('/sound', { live, sound });
	}
	await post('/stop', {});
	await sleep(PAUSE_S + Math.random() * 0.1);
}
