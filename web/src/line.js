// SPDX-License-Identifier: GPL-3.0-or-later
// One file on its way by tus-js-client: pieces with checksums, as large as the line bears.
import { DefaultHttpStack, Upload } from 'tus-js-client/lib/browser/index.js'; // as written, not as ES5: 6 kB less
import { checksumOf } from './sha256.js';
import { language } from './text.js';

const PIECE_BYTES = 256 << 10, PIECE_BYTES_MIN = 64 << 10, PIECE_BYTES_MAX = 4 << 20;
const QUICK_MS = 2000;
const SILENCE_MS = 70000; // the station ends a line that is slower than 1,000 bytes a second
// What another try does not change: the words, the right, the size.
const FINAL = [400, 403, 412, 413, 415];

class Refused extends Error {
	constructor(status) {
		super(`HTTP ${status}`);
		this.status = status;
	}
}

// With a checksum on every piece. When the station does not say where to go on (no login, no room), the
// library would begin anew from the first byte; only an upload that is gone is begun anew.
class Stack extends DefaultHttpStack {
	createRequest(method, url) {
		const request = super.createRequest(method, url);
		const { send, abort } = request;
		let over = false;
		request.send = async (body = null) => {
			if (body)
				request.setHeader('Upload-Checksum', await checksumOf(body));
			if (over)
				return new Promise(() => {}); // as an aborted one of the library: no word more
			const response = await send.call(request, body);
			const status = response.getStatus();
			if (method === 'HEAD' && status >= 400 && status !== 404 && status !== 410)
				throw new Refused(status);
			return response;
		};
		request.abort = () => {
			over = true;
			return abort.call(request);
		};
		return request;
	}
}

function reasonOf(error) {
	const cause = error.causingError;
	const status = error.originalResponse?.getStatus() ?? cause?.status ?? 0;
	let said = {};
	try {
		said = JSON.parse(error.originalResponse.getBody()).error ?? {};
	} catch {
		// no answer, or none of ours
	}
	const unreadable = ['NotReadableError', 'NotFoundError'].includes(cause?.name ?? error.name);
	return { status, text: said.text ?? '', field: said.field, final: FINAL.includes(status), unreadable };
}

// on: { url(url), progress(0–1), whole(), failed({ status, text, field, final, unreadable }) }; after failed
// or stop it can be started again, and goes on where the station's disk has it.
export function makeLine(file, url, metadata, on) {
	let watchdog = 0;
	let began = 0;
	const alive = () => {
		clearTimeout(watchdog);
		watchdog = setTimeout(() => {
			upload.abort();
			fail(new Refused(0));
		}, SILENCE_MS);
	};
	const fail = (error) => {
		clearTimeout(watchdog);
		upload.options.chunkSize = Math.max(PIECE_BYTES_MIN, upload.options.chunkSize / 2);
		on.failed(reasonOf(error));
	};
	const upload = new Upload(file, {
		endpoint: `${location.origin}/files`, uploadUrl: url, metadata, chunkSize: PIECE_BYTES, retryDelays: null,
		headers: { 'Accept-Language': language }, storeFingerprintForResuming: false, httpStack: new Stack(),
		onUploadUrlAvailable: () => on.url(upload.url),
		onProgress: (sent, all) => {
			alive();
			on.progress(sent / all);
		},
		onChunkComplete: () => {
			if (performance.now() - began < QUICK_MS)
				upload.options.chunkSize = Math.min(PIECE_BYTES_MAX, upload.options.chunkSize * 2);
			began = performance.now();
		},
		onSuccess: () => {
			clearTimeout(watchdog);
			on.whole();
		},
		onError: fail,
	});
	return {
		start: () => {
			began = performance.now();
			alive();
			upload.start();
		},
		stop: () => {
			clearTimeout(watchdog);
			upload.abort();
		},
	};
}
