// SPDX-License-Identifier: GPL-3.0-or-later
// Sending from the page over a bad line: no network, a web process that is killed, a page that is loaded anew, a
// browser that keeps nothing. What arrives is byte for byte what was sent, and once.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { FakeStation } from './fake_station.mjs';
import { WAIT_MS, launch, start, until } from './web.mjs';

const dir = join(process.env.SCRATCH, 'dir');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const browser = await launch('--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream');
if (!browser) {
	console.log('LEFT OUT: sending from the page, because there is no Chromium (CHROMIUM=/path/to/it)');
	process.exit(0);
}
mkdirSync(dir, { recursive: true });
const station = new FakeStation(dir);
await station.start();
let web = await start('web', ['--data', dir]);

const trouble = [];
const context = await browser.newContext({ viewport: { width: 360, height: 640 } });
const page = await context.newPage();
page.setDefaultTimeout(WAIT_MS);
page.on('pageerror', (e) => trouble.push(String(e)));
page.on('console', (m) => /Content Security Policy/i.test(m.text()) && trouble.push(m.text()));
// 2 Mbit/s: a piece of a file takes a second.
const line = await context.newCDPSession(page);
await line.send('Network.enable');
const throttle = (bytes_s, offline = false) => line.send('Network.emulateNetworkConditions',
	{ offline, latency: 20, downloadThroughput: -1, uploadThroughput: bytes_s });

const sum = (bytes) => createHash('sha256').update(bytes).digest('hex');
const sound = (bytes) => Buffer.concat([Buffer.from('RIFF'), randomBytes(bytes - 4)]);
function fileOf(name, bytes) {
	const path = join(process.env.SCRATCH, name);
	writeFileSync(path, bytes);
	return path;
}
const under = () => page.locator('.under p').innerText();
const percent = async () => Number(/(\d+) %/.exec(await under())?.[1]);
const sent = (title) => station.bulletins.filter((b) => b.title === title);
const seen = (what) => page.waitForFunction((words) => document.querySelector('.send').innerText.includes(words), what);
const incoming = join(dir, 'incoming');
const left = () => (existsSync(incoming) ? readdirSync(incoming).filter((name) => !name.endsWith('.tus')) : []);

async function shot(name) {
	if (process.env.SHOTS)
		await page.screenshot({ path: join(process.env.SHOTS, `${name}.png`), fullPage: true });
	await page.evaluate(axe);
	const { violations } = await page.evaluate(() => window.axe.run());
	assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes[0].target}`), [], name);
	assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name} is too wide`);
}

async function begin(file, title) {
	if (await page.locator('#another').count())
		await page.click('#another');
	await page.setInputFiles('#file', file);
	await page.fill('#title', title);
	await page.click('#send');
}

async function cutKilledReloaded() {
	const bytes = sound(5_000_000);
	await throttle(500_000);
	await begin(fileOf('tin.wav', bytes), 'Đường truyền xấu');
	await until('some of it is sent', async () => await percent() >= 20);
	await shot('sending');
	await throttle(0, true);
	await seen('mất mạng, sẽ tự gửi tiếp');
	await shot('cut');
	await throttle(500_000);
	const before = await percent();
	await until('it goes on', async () => await percent() > before);

	web.kill('SIGKILL');
	await web.ended;
	await seen('mất mạng, sẽ tự gửi tiếp');
	web = await start('web', ['--data', dir, '--listen', `127.0.0.1:${web.port}`]);
	await until('it goes on after the kill', async () => /^Đã gửi \d+ %$/.test(await under()));

	await page.reload();
	await throttle(-1);
	await page.waitForSelector('.result');
	assert.deepEqual(sent('Đường truyền xấu').map((b) => b.sha256), [sum(bytes)]);
	assert.equal(station.commands.find((c) => c.title === 'Đường truyền xấu').sha256, sum(bytes));
	assert.match(await page.locator('.send a').getAttribute('href'), /^#\/ban-tin\?so=B\d+$/);
	await shot('sent');
}

async function chosenAgain() {
	const bytes = sound(3_000_000);
	const file = fileOf('bản tin "tối" & <b>.wav', bytes);
	await throttle(500_000);
	await begin(file, 'Chọn lại');
	await until('half of it is sent', async () => await percent() >= 40);
	await page.evaluate(() => new Promise((done) => { indexedDB.deleteDatabase('vangxa').onsuccess = done; }));
	page.once('dialog', (d) => d.accept());
	await page.reload();
	await throttle(-1);
	await seen('Để gửi tiếp, hãy chọn lại đúng tệp');
	await shot('choose-again');
	await page.setInputFiles('#file-again', fileOf('khac.wav', sound(1000)));
	await seen('Đây không phải là tệp');
	await page.setInputFiles('#file-again', file);
	await page.waitForSelector('.result');
	assert.deepEqual(sent('Chọn lại').map((b) => b.sha256), [sum(bytes)]);
}

async function givenUp() {
	await throttle(100_000);
	await begin(fileOf('tin.wav', sound(1_000_000)), 'Bỏ dở');
	await until('some of it is sent', async () => await percent() >= 10);
	await page.click('#give-up');
	await shot('give-up');
	await page.click('#give-up-yes');
	await page.waitForSelector('#send');
	await throttle(-1);
	await until('nothing is left', () => left().length === 0);
	await page.reload();
	await page.waitForSelector('#send');
	assert.equal(sent('Bỏ dở').length, 0);
}

// Two windows of one browser: the second waits, and takes over when the first is gone.
async function twoWindows() {
	await throttle(500_000);
	await begin(fileOf('tin.wav', sound(1_000_000)), 'Hai cửa sổ');
	await until('some of it is sent', async () => await percent() >= 10);
	const other = await context.newPage();
	await other.goto(`${web.url}#/gui-ban-tin`);
	await other.waitForFunction(() => document.querySelector('.send')?.innerText.includes('Một cửa sổ khác'));
	await page.goto('about:blank');
	await other.waitForSelector('.result');
	assert.equal(sent('Hai cửa sổ').length, 1);
	await other.close();
	await page.goto(`${web.url}#/gui-ban-tin`);
	await throttle(-1);
	await page.waitForSelector('#send');
}

async function stationAway() {
	await station.stop();
	await begin(fileOf('tin.wav', sound(100_000)), 'Đài vắng');
	await seen('tệp nằm an toàn trên máy của đài');
	await shot('station-away');
	await page.reload();
	await seen('tệp nằm an toàn trên máy của đài');
	await station.start();
	await page.waitForSelector('.result');
	assert.equal(sent('Đài vắng').length, 1);
}

async function badInput() {
	await begin(fileOf('trong.mp3', Buffer.alloc(0)), 'Trống');
	await seen('Tệp này trống (0 byte)');
	await begin(fileOf('thu.mp3', Buffer.concat([Buffer.from('MZ'), randomBytes(2000)])), 'Không phải tiếng');
	await seen('không phải tệp âm thanh');
	assert.equal(await page.inputValue('#title'), 'Không phải tiếng');
	const name = `../../${'\u202e'}3pm.${'x'.repeat(4000)}.mp3`;
	await page.setInputFiles('#file', { name, mimeType: 'audio/mpeg', buffer: sound(5000) });
	await page.fill('#title', 'Tên \u202elạ');
	await page.click('#send');
	await page.waitForSelector('#title-wrong');
	await shot('bad-title');
	await page.fill('#title', 'Tên tệp lạ');
	await page.click('#send');
	await page.waitForSelector('.result');
	const asked = station.commands.find((c) => c.title === 'Tên tệp lạ');
	assert.ok(asked.name.length <= 60 && !/\p{C}/u.test(asked.name), asked.name);
}

// Chromium's device beeps once a second.
async function recorded() {
	if (await page.locator('#another').count())
		await page.click('#another');
	await page.click('#record');
	await page.waitForFunction(() => document.querySelector('.recording meter')?.value > -30);
	await seen('Tiếng');
	await shot('recording');
	await page.click('#record-stop');
	await page.waitForFunction(() => document.querySelector('.send audio')?.readyState > 0);
	await page.reload();
	await seen('Bản ghi âm này chưa được gửi');
	await shot('recorded');
	await page.click('#forget-take');
	await page.click('#forget-take-yes');
	await page.reload();
	await page.waitForSelector('#record');
	assert.equal(await page.locator('#forget-take').count(), 0);
	await page.click('#record');
	await page.waitForFunction(() => /0:0[1-9]/.test(document.querySelector('.recording')?.innerText));
	await page.click('#record-stop');
	await page.waitForSelector('#title');
	await page.fill('#title', 'Ghi tại chỗ');
	station.anything = true;
	await page.click('#send');
	await page.waitForSelector('.result');
	assert.match(station.commands.find((c) => c.title === 'Ghi tại chỗ').name, /^ghi-am-.*\.webm$/);
	await page.reload();
	await page.waitForSelector('#record');
	assert.equal(await page.locator('#forget-take').count(), 0); // it is the station's now
	station.anything = false;
}

// By an address without TLS that is not this machine's own, browsers lend no microphone.
async function insecure() {
	const other = await browser.newPage({ viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true });
	await other.addInitScript(() => { Object.defineProperty(window, 'isSecureContext', { value: false }); });
	await other.goto(`${web.url}#/gui-ban-tin`);
	await other.waitForSelector('#record-phone');
	assert.equal(await other.locator('#record').count(), 0);
	assert.ok(await other.locator('#record-phone').evaluate((e) => e.hasAttribute('capture') && e.accept === 'audio/*'));
	await other.close();
}

async function noScripts() {
	const plain = await browser.newContext({ viewport: { width: 360, height: 640 }, javaScriptEnabled: false });
	const p = await plain.newPage();
	p.setDefaultTimeout(WAIT_MS);
	// Chromium parses <noscript> as if there were scripts when they are only switched off for a test.
	assert.match(await (await fetch(web.url)).text(), /<noscript>.*href="\/gui"/);
	await p.goto(`${web.url}/gui`);
	const bytes = sound(300_000);
	await p.fill('input[name=title]', 'Không có <b>JavaScript</b>');
	await p.setInputFiles('input[name=file]', fileOf('cu.wav', bytes));
	if (process.env.SHOTS)
		await p.screenshot({ path: join(process.env.SHOTS, 'gui-form.png') });
	await p.click('button');
	await p.waitForURL(/gui\/[0-9a-f]{32}$/);
	await p.waitForSelector('audio');
	assert.match(await p.locator('main').innerText(), /“Không có <b>JavaScript<\/b>” was received/);
	assert.deepEqual(sent('Không có <b>JavaScript</b>').map((b) => b.sha256), [sum(bytes)]);
	if (process.env.SHOTS)
		await p.screenshot({ path: join(process.env.SHOTS, 'gui-done.png') });
	await p.goto(`${web.url}/gui`);
	await p.setInputFiles('input[name=file]', fileOf('thu.mp3', Buffer.from('dear listeners')));
	await p.fill('input[name=title]', 'Thư');
	await p.click('button');
	await p.waitForSelector('text=không phải tệp âm thanh');
	await plain.close();
	await page.goto(`${web.url}/gui`); // the same page, with scripts only to look at it
	await page.evaluate(axe);
	assert.deepEqual((await page.evaluate(() => window.axe.run())).violations.map((v) => v.id), []);
}

try {
	await page.goto(`${web.url}#/gui-ban-tin`);
	await page.waitForSelector('#send');
	const tests = { cutKilledReloaded, chosenAgain, givenUp, twoWindows, stationAway, badInput, recorded, insecure, noScripts };
	for (const [name, test] of Object.entries(tests)) {
		if (process.env.ONLY && name !== process.env.ONLY)
			continue;
		const began = Date.now();
		await test().catch(async (e) => {
			console.log(`FAILED ${name}: ${await page.locator('main').innerText().catch(() => '')}`);
			throw e;
		});
		console.log(`ok ${name} ${Date.now() - began} ms`);
	}
	assert.deepEqual(trouble, []);
	assert.deepEqual(left(), []);
} finally {
	await browser.close();
	web.kill('SIGKILL');
	await station.stop().catch(() => {});
}
