// SPDX-License-Identifier: GPL-3.0-or-later
// What the page knows of the station: one state, fed by server-sent events, told to whoever listens.
import { language } from './text.js';
import { offsetOf, digitsOf } from './time.js';

const SILENCE_MS = 40000; // the server sends a status every 15 s
const RETRY_MS = 2000;

export const state = {
	status: null, // the newest, as sent
	at: 0,        // performance.now() when it came
	levels: {},   // dB by zone
	voice: undefined, // dB of the station's microphone while somebody speaks
	day: null,    // today's list
	link: 'joining', // 'joining' | 'open' | 'lost' | 'away'
};

const listeners = new Set();
let source = null;
let watchdog = 0;
let dayTimer = 0;
let dayTag = ''; // of the list that we have

export function subscribe(fn) {
	listeners.add(fn);
	return () => listeners.delete(fn);
}

export function tell() {
	for (const fn of listeners)
		fn();
}

// Unix milliseconds at the station, by its own clock: the phone's may be wrong.
export function now() {
	return state.status ? Date.parse(state.status.now) + (performance.now() - state.at) : Date.now();
}

// The station's local time as RFC 3339 digits.
export function nowDigits() {
	return digitsOf(now(), state.status ? offsetOf(state.status.now) : -new Date().getTimezoneOffset());
}

// Seconds of an airing that have passed.
export function elapsed(airing) {
	return airing.elapsed_s + (performance.now() - state.at) / 1000;
}

// Called when an answer says that nobody is logged in (any more).
let stranger = () => {};
export const onStranger = (fn) => { stranger = fn; };
export const whoAmI = () => stranger();

async function answerOf(response) {
	const body = await response.json().catch(() => ({}));
	if (response.status === 401 && !response.url.endsWith('/api/login'))
		stranger();
	if (!response.ok)
		throw Object.assign(new Error(body.error?.text ?? `HTTP ${response.status}`), { status: response.status, faults: body.faults });
	return body;
}

// Every question says which language the page shows: the station answers in it, errors too.
const send = (path, options = {}) => fetch(path, { ...options, headers: { ...options.headers, 'Accept-Language': language } });

const look = (path, headers) => send(path, { headers: { Accept: 'application/json', ...headers } });

// Any request: what fetch takes.
export const ask = (path, options) => send(path, options).then(answerOf);

export const get = (path) => look(path).then(answerOf);

// A file to keep; what kept it back is an error with its sentence, as of any answer, where a plain link would save nothing and say nothing.
export const getFile = (path) => send(path).then((response) => (response.ok ? response.blob() : answerOf(response)));

export const post = (path, body = {}) => ask(path, {
	method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
});

export function takeDay(day, tag) {
	state.day = day;
	dayTag = tag ?? '';
}

async function loadDay() {
	try {
		const response = await look('/api/day', dayTag && { 'If-None-Match': dayTag });
		if (response.status === 304)
			return; // most events change other things
		takeDay(await answerOf(response), response.headers.get('ETag'));
	} catch {
		return; // the banner already says that the station is away; the next event asks again
	}
	tell();
}

// Several events come together when something changes: one question for all.
export function refreshDay() {
	clearTimeout(dayTimer);
	dayTimer = setTimeout(loadDay, 150);
}

function heard() {
	clearTimeout(watchdog);
	watchdog = setTimeout(reconnect, SILENCE_MS);
}

function takeStatus(status) {
	const dayBefore = state.status?.now.slice(0, 10);
	const wasAway = state.link !== 'open';
	if (wasAway && state.link !== 'joining')
		dayTag = ''; // what was asked meanwhile went wrong: all is asked anew with the new list
	state.status = status;
	state.at = performance.now();
	state.link = 'open';
	if (wasAway || dayBefore !== status.now.slice(0, 10))
		refreshDay();
	tell();
}

function on(name, fn) {
	source.addEventListener(name, (event) => {
		heard();
		fn(event.data ? JSON.parse(event.data) : {});
	});
}

function lose() {
	if (state.link === 'open')
		stranger(); // or the session was ended: then there is no link to wait for
	if (state.link !== 'away')
		state.link = state.status ? 'lost' : 'joining';
	tell();
	if (source.readyState === EventSource.CLOSED) {
		stranger(); // refused, but an event source does not say why
		clearTimeout(watchdog);
		watchdog = setTimeout(reconnect, RETRY_MS);
	}
}

export function disconnect() {
	source?.close();
	source = null;
	clearTimeout(watchdog);
	clearTimeout(dayTimer);
}

export function connect() {
	if (!source)
		reconnect();
}

export function reconnect() {
	source?.close();
	source = new EventSource('/api/events');
	source.onerror = lose;
	on('status', takeStatus);
	on('level', (level) => {
		state.levels = level.zones;
		state.voice = level.voice;
		tell();
	});
	on('day', refreshDay);
	on('away', () => {
		state.link = 'away';
		tell();
	});
	heard();
}
