// SPDX-License-Identifier: GPL-3.0-or-later
// Products that are perhaps one: told, heard, decided, and counted on the page of reports. Part of test_page.mjs.
import assert from 'node:assert/strict';
import { duplicates } from './fake_doubles.mjs';
import { opener } from './page_pages.mjs';

const APPROVER = { accounts: true, shut: false, disabled: false, tls: null,
	account: { id: 1, name: 'minh', person: 'Trần Văn Minh', role: 'approver', enabled: true, must_change: false },
	rights: ['status', 'day', 'reports', 'report', 'duplicates', 'duplicate.decide'] };

async function asApprover(p, rights = APPROVER.rights) {
	const sent = [];
	const day = await (await fetch(new URL('/api/day', p.url()))).json();
	await p.route('**/api/start', (route) => route.fulfill({ json: { me: { ...APPROVER, rights }, day, day_tag: '' } }));
	await p.route('**/api/duplicates**', (route) => {
		const request = route.request();
		if (request.method() === 'POST')
			sent.push(JSON.parse(request.postData()));
		const asked = Object.fromEntries(new URL(request.url()).searchParams);
		return route.fulfill({ json: request.method() === 'POST' ? { n: 77 } : duplicates(asked) });
	});
	await p.reload();
	return sent;
}

export function doublesTests(add, world) {
	const on = opener(add, world);

	on('duplicates: two sides with what is known of them, to hear, the red first', [360, 640, '#/trung-lap'], async (p) => {
		await asApprover(p);
		await p.waitForSelector('.dup');
		const text = await p.innerText('.dup-red');
		assert.match(text, /Hai nguồn kinh phí[^]*cùng một tệp/);
		assert.match(text, /B11[^]*nguồn 1719[^]*900\.000 đồng[^]*B12[^]*nguồn xa/);
		assert.match(await p.innerText('main'), /1 cặp ghi hai nguồn kinh phí/);
		assert.match(await p.innerText('.dup >> nth=1'), /cùng âm thanh, khác tệp \(93 %\)[^]*SP4[^]*BT-05\/2026[^]*cấp tỉnh/);
		assert.deepEqual(await p.locator('.dup audio').evaluateAll((all) => all.map((a) => [a.getAttribute('src'), a.preload])),
			['B11', 'B12', 'B13'].map((id) => [`/api/bulletins/${id}/audio`, 'none']));
		assert.ok(await p.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'it is wider than the screen');
	});

	on('duplicates: a decision needs a choice and a reason, and may be taken back', [360, 640, '#/trung-lap'], async (p) => {
		const sent = await asApprover(p);
		await p.click('.dup-red .tools button');
		await p.click('.narrow .main');
		assert.match(await p.innerText('.narrow .failed'), /ghi lý do/);
		await p.check('text=Là một, tính B12');
		await p.fill('#dup-reason', 'đã nghe cả hai');
		await p.click('.narrow .main');
		await p.waitForSelector('.narrow', { state: 'detached' });
		await p.click('.dup >> nth=1 >> .tools button');
		await p.check('text=B13 dùng lại SP4');
		await p.fill('#dup-reason', 'của tỉnh');
		await p.click('.narrow .main');
		await p.waitForSelector('.narrow', { state: 'detached' });
		await p.click('a:has-text("Đã quyết định (1)")');
		await p.waitForSelector('.dup:has-text("không còn trong sổ")');
		assert.match(await p.innerText('.dup'), /Một sản phẩm, tính một lần · đã nghe cả hai · Trần Văn Minh/);
		await p.click('.dup .tools button');
		await p.click('.narrow .main');
		assert.match(await p.innerText('.narrow .failed'), /lý do/);
		await p.fill('#dup-reason', 'nhầm');
		await p.click('.narrow .main');
		await p.waitForSelector('.narrow', { state: 'detached' });
		assert.deepEqual(sent, [
			{ first: 'B12', second: 'B11', decision: 'same', reason: 'đã nghe cả hai' },
			{ first: 'SP4', second: 'B13', decision: 'reuse', reason: 'của tỉnh' },
			{ first: 'B5', second: 'SP9', decision: 'open', reason: 'nhầm' }]);
	});

	on('duplicates: who may not decide only reads; none is told too', [360, 640, '#/trung-lap'], async (p) => {
		await asApprover(p, APPROVER.rights.filter((r) => r !== 'duplicate.decide'));
		await p.waitForSelector('.dup');
		assert.equal(await p.locator('.dup .tools button').count(), 0);
		await p.click('a:has-text("Bản ngôn ngữ khác (0)")');
		await p.waitForSelector('text=Không có bản ngôn ngữ khác');
	});

	on('reports: what waits for a decision about duplicates leads there', [360, 640, '#/bao-cao'], async (p) => {
		await asApprover(p);
		await p.waitForSelector('#dup-open');
		assert.match(await p.innerText('#dup-open'), /2 cặp[^]*1 cặp khác nguồn kinh phí/);
		await p.click('#dup-open');
		await p.waitForSelector('.dup');
		assert.match(await p.title(), /^Trùng lặp/);
	});
}
