// SPDX-License-Identifier: GPL-3.0-or-later
// Accounts on the page: the first one by the code of the console, another with a one-time password, what its
// owner does with it, and what an administrator does to it. Each page in both languages on both screens.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { launch, start, until } from './web.mjs';

const dir = join(process.env.SCRATCH, 'dai');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const mine = 'loa xóm tôi hay rè';
const hers = 'chim sẻ đậu cành đa';

mkdirSync(join(dir, 'schedules'), { recursive: true });
writeFileSync(join(dir, 'station.yaml'),
	'station: Đài thử # tên\nid: dai-thu\ntimezone: Asia/Ho_Chi_Minh\nzones: [{name: mot, device: none}]\n');
writeFileSync(join(dir, 'schedules/thu.yaml'),
	'timetable: Thử\nslots:\n  - {name: Sáng, start: "05:30", length: 10m, play: {bulletins: {}}}\n');

const run = await start('run', ['--data', dir], { VANGXA_LANG: 'vi' });
const browser = await launch();
const faults = [];

async function open(width, height, hash) {
	const context = await browser.newContext({ viewport: { width, height }, locale: 'vi-VN' });
	const page = await context.newPage();
	page.on('pageerror', (e) => faults.push(String(e)));
	page.on('console', (m) => m.type() === 'error' && !/40[013]|409/.test(m.text()) && faults.push(m.text()));
	await page.goto(`${run.url}/${hash}`);
	return page;
}

// The page as it stands: on a phone in Vietnamese, on a PC in English; for the eye (SHOTS) the other way round too.
const LOOKS = [[360, 640, 'vi'], [1366, 768, 'en'], ...(process.env.SHOTS ? [[360, 640, 'en'], [1366, 768, 'vi']] : [])];

async function look(page, name) {
	for (const [width, height, language] of LOOKS) {
		await page.setViewportSize({ width, height });
		if (await page.evaluate(() => document.documentElement.lang) !== language)
			await page.click('.head button');
		await until(language, () => page.evaluate((l) => document.documentElement.lang === l, language));
		const found = await page.evaluate(`${axe}; axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] })`);
		assert.deepEqual(found.violations.map((v) => `${name} ${v.id}: ${v.nodes[0].html}`), []);
		assert.deepEqual(await page.evaluate(() => [...document.querySelectorAll('body *')]
			.filter((n) => n.getBoundingClientRect().right > innerWidth + 1).map((n) => n.outerHTML.slice(0, 80))), [],
		`${name} at ${width}`);
		assert.doesNotMatch(await page.innerText('main'), /\b(own|users|first|role|page|settings|inspect)\.[a-z]+\b/, `${name}: a word is missing`);
		if (process.env.SHOTS)
			await page.screenshot({ path: join(process.env.SHOTS, `${name}-${width}-${language}.png`), fullPage: true });
	}
	if (await page.evaluate(() => document.documentElement.lang) !== 'vi')
		await page.click('.head button');
}

async function logIn(page, name, password) {
	await page.fill('#name', name);
	await page.fill('#password', password);
	await page.press('#password', 'Enter');
}

async function setPassword(page, old, fresh, again = fresh) {
	await page.fill('#own-old', old);
	await page.fill('#own-password', fresh);
	await page.fill('#own-again', again);
	await page.press('#own-again', 'Enter');
}

// The page tells of the answer; the file is what it says a moment before or after that.
const written = (words) => until(`station.yaml: ${words}`, () => words.test(readFileSync(join(dir, 'station.yaml'), 'utf8')));

try {
	await until('the page', async () => (await fetch(`${run.url}/api/status`)).ok);
	const code = await until('the code on the console', () => /đầu tiên: ([a-z0-9-]{14}) /.exec(run.said)?.[1]);

	// On a network there is nothing else; on this machine the page works, and this is one of it.
	const page = await open(360, 640, '');
	await page.route('**/api/start', (route) => route.fulfill({ json: { day: null, day_tag: '',
		me: { accounts: false, account: null, rights: [], shut: true, disabled: false } } }));
	await page.reload();
	await page.waitForSelector('#own-code');
	assert.equal(await page.locator('.nav').count(), 0);
	await look(page, 'first');
	await page.unroute('**/api/start');
	await page.goto(`${run.url}/#/tai-khoan`);
	await page.reload();
	await page.waitForSelector('.nav');
	await page.waitForSelector('#own-code');
	// Nobody can give an order yet that names them: the page says so, and what to do.
	await page.goto(`${run.url}/#/thanh-tra`);
	await page.waitForSelector('.need-account');
	assert.equal(await page.locator('#hold-do').count(), 0);
	await look(page, 'inspect without accounts');
	await page.click('.need-account + p a');
	await page.waitForSelector('#own-code');
	const make = async (typed) => {
		await page.fill('#own-code', typed);
		await page.fill('#own-person', 'Trần Văn Minh');
		await page.fill('#own-name', 'minh');
		await page.fill('#own-password', mine);
		await page.fill('#own-again', mine);
		await page.click('form button[type=submit]');
	};
	await make('aaaa-bbbb-cccc');
	await page.waitForSelector('.failed:has-text("mã không đúng")');
	await make(` ${code.toUpperCase()} `);
	await page.waitForSelector('.account:has-text("Trần Văn Minh · quản trị")');
	await page.waitForSelector('#own-old');
	await look(page, 'own');

	// Somebody else, with a password for one time.
	await page.goto(`${run.url}/#/nguoi-dung`);
	await page.waitForSelector('.people li');
	await page.fill('#new-person', 'Nguyễn Thị Lan');
	await page.fill('#new-name', 'Lan');
	await page.selectOption('#new-role', 'producer');
	await page.click('#add-user');
	const once = await page.innerText('.once-word');
	await page.waitForSelector('.people li:has-text("chờ đổi mật khẩu")');
	await look(page, 'users');
	const row = page.locator('.people li', { hasText: 'Nguyễn Thị Lan' });

	// What is taken away, and what must stay.
	await page.goto(`${run.url}/#/thanh-tra`);
	await page.click('#pack-size');
	await page.waitForSelector('#pack-take');
	await page.uncheck('.tick input >> nth=0');
	assert.ok(await page.isChecked('#pack-forms'));
	const [pack] = await Promise.all([page.waitForEvent('download'), page.click('#pack-take')]);
	assert.equal(await pack.failure(), null);
	assert.match(pack.suggestedFilename(), /^vangxa-.*\.zip$/);
	const list = 'import sys, zipfile; print(*zipfile.ZipFile(sys.argv[1]).namelist())';
	assert.match(execFileSync('python3', ['-c', list, await pack.path()]).toString(), / forms\/F\.pdf forms\/F\.xlsx /);
	await page.click('#hold-do');
	await page.waitForSelector('.failed:has-text("Cần ghi lý do")');
	await page.fill('#hold-reason', 'Thanh tra quý 4');
	await page.click('#hold-do');
	const hold = page.locator('.people li', { hasText: 'đang giữ' });
	await hold.locator('summary').click();
	await look(page, 'inspect');
	await hold.locator('input').fill('đã xong');
	await hold.locator('button').click();
	await page.waitForSelector('.people li:has-text("đã bỏ"):has-text("đã xong")');
	await page.goto(`${run.url}/#/nguoi-dung`);

	const other = await open(360, 640, '');
	await other.waitForSelector('#login');
	await logIn(other, 'lan', once);
	await other.waitForSelector('#forced-title');
	assert.equal(await other.locator('.nav').count(), 0);
	await look(other, 'forced');
	await setPassword(other, once, hers, 'khác hẳn');
	await other.waitForSelector('.failed:has-text("không giống nhau")');
	await setPassword(other, once, 'matkhau123');
	await other.waitForSelector('.failed:has-text("dễ đoán")');
	await setPassword(other, once, hers);
	await other.waitForSelector('.account:has-text("gửi tin")');
	await other.waitForSelector('.nav');
	assert.equal(await other.locator('a[href="#/nguoi-dung"]').count(), 0, 'people are shown to a producer');

	// What an administrator does is seen at once.
	await page.reload();
	await row.locator('summary').click();
	await row.locator('select').selectOption('approver');
	await row.locator('form button').click();
	await page.waitForSelector('.people li:has-text("duyệt ·"):has-text("vào lần cuối")');
	await row.getByText('Khóa tài khoản').click();
	await page.waitForSelector('.people li:has-text("đã khóa")');
	await other.waitForSelector('.failed:has-text("đã bị khóa")');
	await row.getByText('Mở lại tài khoản').click();
	await row.getByText('Cấp mật khẩu mới').click();
	await row.locator('.once-word').waitFor();
	const self = page.locator('.people li', { hasText: 'Trần Văn Minh' });
	await self.locator('summary').click();
	assert.equal(await self.getByText('Khóa tài khoản').count(), 0);
	await self.locator('select').selectOption('operator');
	await self.locator('form button').click();
	await self.locator('.failed:has-text("quản trị cuối cùng")').waitFor();

	// Settings: a line of the file changes, its comment stays; what is faulty is not written.
	await page.goto(`${run.url}/#/cai-dat`);
	await page.fill('#set-target_lufs', '-80');
	await page.click('#save');
	await page.waitForSelector('#set-target_lufs-wrong:has-text("cần một con số")');
	await page.fill('#set-peak_dbtp', '5');
	await page.fill('#set-bed', 'audio/khong-co.flac');
	await page.click('#save');
	await page.waitForSelector('.failed:has-text("3 chỗ cần sửa")');
	await page.waitForSelector('#set-peak_dbtp-wrong:has-text("cần một con số")');
	await page.waitForSelector('#set-bed-wrong:has-text("không có tệp")');
	await look(page, 'settings-wrong');
	await page.fill('#set-peak_dbtp', '-1');
	await page.fill('#set-bed', '');
	await page.fill('#set-target_lufs', '-18');
	await page.fill('#set-station', 'Đài xã Mới');
	await page.click('#save');
	await page.waitForSelector('[role=status]:has-text("Đã lưu và đang dùng")');
	await page.waitForSelector('h1:has-text("Đài xã Mới")');
	await written(/^station: Đài xã Mới # tên\nid: dai-thu\n[^]*loudness: {target_lufs: -18}\n$/);
	await look(page, 'settings');
	await page.click('#zone-add');
	await page.fill('#zone-name-1', 'Thôn hai');
	await page.selectOption('#zone-device-1', 'none');
	await page.click('#save');
	await page.waitForSelector('.failed:has-text("chữ thường không dấu")');
	await page.fill('#zone-name-1', 'thon-2');
	await page.fill('#zone-channel-1', '1');
	// Which microphones there are is the machine's; its own is always there to choose.
	assert.match(await page.innerText('#zone-microphone-1'), /không có\s+micro mặc định của máy/);
	await page.selectOption('#zone-microphone-1', 'default');
	await page.fill('#set-recordings_days', '365');
	await page.fill('#set-live_minutes', '25');
	await page.fill('#set-live_gain_db', '−4,5');
	await page.selectOption('#set-live_chime', 'false');
	await page.click('#save');
	await page.waitForSelector('[role=status]:has-text("Khởi động lại")');
	await page.waitForSelector('.warned:has-text("khởi động lại")');
	await written(/name: thon-2, device: none, channel: 1, microphone: default/);
	await written(/keep: {recordings_days: 365}/);
	await written(/live: {minutes: 25, chime: false, gain_db: -4.5}/);
	await page.selectOption('#set-persons', '2'); // what waits for the next start keeps nobody from the rest
	await page.click('#save');
	await written(/persons: 2/);
	await look(page, 'settings-zones');

	// One's own: the other devices go, this one stays.
	const second = await open(360, 640, '');
	await second.waitForSelector('#login');
	await logIn(second, 'minh', mine);
	await second.waitForSelector('.nav');
	await page.goto(`${run.url}/#/tai-khoan`);
	await page.waitForSelector('#end-others');
	assert.match(await page.innerText('.people'), /Chrome[^]*máy này[^]*127\.0\.0\.1/);
	await page.click('#end-others');
	await second.waitForSelector('#login');
	await setPassword(page, 'không phải', hers);
	await page.waitForSelector('.failed:has-text("mật khẩu cũ không đúng")');
	await setPassword(page, mine, 'một câu ngắn khác');
	await page.waitForSelector('[role=status]:has-text("Đã đổi mật khẩu")');
	await page.click('#logout');
	await page.waitForSelector('#login');
	assert.deepEqual(faults, []);
} finally {
	await browser.close();
	run.kill('SIGTERM');
	await run.ended;
}
