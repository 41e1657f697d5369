// SPDX-License-Identifier: GPL-3.0-or-later
// An upper station on the loopback, for tests and bench: node radio.mjs PORT SOUND.mp3 SILENCE.mp3 [PPM]
// sends MP3 of 64 kbit/s, 48 kHz at the speed of sound (PPM faster), after a burst as Icecast gives.
//   GET /stream       the sound
//   GET /set?mode=M   sound | silent | stall (connected, no byte) | close (and no new one) | html
import http from 'node:http';
import fs from 'node:fs';

const [port, sound, silence, ppm = '0'] = process.argv.slice(2);
const FRAME = 192, FRAME_MS = 24, BURST_S = 6;
const files = {sound: fs.readFileSync(sound), silent: fs.readFileSync(silence)};
const listeners = new Set();
let mode = 'sound';

// Whole frames from the middle of a file: its ends may be padding.
function frames(file, from, count) {
	const all = Math.floor(file.length / FRAME);
	return Buffer.concat(Array.from({length: count}, (_, i) => {
		const at = ((from + i) % all) * FRAME;
		return file.subarray(at, at + FRAME);
	}));
}

const begin = process.hrtime.bigint();
const clock = () => Number(process.hrtime.bigint() - begin) / 1e6 * (1 + Number(ppm) * 1e-6) / FRAME_MS;
let sent = 0;
setInterval(() => {
	const due = Math.floor(clock());
	if (mode === 'sound' || mode === 'silent')
		for (const l of listeners)
			l.write(frames(files[mode], sent, due - sent));
	sent = due;
}, 100);

http.createServer((req, res) => {
	const url = new URL(req.url, 'http://x');
	if (url.pathname === '/set') {
		mode = url.searchParams.get('mode');
		if (mode === 'close')
			for (const l of listeners)
				l.destroy();
		res.end('ok\n');
		return;
	}
	if (mode === 'close') {
		res.destroy();
		return;
	}
	if (mode === 'html') {
		res.setHeader('Content-Type', 'text/html');
		res.end(`<!doctype html><html><body>${'Không có gì ở đây. '.repeat(40)}</body></html>`);
		return;
	}
	res.writeHead(200, {'Content-Type': 'audio/mpeg', 'icy-name': 'Thu'});
	listeners.add(res);
	res.on('close', () => listeners.delete(res));
	if (mode !== 'stall')
		res.write(frames(files[mode], Math.max(0, sent - BURST_S * 1000 / FRAME_MS | 0), BURST_S * 1000 / FRAME_MS | 0));
}).listen(Number(port), '127.0.0.1');
