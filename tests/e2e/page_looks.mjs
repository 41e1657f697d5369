// SPDX-License-Identifier: GPL-3.0-or-later
// Each page and each look of it, as a person with a screen reader or with large letters has it: axe-core finds nothing,
// in both sizes and languages, and nothing sticks out at 200 %. Part of test_looks.mjs.
// axe-core is most of what this costs: a phone is looked at in Vietnamese and a wide screen in English, not each in both.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeBulletins } from './fake_plan.mjs';

const LONG = 'Lịch tiêm phòng cho trâu bò đợt hai tại các thôn trong xã, '.repeat(4).slice(0, 200);
const SIZES = [[360, 640], [1366, 768]];
const KEY_HEADS = new Set(Object.keys(JSON.parse(readFileSync(new URL('../../web/texts/vi.json', import.meta.url), 'utf8'))).map((key) => key.split('.')[0]));
const FILE = /\.(ya?ml|zip|pdf|csv|xlsx|json|mp3|wav|ics|py)$/;
const scenes = {
	'on air': () => {},
	'nothing on air': (station) => { station.lines = station.lines.filter((l) => l.fate !== 'on-air'); },
	held: (station) => station.hold(true, () => {}),
	'an emergency that stands': (station) => {
		station.emergencies = [true, false].map((drill, i) => ({ id: `K${i}`, drill, zones: ['trung-tam', 'thon-2'], reason: 'nước sông lên cao, '.repeat(8), text: drill ? 'Đây là diễn tập. Bà con di dời ngay. '.repeat(9) : '',
			raised: '2026-11-23T11:10:00.000+07:00', next: '2026-11-23T11:20:00.000+07:00', sounding: i > 0, cut: [{ zone: 'thon-2', at: '2026-11-23T10:00:00.000+07:00' }] }));
	},
	'priority bulletins that meet': (station) => {
		const two = [{ bulletin: 'B11', title: LONG, length_s: 95 }, { bulletin: 'B12', title: 'Xả lũ hồ Thác Mơ', length_s: 3662 }];
		station.orders = [false, true].map((given, i) => ({ slot: 'Bản tin sáng', start: `2026-11-2${3 + i}T17:00:00.000+07:00`,
			starts: 1 + 2 * i, given, who: given ? 'user:7' : null, name: given ? LONG : null, said: '2026-11-22T08:00:00.000+07:00',
			with: given ? null : 'Bản tin huyện buổi chiều', with_start: '2026-11-23T17:10:00.000+07:00', bulletins: given ? two.map((b) => ({ ...b, bulletin: `${b.bulletin}0` })) : two }));
	},
	'dead air': (station) => {
		station.banners = [{ grade: 'warn', text: '', texts: {
			vi: 'Lúc 05:31:20 ngày 23/11/2026, “Tiêm phòng dại” đang phát mà loa im 20 giây, dù tệp có tiếng ở đoạn ấy: đài đã chuyển sang mục sau. Hãy nghe lại “Tiêm phòng dại” và bản ghi âm lúc ấy.',
			en: 'At 05:31:20 on 23/11/2026 “Tiêm phòng dại” was on air and nothing was heard for 20 seconds, though the file has sound there: the next item was begun. Listen to “Tiêm phòng dại” and to the recording of then.' } }];
	},
	'warnings and long titles': (station) => {
		station.banners = [{ grade: 'error', text: LONG }, { grade: 'warn', text: 'x' }, { grade: 'info', text: 'y' }];
		station.lines.forEach((l, i) => { l.title = i % 2 ? LONG : `Tin \u200fמודעה\u200f ${'x'.repeat(90)}`; });
	},
};

// Where each page is, and what must be there before it is looked at.
const pages = {
	'raising an emergency': ['', '#alarm-go, #alarm', async (p) => {
		await p.click('#alarm');
		await p.waitForSelector('#alarm-go');
	}],
	sending: ['#/gui-ban-tin', '#send'],
	'a day of the plan': ['#/lich-phat', '.troubles'],
	'a week of the plan': ['#/lich-phat?xem=tuan', ':is(.week-days section:nth-of-type(7) li, td:nth-child(8) a)'],
	'a day of the log': ['#/nhat-ky', '.log .fate'],
	'planned against aired': ['#/nhat-ky?xem=doi-chieu', '.log-head'],
	'an airing': ['#/nhat-ky?lan=A1', '.facts'],
	'an airing that is verified': ['#/nhat-ky?lan=A1', '.check-steps', async (p) => {
		await p.click('#check');
		await p.waitForSelector('.check-steps details');
		await p.click('#waves');
		await p.waitForSelector('.beside svg');
	}],
	'one that was missed': ['#/nhat-ky?lan=M4', '.facts'],
	'one whose recording is gone': ['#/nhat-ky?lan=A5', '.airing-fate'],
	'a week of the log': ['#/nhat-ky?xem=tuan', '.log .fate'],
	'an airing that is not there': ['#/nhat-ky?lan=A999', '.card h3'],
	'the library': ['#/ban-tin', '.book'],
	'one bulletin': ['#/ban-tin?so=B11', '#book-past'],
	'a report': ['#/bao-cao?ky=2026-11', '.report-table tbody tr'],
	'a report with charts': ['#/bao-cao?ky=2026-11', '.chart svg', async (p) => {
		await p.click('#charts');
		await p.waitForSelector('.chart svg');
	}],
	settings: ['#/cai-dat', '#set-station'],
	'a list of the catalogue': ['#/danh-muc?tep=tieng', '.table-row'],
	'a register': ['#/so-theo-doi?so=difficulties', '.reg-row'],
	'the past of a row': ['#/so-theo-doi?so=difficulties&dong=KK1', '.reg-version'],
	'the deadlines': ['#/thoi-han', '.card'],
	duplicates: ['#/trung-lap', '.dup'],
	'one\'s own account': ['#/tai-khoan', 'h2'],
	'the machine': ['#/may', '.facts'],
	'the rest': ['#/them', '.more'],
};

// What only an administrator sees. The web process asks for an account before it asks the fake station.
const ADMIN = { accounts: true, shut: false, disabled: false, tls: null,
	account: { id: 1, name: 'minh', person: 'Trần Văn Minh', role: 'admin', enabled: true, must_change: false },
	rights: ['status', 'day', 'plan', 'cut', 'resume', 'play', 'tone', 'bulletins', 'bulletins.all', 'bulletin.add', 'bulletin.approve',
		'settings', 'settings.set', 'devices', 'user.list', 'timetable.edit', 'holds', 'hold', 'unhold', 'pack', 'reports', 'report',
		'registers', 'register.write', 'register.import'] };
const HOLDS = { people: { 'user:1': 'Trần Văn Minh' }, holds: [
	{ id: 'H9', from: '2026-11-01', to: '2026-11-20', zone: 'trung-tam', reason: 'Thanh tra quý 4', who: 'user:1',
		at: '2026-11-23T07:00:00.000+07:00', lifted: null, lifted_by: null, lifted_why: null },
] };
const USERS = { accounts: [
	{ ...ADMIN.account, login: '2026-11-23T07:00:00.000+07:00' },
	{ id: 2, name: 'lan', person: 'Nguyễn Thị Lan', role: 'producer', enabled: true, must_change: true, login: null },
	{ id: 3, name: 'hoa', person: null, role: 'approver', enabled: false, must_change: false, login: '2026-11-20T07:00:00.000+07:00' },
] };
const closed = {
	'what waits for approval': ['#/duyet', '.wait-head'],
	'the settings of an administrator': ['#/cai-dat', '#zone-name-1'],
	'people': ['#/nguoi-dung', '.people li'],
	'a row of a register that is edited': ['#/so-theo-doi?so=equipment', '.reg-row', async (p) => {
		await p.click('[data-op=edit]');
		await p.waitForSelector('.reg-form');
	}],
	'an inspection': ['#/thanh-tra', '.people summary'],
};

async function asAdmin(p) {
	const day = await (await fetch(new URL('/api/day', p.url()))).json();
	await p.route('**/api/start', (route) => route.fulfill({ json: { me: ADMIN, day, day_tag: '' } }));
	await p.route('**/api/holds', (route) => route.fulfill({ json: HOLDS }));
	await p.route('**/api/users', (route) => route.fulfill({ json: USERS }));
	await p.reload();
}

// With the Tab key alone one comes to everything that can be pressed or filled in. The page itself notes where the keys led:
// to ask it after each key took longer than the keys.
async function reached(p) {
	const wanted = await p.evaluate(() => {
		const all = [...document.querySelectorAll('a[href], button:not(:disabled), input, select, summary, [tabindex="0"]')]
			.filter((e) => e.checkVisibility() && e.closest('audio') === null);
		all.forEach((e, i) => { e.dataset.stop = i; });
		document.activeElement.blur();
		window.stops = new Set();
		addEventListener('focusin', ({ target }) => {
			if (target.dataset.stop !== undefined)
				window.stops.add(target.dataset.stop);
		});
		return all.length;
	});
	const seen = () => p.evaluate(() => window.stops.size);
	let count = 0;
	for (let keys = 0; keys < 2 * wanted + 20 && count < wanted; count = await seen())
		for (const before = keys; keys < before + Math.max(wanted - count, 1); keys++)
			await p.keyboard.press('Tab');
	assert.equal(count, wanted, 'reached with the Tab key');
}

// Only what is wrong is told in full: the whole would be megabytes of every element that is right.
async function complaints(p, axe) {
	if (!await p.evaluate(() => 'axe' in window))
		await p.evaluate(axe);
	const [passes, violations] = await p.evaluate(async () => {
		const found = await window.axe.run({ resultTypes: ['violations'] });
		return [found.passes.length, found.violations.map((v) => `${v.id}: ${v.nodes[0].target} ${v.nodes[0].failureSummary}`)];
	});
	assert.ok(passes > 10);
	return violations;
}

// A text that is missing shows its key: page.inspect.more.
async function keysShown(p) {
	const shown = (await p.innerText('body')).match(/(?<![\w./@-])[a-z]+(\.[a-z-]+)+(?![\w./@-])/g) ?? [];
	return shown.filter((word) => KEY_HEADS.has(word.split('.')[0]) && !FILE.test(word));
}

async function look(p, width, axe, ready) {
	await p.waitForSelector(`${ready}:visible`);
	for (const turn of ['vi', 'en']) {
		await p.waitForFunction((wanted) => document.documentElement.lang === wanted, turn);
		assert.deepEqual(await keysShown(p), [], turn);
		if (turn === (width === SIZES[0][0] ? 'vi' : 'en'))
			assert.deepEqual(await complaints(p, axe), [], turn);
		await p.click('.head button');
	}
	await reached(p);
	await p.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
	const wide = await p.evaluate(() => document.documentElement.scrollWidth);
	assert.ok(wide <= width, `with large letters it is ${wide} wide`);
}

// world: { root, openPage(browser, width, height), station, page }; the last two exist once the tests run.
export function lookTests(add, world) {
	const axe = readFileSync(join(world.root, 'tests/e2e/node_modules/axe-core/axe.min.js'), 'utf8');
	const one = async (prepare, width, height, hash, ready, enter = () => {}) => {
		const { station, page } = world;
		const { lines, banners, bulletins } = station;
		const before = { lines, banners, bulletins, held: false, emergencies: [], orders: [], quarantine: [] };
		station.lines = station.makeDay();
		station.bulletins = makeBulletins();
		station.quarantine = [{ item: 'B11', sha256: 'ab', at: '2026-11-23T05:29:00.000+07:00' }];
		prepare(station);
		const p = await world.openPage(page.context().browser(), width, height, hash);
		try {
			await enter(p);
			await look(p, width, axe, ready);
		} finally {
			await p.context().close();
			Object.assign(station, before);
			station.changed();
		}
	};
	for (const [name, prepare] of Object.entries(scenes))
		for (const [width, height] of SIZES)
			add(`nobody is shut out: ${name}, ${width}`, () => one(prepare, width, height, '', '.fate'));
	for (const [name, [hash, ready]] of Object.entries(closed))
		for (const [width, height] of SIZES)
			add(`nobody is shut out: ${name}, ${width}`, () => one(() => {}, width, height, hash, ready, asAdmin));
	add('a card that is open stays when somebody else decides', async () => {
		const { station } = world;
		const before = station.bulletins;
		station.bulletins = makeBulletins();
		const p = await world.openPage(world.page.context().browser(), 360, 640, '#/duyet');
		try {
			await asAdmin(p);
			await p.waitForSelector('.wait-head[aria-expanded=true]');
			Object.assign(station.bulletins[1], { state: 'refused', decided: { by: 'user:9', name: 'Lê Thị Hoa',
				at: '2026-11-23T11:20:00.000+07:00', why: 'âm thanh rè' } });
			station.waiting = 0;
			station.changed();
			await p.waitForSelector('.wait .warned b');
			assert.match(await p.innerText('.wait'), /bảo hiểm y tế[^]*Lê Thị Hoa vừa trả lại bản tin này lúc 11:20\.[^]*âm thanh rè/);
			await p.waitForSelector('text=Không có bản tin nào chờ duyệt');
			assert.deepEqual(await complaints(p, axe), []);
			await p.click('.wait button');
			await p.waitForFunction(() => !document.querySelector('.wait'));
		} finally {
			await p.context().close();
			station.bulletins = before;
			delete station.waiting;
			station.changed();
		}
	});
	add('who sent it is told to leave it to another, and why it will not air', async () => {
		const { station } = world;
		const before = station.bulletins;
		station.bulletins = makeBulletins();
		const p = await world.openPage(world.page.context().browser(), 360, 640, '#/duyet');
		const waiting = makeBulletins().filter((b) => b.state === 'received').slice(0, 1)
			.map((b) => ({ ...b, sender: `user:${ADMIN.account.id}` }));
		try {
			await p.route(/\/api\/bulletins\?/, (route) => route.fulfill({ json: { bulletins: waiting, count: 1, all: 1,
				approval: { persons: 1, document: false, own: false } } }));
			await p.route('**/outlook', (route) => route.fulfill({ json: { days: 7, airs: [], airs_all: 0, people: { 'user:4': { name: 'Lan' } },
				omitted: [{ slot: 'Bản tin sáng', start: '2026-11-23T05:30:00.000+07:00',
					off: { by: 'user:4', reason: 'sửa loa', once: false, to: '2026-11-30' } }] } }));
			await asAdmin(p);
			await p.waitForSelector('.wait .warned:has-text("Bản tin sáng")');
			const told = await p.innerText('main');
			assert.match(told, /không có khung giờ nào phát[^]*“Bản tin sáng” lúc 05:30[^]*không phát: tạm dừng đến hết 30\/11\/2026 theo [^]*: sửa loa/);
			assert.match(told, /do chính bạn gửi: cần người khác được quyền duyệt/);
			assert.equal(await p.locator('.wait form button[type=submit]').count(), 0);
			assert.deepEqual(await complaints(p, axe), []);
		} finally {
			await p.context().close();
			station.bulletins = before;
		}
	});
	add('an administrator\'s bar is one line', async () => {
		const p = await world.openPage(world.page.context().browser(), 1366, 768, '#/cai-dat');
		try {
			await asAdmin(p);
			for (const turn of ['vi', 'en']) {
				await p.waitForFunction((wanted) => document.documentElement.lang === wanted, turn);
				const tops = () => p.evaluate(() => [...document.querySelectorAll('.nav a')].filter((a) => a.checkVisibility())
					.map((a) => a.getBoundingClientRect().top));
				await p.waitForSelector('.nav a[href="#/nguoi-dung"]:visible');
				assert.equal(new Set(await tops()).size, 1, turn);
				await p.click('.head button');
			}
		} finally {
			await p.context().close();
		}
	});
	for (const [name, [hash, ready, enter]] of Object.entries(pages))
		for (const [width, height] of SIZES)
			add(`nobody is shut out: ${name}, ${width}`, () => one(() => {}, width, height, hash, ready, enter));
}
