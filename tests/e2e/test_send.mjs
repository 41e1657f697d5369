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

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const browser = await launch('--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream');
if (!browser) {
	console.log('LEFT OUT: sending from the page, because there is no Chromium (CHROMIUM=/path/to/it)');
	process.exit(0);
}

const sum = (bytes) => createHash('sha256').update(bytes).digest('hex');
const sound = (bytes) => Buffer.concat([Buffer.from('RIFF'), randomBytes(bytes - 4)]);
let files = 0;
function fileOf(name, bytes) {
	const folder = join(process.env.SCRATCH, `files-${files++}`);
	mkdirSync(folder);
	writeFileSync(join(folder, name), bytes);
	return join(folder, name);
}

// A station and its web process.
class World {
	async start(name) {
		this.dir = join(process.env.SCRATCH, name);
		mkdirSync(this.dir);
		this.station = new FakeStation(this.dir);
		await this.station.start();
		this.web = await start('web', ['--data', this.dir]);
		return this;
	}

	async killWeb() {
		this.web.kill('SIGKILL');
		await this.web.ended;
	}

	async startWeb() {
		this.web = await start('web', ['--data', this.dir, '--listen', `127.0.0.1:${this.web.port}`]);
	}

	async stop() {
		this.web.kill('SIGKILL');
		await this.station.stop().catch(() => {});
	}

	sent(title) {
		return this.station.bulletins.filter((b) => b.title === title);
	}

	asked(title) {
		return this.station.commands.find((c) => c.title === title);
	}

	left() {
		const incoming = join(this.dir, 'incoming');
		return existsSync(incoming) ? readdirSync(incoming).filter((name) => !name.endsWith('.tus')) : [];
	}
}

// Somebody with a telephone and the page of sending open.
const trouble = [];
class Sender {
	async open(world) {
		this.world = world;
		this.context = await browser.newContext({ viewport: { width: 360, height: 640 } });
		const page = this.page = await this.context.newPage();
		page.setDefaultTimeout(WAIT_MS);
		page.on('pageerror', (e) => trouble.push(String(e)));
		page.on('console', (m) => /Content Security Policy/i.test(m.text()) && trouble.push(m.text()));
		this.line = await this.context.newCDPSession(page);
		await this.line.send('Network.enable');
		await this.goto();
		await page.waitForSelector('#send');
		return this;
	}

	goto() {
		return this.page.goto(`${this.world.web.url}#/gui-ban-tin`);
	}

	throttle(bytes_s, offline = false) {
		return this.line.send('Network.emulateNetworkConditions',
			{ offline, latency: 20, downloadThroughput: -1, uploadThroughput: bytes_s });
	}

	under() {
		return this.page.locator('.under p').innerText();
	}

	async percent() {
		return Number(/(\d+) %/.exec(await this.under())?.[1]);
	}

	seen(what) {
		return this.page.waitForFunction((words) => document.querySelector('.send')?.innerText.includes(words), what);
	}

	async shot(name) {
		const { page } = this;
		if (process.env.SHOTS)
			await page.screenshot({ path: join(process.env.SHOTS, `${name}.png`), fullPage: true });
		await page.evaluate(axe);
		const { violations } = await page.evaluate(() => window.axe.run());
		assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes[0].target}`), [], name);
		assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name} is too wide`);
	}

	async begin(file, title) {
		if (await this.page.locator('#another').count())
			await this.page.click('#another');
		await this.page.setInputFiles('#file', file);
		await this.page.fill('#title', title);
		await this.page.click('#send');
	}
}

async function cutKilledReloaded(at) {
	const { page, world } = at;
	const bytes = sound(5_000_000);
	await at.throttle(500_000);
	await at.begin(fileOf('tin.wav', bytes), 'Đường truyền xấu');
	await until('some of it is sent', async () => await at.percent() >= 20);
	await at.shot('sending');
	await at.throttle(0, true);
	await at.seen('mất mạng, sẽ tự gửi tiếp');
	await at.shot('cut');
	await at.throttle(500_000);
	const before = await at.percent();
	await until('it goes on', async () => await at.percent() > before);

	await world.killWeb();
	await at.seen('mất mạng, sẽ tự gửi tiếp');
	await world.startWeb();
	await until('it goes on after the kill', async () => /^Đã gửi \d+ %$/.test(await at.under()));

	await page.reload();
	await at.throttle(-1);
	await page.waitForSelector('.result');
	assert.deepEqual(world.sent('Đường truyền xấu').map((b) => b.sha256), [sum(bytes)]);
	assert.equal(world.asked('Đường truyền xấu').sha256, sum(bytes));
	assert.match(await page.locator('.send a').getAttribute('href'), /^#\/ban-tin\?so=B\d+$/);
	await at.shot('sent');
}

async function chosenAgain(at) {
	const { page, world } = at;
	const bytes = sound(3_000_000);
	const file = fileOf('bản tin "tối" & <b>.wav', bytes);
	await at.throttle(500_000);
	await at.begin(file, 'Chọn lại');
	await until('half of it is sent', async () => await at.percent() >= 40);
	await page.evaluate(() => new Promise((done) => { indexedDB.deleteDatabase('vangxa').onsuccess = done; }));
	page.once('dialog', (d) => d.accept());
	await page.reload();
	await at.throttle(-1);
	await at.seen('Để gửi tiếp, hãy chọn lại đúng tệp');
	await at.shot('choose-again');
	await page.setInputFiles('#file-again', fileOf('khac.wav', sound(1000)));
	await at.seen('Đây không phải là tệp');
	await page.setInputFiles('#file-again', file);
	await page.waitForSelector('.result');
	assert.deepEqual(world.sent('Chọn lại').map((b) => b.sha256), [sum(bytes)]);
}

async function givenUp(at) {
	const { page, world } = at;
	await at.throttle(100_000);
	await at.begin(fileOf('tin.wav', sound(1_000_000)), 'Bỏ dở');
	await until('some of it is sent', async () => await at.percent() >= 10);
	const upload = await page.evaluate(() => JSON.parse(localStorage.getItem('send')).path.split('/').pop());
	assert.ok(world.left().includes(upload));
	await page.click('#give-up');
	await at.shot('give-up');
	await page.click('#give-up-yes');
	await page.waitForSelector('#send');
	await at.throttle(-1);
	await until('nothing of it is left', () => !world.left().includes(upload));
	await page.reload();
	await page.waitForSelector('#send');
	assert.equal(world.sent('Bỏ dở').length, 0);
}

// Two windows of one browser: the second waits, and takes over when the first is gone.
async function twoWindows(at) {
	const { page, world } = at;
	await at.throttle(500_000);
	await at.begin(fileOf('tin.wav', sound(1_000_000)), 'Hai cửa sổ');
	await until('some of it is sent', async () => await at.percent() >= 10);
	const other = await at.context.newPage();
	await other.goto(`${world.web.url}#/gui-ban-tin`);
	await other.waitForFunction(() => document.querySelector('.send')?.innerText.includes('Một cửa sổ khác'));
	await page.goto('about:blank');
	await other.waitForSelector('.result');
	assert.equal(world.sent('Hai cửa sổ').length, 1);
	await other.close();
	await at.goto();
	await at.throttle(-1);
	await page.waitForSelector('#send');
}

async function stationAway(at) {
	const { page, world } = at;
	await world.station.stop();
	await at.begin(fileOf('tin.wav', sound(100_000)), 'Đài vắng');
	await at.seen('tệp nằm an toàn trên máy của đài');
	await at.shot('station-away');
	await page.reload();
	await at.seen('tệp nằm an toàn trên máy của đài');
	await world.station.start();
	await page.waitForSelector('.result');
	assert.equal(world.sent('Đài vắng').length, 1);
}

async function badInput(at) {
	const { page, world } = at;
	await at.begin(fileOf('trong.mp3', Buffer.alloc(0)), 'Trống');
	await at.seen('Tệp này trống (0 byte)');
	await at.begin(fileOf('thu.mp3', Buffer.concat([Buffer.from('MZ'), randomBytes(2000)])), 'Không phải tiếng');
	await at.seen('không phải tệp âm thanh');
	assert.equal(await page.inputValue('#title'), 'Không phải tiếng');
	const name = `../../${'\u202e'}3pm.${'x'.repeat(4000)}.mp3`;
	await page.setInputFiles('#file', { name, mimeType: 'audio/mpeg', buffer: sound(5000) });
	await page.fill('#title', 'Tên \u202elạ');
	await page.click('#send');
	await page.waitForSelector('#title-wrong');
	await at.shot('bad-title');
	await page.fill('#title', 'Tên tệp lạ');
	await page.click('#send');
	await page.waitForSelector('.result');
	const asked = world.asked('Tên tệp lạ');
	assert.ok(asked.name.length <= 60 && !/\p{C}/u.test(asked.name), asked.name);
}

// Chromium's device beeps once a second.
async function recorded(at) {
	const { page, world } = at;
	if (await page.locator('#another').count())
		await page.click('#another');
	await page.click('#record');
	await page.waitForFunction(() => document.querySelector('.recording meter')?.value > -30);
	await at.seen('Tiếng');
	await at.shot('recording');
	await page.click('#record-stop');
	await page.waitForFunction(() => document.querySelector('.send audio')?.readyState > 0);
	await page.reload();
	await at.seen('Bản ghi âm này chưa được gửi');
	await at.shot('recorded');
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
	await page.click('#send');
	await page.waitForSelector('.result');
	assert.match(world.asked('Ghi tại chỗ').name, /^ghi-am-.*\.webm$/);
	await page.reload();
	await page.waitForSelector('#record');
	assert.equal(await page.locator('#forget-take').count(), 0); // it is the station's now
}

// By an address without TLS that is not this machine's own, browsers lend no microphone.
async function insecure(at) {
	const { page, world } = at;
	const other = await browser.newPage({ viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true });
	await other.addInitScript(() => { Object.defineProperty(window, 'isSecureContext', { value: false }); });
	await other.goto(`${world.web.url}#/gui-ban-tin`);
	await other.waitForSelector('#record-phone');
	assert.equal(await other.locator('#record').count(), 0);
	assert.ok(await other.locator('#record-phone').evaluate((e) => e.hasAttribute('capture') && e.accept === 'audio/*'));
	await other.close();
}

async function noScripts(at) {
	const { page, world } = at;
	const plain = await browser.newContext({ viewport: { width: 360, height: 640 }, javaScriptEnabled: false });
	const p = await plain.newPage();
	p.setDefaultTimeout(WAIT_MS);
	// Chromium parses <noscript> as if there were scripts when they are only switched off for a test.
	assert.match(await (await fetch(world.web.url)).text(), /<noscript>.*href="\/gui"/);
	await p.goto(`${world.web.url}/gui`);
	const bytes = sound(300_000);
	await p.fill('input[name=title]', 'Không có <b>JavaScript</b>');
	await p.setInputFiles('input[name=file]', fileOf('cu.wav', bytes));
	if (process.env.SHOTS)
		await p.screenshot({ path: join(process.env.SHOTS, 'gui-form.png') });
	await p.click('button');
	await p.waitForURL(/gui\/[0-9a-f]{32}$/);
	await p.waitForSelector('audio');
	assert.match(await p.locator('main').innerText(), /“Không có <b>JavaScript<\/b>” was received/);
	assert.deepEqual(world.sent('Không có <b>JavaScript</b>').map((b) => b.sha256), [sum(bytes)]);
	if (process.env.SHOTS)
		await p.screenshot({ path: join(process.env.SHOTS, 'gui-done.png') });
	await p.goto(`${world.web.url}/gui`);
	await p.setInputFiles('input[name=file]', fileOf('thu.mp3', Buffer.from('dear listeners')));
	await p.fill('input[name=title]', 'Thư');
	await p.click('button');
	await p.waitForSelector('text=không phải tệp âm thanh');
	await plain.close();
	await page.goto(`${world.web.url}/gui`); // the same page, with scripts only to look at it
	await page.evaluate(axe);
	assert.deepEqual((await page.evaluate(() => window.axe.run())).violations.map((v) => v.id), []);
}

// What waits, for a line or for another try, waits at the same time. The first of them kill and stop what they talk to.
const lanes = [
	['killed', cutKilledReloaded, stationAway],
	['kept', twoWindows, badInput, insecure],
	['kept', chosenAgain, givenUp],
	['kept', recorded, noScripts],
];
const worlds = {};

async function lane([name, ...tests]) {
	const at = await new Sender().open(worlds[name]);
	for (const test of tests) {
		if (process.env.ONLY && test.name !== process.env.ONLY)
			continue;
		const began = Date.now();
		await test(at).catch(async (e) => {
			console.log(`FAILED ${test.name}: ${await at.page.locator('main').innerText().catch(() => '')}`);
			throw e;
		});
		console.log(`ok ${test.name} ${Date.now() - began} ms`);
	}
}

try {
	for (const [name] of lanes)
		worlds[name] ??= await new World().start(name);
	await Promise.all(lanes.map(lane));
	assert.deepEqual(trouble, []);
	for (const world of Object.values(worlds))
		assert.deepEqual(world.left(), []);
} finally {
	await browser.close();
	for (const world of Object.values(worlds))
		await world.stop();
}
