// SPDX-License-Identifier: GPL-3.0-or-later
// The catalogue and the deadlines. Part of test_page.mjs.
import assert from 'node:assert/strict';
import { DEADLINES, DUE, LANGUAGES } from './fake_lists.mjs';
import { opener } from './page_pages.mjs';

const ADMIN = { accounts: true, shut: false, disabled: false, tls: null,
	account: { id: 1, name: 'minh', person: 'Trần Văn Minh', role: 'admin', enabled: true, must_change: false },
	rights: ['status', 'day', 'plan', 'settings', 'lists', 'list', 'list.put', 'list.edit', 'deadlines', 'deadline.done', 'deadline.undone',
		'deadline.add'] };

// As an administrator; sent: what the page asked for.
async function asAdmin(p, sent = []) {
	const day = await (await fetch(new URL('/api/day', p.url()))).json();
	const take = (json) => async (route) => {
		const request = route.request();
		if (request.method() !== 'GET')
			sent.push({ path: new URL(request.url()).pathname, method: request.method(), body: request.postData(), tag: await request.headerValue('if-match') });
		await route.fulfill(request.method() === 'PUT' ? { status: 422, json: { error: { code: 'damaged', text: 'seeds/tieng.yaml:3: vi: trùng ngày' },
			faults: [{ file: 'seeds/tieng.yaml', line: 3, grade: 'warning', text: 'vi: trùng ngày' }] } } : { json });
	};
	await p.route('**/api/start', (route) => route.fulfill({ json: { me: ADMIN, day, day_tag: '' } }));
	await p.route('**/api/lists/**', take(LANGUAGES));
	await p.route('**/api/deadlines**', take({ ...DEADLINES, people: { 'user:1': 'Trần Văn Minh' } }));
	await p.route('**/api/deadlines/**', take({ ...DEADLINES, people: {} }));
	await p.reload();
	return sent;
}

export function listTests(add, world) {
	const on = opener(add, world);

	on('a list: searched, a code renamed from a day on, one ended, one added', [360, 640, '#/danh-muc?tep=tieng'], async (p) => {
		const sent = await asAdmin(p);
		await p.waitForSelector('.table-row');
		assert.match(await p.innerText('main'), /stieng Tiếng Xtiêng hết hiệu lực/);
		assert.ok(await p.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'it is wider than the screen');
		await p.fill('.find', 'viet');
		assert.equal(await p.locator('.table-row').count(), 1);
		await p.click('[data-op=rename]');
		await p.fill('#name', 'Tiếng phổ thông');
		await p.fill('#from', 'mai');
		await p.click('.narrow .main');
		assert.match(await p.innerText('.narrow .failed'), /31\/12\/2026/);
		await p.fill('#from', '1/1/2027');
		await p.click('.narrow .main');
		await p.waitForSelector('.result');
		await p.click('[data-op=end]');
		await p.fill('#to', '31/12/2026');
		await p.click('.narrow .main');
		await p.waitForSelector('#list-add');
		await p.click('#list-add');
		await p.fill('#ma', 'dao');
		await p.fill('#ten', 'Tiếng Dao');
		await p.click('.narrow .main');
		await p.waitForSelector('#list-add');
		const was = LANGUAGES.sha256;
		assert.deepEqual(sent.map((s) => [s.path, JSON.parse(s.body)]), [
			['/api/lists/tieng/edit', { op: 'rename', code: 'vi', name: 'Tiếng phổ thông', from: '2027-01-01', was }],
			['/api/lists/tieng/edit', { op: 'end', code: 'vi', to: '2026-12-31', was }],
			['/api/lists/tieng/edit', { op: 'add', item: { ma: 'dao', ten: 'Tiếng Dao' }, was }]]);
	});

	on('the text of a list is refused with its line', [360, 640, '#/danh-muc?tep=tieng'], async (p) => {
		const sent = await asAdmin(p);
		await p.click('details summary');
		await p.fill('#tt-text', 'tieng:\n  - {ma: vi, ten: A}\n  - {ma: vi, ten: B}\n');
		await p.click('#list-save');
		await p.waitForSelector('.troubles .fault');
		assert.match(await p.innerText('.troubles'), /dòng 3.*trùng ngày/i);
		assert.equal(sent[0].tag, `"${LANGUAGES.sha256}"`);
		assert.match(await p.inputValue('#tt-text'), /ten: B/, 'what was typed is gone');
	});

	on('without the right a list can only be read', [360, 640, '#/danh-muc?tep=tieng'], async (p) => {
		await p.waitForSelector('.table-row');
		assert.equal(await p.locator('[data-op], #list-add, #list-save').count(), 0);
	});

	on('deadlines: what is late, marked as handed in, one\'s own added', [360, 640, '#/thoi-han'], async (p) => {
		const sent = await asAdmin(p);
		await p.waitForSelector('.due');
		const text = await p.innerText('main');
		assert.match(text, /20\/11\/2026 chậm 3 ngày Báo cáo tháng/);
		assert.match(text, /đã nộp 12\/BC-UBND ngày 23\/11\/2026, chậm 1 ngày/);
		assert.match(text, /khó khăn, vướng mắc ngay khi có/);
		assert.ok(await p.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'it is wider than the screen');
		await p.click('.due button');
		await p.click('.narrow .main');
		assert.match(await p.innerText('.narrow .failed'), /số văn bản/);
		await p.fill('#due-document', '13/BC-UBND');
		await p.fill('#due-on', '22/11/2026');
		await p.click('.narrow .main');
		await p.waitForSelector('.narrow', { state: 'detached' });
		await p.click('#due-add');
		await p.fill('#due-what', 'Tổng kết');
		await p.fill('#due-day', '5/12/2026');
		await p.check('[name=every]');
		await p.click('.narrow .main');
		await p.waitForSelector('.narrow', { state: 'detached' });
		assert.deepEqual(sent.map((s) => [s.path, JSON.parse(s.body)]), [
			['/api/deadlines/done', { deadline: 'cu', due: '2026-11-20', document: '13/BC-UBND', on: '2026-11-22' }],
			['/api/deadlines', { what: 'Tổng kết', due: '2026-12-05', every: 'year' }]]);
	});

	on('what is near stands on the first screen, and only that', [360, 640], async (p) => {
		await p.waitForSelector('.air:visible');
		assert.equal(await p.locator('#due-near').count(), 0);
		world.station.deadlines = DUE;
		await p.reload();
		await p.waitForSelector('#due-near');
		const text = await p.innerText('#due-near');
		world.station.deadlines = [];
		assert.match(text, /Báo cáo tháng: chậm 3 ngày \(20\/11\/2026\)/);
		assert.match(text, /Báo cáo kết quả[^]*còn 14 ngày/);
		assert.doesNotMatch(text, /kế hoạch|quý/);
		await p.click('#due-near');
		await p.waitForSelector('h1:has-text("Thời hạn"), h2:has-text("Thời hạn")');
	});
}
