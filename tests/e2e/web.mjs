// SPDX-License-Identifier: GPL-3.0-or-later
// What the tests of the page share: the web process, a browser, and waiting for what is to come.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

// For a machine that builds and checks beside: an idle one never needs a tenth of it.
export const WAIT_MS = 60000;
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
export const program = resolve(process.env.VANGXA ?? join(root, 'build/plain/vangxa'));
export const www = resolve(process.env.WWW ?? join(root, 'web/dist'));

// Waits until check() gives something true, and returns it. A check that throws is asked again.
export async function until(what, check) {
	for (const end = Date.now() + WAIT_MS; ;) {
		let fault;
		const value = await Promise.resolve().then(check).catch((e) => { fault = e; });
		if (value)
			return value;
		assert.ok(Date.now() < end, `never: ${what}${fault ? ` (${fault.message})` : ''}`);
		await new Promise((r) => setTimeout(r, 50));
	}
}

// Starts `vangxa web` or `vangxa run` and waits for the line that says where it listens. The child has `port`,
// `url`, `said` (its stderr) and `ended` (a promise of its status or signal).
export function start(command, args, environment = {}) {
	return new Promise((done, fail) => {
		// Whatever ends this process, kill -9 included, ends the one that it started.
		const child = spawn('setpriv', ['--pdeathsig', command === 'run' ? 'TERM' : 'KILL', program, command,
			'--www', www, '--listen', '127.0.0.1:0', ...args],
			{ stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, VANGXA_LANG: 'en', ...environment } });
		child.said = '';
		child.stderr.setEncoding('utf8').on('data', (text) => {
			child.said += text;
			const m = /https?:\/\/127\.0\.0\.1:(\d+)\//.exec(child.said);
			if (m && !child.port)
				done(Object.assign(child, { port: Number(m[1]), url: m[0].slice(0, -1) }));
		});
		child.ended = new Promise((over) => child.on('exit', (code, signal) => {
			over(code ?? signal);
			fail(new Error(`${command} ended: ${child.said}`));
		}));
	});
}

// null where there is no Chromium.
export async function launch(...args) {
	// Ubuntu's /usr/bin/chromium-browser is no browser but a word about snap: it is not asked.
	const executablePath = process.env.CHROMIUM ??
		['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path));
	return executablePath ? chromium.launch({ executablePath, args: ['--headless', '--no-sandbox', '--disable-gpu',
		'--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
		'--disable-sync', '--autoplay-policy=no-user-gesture-required', ...args] }) : null;
}
