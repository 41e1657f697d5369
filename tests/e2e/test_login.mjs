// SPDX-License-Identifier: GPL-3.0-or-later
// Logging in on the page: a real station with an account, a real browser on a telephone's screen. Wrong and
// right password, a reload, logout, and an account that is disabled while its page is open.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { launch, program, start, until } from './web.mjs';

const dir = join(process.env.SCRATCH, 'dai');
const secret = 'loa xóm tôi hay rè';
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

mkdirSync(join(dir, 'schedules'), { recursive: true });
writeFileSync(join(dir, 'station.yaml'),
	'station: Đài thử\nid: dai-thu\ntimezone: Asia/Ho_Chi_Minh\nzones: [{name: mot, device: none}]\n');
writeFileSync(join(dir, 'schedules/thu.yaml'),
	'timetable: Thử\nslots:\n  - {name: Sáng, start: "05:30", length: 10m, play: {bulletins: {}}}\n');
const user = (...args) => execFileSync(program, ['user', ...args, '--data', dir], { input: `${secret}\n` });

const run = await start('run', ['--data', dir], { VANGXA_LANG: 'vi' });
const browser = await launch();
try {
	await until('the page', async () => (await fetch(`${run.url}/api/status`)).ok);
	const page = await browser.newPage({ viewport: { width: 360, height: 640 }, locale: 'vi-VN' });
	const faults = [];
	page.on('pageerror', (e) => faults.push(String(e)));
	await page.goto(run.url);
	await page.waitForSelector('.nav');
	assert.equal(await page.locator('#login').count(), 0, 'a station without accounts asks for one');

	user('add', 'lan', '--role', 'operator', '--person', 'Nguyễn Thị Lan');
	await page.waitForSelector('#login'); // the open page is told within a second or two
	const found = await page.evaluate(`${axe}; axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] })`);
	assert.deepEqual(found.violations.map((v) => v.id), []);
	assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'wider than the screen');
	if (process.env.SHOTS)
		await page.screenshot({ path: join(process.env.SHOTS, 'login.png') });

	await page.locator('#login').click();
	await page.waitForSelector('.login .failed');
	await page.locator('#name').fill('lan');
	await page.locator('#password').fill('không phải');
	await page.keyboard.press('Enter');
	await page.waitForSelector('.failed:has-text("mật khẩu không đúng")');
	await page.locator('#name').fill(' Lan '); // as a telephone's keyboard writes it
	await page.locator('#password').fill(secret);
	await page.keyboard.press('Enter');
	await page.waitForSelector('.account:has-text("Nguyễn Thị Lan · vận hành")');
	await page.waitForSelector('h1:has-text("Đài thử")');
	assert.equal(await page.evaluate(() => document.cookie), '', 'scripts can read the cookie');
	if (process.env.SHOTS)
		await page.screenshot({ path: join(process.env.SHOTS, 'account.png'), fullPage: true });

	await page.reload();
	await page.waitForSelector('.account');
	await page.locator('#logout').click();
	await page.waitForSelector('#login');
	const asked = [];
	page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
	page.on('request', (request) => asked.push(new URL(request.url()).pathname));
	await page.reload();
	await page.waitForSelector('#login');
	await page.waitForLoadState('networkidle');
	assert.deepEqual(asked.filter((path) => path.startsWith('/api/')), ['/api/start'], 'what a stranger is not given is not asked for');

	await page.locator('#name').fill('lan');
	await page.locator('#password').fill(secret);
	await page.locator('#login').click();
	await page.waitForSelector('.account');
	await page.waitForSelector('h1:has-text("Đài thử")');
	await until('all is asked', () => asked.includes('/api/day'));
	asked.length = 0;
	user('disable', 'lan');
	await page.waitForSelector('#login');
	assert.deepEqual(asked, ['/api/start'], 'it is asked at once who the page is, not after a try to join again');
	await page.waitForSelector('.failed:has-text("đã bị khóa")');
	assert.deepEqual(faults, []);
} finally {
	await browser.close();
	run.kill('SIGTERM');
	await run.ended;
}
