// SPDX-License-Identifier: GPL-3.0-or-later
// What test_page.mjs and test_looks.mjs stand on: the real `vangxa web` over a fake station, a browser on it, and the running of
// their tests one after the other.      ONLY=words: those whose name has these words
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FakeStation } from './fake_station.mjs';
import { WAIT_MS, launch, start } from './web.mjs';

const NOON = Date.parse('2026-11-23T11:14:20+07:00');

export const dir = mkdtempSync(join(tmpdir(), 'vangxa-page-'));

function tone(name, ...how) {
	const file = join(dir, name);
	execFileSync('sox', ['-n', '-r', '48000', '-c', '1', ...how, file, 'synth', '20', 'sine', '440', 'vol', '0.3']);
	return file;
}

export const mp3File = tone('tone.mp3', '-C', '64');
export const mp3 = readFileSync(mp3File);

// Once the tests run.
export let station;
export let web;
export let url;
export let port;
export let page; // 360 pixels wide; null without a browser

export async function startWeb(args = []) {
	web = await start('web', ['--data', dir, ...args]);
	({ url, port } = web);
}

// What the browser complained of, anywhere.
export const trouble = [];

export async function openPage(browser, width, height, hash = '') {
	const context = await browser.newContext({ viewport: { width, height } });
	const p = await context.newPage();
	p.on('console', (m) => {
		// Asked for on purpose: what is not there, what is refused, a sheet that the log does not bear out, a report too many, a faulty list.
		if (/\/api\/lists\/tieng$/.test(m.location().url) && m.text().includes('status of 422'))
			return;
		if (/\/api\/reports\/B\.json\?/.test(m.location().url) && m.text().includes('status of 409'))
			return;
		if (/\/api\/airings\.csv\?/.test(m.location().url) && m.text().includes('status of 412'))
			return;
		if (/\/api\/(airings\/A999|airings\/A\d+\/proof\?of=checked|tone|live)$/.test(m.location().url))
			return;
		if (m.type() === 'error' || /Content Security Policy/i.test(m.text()))
			trouble.push(`${m.text()} ${m.location().url}`);
	});
	p.on('pageerror', (e) => trouble.push(String(e)));
	await p.goto(url + hash);
	return p;
}

const tests = [];
export const test = (name, fn) => tests.push([name, fn]);
// Without a browser these are left out, and that is said.
export const browserTest = (name, fn) => tests.push([name, fn, true]);

let running = '';
const failures = [];

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
	process.on(signal, () => {
		web?.kill('SIGKILL');
		rmSync(dir, { recursive: true, force: true });
		console.log(`FAILED  ${running}: ended by ${signal} while it ran`);
		process.exit(1);
	});

async function one(name, fn) {
	const began = Date.now();
	running = name;
	try {
		await fn();
		console.log(`ok      ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
	} catch (e) {
		failures.push(`FAILED  ${name}: ${e.message.split('\n')[0]}`);
		console.log(`FAILED  ${name}\n        ${e.stack}`);
	}
}

// Ends the process. What failed, and why, is said once more at the end, where it is looked for.
export async function run() {
	station = new FakeStation(dir, { now: NOON, mp3 });
	station.master = readFileSync(tone('tone.flac', '-b', '24'));
	await station.start();
	await startWeb();
	const browser = await launch();
	page = browser ? await openPage(browser, 360, 640) : null;
	page?.setDefaultTimeout(WAIT_MS);
	const wanted = tests.filter(([name]) => !process.env.ONLY || name.includes(process.env.ONLY));
	const able = wanted.filter(([, , needsBrowser]) => browser || !needsBrowser);
	for (const [name, fn] of able)
		await one(name, fn);
	await browser?.close();
	web.kill('SIGKILL');
	await station.stop().catch(() => {});
	rmSync(dir, { recursive: true, force: true });
	if (able.length < wanted.length)
		console.log(`LEFT OUT: ${wanted.length - able.length} tests of the page, because there is no Chromium (CHROMIUM=/path/to/it)`);
	console.log([...failures, `${able.length - failures.length} passed, ${failures.length} failed`].join('\n'));
	process.exit(failures.length ? 1 : 0);
}
