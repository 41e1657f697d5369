// SPDX-License-Identifier: GPL-3.0-or-later
// The bulletin desk on the page: a real station that wants two persons to approve, a producer, two approvers, a real
// browser. What each role is offered, approving what was heard and read, refusing with a reason, and what the producer
// then sees. Screens are kept in SHOTS if it is set.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { launch, program, start, until } from './web.mjs';

const scratch = process.env.SCRATCH;
const dir = join(scratch, 'dai');
const secret = 'loa xóm tôi hay rè';
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

mkdirSync(join(dir, 'schedules'), { recursive: true });
writeFileSync(join(dir, 'station.yaml'), 'station: Đài xã thử\nid: dai-thu\ntimezone: Asia/Ho_Chi_Minh\n'
	+ 'zones: [{name: trung-tam, device: none}]\napproval: {persons: 2, document: true}\n');
writeFileSync(join(dir, 'schedules/thu.yaml'), 'timetable: Thử\nslots:\n  - {name: Bản tin sáng, start: "05:30", length: 10m, '
	+ 'play: {bulletins: {}}}\n');
const user = (name, role, person) => execFileSync(program, ['user', 'add', name, '--role', role, '--person', person,
	'--data', dir], { input: `${secret}\n` });
user('lan', 'producer', 'Nguyễn Thị Lan');
user('minh', 'approver', 'Trần Văn Minh');
assert.throws(() => execFileSync(program, ['check', '--data', dir], { stdio: 'pipe' }),
	(e) => /hai người duyệt mà mới có 1 tài khoản/.test(e.stdout));
for (const [name, pitch] of [['mot', 440], ['hai', 550], ['ba', 660], ['moi', 770]])
	execFileSync('sox', ['-n', '-r', '48000', '-c', '1', '-b', '16', join(scratch, `${name}.flac`), 'synth', '3', 'sine',
		String(pitch), 'vol', '0.3']);

const tokens = {};
async function ask(who, path, body) {
	const file = body instanceof Uint8Array;
	const response = await fetch(url + path, { method: body ? 'POST' : 'GET', body: file ? body : body && JSON.stringify(body),
		headers: { 'Content-Type': file ? 'audio/flac' : 'application/json', ...(tokens[who] && { Authorization: `Bearer ${tokens[who]}` }) } });
	const answer = await response.json();
	assert.ok(response.ok, `${path}: ${JSON.stringify(answer)}`);
	return answer;
}

const send = (name, title, who = 'lan') => ask(who, `/api/bulletins?title=${encodeURIComponent(title)}`, new Uint8Array(
	readFileSync(join(scratch, `${name}.flac`)))).then((answer) => answer.bulletin);

const run = await start('run', ['--data', dir], { VANGXA_LANG: 'vi' });
const { url } = run;
const browser = await launch();
const faults = [];

async function open(name, hash, [width, height] = [360, 640]) {
	const context = await browser.newContext({ viewport: { width, height }, locale: 'vi-VN' });
	const page = await context.newPage();
	page.on('pageerror', (e) => faults.push(String(e)));
	await page.goto(`${url}/${hash}`);
	await page.fill('#name', name);
	await page.fill('#password', secret);
	await page.click('#login');
	await page.waitForSelector('.account');
	return page;
}

async function look(page, name) {
	await page.evaluate(axe);
	const found = await page.evaluate(() => window.axe.run());
	assert.deepEqual(found.violations.map((v) => `${v.id}: ${v.nodes[0].target}`), [], name);
	assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name}: wider than the screen`);
	if (process.env.SHOTS)
		await page.screenshot({ path: join(process.env.SHOTS, `desk-${name}.png`), fullPage: true });
}

try {
	await until('the page', async () => (await fetch(`${url}/api/me`)).ok);
	const few = async () => (await ask('lan', '/api/status')).banners.some((b) => b.said.code === 'approvers-few');
	tokens.lan = (await ask('', '/api/login', { name: 'lan', password: secret, token: 'bearer' })).session;
	assert.ok(await few(), 'one approver, no banner');
	user('thu', 'approver', 'Lê Thị Thu');
	assert.ok(!await few(), 'two approvers, a banner');
	for (const name of ['minh', 'thu'])
		tokens[name] = (await ask('', '/api/login', { name, password: secret, token: 'bearer' })).session;
	await send('mot', 'Lịch tiêm phòng cho trâu bò đợt hai');
	await send('hai', 'Thông báo cúp điện');

	// The first approver, on a telephone: led there from today, hears, reads, must give a number.
	const minh = await open('minh', '');
	await minh.click('.waits-here');
	await minh.waitForSelector('.wait:nth-child(2)');
	assert.match(await minh.innerText('.wait:first-child'), /tiêm phòng[^]*Nguyễn Thị Lan/);
	await minh.waitForSelector('.wait:first-child .plain-list');
	assert.match(await minh.innerText('.wait:first-child'), /05:30 .*Bản tin sáng/);
	// Nothing is fetched before somebody listens.
	await minh.evaluate(() => document.querySelector('.wait audio').play().catch(() => 0));
	await minh.waitForFunction(() => document.querySelector('.wait audio').duration > 2.5);
	await look(minh, 'review-360');
	await minh.click('.wait:first-child button:has-text("người thứ nhất")');
	await minh.waitForSelector('.failed:has-text("số văn bản")');
	await minh.fill('.wait:first-child input', '12/QĐ-UBND');
	await minh.click('.wait:first-child button:has-text("người thứ nhất")');
	await minh.waitForSelector('.result:has-text("Còn chờ người thứ hai")');
	await minh.waitForSelector('.wait:first-child .warned:has-text("Bạn đã duyệt")');

	// The second, on a PC: words that change under their eyes must be read again.
	const thu = await open('thu', '#/duyet', [1366, 768]);
	await thu.waitForSelector('.wait:first-child:has-text("Trần Văn Minh đã duyệt")');
	await look(thu, 'review-1366');
	await thu.click('.wait:first-child button:has-text("Duyệt, cho phát")');
	await thu.waitForSelector('.result:has-text("Đã duyệt")');
	const second = (await ask('lan', '/api/bulletins?state=waiting')).bulletins[0];
	await thu.waitForSelector(`.wait:first-child:has-text("${second.title}") .hear`); // not the one before it
	await ask('lan', `/api/bulletins/${second.id}/edit`, { title: 'Thông báo cúp điện ngày mai' });
	await thu.waitForSelector('.warned:has-text("vừa được sửa")');
	await thu.click('button:has-text("Đã đọc lại")');
	await thu.click('button:has-text("Không duyệt")');
	await thu.click('button:has-text("Không duyệt")'); // without a reason
	await thu.waitForSelector('.failed:has-text("lý do")');
	await look(thu, 'refuse-1366');
	await thu.click('.ask button:has-text("Tiếng khó nghe")');
	await thu.click('.ask .danger');
	await thu.waitForSelector('.result:has-text("Đã trả lại")');
	await thu.waitForSelector('text=Không có bản tin nào chờ duyệt');

	// The producer is offered nothing of that, also not by its address.
	const lan = await open('lan', '#/duyet');
	await lan.waitForSelector('text=không dùng trang này');
	assert.equal(await lan.locator('a[href="#/duyet"], #cut').count(), 0);

	// What they sent is all they see, with the reason; what was refused is changed and asks again.
	await send('ba', 'Của người khác', 'minh');
	await lan.goto(`${url}/#/ban-tin`);
	await lan.waitForSelector('.book:nth-child(2)');
	assert.equal(await lan.locator('.book').count(), 2);
	await lan.fill('.find', 'cup DIEN');
	await lan.waitForFunction(() => document.querySelectorAll('.book').length === 1);
	await look(lan, 'library-360');
	await lan.click('.book a');
	await lan.waitForSelector('.book-one:has-text("Tiếng khó nghe")');
	await lan.waitForSelector('#book-past');
	assert.equal(await lan.locator('button:has-text("Rút lại"), button:has-text("Phát ngay")').count(), 0);
	await look(lan, 'refused-360');
	await lan.click('button:has-text("Sửa")');
	await lan.waitForSelector('input[name=from]');
	await lan.fill('input[name=from]', '32/12/2026');
	await lan.click('.ask .main');
	await lan.waitForSelector('#edit-wrong');
	await lan.fill('input[name=from]', '1/12/2026');
	await look(lan, 'edit-360');
	await lan.click('.ask .main');
	await lan.waitForSelector('.book-one.state-received:has-text("chỉ phát từ 01/12/2026")');
	await lan.waitForSelector(`.facts a:has-text("${second.id}")`);

	// A new version is sent from where the old one is shown.
	await lan.click('a:has-text("Gửi bản mới thay")');
	await lan.waitForSelector('.warned:has-text("cúp điện ngày mai")');
	await lan.setInputFiles('#file', join(scratch, 'moi.flac'));
	await lan.fill('#title', 'Thông báo cúp điện, đọc lại');
	await lan.click('#send');
	await lan.waitForSelector('.result');

	// What is said about it is put right on the same page, which then says when it would air.
	await lan.waitForSelector('.send .plain-list:has-text("Bản tin sáng")');
	await lan.click('.free button');
	await lan.waitForSelector('.free .result');
	await lan.waitForSelector('.facts:has-text("chỉ phát ngày")');
	assert.match(await lan.innerText('.free .result'), /Chỉ phát ngày này/);
	await look(lan, 'free-360');
	await lan.click('#free-undo');
	await lan.waitForSelector('.free .result:has-text("Đã bỏ chọn")');
	assert.doesNotMatch(await lan.innerText('.facts'), /chỉ phát ngày/);
	await lan.click('.free button');
	await lan.waitForSelector('.facts:has-text("chỉ phát ngày")');
	await look(lan, 'words-360');
	await lan.click('#words');
	await look(lan, 'fix-360');
	await lan.fill('.ask input[name=to]', '1/1/2020');
	await lan.fill('.ask input[name=from]', '2/1/2020');
	await lan.click('.ask .main');
	await lan.waitForSelector('#edit-wrong:has-text("đổi lại hai ngày")');
	await lan.fill('.ask input[name=from]', '');
	await lan.fill('.ask input[name=to]', '31/12/2099');
	await lan.fill('.ask input[name=title]', 'Thông báo cúp điện, bản đọc lại');
	await lan.selectOption('.ask select[name=level]', 'uu-tien');
	await lan.check('.ask input[name=slots]');
	await lan.click('.ask .main');
	await lan.waitForSelector('.saved');
	assert.equal(await lan.evaluate(() => document.activeElement.className), 'result saved');
	assert.match(await lan.innerText('.send'), /Đã nhận “[^]*bản đọc lại[^]*Ưu tiên[^]*Bản tin sáng[^]*đến 31\/12\/2099[^]*05:30/);
	await look(lan, 'saved-360');
	const newer = (await ask('lan', '/api/bulletins?find=doc%20lai')).bulletins[0];
	assert.equal((await ask('lan', `/api/bulletins/${newer.replaces}`)).bulletin.replaces, second.id);

	// Withdrawn by an approver, who reads what was done before.
	const approved = (await ask('minh', '/api/bulletins?state=approved')).bulletins[0];
	await thu.goto(`${url}/#/ban-tin?so=${approved.id}`);
	await thu.waitForSelector('#book-past');
	assert.match(await thu.innerText('.book-one'), /Lê Thị Thu duyệt lúc .*12\/QĐ-UBND.*Người thứ nhất: Trần Văn Minh/);
	await look(thu, 'approved-1366');
	await thu.click('button:has-text("Rút lại")');
	await thu.click('.ask button:has-text("Không còn cần phát")');
	await thu.click('.ask .danger');
	await thu.waitForSelector('.book-one.state-withdrawn:has-text("Không còn cần phát")');
	assert.deepEqual(faults, []);
} finally {
	await browser.close();
	run.kill('SIGTERM');
	await run.ended;
}
