// SPDX-License-Identifier: GPL-3.0-or-later
// The one file that this browser is sending: through cuts of the line, reloads of the page and restarts of
// the station, until it is a bulletin, refused, or given up. It goes on whichever page is open.
import { dropFile, keepFile, keepNote, keptFile, keptNote } from './kept.js';
import { makeLine } from './line.js';
import { hashOf } from './sha256.js';
import { get, whoAmI } from './station.js';

const RETRY_S = [1, 2, 4, 8, 15];
const ASK_MS = 1000;
const BEAT_MS = 1500; // another window takes over what this one has not touched for three of these

// state:
//   none       nothing is under way
//   elsewhere  another window of this browser sends it
//   choose     the file has to be chosen again; wrong: another one was
//   reading    its checksum is made
//   sending
//   cut        it will be tried again by itself; text: what the station said, '' if nobody answered;
//              foreign: another account has begun it, and whoever logs in as that one goes on
//   station    it is whole there, part null: not looked at yet
//   done       bulletin, or null if nobody here could hear which number it got
//   failed     text, field: the word at fault
// part: 0–1. note: { words, name, size, take, sha256, path, whole }, what a reload needs. kept: so does the file.
export let job = { state: 'none' };

const listeners = new Set();
let line = null;
let timer = 0;
let beat = 0;
let tries = 0;
let file = null;

export function subscribe(fn) {
	listeners.add(fn);
	return () => listeners.delete(fn);
}

function become(change) {
	job = { ...job, ...change };
	for (const fn of listeners)
		fn();
}

const save = (change) => {
	job.note = { ...job.note, ...change };
	keepNote('send', job.note);
};

const touch = () => keepNote('send.beat', { at: Date.now() });

// While this goes on, no other window touches it.
function hold(on) {
	clearInterval(beat);
	if (on) {
		touch();
		beat = setInterval(touch, BEAT_MS);
	} else {
		keepNote('send.beat', null);
	}
}

function stop() {
	clearTimeout(timer);
	line?.stop();
	line = null;
}

function forget(change) {
	stop();
	hold(false);
	file = null;
	tries = 0;
	keepNote('send', null);
	dropFile('send');
	if (change.state === 'done' && job.note.take)
		dropFile('take'); // a recording stays until the station has it
	become({ note: null, ...change });
}

function later(fn) {
	clearTimeout(timer);
	timer = setTimeout(fn, RETRY_S[Math.min(tries, RETRY_S.length - 1)] * 1000);
	tries++;
}

// The station has all of it and says how far it is.
async function watch() {
	clearTimeout(timer);
	let told;
	try {
		told = await get(job.note.path);
	} catch (e) {
		if (e.status === 404 || e.status === 403 || e.status === 410)
			forget({ state: 'failed', text: e.message, words: job.note.words });
		else
			later(watch);
		return;
	}
	tries = 0;
	if (told.state === 'done')
		forget({ state: 'done', bulletin: told.bulletin ?? null, title: job.note.words.title });
	else if (told.state === 'refused')
		forget({ state: 'failed', text: told.error.text, field: told.error.field, words: job.note.words });
	else {
		become({ state: 'station', part: told.progress ?? null, text: told.error?.text ?? '' });
		timer = setTimeout(watch, ASK_MS);
	}
}

function whole() {
	line = null;
	tries = 0;
	save({ whole: true });
	become({ state: 'station', part: null, text: '' });
	watch();
}

function failed({ status, text, field, final, unreadable }) {
	if (unreadable) {
		stop();
		become({ state: 'choose', wrong: false, unreadable: true });
	} else if (final && !(status === 403 && job.note.path)) {
		forget({ state: 'failed', text, field, words: job.note.words });
	} else {
		become({ state: 'cut', text, foreign: status === 403 });
		later(() => line?.start());
		if (status === 401)
			whoAmI(); // whoever logs in again goes on where it stopped
	}
}

function run() {
	const { words, name, sha256 } = job.note;
	hold(true);
	become({ state: 'sending', part: job.part ?? 0 });
	line = makeLine(file, job.note.path && location.origin + job.note.path, { ...words, filename: name, sha256 }, {
		url: (url) => save({ path: new URL(url).pathname }),
		progress: (part) => {
			tries = 0;
			become({ state: 'sending', part });
		},
		whole,
		failed,
	});
	line.start();
}

// A name says something to people only; the station takes 200 bytes and no signs that do not show.
const NAME_MAX = 60;
export function nameOf(file) {
	const shown = [...file.name.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '')];
	return shown.length <= NAME_MAX ? shown.join('') : `…${shown.slice(1 - NAME_MAX).join('')}`;
}

// words: title and so on, as /api/bulletins has them. take: it was recorded here.
export async function send(chosen, words, take) {
	file = chosen;
	job = { state: 'reading', part: 0, note: { words, name: nameOf(chosen), size: chosen.size, take }, kept: false };
	become({});
	try {
		const sha256 = await hashOf(chosen, (part) => job.state === 'reading' && become({ part }));
		if (file !== chosen)
			return; // given up meanwhile
		save({ sha256 });
	} catch {
		forget({ state: 'failed', text: '', unreadable: true, words });
		return;
	}
	become({ part: 0 });
	run();
	if (await keepFile('send', chosen) && file === chosen)
		become({ kept: true });
}

// The file that was asked for again.
export async function sendAgain(chosen) {
	become({ state: 'reading', part: 0 });
	const sha256 = await hashOf(chosen, (part) => become({ part })).catch(() => '');
	if (!job.note)
		return;
	if (sha256 !== job.note.sha256) {
		become({ state: 'choose', wrong: true, part: job.sent });
		return;
	}
	file = chosen;
	become({ part: job.sent ?? 0 });
	run();
	become({ kept: await keepFile('send', chosen) });
}

// Throws away what the station has of it. 423: it still takes in what was on its way; later then. What is left after
// all tries expires by itself.
async function drop(path, tries) {
	const answer = await fetch(path, { method: 'DELETE', headers: { 'Tus-Resumable': '1.0.0' } }).catch(() => null);
	if (answer?.status === 423 && tries > 1)
		setTimeout(() => drop(path, tries - 1), ASK_MS);
}

// What came up to now is thrown away, here and there.
export function giveUp() {
	const path = job.note?.path;
	forget({ state: 'none' });
	if (path)
		drop(path, 10);
}

// What is said about it was changed.
export const amend = (bulletin) => become({ bulletin });

// The outcome was read.
export const next = () => become({ state: 'none', bulletin: null, words: null, text: '', field: null });

async function takeUp() {
	const note = keptNote('send');
	if (!note) {
		become({ state: 'none' });
		return;
	}
	const beaten = keptNote('send.beat')?.at ?? 0;
	if (Math.abs(Date.now() - beaten) < 3 * BEAT_MS) {
		become({ state: 'elsewhere', note });
		timer = setTimeout(takeUp, BEAT_MS);
		return;
	}
	hold(true);
	job.note = note;
	if (note.whole) {
		whole();
		return;
	}
	file = await keptFile('send');
	if (file) {
		become({ kept: true });
		run();
		return;
	}
	hold(false);
	become({ state: 'choose', wrong: false, part: 0, sent: 0 });
	if (note.path)
		get(note.path).then(({ offset, length }) => {
			job.sent = offset / length;
			if (job.state === 'choose')
				become({ part: job.sent });
		}, () => {});
}

// Once, when the page has come: what an earlier visit left is gone on with.
let awake = false;
export function wake() {
	if (awake)
		return;
	awake = true;
	addEventListener('online', () => {
		tries = 0;
		clearTimeout(timer);
		if (job.state === 'cut')
			line?.start();
		else if (job.state === 'station')
			watch();
	});
	addEventListener('offline', () => {
		if (job.state !== 'sending')
			return;
		line.stop();
		failed({ status: 0, text: '' });
	});
	addEventListener('pagehide', () => {
		if (beat)
			keepNote('send.beat', null);
	});
	addEventListener('beforeunload', (e) => {
		if (!job.kept && ['reading', 'sending', 'cut'].includes(job.state))
			e.preventDefault();
	});
	takeUp();
}
