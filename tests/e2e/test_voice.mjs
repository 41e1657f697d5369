// SPDX-License-Identifier: GPL-3.0-or-later
// Speaking from the page in a real browser, whose microphone beeps: by an AudioWorklet under the page's own policy,
// and where a browser has none without it. What was said is in the log, and was loud.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { open } from './bare.mjs';
import { program, start, until } from './web.mjs';

const chromium = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path));
if (!chromium) {
	console.log('LEFT OUT: speaking from the page, because there is no Chromium (CHROMIUM=/path/to/it)');
	process.exit(0);
}
const dir = join(process.env.SCRATCH, 'dai');
mkdirSync(join(dir, 'schedules'), { recursive: true });
writeFileSync(join(dir, 'station.yaml'), 'station: Đài thử\nid: dai-thu\ntimezone: Asia/Ho_Chi_Minh\n'
	+ 'zones: [{name: mot, device: none}]\nlive: {chime: false}\n');
writeFileSync(join(dir, 'schedules/thu.yaml'), 'timetable: Thử\nslots: []\n');
const run = await start('run', ['--data', dir]);
const speaking = async () => (await (await fetch(`${run.url}/api/status`)).json()).live?.speaking;
const voices = () => execFileSync(program, ['log', '--json', '--data', dir], { encoding: 'utf8' }).split('\n').filter(Boolean)
	.map((line) => JSON.parse(line)).filter(({ file, result }) => file === 'live:browser' && result !== 'on-air');

async function speak(before, times) {
	const page = await open(chromium, `${run.url}/`, ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'], before);
	const press = (what) => until(what, () => page.evaluate(`!!document.querySelector('${what}:not(:disabled)')
		&& (document.querySelector('${what}').click(), true)`));
	await press('#speak');
	await until('the browser\'s microphone', () => page.evaluate('document.querySelector(".speak [name=source]")?.value === "browser"'));
	await press('#speak-yes');
	const since = await until('somebody is heard', async () => (await speaking())?.heard && Date.now());
	await until('four seconds of it', () => Date.now() - since > 4000);
	const made = await page.evaluate('window.made');
	await press('#speak-stop');
	const voice = await until('what was said in the log', () => voices()[times]);
	await page.close();
	assert.equal(voice.result, 'full', JSON.stringify(voice));
	assert.ok(voice.loudness_lufs > -45, `${voice.loudness_lufs} LUFS`);
	return made;
}

try {
	// How many there are is counted.
	assert.equal(await speak(`window.made = 0;
		window.AudioWorkletNode = class extends AudioWorkletNode { constructor(...of) { super(...of); window.made++; } };`, 0), 1);
	assert.equal(await speak('window.made = 0; delete window.AudioWorkletNode;', 1), 0);
	// A file that does not come is not waited for.
	assert.equal(await speak('window.made = 0; AudioWorklet.prototype.addModule = () => new Promise(() => {});', 2), 0);
} finally {
	run.kill();
	await run.ended;
}
