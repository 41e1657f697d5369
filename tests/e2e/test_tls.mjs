// SPDX-License-Identifier: GPL-3.0-or-later
// The page over TLS beside the plain one: the certificate that the station makes, what it says of it, headers and
// cookie, the guard of heads, an upload, events, a browser that may record; and a certificate that is no use.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { launch, program, start, until } from './web.mjs';

const dir = join(process.env.SCRATCH, 'dai');
const secret = 'loa xóm tôi hay rè';
const file = (name) => join(dir, 'tls', name);

mkdirSync(join(dir, 'schedules'), { recursive: true });
writeFileSync(join(dir, 'station.yaml'),
	'station: Đài thử\nid: dai-thu\ntimezone: Asia/Ho_Chi_Minh\nzones: [{name: mot, device: none}]\n');
writeFileSync(join(dir, 'schedules/thu.yaml'), 'timetable: Thử\nslots: []\n');
const person = '<img src=x onerror=alert(1)> & "Út"'; // to be read, not run
execFileSync(program, ['user', 'add', 'lan', '--role', 'admin', '--person', person, '--data', dir],
	{ input: `${secret}\n` });

const run = await start('run', ['--data', dir, '--tls', '127.0.0.1:0']);
const port = await until('the port with TLS', () => Number(/https:\/\/127\.0\.0\.1:(\d+)\//.exec(run.said)?.[1]));
const print = await until('the fingerprint', () => /SHA-256\).*: ([0-9A-F:]{95})/.exec(run.said)?.[1]);
const ca = readFileSync(file('cert.pem'));

// One request; the answer with its body.
function ask(path, { method = 'GET', headers = {}, body, trust = ca, ...more } = {}) {
	return new Promise((done, fail) => {
		https.request({ host: '127.0.0.1', port, path, method, headers, ca: trust, agent: false, ...more }, async (r) => {
			let text = '';
			for await (const piece of r.setEncoding('utf8'))
				text += piece;
			done(Object.assign(r, { text }));
		}).on('error', fail).end(body);
	});
}
// Bytes over TLS, and all that comes back until the end.
function raw(bytes) {
	return new Promise((done, fail) => {
		let text = '';
		connect({ host: '127.0.0.1', port, ca }, function go() { this.write(bytes); })
			.setEncoding('latin1').on('data', (piece) => { text += piece; })
			.on('close', () => done(text)).on('error', fail);
	});
}
const login = (headers = {}) => ask('/api/login', { method: 'POST',
	headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify({ name: 'lan', password: secret }) });

const browser = await launch('--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream');
try {
	// The certificate: whose it is, for what, and that it is told.
	const cert = new X509Certificate(ca);
	assert.equal(cert.fingerprint256, print);
	assert.equal(cert.ca, false);
	assert.match(cert.subjectAltName, /DNS:localhost.*IP Address:127\.0\.0\.1/);
	assert.equal(statSync(file('key.pem')).mode & 0o777, 0o600);
	const checked = spawnSync(program, ['check', '--data', dir], { encoding: 'utf8' });
	assert.ok(checked.stdout.includes(print), checked.stdout);
	await assert.rejects(ask('/', { trust: null }), /self.signed/);
	await assert.rejects(ask('/api/me', { maxVersion: 'TLSv1.1', minVersion: 'TLSv1', ciphers: 'ALL:@SECLEVEL=0' }));
	assert.equal((await ask('/api/me', { maxVersion: 'TLSv1.2' })).statusCode, 200);

	// Every kind of answer says that this name is asked for over TLS; the plain page never does.
	for (const [path, status] of [['/', 200], ['/api/me', 200], ['/api/status', 401], ['/nothing', 404],
		['/api/openapi.json', 200]]) {
		const answer = await ask(path);
		assert.equal(answer.statusCode, status, path);
		assert.equal(answer.headers['strict-transport-security'], 'max-age=31536000', path);
		assert.equal((await fetch(run.url + path)).headers.get('strict-transport-security'), null, path);
	}
	assert.equal((await ask('/', { headers: { 'If-None-Match': '*' } })).headers['strict-transport-security'],
		'max-age=31536000');

	// The cookie of TLS is Secure and of no use without it; an order from the plain page is a stranger's.
	const session = await login();
	const cookie = session.headers['set-cookie'][0];
	assert.match(cookie, /^__Host-vangxa=[0-9a-f]{64}; .*Path=\/; HttpOnly; SameSite=Strict; Secure$/);
	const token = cookie.split(';')[0];
	assert.equal((await ask('/api/status', { headers: { Cookie: token } })).statusCode, 200);
	assert.equal((await fetch(`${run.url}/api/status`, { headers: { Cookie: token } })).status, 401);
	assert.equal((await login({ Origin: `http://127.0.0.1:${port}` })).statusCode, 403);
	assert.equal((await login({ Origin: `https://127.0.0.1:${port}` })).statusCode, 200);

	// The same strict front.
	for (const head of ['GET / HTTP/1.1\nHost: localhost\n\n', 'GET / HTTP/1.1\r\nHost: localhost\r\nX: a\r\n b\r\n\r\n',
		'POST /api/login HTTP/1.1\r\nHost: localhost\r\nContent-Length : 2\r\n\r\n{}', 'GET / HTTP/1.1\r\n\r\n',
		'GET /%2f.. HTTP/1.1\r\nHost: localhost\r\n\r\n', 'GET / HTTP/1.1\r\nHost: localhost\r\nX: \0\r\n\r\n'])
		assert.match(await raw(head), /^HTTP\/1\.1 400 /, JSON.stringify(head));
	assert.match(await raw('POST /api/login HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'),
		/^HTTP\/1\.1 411 /);

	// What is long: an upload in, events out.
	const noise = Buffer.alloc(3 << 20, 'not a sound');
	const sent = await ask('/api/bulletins?title=x', { method: 'POST', headers: { Cookie: token }, body: noise });
	assert.equal(sent.statusCode, 415, sent.text);
	await new Promise((done, fail) => {
		let text = '';
		const asked = https.get({ host: '127.0.0.1', port, path: '/api/events', ca, headers: { Cookie: token } }, (r) => {
			r.setEncoding('utf8').on('error', () => {}).on('data', (piece) => {
				text += piece;
				if (text.includes('event: status')) {
					asked.destroy();
					done();
				}
			});
		}).on('error', fail);
	});

	// A browser whose person has compared the fingerprint: it may record, and nothing is refused.
	if (browser) {
		const page = await (await browser.newContext({ ignoreHTTPSErrors: true,
			viewport: { width: 360, height: 640 }, locale: 'vi-VN' })).newPage();
		const faults = [];
		page.on('pageerror', (e) => faults.push(String(e)));
		page.on('console', (m) => m.type() === 'error' && !/401/.test(m.text()) && faults.push(m.text()));
		await page.goto(`https://127.0.0.1:${port}/`);
		await page.locator('#name').fill('lan');
		await page.locator('#password').fill(secret);
		await page.keyboard.press('Enter');
		await page.waitForSelector('.account');
		assert.ok((await page.locator('.account').innerText()).includes(person));
		assert.ok(await page.evaluate(() => isSecureContext));
		assert.equal(await page.evaluate(async () =>
			(await navigator.mediaDevices.getUserMedia({ audio: true })).getAudioTracks().length), 1);
		assert.equal(await page.evaluate(() => document.cookie), '');
		// Whoever sits at the station's PC reads there what a phone must show.
		await page.goto(`https://127.0.0.1:${port}/#/may`);
		const card = page.locator('.card', { hasText: 'https' });
		assert.equal((await card.locator('dd').last().innerText()).replaceAll('\u200b', ''), print);
		if (process.env.SHOTS)
			await page.screenshot({ path: join(process.env.SHOTS, 'tls.png'), fullPage: true });
		assert.deepEqual(faults, []);
	} else {
		console.log('LEFT OUT: a browser over TLS (no Chromium here)');
	}

	// The same certificate after a restart; one that is no use is told, and the plain page goes on.
	run.kill('SIGTERM');
	await run.ended;
	const again = await start('web', ['--data', dir, '--tls', '127.0.0.1:0']);
	await until('the same fingerprint', () => again.said.includes(print));
	again.kill('SIGTERM');
	await again.ended;
	writeFileSync(file('key.pem'), '');
	const without = await start('web', ['--data', dir, '--tls', '127.0.0.1:0']);
	await until('why there is no TLS', () => /no port with TLS: .*start again to make a new one/.test(without.said));
	assert.ok((await fetch(`${without.url}/api/me`)).ok);
	without.kill('SIGTERM');
	await without.ended;
	assert.match(spawnSync(program, ['check', '--data', dir], { encoding: 'utf8' }).stdout, /tls\/cert\.pem: /);
	rmSync(join(dir, 'tls'), { recursive: true });
} finally {
	await browser?.close();
	run.kill('SIGTERM');
	await run.ended;
}
