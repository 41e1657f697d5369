// SPDX-License-Identifier: GPL-3.0-or-later
// What the microphone gives, handed from the browser's audio thread to voice.js in parts. A file of its own, which
// browsers load into that thread (AudioWorklet); nothing can be imported there.
const PART = 1024; // samples, some 20 ms

class Tap extends AudioWorkletProcessor {
	constructor() {
		super();
		this.part = new Float32Array(PART);
		this.have = 0;
	}

	process([[samples]]) {
		for (const sample of samples ?? []) {
			this.part[this.have++] = sample;
			if (this.have === PART) {
				this.port.postMessage(this.part);
				this.have = 0;
			}
		}
		return true;
	}
}

registerProcessor('tap', Tap);
