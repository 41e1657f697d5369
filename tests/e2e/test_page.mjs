// SPDX-License-Identifier: GPL-3.0-or-later
// The page and the HTTP interface from outside: the real `vangxa web`, a fake station, a real browser.
//   node tests/e2e/test_page.mjs      VANGXA=build/plain/vangxa (default), WWW=web/dist (default)      ONLY=cut
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { browserTest, dir, mp3, mp3File, openPage, page, port, run, startWeb, station, test, trouble, url, web } from './page_case.mjs';
import { hearTests } from './page_hear.mjs';
import { doublesTests } from './page_doubles.mjs';
import { listTests } from './page_lists.mjs';
import { pageTests } from './page_pages.mjs';
import { planTests } from './page_plan.mjs';
import { proofTests } from './page_proofs.mjs';
import { registerTests } from './page_registers.mjs';
import { reportTests } from './page_reports.mjs';
import { WAIT_MS, program, root, until } from './web.mjs';

// Sends raw bytes, returns all that comes back until the server closes.
function raw(...pieces) {
	return new Promise((done) => {
		const socket = connect(port, '127.0.0.1', () => pieces.forEach((p) => socket.write(p)));
		let text = '';
		socket.setEncoding('latin1').on('data', (more) => { text += more; });
		socket.on('error', () => {});
		socket.on('close', () => done(text));
		setTimeout(() => socket.destroy(), WAIT_MS).unref();
	});
}

const head = (method, path, ...headers) =>
	[`${method} ${path} HTTP/1.1`, `Host: 127.0.0.1:${port}`, 'Connection: close', ...headers, '', ''].join('\r\n');
const JSON_TYPE = 'Content-Type: application/json';
const json = { 'Content-Type': 'application/json' };
const cut = (headers) => fetch(`${url}/api/cut`, { method: 'POST', headers: { ...json, ...headers }, body: '{}' });
const incoming = () => readdirSync(join(dir, 'incoming'));

test('every message has both languages', () => {
	const keys = (name) => Object.keys(JSON.parse(readFileSync(join(root, 'web/texts', name), 'utf8')));
	assert.deepEqual(keys('vi.json'), keys('en.json'));
	const source = readdirSync(join(root, 'web/src')).filter((n) => n.endsWith('.js'))
		.map((n) => readFileSync(join(root, 'web/src', n), 'utf8')).join('\n');
	for (const [, key] of source.matchAll(/\bt\('([^']+)'/g))
		assert.ok(keys('vi.json').includes(key), key);
});

// What the guide sets in bold and with a capital is a button or a heading.
test('the guide calls things by the names they have on the page', () => {
	const names = Object.values(JSON.parse(readFileSync(join(root, 'web/texts/vi.json'), 'utf8')));
	const guide = readFileSync(join(root, 'docs/huong-dan.md'), 'utf8');
	const bold = [...guide.matchAll(/\*\*(\p{Lu}[^*]{1,30})\*\*/gu)].map(([, name]) => name);
	assert.ok(bold.length > 8);
	assert.deepEqual(bold.filter((name) => !names.includes(name)), []);
});

test('files: twins, tags, ages, policy', async () => {
	const page = await fetch(`${url}/`);
	const html = await page.text();
	const app = /src="(\/\w+-[A-Z2-7]{8}\.js)"/.exec(html)[1];
	assert.equal(page.headers.get('cache-control'), 'no-cache');
	assert.match(page.headers.get('content-security-policy'), /default-src 'none'; script-src 'self'/);
	assert.equal(page.headers.get('x-content-type-options'), 'nosniff');
	assert.equal(page.headers.get('referrer-policy'), 'no-referrer');
	const script = await fetch(url + app);
	assert.match(script.headers.get('cache-control'), /immutable/);
	assert.equal(script.headers.get('content-encoding'), 'gzip');
	assert.match(script.headers.get('content-type'), /javascript/);
	const again = await fetch(url + app, { headers: { 'If-None-Match': script.headers.get('etag') } });
	assert.equal(again.status, 304);
	const plain = await raw(head('GET', app));
	assert.doesNotMatch(plain.split('\r\n\r\n')[0], /gzip/i);
	const only = await raw(head('HEAD', '/'));
	assert.match(only, /^HTTP\/1\.1 200[^]*\r\n\r\n$/);
	assert.equal((await (await fetch(`${url}/api/openapi.json`)).json()).openapi, '3.1.0');
});

test('paths that climb lead nowhere', async () => {
	for (const path of ['/../package.json', '/..%2fpackage.json', '/%2e%2e/build.mjs', '//etc/passwd',
		'/./index.html',
		'/index.html.gz', '/.', '/..', '/app'])
		assert.match(await raw(head('GET', path)), /^HTTP\/1\.1 40[04]/, path);
});

test('the interface passes the station on', async () => {
	const get = async (path) => (await fetch(url + path)).json();
	assert.equal((await get('/api/status')).station.id, 'bp-bugiamap');
	assert.equal((await get('/api/day?date=2026-11-23')).date, '2026-11-23');
	const tag = (await fetch(`${url}/api/day`)).headers.get('etag');
	assert.equal((await fetch(`${url}/api/day`, { headers: { 'If-None-Match': tag } })).status, 304);
	assert.deepEqual((await get('/api/bulletins')).bulletins, []);
	assert.deepEqual((await get('/api/airings?from=2026-11-01&to=2026-12-01')).airings, []);
	assert.equal((await get('/api/plan?from=2026-11-23T05:30:00%2B07:00')).from, '2026-11-23T05:30:00+07:00');
	const play = await fetch(`${url}/api/play`, { method: 'POST', headers: json, body: '{"bulletin":"B99"}' });
	assert.equal(play.status, 404);
	assert.equal((await play.json()).error.code, 'not_found');
});

test('bad words are named', async () => {
	const error = async (path, init) => {
		const response = await fetch(url + path, init);
		return [response.status, (await response.json()).error.field];
	};
	assert.deepEqual(await error('/api/day?date=2026-02-30'), [400, 'date']);
	assert.deepEqual(await error('/api/plan?from=yesterday'), [400, 'from']);
	assert.deepEqual(await error('/api/plan?from=%00'), [400, undefined]);
	assert.deepEqual(await error('/index.html%00.png'), [400, undefined]);
	const body = (text) => ({ method: 'POST', headers: json, body: text });
	assert.deepEqual(await error('/api/cut', body('{"zone":5}')), [400, 'zone']);
	assert.deepEqual(await error('/api/cut', body('{"zome":"x"}')), [400, undefined]);
	assert.deepEqual(await error('/api/cut', body('[')), [400, undefined]);
	assert.deepEqual(await error('/api/cut', body(`{"zone":"${'x'.repeat(70000)}"}`)), [413, undefined]);
});

test('only our own page gives orders', async () => {
	const before = station.commands.length;
	assert.equal((await cut({ Origin: 'http://evil.example' })).status, 403);
	assert.equal((await cut({ Origin: 'null' })).status, 403);
	const crossed = head('POST', '/api/cut', JSON_TYPE, 'Sec-Fetch-Site: cross-site', 'Content-Length: 2');
	assert.match(await raw(crossed, '{}'), /^HTTP\/1\.1 403/);
	const plain = head('POST', '/api/cut', 'Content-Type: text/plain', 'Content-Length: 2');
	assert.match(await raw(plain, '{}'), /^HTTP\/1\.1 415/);
	const rebound = `GET /api/status HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n`;
	assert.match(await raw(rebound), /^HTTP\/1\.1 403/);
	assert.equal(station.commands.slice(before).filter((c) => c.do === 'cut').length, 0);
	assert.equal((await cut({ Origin: url })).status, 200);
	// A program that is no browser sends no Origin.
	const resume = head('POST', '/api/resume', 'Content-Type: application/json', 'Content-Length: 2');
	assert.match(await raw(resume, '{}'), /^HTTP\/1\.1 200/);
});

test('broken HTTP is refused', async () => {
	assert.match(await raw(head('TRACE', '/')), /^HTTP\/1\.1 405/);
	assert.match(await raw(head('DELETE', '/api/status')), /^HTTP\/1\.1 405/);
	assert.match(await raw(head('POST', '/', 'Content-Length: 0')), /^HTTP\/1\.1 405/);
	assert.match(await raw(head('GET', '/', `X-Big: ${'x'.repeat(60000)}`)), /^HTTP\/1\.1 4(13|31)/);
	assert.match(await raw(head('POST', '/api/cut', JSON_TYPE, 'Content-Length: 2', 'Content-Length: 3'), '{}'),
		/^HTTP\/1\.1 400/);
	assert.match(await raw(head('POST', '/api/cut', JSON_TYPE, 'Content-Length: 2',
		'Transfer-Encoding: chunked'), '2\r\n{}\r\n0\r\n\r\n'), /^HTTP\/1\.1 400/);
	assert.match(await raw('GET / HTTP/1.1\r\nConnection: close\r\n\r\n'), /^HTTP\/1\.1 400/);
	assert.match(await raw(head('GET', '/', 'Host: other')), /^HTTP\/1\.1 400/);
	assert.equal((await fetch(`${url}/api/status`)).status, 200);
});

// It takes the web process ten seconds to lose patience: the tests between these two are served meanwhile.
let dripped;
test('a slow drip begins', async () => {
	const socket = connect(port, '127.0.0.1');
	socket.on('error', () => {});
	socket.write('GET / HTTP/1.1\r\n');
	const drip = setInterval(() => socket.write('X-A: b\r\n'), 200);
	const closed = new Promise((done) => socket.on('close', () => done(true)));
	const late = new Promise((done) => setTimeout(done, 3 * WAIT_MS, false).unref());
	dripped = Promise.race([closed, late]).finally(() => clearInterval(drip));
	assert.equal((await fetch(`${url}/api/status`)).status, 200);
});

test('uploads: taken, refused, thrown away', async () => {
	const send = (query, body, headers = {}) =>
		fetch(`${url}/api/bulletins?${query}`,
			{ method: 'POST', headers: { 'Content-Type': 'audio/mpeg', ...headers }, body });
	const good = await send('title=B%E1%BA%A3n+tin&name=a.mp3&programme=KHAC&programme=NTM.TT&language=vi', mp3);
	assert.equal(good.status, 201);
	assert.equal((await good.json()).bulletin.title, 'Bản tin');
	const asked = station.commands.findLast((c) => c.do === 'bulletin.add');
	assert.deepEqual([asked.name, asked.language, asked.programmes], ['a.mp3', 'vi', ['KHAC', 'NTM.TT']]);
	const told = await send('title=b', mp3, { Accept: 'application/x-ndjson' });
	const lines = (await told.text()).trim().split('\n').map((line) => JSON.parse(line));
	assert.ok(lines.length >= 2 && lines[0].progress > 0 && lines.at(-1).bulletin.id);
	assert.equal((await send('title=c', 'not a sound')).status, 415);
	assert.equal((await send('title=c', '')).status, 400);
	assert.equal((await send('', mp3)).status, 400);
	assert.equal((await send(`title=${'x'.repeat(500)}`, mp3)).status, 400);
	assert.equal((await send('title=c', mp3, { 'Content-Type': 'multipart/form-data; boundary=x' })).status, 415);
	assert.equal((await send('title=c', mp3, { Origin: 'http://evil.example' })).status, 403);
	const huge = head('POST', '/api/bulletins?title=x', 'Content-Type: audio/mpeg', 'Content-Length: 99999999999');
	assert.match(await raw(huge), /^HTTP\/1\.1 413/);
	await until('no file is left', () => incoming().length === 0);
});

test('an upload that breaks off leaves nothing', async () => {
	const socket = connect(port, '127.0.0.1');
	socket.write(head('POST', '/api/bulletins?title=x', 'Content-Type: audio/mpeg', 'Content-Length: 100000'));
	socket.write(mp3.subarray(0, 5000));
	await until('the file is begun', () => incoming().length === 1);
	socket.destroy();
	await until('the file is gone', () => incoming().length === 0);
});

test('the stream is whole frames, for everybody', async () => {
	const listen = async () => {
		const response = await fetch(`${url}/live.mp3`);
		assert.equal(response.headers.get('content-type'), 'audio/mpeg');
		const parts = [];
		let length = 0;
		for await (const part of response.body) {
			parts.push(part);
			length += part.length;
			if (length > 16000)
				break;
		}
		return Buffer.concat(parts);
	};
	for (const heard of await Promise.all([listen(), listen(), listen()]))
		assert.equal(heard.readUInt16BE(0) & 0xffe0, 0xffe0);
	assert.match(await raw(head('HEAD', '/live.mp3')), /^HTTP\/1\.0 200[^]*icy-name/);
});

test('a port in use is one sentence and status 1', async () => {
	const other = spawn(program, ['web', '--data', dir, '--listen', `127.0.0.1:${port}`],
		{ stdio: ['ignore', 'ignore', 'pipe'] });
	let said = '';
	other.stderr.on('data', (text) => { said += text; });
	assert.equal(await new Promise((done) => other.on('close', done)), 1); // and not 'exit': all it said has come
	assert.equal(said.trim().split('\n').length, 1);
	assert.match(said, new RegExp(String(port)));
});

test('a strange address is refused, and why', () => {
	const run = (...args) => {
		try {
			execFileSync(program, ['web', '--data', dir, ...args], { stdio: 'pipe' });
			return [0, ''];
		} catch (e) {
			return [e.status, e.stderr.toString()];
		}
	};
	const [status, said] = run('--listen', 'nowhere');
	assert.equal(status, 2);
	assert.match(said, /127\.0\.0\.1:8080/);
	assert.equal(run('--bogus')[0], 2);
});

test('a slow drip is cut off', async () => assert.ok(await dripped));

// From here on with a browser.
const text = (selector) => page.locator(`${selector}:visible`).first().innerText();

browserTest('the list is shown, with fates in words', async () => {
	await page.waitForSelector('.fate-on-air');
	assert.match(await text('h1'), /Bù Gia Mập/);
	assert.match(await text('.fate-on-air'), /Giới thiệu Đài[^]*Đang phát/);
	assert.match(await text('.fate-missed'), /Không phát[^]*chiếm sóng/);
	assert.match(await text('.head-date'), /^23\/11\/2026$/);
	await page.click('#past');
	assert.equal(await page.locator('.line').count(), station.lines.length);
});

browserTest('time runs and the level moves', async () => {
	const left = await text('.airing-left');
	await until('the time left shrinks', async () => await text('.airing-left') !== left);
	await until('a level is shown', async () => /−\d+ dB/.test(await text('.level-words')));
});

browserTest('a change at the station arrives by itself', async () => {
	const line = station.lines.find((l) => l.bulletin === 'B15');
	Object.assign(line, { fate: 'missed', reason_texts: { vi: 'Chưa được duyệt', en: 'Not approved yet' } });
	station.changed();
	await page.waitForSelector('text=Chưa được duyệt');
});

browserTest('cut asks once more, and comes back', async () => {
	await page.dblclick('#cut'); // one wish
	assert.equal(station.held, false);
	assert.match(await text('#cut'), /BẤM LẦN NỮA/);
	await until('a double click is over', async () => {
		await page.click('#cut', { timeout: 1000 }).catch(() => {}); // it is gone once it was heeded
		return station.held;
	});
	await page.waitForSelector('.air-held');
	assert.match(await text('.held-by'), /^Lê Thị Hoa \(duyệt\) đã cắt mọi cụm loa lúc \d\d:\d\d\.$/);
	assert.match(await text('.next-left'), /chờ/); // what is held does not count down
	assert.match(await text('.air h2'), /Đã cắt/);
	await page.click('#resume');
	await page.waitForSelector('.air-on');
	assert.equal(station.held, false);
});

browserTest('a file is sent and waits for approval', async () => {
	await page.click('.nav a[href="#/gui-ban-tin"]');
	await page.setInputFiles('#file', mp3File);
	assert.equal(await page.inputValue('#title'), 'tone');
	await page.fill('#title', 'Phòng cháy rừng mùa khô');
	await page.click('#send');
	await page.waitForSelector('.result');
	assert.match(await text('.result'), /Phòng cháy rừng[^]*1:35[^]*−18,3 LUFS[^]*chờ duyệt/);
});

hearTests(browserTest, { get url() { return url; }, get station() { return station; }, get page() { return page; } });

browserTest('what should be looked at is told, a sentence a line', async () => {
	await page.click('#another');
	station.findings = [{ code: 'silent', texts: { vi: 'tệp im lặng', en: 'silent' } },
		{ code: 'very-short', length_s: 0.2, texts: { vi: 'tệp chỉ dài 0,2 giây', en: 'short' } }];
	await page.setInputFiles('#file', mp3File);
	await page.click('#send');
	await page.waitForSelector('.warned');
	station.findings = [];
	assert.deepEqual(await page.locator('.warned li').allInnerTexts(), ['Tệp im lặng', 'Tệp chỉ dài 0,2 giây']);
});

browserTest('a long name gives a title that is not too long', async () => {
	await page.click('#another');
	const long = join(dir, `${'ban_tin_'.repeat(28)}.mp3`);
	writeFileSync(long, mp3);
	await page.setInputFiles('#file', long);
	assert.ok((await page.inputValue('#title')).length <= 120);
	// What is pasted is not cut without a word.
	const sent = station.commands.filter((c) => c.do === 'bulletin.add').length;
	await page.fill('#title', 'ế'.repeat(131));
	await page.waitForSelector('#title-wrong:has-text("131 ký tự, nhiều nhất 120: hãy bớt 11")');
	await page.click('#send');
	assert.equal(await page.inputValue('#title'), 'ế'.repeat(131));
	await page.fill('#title', 'ế'.repeat(120).normalize('NFD')); // as some telephones write them
	await page.waitForSelector('#title-wrong', { state: 'detached' });
	assert.equal(station.commands.filter((c) => c.do === 'bulletin.add').length, sent);
	await page.fill('#title', '');
	rmSync(long);
});

browserTest('a file that is no sound is told', async () => {
	const bad = join(dir, 'letter.mp3');
	writeFileSync(bad, 'dear listeners');
	await page.setInputFiles('#file', bad);
	await page.click('#send');
	await page.waitForSelector('.failed');
	assert.match(await text('#file-wrong'), /không phải tệp âm thanh/);
	assert.equal(await page.inputValue('#title'), 'letter'); // what was typed is not lost
});

browserTest('listening plays', async () => {
	await page.click('.nav a[href="#/"]');
	await page.click('#listen');
	await page.waitForFunction(() => document.querySelector('audio').currentTime > 0.2, null, { timeout: WAIT_MS });
	await page.click('#listen');
});

browserTest('English at a touch, and kept', async () => {
	await page.click('.head button');
	await page.waitForSelector('text=On air');
	await page.waitForSelector('text=Not approved yet');
	await page.reload();
	await page.waitForSelector('text=Coming up');
	await page.click('.head button');
	await page.waitForSelector('text=Sắp phát');
});

browserTest('nothing sticks out at 360 pixels, and touch targets are 48 high', async () => {
	assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 360);
	for (const box of await page.locator('button:visible, input[type=text]:visible, .nav a:visible').all())
		assert.ok((await box.boundingBox()).height >= 48, await box.innerText());
});

doublesTests(browserTest, { openPage, get station() { return station; }, get page() { return page; } });
listTests(browserTest, { openPage, get station() { return station; }, get page() { return page; } });
pageTests(browserTest, { openPage, get station() { return station; }, get page() { return page; } });
proofTests(browserTest, { openPage, get station() { return station; }, get page() { return page; } });
registerTests(browserTest, { openPage, get station() { return station; }, get page() { return page; } });
reportTests(browserTest, { openPage, get station() { return station; }, get page() { return page; } });
planTests(browserTest, { root, openPage, get station() { return station; }, get page() { return page; } });

browserTest('no error and no policy violation so far', () => assert.deepEqual(trouble, []));

browserTest('a station that goes away is told, and its return', async () => {
	const log = await openPage(page.context().browser(), 360, 640, '#/nhat-ky');
	await log.waitForSelector('.log .line');
	await station.stop();
	await page.waitForSelector('.banner-error');
	assert.match(await text('.banner-error'), /Đài không trả lời/);
	const response = await fetch(`${url}/api/status`);
	assert.equal(response.status, 503);
	assert.match((await response.json()).error.text, /station/);
	station.commands = [];
	await station.start();
	await page.waitForSelector('.air-on', { timeout: WAIT_MS });
	await log.waitForSelector('.banner-error', { state: 'detached', timeout: WAIT_MS });
	await until('the log is asked for again', () => station.commands.some((c) => c.do === 'day' && c.date === '2026-11-23'));
	await log.context().close();
	assert.equal(await page.locator('.banner-error').count(), 0);
});

browserTest('a web process that is killed is found again', async () => {
	web.kill('SIGKILL');
	await web.ended;
	await page.waitForSelector('.banner-error');
	await startWeb(['--listen', `127.0.0.1:${port}`]);
	await page.waitForSelector('.air-on', { timeout: WAIT_MS });
});

browserTest('a station that hangs is found out, and SIGTERM still ends us in peace', async () => {
	const server = createServer((socket) => socket.resume().on('error', () => {}));
	await station.stop();
	rmSync(join(dir, 'control.sock'), { force: true });
	await new Promise((done) => server.listen(join(dir, 'control.sock'), done));
	const response = await fetch(`${url}/api/day`);
	assert.equal(response.status, 503);
	web.kill('SIGTERM'); // with a page that watches and questions that nobody answers
	assert.equal(await web.ended, 0);
	await new Promise((done) => server.close(done));
});

await run();
