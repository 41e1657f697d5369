// SPDX-License-Identifier: GPL-3.0-or-later
// Registers on the page: a real station, a real web process, a real browser on a telephone's screen. A difficulty is written down,
// solved, its entry proven here; the register is taken away, mended as a sheet, and taken in again.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WAIT_MS, launch, program, start, until } from './web.mjs';

const dir = join(process.env.SCRATCH, 'dai');
const secret = 'loa xóm tôi hay rè';

mkdirSync(join(dir, 'schedules'), { recursive: true });
writeFileSync(join(dir, 'station.yaml'),
	'station: Đài thử\nid: dai-thu\ntimezone: Asia/Ho_Chi_Minh\nzones: [{name: mot, device: none}]\n');
writeFileSync(join(dir, 'schedules/thu.yaml'),
	'timetable: Thử\nslots:\n  - {name: Sáng, start: "05:30", length: 10m, play: {bulletins: {}}}\n');

const run = await start('run', ['--data', dir], { VANGXA_LANG: 'vi' });
const browser = await launch();
try {
	await until('the page', async () => (await fetch(`${run.url}/api/status`)).ok);
	execFileSync(program, ['user', 'add', 'lan', '--role', 'operator', '--person', 'Nguyễn Thị Lan', '--data', dir], { input: `${secret}\n` });
	if (!browser) {
		console.log('no Chromium: left out');
		process.exit();
	}
	const page = await browser.newPage({ viewport: { width: 360, height: 640 }, locale: 'vi-VN' });
	page.setDefaultTimeout(WAIT_MS);
	const faults = [];
	page.on('pageerror', (e) => faults.push(String(e)));
	await page.goto(`${run.url}/#/so-theo-doi`);
	await page.fill('#name', 'lan');
	await page.fill('#password', secret);
	await page.click('#login');
	await page.click('.more a[href="#/so-theo-doi?so=difficulties"]');

	await page.click('#reg-add');
	await page.fill('#reg-what', '=Loa thôn 2 hỏng');
	await page.fill('#reg-since', '32/11/2026');
	await page.selectOption('#reg-state', 'open');
	await page.click('.reg-form .main');
	await page.waitForSelector('.reg-form .failed:has-text("Từ ngày: ")');
	await page.fill('#reg-since', '1/11/2026');
	await page.click('.reg-form .main');
	await page.waitForSelector('[data-row=KK1]');

	await page.selectOption('select[data-row=KK1]', 'beyond'); // and nobody says beyond whose authority
	await page.click('.reg-form .main');
	await page.waitForSelector('.reg-form .failed:has-text("phải ghi Vượt thẩm quyền của")');
	await page.click('.reg-form .plain');
	await page.selectOption('select[data-row=KK1]', 'solved');
	await page.fill('#reg-result', 'Đã thay loa');
	await page.click('.reg-form .main');
	await page.waitForSelector('.reg-row:has-text("Đã thay loa")');

	const [file] = await Promise.all([page.waitForEvent('download'), page.click('#reg-csv')]);
	const path = join(process.env.SCRATCH, 'kho-khan.csv');
	await file.saveAs(path);
	const csv = readFileSync(path, 'utf8');
	assert.match(csv, /^\ufeffMã dòng,/);
	assert.match(csv, /KK1,"'=Loa thôn 2 hỏng",2026-11-01/);
	await page.click('summary:has-text("Nhập từ tệp")');
	await page.setInputFiles('#reg-in-file', path);
	await page.waitForSelector('#reg-in-seen:has-text("1 như đã có")');
	assert.equal(await page.locator('#reg-in-apply').count(), 0, 'what was taken away is another thing than what is there');
	writeFileSync(path, csv.replace('Đã thay loa', 'Đã thay hai loa').replace('2026-11-01', '2026-11-31'));
	await page.setInputFiles('#reg-in-file', path);
	await page.waitForSelector('.reg-bad li:has-text("2026-11-31")');
	writeFileSync(path, csv.replace('Đã thay loa', 'Đã thay hai loa'));
	await page.setInputFiles('#reg-in-file', path);
	await page.click('#reg-in-apply');
	await page.waitForSelector('#reg-in-done:has-text("1 dòng vào sổ")');
	await page.waitForSelector('.reg-row:has-text("Đã thay hai loa")');

	await page.click('[data-row=KK1] a');
	await page.waitForSelector('.reg-version');
	assert.equal(await page.locator('.reg-version').count(), 3);
	assert.match(await page.innerText('.reg-version >> nth=0'), /Nguyễn Thị Lan[^]*từ tệp kho-khan\.csv[^]*Đã thay loa → Đã thay hai loa/);
	await page.click('.reg-version >> nth=0 >> [data-check]');
	await page.waitForSelector('.reg-version .result:has-text("Đúng như mục")');
	assert.deepEqual(faults, []);
} finally {
	await browser?.close();
	run.kill();
	await run.ended;
}
