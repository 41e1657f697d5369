// SPDX-License-Identifier: GPL-3.0-or-later
// Recording with the browser's microphone, where the page is secure: its sound, its level, its time.
import { keepFile } from './kept.js';

export const canRecord = () => isSecureContext && !!navigator.mediaDevices?.getUserMedia && !!window.MediaRecorder;

const TYPES = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus'];
const BITS_S = 96000; // speech through a telephone's microphone needs no more
const PIECE_MS = 1000;
const KEEP_PIECES = 5; // what a closed page costs, in seconds
const LEVEL_MS = 100;

const two = (n) => String(n).padStart(2, '0');

function nameNow(type) {
	const d = new Date();
	const ending = /mp4/.test(type) ? 'm4a' : /ogg/.test(type) ? 'ogg' : 'webm';
	return `ghi-am-${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}-${two(d.getHours())}${two(d.getMinutes())}.${ending}`;
}

// The highest sample of the last moment, 0–1.
function meter(stream) {
	const context = new AudioContext();
	const analyser = context.createAnalyser();
	const samples = new Float32Array(analyser.fftSize = 4096);
	context.createMediaStreamSource(stream).connect(analyser);
	return {
		peak: () => {
			analyser.getFloatTimeDomainData(samples);
			return samples.reduce((most, s) => Math.max(most, Math.abs(s)), 0);
		},
		close: () => context.close(),
	};
}

// A dark screen ends a recording on a telephone.
const stayAwake = () => navigator.wakeLock?.request('screen').catch(() => null) ?? Promise.resolve(null);

// Starts, and resolves to { stop }, or rejects as getUserMedia does. on: { level(0–1, seconds), over(file, lost) },
// file null: not a sample came; lost: the microphone went away by itself. What is recorded is kept as 'take' while it grows.
export async function record(on) {
	const stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, echoCancellation: false } });
	const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
	const recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: BITS_S });
	const name = nameNow(recorder.mimeType || mimeType || '');
	const pieces = [];
	const began = performance.now();
	const level = meter(stream);
	const awake = await stayAwake();
	let lost = false;
	const whole = () => new File(pieces, name, { type: (recorder.mimeType || '').split(';')[0] });
	const timer = setInterval(() => on.level(level.peak(), (performance.now() - began) / 1000), LEVEL_MS);

	recorder.ondataavailable = (e) => {
		pieces.push(e.data);
		if (pieces.length % KEEP_PIECES === 0)
			keepFile('take', whole());
	};
	recorder.onstop = async () => {
		clearInterval(timer);
		level.close();
		awake?.release();
		for (const track of stream.getTracks())
			track.stop();
		const file = whole();
		if (file.size > 0)
			await keepFile('take', file);
		on.over(file.size > 0 ? file : null, lost);
	};
	stream.getAudioTracks()[0].onended = () => {
		lost = true;
		if (recorder.state !== 'inactive')
			recorder.stop();
	};
	recorder.start(PIECE_MS);
	return { stop: () => recorder.state !== 'inactive' && recorder.stop() };
}
