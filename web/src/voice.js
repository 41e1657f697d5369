// SPDX-License-Identifier: GPL-3.0-or-later
// A live voice on its way to the station: the microphone's samples, 16,000 a second, as G.711 mu-law, in POSTs one
// after the other. Each carries what has gathered since the last: a slow line makes fewer and longer ones.
import { ask } from './station.js';
import tap from 'worklet:tap.js';

export const canSpeak = () => isSecureContext && !!navigator.mediaDevices?.getUserMedia
	&& (!!window.AudioWorkletNode || !!window.AudioContext?.prototype.createScriptProcessor);

const HZ = 16000;
const TREBLE_HZ = 7000; // beyond half of HZ a sample would sound as another tone
const LEAST_S = 0.1;
const MOST_S = 2; // what is older nobody waits for
const WAIT_MS = 2500; // for an answer; the station gives up after 3 s without sound
const LOOK_MS = 50;
const PART = 2048; // samples at once where there is no AudioWorklet, some 45 ms
const TAP_WAIT_MS = 4000; // for a file of half a kilobyte, which was loaded with the page once

// ITU-T G.711: the sign, the place of the highest bit, the four bits behind it; all inverted.
export function mulaw(x) {
	const size = Math.min(8158, Math.abs(x) * 8192) + 33;
	const place = Math.max(0, Math.min(7, Math.floor(Math.log2(size)) - 5));
	return ~((x < 0 ? 128 : 0) | (place << 4) | ((size >> (place + 1)) & 15)) & 255;
}

// Of any rate, by straight lines between samples; across the borders of parts.
export function thinner(from) {
	let at = 0;
	let last = 0;
	return (samples) => {
		const out = [];
		for (; at < samples.length; at += from / HZ) {
			const i = Math.floor(at);
			const before = i > 0 ? samples[i - 1] : last;
			out.push(before + (samples[i] - before) * (at - i));
		}
		at -= samples.length;
		last = samples[samples.length - 1];
		return out;
	};
}

// A node that hands on what goes into it. On the audio thread, which nothing that the page does holds up; where a
// browser has none, or does not load its file, on the page's own.
async function nodeOf(context, take) {
	if (window.AudioWorkletNode) {
		const late = new Promise((_, no) => { setTimeout(no, TAP_WAIT_MS); });
		const loaded = await Promise.race([context.audioWorklet.addModule(tap).then(() => true), late]).catch(() => false);
		if (loaded) {
			const node = new AudioWorkletNode(context, 'tap', { channelCount: 1, channelCountMode: 'explicit' });
			node.port.onmessage = ({ data }) => take(data);
			return node;
		}
	}
	const node = context.createScriptProcessor(PART, 1, 1);
	node.onaudioprocess = ({ inputBuffer }) => take(inputBuffer.getChannelData(0));
	return node;
}

// Opens the microphone at once, so that the browser may ask; resolves to { send(id), stop() }, or rejects as
// getUserMedia does. on: { level(0-1), over(reason: '' | message) }.
export async function openVoice(on) {
	const stream = await navigator.mediaDevices.getUserMedia({
		audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true } });
	const context = new AudioContext();
	const low = new BiquadFilterNode(context, { type: 'lowpass', frequency: TREBLE_HZ });
	const thin = thinner(context.sampleRate);
	const awake = await (navigator.wakeLock?.request('screen').catch(() => null) ?? null);
	let live = '';
	let waiting = [];
	let busy = false;
	let closed = false;

	const close = (reason) => {
		if (closed)
			return;
		closed = true;
		clearInterval(timer);
		for (const track of stream.getTracks())
			track.stop();
		context.close();
		awake?.release();
		on.over(reason);
	};
	const flush = async () => {
		if (busy || !live || closed || waiting.length < LEAST_S * HZ)
			return;
		const part = waiting;
		waiting = [];
		busy = true;
		try {
			await ask('/api/live/sound', { method: 'POST', headers: { 'Content-Type': 'application/json' },
				signal: AbortSignal.timeout?.(WAIT_MS),
				body: JSON.stringify({ live, sound: btoa(String.fromCharCode(...part.map(mulaw))) }) });
		} catch (e) {
			if (e.status < 500) // the station has said so; a line that is gone may come back
				close(e.message);
		}
		busy = false;
	};
	const node = await nodeOf(context, (data) => {
		on.level(data.reduce((most, s) => Math.max(most, Math.abs(s)), 0));
		if (!live)
			return;
		waiting.push(...thin(data));
		waiting = waiting.slice(-MOST_S * HZ);
	});
	const timer = setInterval(flush, LOOK_MS);
	stream.getAudioTracks()[0].onended = () => close('');
	context.createMediaStreamSource(stream).connect(low).connect(node).connect(context.destination); // it runs only where it leads somewhere; it gives silence
	return {
		send: (id) => { live = id; },
		stop: async () => {
			clearInterval(timer);
			while (busy)
				await new Promise((done) => { setTimeout(done, LOOK_MS); });
			await flush();
			close('');
		},
	};
}
