// SPDX-License-Identifier: GPL-3.0-or-later
// What survives a reload: files in IndexedDB, and a note in local storage. A browser may refuse both (a
// private window, a full phone): then it is as if nothing had been kept.

const STORE = 'files';
// A file is copied when it is kept; a larger one has to be chosen again.
export const KEPT_BYTES_MAX = 100 << 20;

const answer = (request) => new Promise((resolve, reject) => {
	request.onsuccess = () => resolve(request.result);
	request.onerror = request.onblocked = () => reject(request.error);
});

async function inStore(mode, act) {
	const opening = indexedDB.open('vangxa', 1);
	opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
	const db = await answer(opening);
	try {
		const change = db.transaction(STORE, mode);
		const over = new Promise((resolve, reject) => {
			change.oncomplete = resolve;
			change.onabort = () => reject(change.error);
		});
		const [result] = await Promise.all([answer(act(change.objectStore(STORE))), over]);
		return result;
	} finally {
		db.close();
	}
}

// True if it is kept; key: 'send' for the file under way, 'take' for a recording.
export const keepFile = (key, file) => file.size <= KEPT_BYTES_MAX
	? inStore('readwrite', (s) => s.put(file, key)).then(() => true, () => false) : Promise.resolve(false);

// null: there is none.
export const keptFile = (key) => inStore('readonly', (s) => s.get(key)).then((file) => file ?? null, () => null);

export const dropFile = (key) => inStore('readwrite', (s) => s.delete(key)).catch(() => {});

// A note is an object; null removes it.
export function keepNote(key, note) {
	try {
		if (note)
			localStorage.setItem(key, JSON.stringify(note));
		else
			localStorage.removeItem(key);
	} catch {
		// not kept, that is all
	}
}

export function keptNote(key) {
	try {
		return JSON.parse(localStorage.getItem(key));
	} catch {
		return null;
	}
}
