// SPDX-License-Identifier: GPL-3.0-or-later
// Changing the timetable on the page, against a station that only answers. Part of test_page.mjs.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const TABLE = {
	name: 'hang-ngay', file: 'schedules/hang-ngay.yaml', sha256: 'ab'.repeat(32), in_force: true, title: 'Hằng ngày',
	text: 'timetable: Hằng ngày\nslots:\n  - name: Bản tin sáng\n', faults: [],
	slots: [{ name: 'Bản tin sáng', line: 3, start: '05:30', length_s: 1200, days: ['mon', 'tue'], offs: [], volume_db: 0,
		zones: ['trung-tam', 'thon-2'], play: { bulletins: { programme: [], language: ['vi'] } }, confirm: null }],
};
const EFFECT = {
	same: false, more: 0, changes: [
		{ grave: true, texts: { vi: '“Bản tin sáng” lúc 05:30 sẽ không phát (24/11)', en: 'will not air' } },
		{ grave: true, texts: { vi: '“Trưa” lúc 11:00: giờ bắt đầu đã qua; phần lẽ ra đã phát thì lần này bỏ', en: 'not heard this time' } },
		{ grave: false, texts: { vi: '“Xa” lúc 11:05: giờ bắt đầu đã qua; lưu xong là phát ngay', en: 'joined once this is saved' } },
		{ grave: false, texts: { vi: 'điều nhẹ', en: 'a small thing' } }],
};
const FAULT = { file: TABLE.file, line: 2, grade: 'error', text: 'thiếu giờ bắt đầu' };

const SLIPS = [
	{ ...FAULT, slot: 'Bản tin sáng', field: 'start', text: '"start": "25:00" không đúng, cần giờ dạng "HH:MM"' },
	{ ...FAULT, slot: 'Bản tin sáng', field: 'zones', text: '"zones" không có cụm loa nào' },
	{ ...FAULT, line: 9, slot: 'Bản tin chiều', field: 'length', text: 'khung giờ "Bản tin chiều": thiếu độ dài' },
	{ ...FAULT, grade: 'warning', slot: 'Bản tin sáng', field: 'days', text: 'chỉ là lưu ý' },
];

const DAYS = { when: { vi: 'mồng 1 và rằm hằng tháng âm lịch', en: 'lunar' }, faults: [],
	next: [{ date: '2026-12-09', start: '2026-12-09T05:30:00.000+07:00', off: false, holiday: { name: 'Lễ thử' },
		lunar: { day: 1, month: 11, leap: false, year: 2026 } }] };
const READ = { was: TABLE.sha256, text: 'từ tệp lịch', added: ['Mới'], changed: ['Bản tin sáng'], same: 1,
	left_out: [{ name: 'Xa', text: 'giờ của múi giờ khác' }] };
const MOURNING = { name: 'tang', file: 'schedules/tang.yaml', sha256: 'cd'.repeat(32), title: 'Quốc tang', in_force: true, enabled: true,
	special: { timetable: 'Quốc tang', file: 'schedules/tang.yaml', basis: '105/2012/NĐ-CP', from: '2020-11-24', to: '2099-11-25', music: false, all: true,
		replaces: ['Hằng ngày'], now: true } };

// What the page asked for; may: whether the account may change timetables.
async function answer(p, may) {
	const asked = [];
	const json = (route, body, status = 200) => route.fulfill({ status, contentType: 'application/json', body: JSON.stringify(body) });
	await p.route('**/api/start', (route) => json(route, { me: {
		accounts: true, account: { name: 'lan', person: 'Lê Thị Lan', role: may ? 'operator' : 'inspector' },
		rights: ['status', 'plan', 'me.calendar', 'timetables', 'timetable', ...(may ? ['timetable.put', 'timetable.edit', 'timetable.preview', 'timetable.ics'] : [])],
	} }));
	let made = null;
	await p.route(/\/api\/me\/calendar/, (route) => {
		if (route.request().method() !== 'POST')
			return json(route, { made });
		made = route.request().url().endsWith('/end') ? null : '2026-11-22T10:00:00.000+07:00';
		return json(route, made ? { token: 'ef'.repeat(32) } : {});
	});
	await p.route('**/api/timetables**', (route) => json(route, { timetables: [{ ...TABLE, enabled: true, special: null }, MOURNING] }));
	await p.route('**/api/timetables/**', (route) => {
		const request = route.request();
		const path = new URL(request.url()).pathname;
		asked.push({ method: request.method(), path, body: request.postData(), tag: request.headers()['if-match'] });
		if (path.endsWith('/history'))
			return json(route, { versions: [{ sha256: 'cd'.repeat(32), since: '2026-11-22T10:00:00.000+07:00', who: 'user:1', kept: true }],
				people: { 'user:1': 'Lê Thị Lan' } });
		if (request.method() === 'PUT')
			return json(route, { saved: true, in_force: true });
		if (path.endsWith('/days'))
			return json(route, DAYS);
		if (path.endsWith('/ics'))
			return json(route, READ);
		if (path.endsWith('/preview') && request.postData() === 'từ tệp lịch')
			return json(route, { faults: [], effect: EFFECT });
		if (path.endsWith('/edit') && JSON.parse(request.postData()).set?.start === '25:00')
			return json(route, { was: TABLE.sha256, text: 'mới', faults: SLIPS, effect: null });
		if (path.endsWith('/edit'))
			return json(route, { was: TABLE.sha256, text: 'mới', faults: [], effect: EFFECT });
		return path.endsWith('/preview') ? json(route, { faults: [FAULT], effect: null }) : json(route, TABLE);
	});
	await p.reload();
	return asked;
}

export function planTests(add, world) {
	const axe = readFileSync(join(world.root, 'tests/e2e/node_modules/axe-core/axe.min.js'), 'utf8');
	const on = (name, [width, height, hash], fn) => add(name, async () => {
		const p = await world.openPage(world.page.context().browser(), width, height, hash);
		try {
			await fn(p);
		} finally {
			await p.context().close();
		}
	});
	const sound = async (p, width) => {
		await p.evaluate(axe);
		const { violations } = await p.evaluate(() => window.axe.run());
		assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes[0].target}`), []);
		assert.ok(await p.evaluate(() => document.documentElement.scrollWidth) <= width, 'it is wider than the screen');
	};

	on('who may not change the timetable sees no button for it', [1366, 768, '#/lich-phat?ngay=2026-11-24'], async (p) => {
		await answer(p, false);
		await p.waitForSelector('.plan-slot');
		assert.equal(await p.locator('.doings, a[href*=viec]').count(), 0);
		await p.evaluate(() => { location.hash = '#/lich-phat?ngay=2026-11-24&tep=hang-ngay&viec=bo&khung=B'; });
		await p.waitForSelector('.plan-slot');
	});

	on('a slot is skipped once: what it does, and only then saved', [360, 640, '#/lich-phat?ngay=2026-11-24'], async (p) => {
		const asked = await answer(p, true);
		await p.click('.plan-slot:has-text("Bản tin sáng") .doings a >> nth=0');
		await p.waitForSelector('#change-title:focus');
		assert.match(await p.innerText('#change-title'), /Bỏ “Bản tin sáng” một lần: Thứ ba 24\/11\/2026/);
		await p.fill('[name=reason]', 'họp xã');
		await p.press('[name=reason]', 'Enter');
		await p.waitForSelector('#tried-title:focus');
		assert.deepEqual(JSON.parse(asked.findLast((a) => a.path.endsWith('/edit')).body),
			{ op: 'skip', slot: 'Bản tin sáng', date: '2026-11-24', reason: 'họp xã' });
		assert.match(await p.innerText('.tried .troubles'), /sẽ không phát/);
		assert.equal(asked.some((a) => a.method === 'PUT'), false);
		await sound(p, 360);
		await p.click('#tt-save');
		await p.waitForSelector('text=Lịch mới đã có hiệu lực');
		const put = asked.find((a) => a.method === 'PUT');
		assert.deepEqual([put.body, put.tag], ['mới', `"${TABLE.sha256}"`]);
	});

	on('a phone gets an address of the timetable, shown once', [360, 640, '#/lich-phat?ngay=2026-11-24'], async (p) => {
		await answer(p, false);
		await p.click('#cal-open');
		await p.click('#cal-new');
		await p.waitForSelector('#cal-address');
		assert.match(await p.inputValue('#cal-address'), new RegExp(`^http://.*/lich\\.ics\\?token=(ef){32}$`));
		await p.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
		await p.click('#cal-copy');
		await p.waitForSelector('text=Đã chọn sẵn địa chỉ');
		assert.equal(await p.evaluate(() => document.getSelection().toString()), await p.inputValue('#cal-address'));
		await sound(p, 360);
		if (process.env.VANGXA_SHOT)
			await p.locator('.phone-calendar').screenshot({ path: process.env.VANGXA_SHOT });
		await p.click('#cal-end');
		await p.waitForSelector('#cal-address', { state: 'detached' });
		await p.waitForSelector('#cal-new:has-text("Tạo địa chỉ")');
	});

	on('a slot is changed: only what differs is asked for', [1366, 768,
		'#/lich-phat?ngay=2026-11-24&tep=hang-ngay&viec=sua&khung=Bản tin sáng'], async (p) => {
		const asked = await answer(p, true);
		await p.waitForSelector('[name=start]');
		await p.click('#tt-try');
		await p.waitForSelector('text=Chưa sửa gì');
		await p.fill('[name=start]', '5h45'); // as people write it
		await p.fill('[name=volume]', '−6,5');
		await p.click('label:has-text("Thứ tư") input');
		await p.click('label:has-text("thon-2") input');
		await sound(p, 1366);
		await p.click('#tt-try');
		await p.waitForSelector('#tried-title');
		assert.deepEqual(JSON.parse(asked.findLast((a) => a.path.endsWith('/edit')).body).set,
			{ start: '05:45', days: ['mon', 'tue', 'wed'], zones: ['trung-tam'], volume_db: -6.5 });
		await p.fill('[name=start]', '05:50'); // what was tried is not what would be saved
		assert.equal(await p.locator('#tt-save').count(), 0);
	});

	on('lunar days are ticked, a season makes a rule, and the station tells the next days', [360, 640,
		'#/lich-phat?ngay=2026-11-24&tep=hang-ngay&viec=sua&khung=Bản tin sáng'], async (p) => {
		const asked = await answer(p, true);
		const asks = (end) => JSON.parse(asked.findLast((a) => a.path.endsWith(end)).body);
		await p.selectOption('[name=daykind]', 'lunar');
		await p.fill('[name=lunar]', '10/3');
		await p.waitForSelector('.next-days:has-text("mồng 1 và rằm"):has-text("Thứ tư 09/12/2026"):has-text("Lễ thử")');
		await p.waitForFunction(() => !document.querySelector('.next-days .failed'));
		await p.click('summary:has-text("Ngày lễ")');
		await p.selectOption('[name=holidays]', 'skip');
		await p.fill('[name=except]', '2/9/2027');
		await sound(p, 360);
		await p.click('#tt-try');
		await p.waitForSelector('#tried-title');
		assert.deepEqual(asks('/edit').set, { days: null, lunar: ['1/*', '15/*', '10/3'], except: ['2027-09-02'], holidays: 'skip' });
		await p.selectOption('[name=daykind]', 'week');
		await p.click('fieldset:has-text("mùa") label:has-text("10") input');
		await p.click('#tt-try');
		await p.waitForSelector('#tried-title');
		assert.equal(asks('/edit').set.rrule, 'FREQ=WEEKLY;BYDAY=MO,TU;BYMONTH=10');
		assert.ok(asked.some((a) => a.path.endsWith('/days')));
	});

	on('a special period is made, and one in force is ended', [360, 640, '#/lich-phat?ngay=2026-11-24'], async (p) => {
		const asked = await answer(p, true);
		const edit = () => JSON.parse(asked.findLast((a) => a.path.endsWith('/edit')).body);
		await p.waitForSelector('text=đang áp dụng');
		await sound(p, 360);
		await p.click('#sp-new');
		await p.fill('[name=title]', 'Quốc tang');
		await p.fill('[name=from]', '24/11/2026');
		await p.fill('[name=to]', '25/11/2026');
		await p.fill('[name=basis]', 'Thông báo 12');
		await p.uncheck('[name=music]');
		await p.check('fieldset:has-text("vẫn phát") label:has-text("Bản tin sáng") input');
		await sound(p, 360);
		await p.click('#tt-try');
		await p.waitForSelector('#tt-save');
		assert.deepEqual(edit(), { op: 'new', slots: [{ table: 'hang-ngay', slot: 'Bản tin sáng' }], set: { timetable: 'Quốc tang',
			basis: 'Thông báo 12', valid: { from: '2026-11-24', to: '2026-11-25' }, replaces: true, music: false } });
		assert.match(asked.findLast((a) => a.path.endsWith('/edit')).path, /quoc-tang-20261124/);
		await p.evaluate(() => { location.hash = '#/lich-phat?ngay=2026-11-24&tep=tang&viec=het'; });
		await p.waitForSelector('#tt-save');
		assert.equal(edit().op, 'table');
		assert.equal(edit().set.valid.from, '2020-11-24');
		await p.click('#tt-save');
		await p.waitForSelector('text=Đã lưu');
	});

	on('a calendar is read, told, tried and saved', [360, 640, '#/lich-phat?ngay=2026-11-24&tep=hang-ngay&viec=nhap'], async (p) => {
		const asked = await answer(p, true);
		const file = (size) => ({ name: 'a.ics', mimeType: 'text/calendar', buffer: Buffer.alloc(size, 'x') });
		await p.setInputFiles('#ics-file', file(300 * 1024));
		await p.waitForSelector('[role=alert]:has-text("256 kB")');
		assert.ok(!asked.some((a) => a.path.endsWith('/ics')));
		await p.setInputFiles('#ics-file', file(10));
		await p.waitForSelector('#tt-save');
		const words = await p.innerText('.change');
		assert.match(words, /Thêm 1 khung giờ\s+Mới/);
		assert.match(words, /Xa: giờ của múi giờ khác/);
		assert.match(await p.innerText('.tried .troubles'), /“Trưa” lúc 11:00: .*lần này bỏ/);
		assert.match(await p.innerText('.tried .plain-list'), /“Xa” lúc 11:05: .*lưu xong là phát ngay/);
		await sound(p, 360);
		await p.click('#tt-save');
		await p.waitForSelector('text=Đã lưu');
		assert.equal(asked.findLast((a) => a.method === 'PUT').tag, `"${TABLE.sha256}"`);
	});

	on('what is wrong with a slot is told at its fields, in their own words', [360, 640,
		'#/lich-phat?ngay=2026-11-24&tep=hang-ngay&viec=sua&khung=Bản tin sáng'], async (p) => {
		await answer(p, true);
		await p.fill('[name=start]', '25:00');
		await p.click('#tt-try');
		await p.waitForSelector('[name=start]:focus[aria-invalid=true]');
		assert.match(await p.innerText('#wrong-start'), /^Viết giờ như 05:30/);
		assert.match(await p.innerText('#wrong-zones'), /^Chọn ít nhất một cụm loa/);
		assert.equal(await p.locator('#wrong-days').count(), 0);
		assert.match(await p.innerText('[role=alert]:has(ul)'), /Bản tin chiều/);
		assert.doesNotMatch(await p.innerText('.change'), /[Dd]òng \d|HH:MM|"start"/);
		await sound(p, 360);
		if (process.env.VANGXA_SHOT)
			await p.screenshot({ path: process.env.VANGXA_SHOT, fullPage: true });
		await p.fill('[name=start]', '05:50');
		await p.click('#tt-try');
		await p.waitForSelector('#tt-save');
		assert.equal(await p.locator('[aria-invalid=true]').count(), 0);
	});

	on('the text: faults lead to their line, and what was can be taken again', [360, 640,
		'#/lich-phat?tep=hang-ngay&viec=van-ban'], async (p) => {
		await answer(p, true);
		await p.fill('#tt-text', 'timetable: A\nslots: [');
		await p.click('#tt-try');
		await p.click('.fault');
		assert.deepEqual(await p.evaluate(() => [document.activeElement.id, document.activeElement.selectionStart]), ['tt-text', 13]);
		assert.match(await p.innerText('.editor pre'), /! 2/);
		assert.equal(await p.locator('#tt-save').count(), 0);
		await p.click('summary');
		await p.waitForSelector('text=Lê Thị Lan');
		await sound(p, 360);
		await p.click('text=Lấy lại bản này');
		await p.waitForFunction(() => document.getElementById('tt-text').value.includes('Bản tin sáng'));
	});
}
