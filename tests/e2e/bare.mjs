// SPDX-License-Identifier: GPL-3.0-or-later
// A browser by its own protocol, over a pipe: nobody is attached to anything but the page. (Playwright attaches to
// every thread that a page starts, and newer Chromiums then wait for ever before they load an AudioWorklet.)
import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';

// before: a script that runs ahead of the page's own. { evaluate(expression), close() }
export async function open(executable, url, args, before = '') {
	const child = spawn('setpriv', ['--pdeathsig', 'KILL', executable, '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic',
		'--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
		'--autoplay-policy=no-user-gesture-required', '--remote-debugging-pipe',
		`--user-data-dir=${mkdtempSync(join(process.env.SCRATCH, 'browser-'))}`, ...args, 'about:blank'],
		{ stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
	const waiting = new Map();
	let number = 0;
	let heard = '';
	child.stdio[4].setEncoding('utf8').on('data', (text) => {
		const pieces = (heard + text).split('\0');
		heard = pieces.pop();
		for (const { id, result, error } of pieces.map((piece) => JSON.parse(piece))) {
			const [done, fail] = waiting.get(id) ?? [];
			waiting.delete(id);
			if (error)
				fail?.(new Error(error.message));
			else
				done?.(result);
		}
	});
	const ask = (method, params, sessionId) => new Promise((done, fail) => {
		waiting.set(++number, [done, fail]);
		child.stdio[3].write(`${JSON.stringify({ id: number, method, params, sessionId })}\0`);
	});
	const { targetInfos } = await ask('Target.getTargets');
	const { targetId } = targetInfos.find(({ type }) => type === 'page');
	const { sessionId } = await ask('Target.attachToTarget', { targetId, flatten: true });
	await ask('Page.enable', {}, sessionId);
	await ask('Page.addScriptToEvaluateOnNewDocument', { source: before }, sessionId);
	await ask('Page.navigate', { url }, sessionId);
	return {
		evaluate: async (expression) => {
			const { result, exceptionDetails } = await ask('Runtime.evaluate',
				{ expression, awaitPromise: true, returnByValue: true, userGesture: true }, sessionId);
			if (exceptionDetails)
				throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
			return result.value;
		},
		close: () => new Promise((done) => { child.on('exit', done); child.kill(); }),
	};
}
