// SPDX-License-Identifier: GPL-3.0-or-later
// The registers. Part of test_page.mjs.
import assert from 'node:assert/strict';
import { FakeLog } from './fake_log.mjs';
import { BAD, GOOD, PAST, REGISTERS } from './fake_registers.mjs';
import { opener } from './page_pages.mjs';
import { until } from './web.mjs';

const WRITER = { accounts: true, shut: false, disabled: false, tls: null,
	account: { id: 1, name: 'minh', person: 'Trần Văn Minh', role: 'operator', enabled: true, must_change: false },
	rights: ['status', 'day', 'plan', 'report', 'reports', 'registers', 'register.list', 'register.write', 'register.import', 'register.export'] };

// As an operator; sent: what the page wanted to be written. answers: by the end of the path, what comes back.
async function asWriter(p, answers = {}) {
	const day = await (await fetch(new URL('/api/day', p.url()))).json();
	const sent = [];
	await p.route('**/api/start', (route) => route.fulfill({ json: { me: WRITER, day, day_tag: '' } }));
	await p.route('**/api/registers/**', async (route) => {
		const request = route.request(), { pathname, search } = new URL(request.url());
		if (request.method() === 'GET' && !answers[pathname])
			return route.fallback();
		if (request.method() === 'POST')
			sent.push({ path: pathname, search, body: request.postData() });
		const answer = answers[pathname] ?? {};
		return route.fulfill(typeof answer === 'string' ? { body: answer } : { json: answer });
	});
	await p.reload();
	return sent;
}

const fits = async (p) => assert.ok(await p.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'it is wider than the screen');
const bodies = (sent) => sent.map((s) => JSON.parse(s.body));

export function registerTests(add, world) {
	const on = opener(add, world);

	on('registers: from the reports to a register, and to one row of another', [360, 640, '#/bao-cao'], async (p) => {
		await asWriter(p);
		await p.click('#report-registers');
		await p.click('.more a[href="#/so-theo-doi?so=equipment"]');
		await p.waitForSelector('[data-row=TB1]');
		const text = await p.innerText('[data-row=TB1]');
		assert.match(text, /Loa nén 30 W/);
		assert.match(text, /Kinh phí \(đồng\): 957\.000\.000/);
		assert.match(text, /Có giá trị lâu dài: có/);
		assert.match(text, /Số trang: 1,5/);
		assert.match(text, /Tháng: 11\/2026/);
		assert.match(text, /Người viết: Trần Văn Minh/);
		assert.match(text, /Tiếng: Tiếng Việt/);
		await fits(p);
		assert.equal(await p.locator('[data-row=TB1] a[href="#/ban-tin?so=B11"]').count(), 1);
		await p.click('[data-row=TB1] a[href="#/so-theo-doi?so=difficulties&dong=KK1"]');
		await p.waitForSelector('.reg-version');
	});

	on('a register is searched by the station, by words and by days', [360, 640, '#/so-theo-doi?so=difficulties'], async (p) => {
		await asWriter(p);
		await p.waitForSelector('.reg-row');
		assert.equal(await p.locator('.reg-row').count(), 2);
		await p.fill('.find', 'mat dien');
		await until('one row', async () => await p.locator('.reg-row').count() === 1);
		await p.click('summary:has-text("Lọc theo thời gian")');
		await p.fill('#reg-from', 'mai');
		await p.click('.reg-period button');
		assert.match(await p.innerText('.reg-period .failed'), /31\/12\/2026/);
		await p.selectOption('.reg-period select', 'since');
		await p.fill('#reg-from', '1/10/2026');
		const asked = p.waitForRequest((r) => r.url().includes('from=2026-10-01'));
		await p.click('.reg-period button');
		assert.match((await asked).url(), /by=since/);
	});

	on('a row is added, edited and struck out by a form made from its fields', [360, 640, '#/so-theo-doi?so=difficulties'], async (p) => {
		const sent = await asWriter(p);
		await p.click('#reg-add');
		assert.equal(await p.locator('.reg-form .reg-field').count(), REGISTERS.registers[0].fields.length);
		await fits(p);
		await p.fill('#reg-what', 'Thiếu người');
		await p.fill('#reg-since', '22/11/2026');
		await p.selectOption('#reg-programmes', '1719.10');
		await p.selectOption('#reg-programmes', 'NTM');
		await p.click('.reg-code >> nth=0');
		await p.selectOption('#reg-state', 'open');
		await p.click('.reg-form .main');
		await p.waitForSelector('.reg-form', { state: 'detached' });
		await p.click('[data-row=KK2] [data-op=edit]');
		await p.fill('#reg-beyond', '');
		await p.selectOption('#reg-state', 'proposed');
		await p.click('.reg-form .main');
		await p.waitForSelector('.reg-form', { state: 'detached' });
		await p.click('[data-row=KK2] [data-op=strike]');
		await p.click('.reg-form .main');
		assert.match(await p.innerText('.reg-form .failed'), /lý do/);
		await p.fill('#reg-reason', 'ghi hai lần');
		await p.click('.reg-form .main');
		await p.waitForSelector('.reg-form', { state: 'detached' });
		assert.deepEqual(bodies(sent), [
			{ fields: { what: 'Thiếu người', since: '22/11/2026', programmes: 'NTM', state: 'open' } },
			{ row: 'KK2', if_n: 8, fields: { state: 'proposed', beyond: null } },
			{ row: 'KK2', if_n: 8, strike: true, reason: 'ghi hai lần' }]);
	});

	on('the state of a difficulty is changed with what it asks for', [360, 640, '#/so-theo-doi?so=difficulties'], async (p) => {
		const sent = await asWriter(p);
		await p.selectOption('select[data-row=KK1]', 'solved');
		assert.equal(await p.locator('.reg-form .reg-field').count(), 2);
		assert.equal(await p.inputValue('#reg-solved'), '23/11/2026');
		await p.fill('#reg-result', 'Đã thay loa');
		await p.click('.reg-form .main');
		await p.waitForSelector('.reg-form', { state: 'detached' });
		await p.selectOption('select[data-row=KK2]', 'open'); // asks for nothing
		await until('both', () => sent.length === 2);
		assert.deepEqual(bodies(sent), [{ row: 'KK1', if_n: 7, fields: { state: 'solved', result: 'Đã thay loa', solved: '23/11/2026' } },
			{ row: 'KK2', if_n: 8, fields: { state: 'open' } }]);
	});

	on('a sheet: bad cells are named, and only what was seen is written', [360, 640, '#/so-theo-doi?so=difficulties'], async (p) => {
		const at = '/api/registers/difficulties/import', answers = { [at]: BAD, [`${at}/apply`]: { applying: true } };
		const sent = await asWriter(p, answers);
		await p.route('**/api/registers', (route) => route.fulfill({ json: { ...REGISTERS,
			import: { register: 'difficulties', name: 'x.csv', rows: 2, done: 2, busy: false, error: null } } }));
		await p.click('summary:has-text("Nhập từ tệp")');
		const file = { name: 'x.csv', mimeType: 'text/csv', buffer: Buffer.from('what,since\na,b\n') };
		await p.setInputFiles('#reg-in-file', file);
		await p.waitForSelector('.reg-bad li');
		assert.match(await p.innerText('.reg-bad'), /C5 Từ ngày: .?mai.? – không phải ngày/);
		assert.match(await p.innerText('.reg-first'), /^2 Nội dung: Loa thôn Đồng hỏng · Từ ngày: mai$/);
		assert.equal(await p.locator('#reg-in-apply').count(), 0);
		await fits(p);
		answers[at] = GOOD;
		await p.setInputFiles('#reg-in-file', file);
		await p.waitForSelector('#reg-in-apply');
		assert.match(await p.innerText('main'), /Tình trạng: chưa giải quyết → đã giải quyết/);
		await p.click('#reg-in-apply');
		await p.waitForSelector('#reg-in-done');
		assert.match(await p.innerText('#reg-in-done'), /2 dòng/);
		assert.deepEqual(sent.map((s) => s.path), [at, at, `${at}/apply`]);
		assert.deepEqual(JSON.parse(sent[2].body), { sheet: GOOD.sheet, sha256: 's', effect: 'f' });
		assert.equal(sent[0].body, 'what,since\na,b\n');
	});

	on('a spreadsheet of several sheets: one is chosen', [360, 640, '#/so-theo-doi?so=difficulties'], async (p) => {
		const at = '/api/registers/difficulties/import', sheets = ['Bìa', 'Năm 2023'];
		const answers = { [at]: { ...BAD, sheets, chosen: 'Bìa' } };
		const sent = await asWriter(p, answers);
		await p.click('summary:has-text("Nhập từ tệp")');
		await p.setInputFiles('#reg-in-file', { name: 'x.xlsx', mimeType: 'text/plain', buffer: Buffer.from('PK') });
		await p.waitForSelector('#reg-in-which');
		assert.equal(await p.locator('#reg-in-apply').count(), 0);
		assert.equal(await p.inputValue('#reg-in-which'), 'Bìa');
		await fits(p);
		answers[at] = { ...GOOD, sheets, chosen: 'Năm 2023' };
		await p.selectOption('#reg-in-which', 'Năm 2023');
		await p.waitForSelector('#reg-in-apply');
		assert.equal(await p.inputValue('#reg-in-which'), 'Năm 2023');
		assert.deepEqual(sent.map((s) => s.body), ['PK', 'PK']);
		assert.equal(sent[1].search, `?name=x.xlsx&sheet=${encodeURIComponent('Năm 2023')}`);
	});

	on('the past of a row: who wrote what, each entry proven here', [360, 640, '#/so-theo-doi?so=difficulties&dong=KK1'], async (p) => {
		const [now] = PAST.history;
		const proof = (fields) => new FakeLog(Array.from({ length: 12 }, (_, n) => (n === now.n ? { kind: 'register.written', register: 'difficulties',
			who: 'user:1', rows: { KK1: fields } } : { kind: 'note.added' })), { privateKey: world.station.signed.privateKey }).proof(now.n);
		const answers = { '/api/registers/difficulties/proof': proof(now.fields) };
		await asWriter(p, answers);
		await p.waitForSelector('.reg-version');
		const text = await p.innerText('main');
		assert.match(text, /Trần Văn Minh/);
		assert.match(text, /Tình trạng: đã đề xuất → chưa giải quyết/);
		assert.match(text, /Đề xuất, kiến nghị: Thay loa → –/);
		assert.match(text, /lý do: gọi lại/);
		assert.match(text, /từ tệp kho-khan\.csv/);
		await fits(p);
		await p.click(`[data-check="${now.n}"]`);
		assert.match(await p.innerText('.reg-version .result'), /Đúng như mục 7/);
		answers['/api/registers/difficulties/proof'] = proof({ ...now.fields, what: 'Không có gì' });
		await p.click(`[data-check="${now.n}"]`);
		await p.waitForSelector('.reg-version .failed');
		assert.match(await p.innerText('.reg-version .failed'), /KHÁC/);
	});

	on('without the right a register can only be read', [360, 640, '#/so-theo-doi?so=difficulties'], async (p) => {
		await p.waitForSelector('.reg-row');
		assert.match(await p.innerText('[data-row=KK2]'), /vượt thẩm quyền/);
		assert.equal(await p.locator('#reg-add, [data-op], .reg-state, #reg-in-file').count(), 0);
		assert.match(await p.innerText('.need-account'), /cần có tài khoản/); // nobody has one here
		assert.equal(await p.locator('#reg-csv, #reg-xlsx, #reg-json').count(), 3);
	});
}
