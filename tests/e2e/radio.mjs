// SPDX-License-Identifier: GPL-3.0-or-later
// Upper stations on the loopback, for tests and bench: node radio.mjs PORT SOUND.mp3 SILENCE.mp3 [OTHER] [PPM]
// sends MP3 of 64 kbit/s, 48 kHz at the speed of sound (PPM faster), after a burst as Icecast gives.
//   GET /stream       the sound, as it is set
//   GET /set?mode=M   sound | silent | stall (connected, no byte) | close (and no new one)
//   GET /live.m3u8    the same sound by HLS
//   GET /html /headers /stall /other /turns   what goes wrong: a page; headers without an end; not a byte; the file
//                     OTHER; the sound that after 12 s becomes OTHER
import http from 'node:http';
import fs from 'node:fs';

const [port, sound, silence, otherFile, ppm = '0'] = process.argv.slice(2);
const FRAME = 192, FRAME_MS = 24, BURST_S = 6, SEGMENT = 100, TURN_MS = 12000;
const files = {sound: fs.readFileSync(sound), silent: fs.readFileSync(silence)};
const other = otherFile ? fs.readFileSync(otherFile) : Buffer.alloc(0);
const listeners = new Set(), steady = new Set();
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
const BEFORE = Math.floor(BURST_S * 1000 / FRAME_MS) + 6 * SEGMENT; // a past to begin with
const clock = () => BEFORE + Number(process.hrtime.bigint() - begin) / 1e6 * (1 + Number(ppm) * 1e-6) / FRAME_MS;
let sent = BEFORE;
setInterval(() => {
	const due = Math.floor(clock());
	for (const l of steady)
		l.write(frames(files.sound, sent, due - sent));
	if (mode === 'sound' || mode === 'silent')
		for (const l of listeners)
			l.write(frames(files[mode], sent, due - sent));
	sent = due;
}, 100);

function listen(res, all, file) {
	const burst = Math.floor(BURST_S * 1000 / FRAME_MS);
	res.writeHead(200, {'Content-Type': 'audio/mpeg', 'icy-name': 'Thu'});
	all.add(res);
	res.on('close', () => all.delete(res));
	if (file)
		res.write(frames(file, sent - burst, burst));
}

function playlist() {
	const last = Math.floor(sent / SEGMENT);
	return ['#EXTM3U', '#EXT-X-TARGETDURATION:3', `#EXT-X-MEDIA-SEQUENCE:${last - 4}`,
		...[4, 3, 2, 1].flatMap((n) => [`#EXTINF:${SEGMENT * FRAME_MS / 1000},`, `segment/${last - n}.mp3`]), ''].join('\n');
}

const answers = {
	'/set': (res, url) => {
		mode = url.searchParams.get('mode');
		if (mode === 'close')
			for (const l of listeners)
				l.destroy();
		res.end('ok\n');
	},
	'/stream': (res) => (mode === 'close' ? res.destroy() : listen(res, listeners, files[mode])),
	'/live.m3u8': (res) => res.setHeader('Content-Type', 'application/vnd.apple.mpegurl').end(playlist()),
	'/html': (res) => res.setHeader('Content-Type', 'text/html')
		.end(`<!doctype html><html><body>${'Không có gì ở đây. '.repeat(40)}</body></html>`),
	'/headers': (res) => {
		res.socket.write('HTTP/1.1 200 OK\r\n');
		const more = setInterval(() => res.socket?.write(`X-More: ${'a'.repeat(4000)}\r\n`.repeat(10)), 50);
		res.socket.on('close', () => clearInterval(more)).on('error', () => {});
	},
	'/stall': (res) => listen(res, new Set(), null),
	'/other': (res) => res.setHeader('Content-Type', 'audio/mpeg').end(other),
	'/turns': (res) => {
		listen(res, steady, files.sound);
		setTimeout(() => {
			steady.delete(res);
			res.write(other);
		}, TURN_MS);
	},
};

http.createServer((req, res) => {
	const url = new URL(req.url, 'http://x');
	const segment = /^\/segment\/(\d+)\.mp3$/.exec(url.pathname);
	if (segment)
		res.setHeader('Content-Type', 'audio/mpeg').end(frames(files.sound, segment[1] * SEGMENT, SEGMENT));
	else if (answers[url.pathname])
		answers[url.pathname](res, url);
	else
		res.writeHead(404).end();
}).listen(Number(port), '127.0.0.1');
