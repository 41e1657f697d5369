// SPDX-License-Identifier: GPL-3.0-or-later
// Going from page to page, and what each of them tells. Part of test_page.mjs.
import assert from 'node:assert/strict';
import { until } from './web.mjs';
import { makeBulletins } from './fake_plan.mjs';

// A test with a page of its own. world: { openPage(browser, width, height, hash), station, page }; the last two exist once the
// tests run.
export const opener = (add, world) => (name, [width, height, hash], fn) => add(name, async () => {
	const p = await world.openPage(world.page.context().browser(), width, height, hash);
	try {
		await fn(p);
	} finally {
		await p.context().close();
	}
});

export function pageTests(add, world) {
	const on = opener(add, world);
	const titled = (p, title) => until(`the title ${title}`, async () => (await p.title()).startsWith(title));
	const focused = (p) => p.evaluate(() => document.activeElement.id || document.activeElement.tagName);

	on('pages have addresses: links, title, focus, back and forward', [360, 640], async (p) => {
		await titled(p, 'Hôm nay – Đài');
		assert.equal(await focused(p), 'BODY'); // the first load is the browser's
		await p.click('.nav a[href="#/gui-ban-tin"]');
		await titled(p, 'Gửi bản tin – Đài');
		assert.equal(await focused(p), 'page-title');
		await p.waitForSelector('#send');
		assert.equal(await p.locator('.air:visible').count(), 0);
		await p.goBack();
		await titled(p, 'Hôm nay');
		await p.waitForSelector('.air:visible');
		assert.equal(await p.locator('.nav a[aria-current=page]').innerText(), 'Hôm nay');
		await p.goForward();
		await titled(p, 'Gửi bản tin');
	});

	on('an address that leads nowhere is today\'s', [1366, 768, '#/khong-co?a=%'], async (p) => {
		await p.waitForSelector('.air:visible');
		await titled(p, 'Hôm nay');
	});

	on('sound goes on while another page is open', [360, 640], async (p) => {
		await p.click('#listen');
		await p.waitForFunction(() => document.querySelector('audio').currentTime > 0.1);
		await p.click('.nav a[href="#/gui-ban-tin"]');
		await p.waitForSelector('#send');
		const before = await p.evaluate(() => document.querySelector('audio').currentTime);
		await p.waitForFunction((t) => document.querySelector('audio').currentTime > t, before);
	});

	on('the log: planned against actual, searched without marks, narrowed down', [1366, 768, '#/nhat-ky'], async (p) => {
		await p.waitForSelector('.log .line');
		const all = await p.locator('.log .line').count();
		assert.equal(all, world.station.lines.length);
		// Who ordered it stands there, by name or as an id.
		const { lines } = world.station;
		world.station.lines = lines.map((l, i) => (i > 1 ? l : { ...l, ...(i ? { who: 'uid:1000' } : { who: 'user:1', name: 'Chị Lan' }) }));
		world.station.changed('day');
		await p.waitForSelector('.log .line:nth-of-type(1) .fate-reason:has-text("người ra lệnh: Chị Lan")');
		await p.waitForSelector('.log .fate-reason:has-text("người ra lệnh: người ngồi tại máy đài")');
		world.station.lines = lines;
		world.station.changed('day');
		assert.match(await p.locator('.log .fate-full').first().innerText(), /dự kiến 30:00[^]*Phát từ 05:00:00 đến 05:30:00/);
		await p.fill('.find', 'GUONG dien');
		assert.deepEqual(await p.locator('.log .line-title').allInnerTexts(), ['Gương điển hình: hợp tác xã điều Bù Gia Mập']);
		await p.fill('.find', '');
		await p.selectOption('.filter select >> nth=0', 'missed');
		assert.equal(await p.locator('.log .line').count(), await p.locator('.log .fate-missed').count());
		assert.match(await p.innerText('.log-sum'), /^\d+ mục \(\d+ không phát\)$/);
		await p.selectOption('.filter select >> nth=0', '');
		await p.selectOption('.filter select >> nth=1', 'Bản tin chiều');
		assert.equal(await p.locator('.log .line').count(), 2);
	});

	on('the log: other days by link and by typing', [360, 640, '#/nhat-ky?ngay=2026-11-23'], async (p) => {
		await p.click('.days a >> nth=0');
		await p.waitForSelector('text=Chủ nhật 22/11/2026');
		assert.equal(world.station.commands.findLast((c) => c.do === 'day' && c.date).date, '2026-11-22');
		await p.fill('[name=day]', '31/02/2026');
		await p.press('[name=day]', 'Enter');
		await p.waitForSelector('#day-wrong');
		await p.fill('[name=day]', '1/2/2026');
		await p.press('[name=day]', 'Enter');
		await p.waitForSelector('text=Chủ nhật 01/02/2026');
		assert.equal(await p.evaluate(() => location.hash), '#/nhat-ky?ngay=2026-02-01');
		await p.goBack();
		await p.waitForSelector('text=Chủ nhật 22/11/2026');
	});

	on('the log: one airing, and back to its line', [360, 640, '#/nhat-ky'], async (p) => {
		await p.click('#line-A3');
		await p.waitForSelector('.facts');
		const words = await p.innerText('main');
		assert.match(words, /Phát thiếu Khung giờ kết thúc[^]*\+0,4 ms[^]*Không đủ để nói[^]*−16,1 LUFS[^]*Duyệt\s+Lê Thị Hoa \(user:2\)[^]*12\/QĐ-UBND[^]*sổ nhật ký chỉ bảo chứng mã tài khoản/);
		assert.match(words, /Âm lượng ban đêm\s+nhỏ hơn ban ngày, nhiều nhất 9,5 dB/);
		assert.match(words, /Thứ tự phát\s+Lê Thị Hoa \(user:2\)[^]*16:00:00 22\/11\/2026[^]*mục số 9 trong sổ/);
		assert.match(words, /Lúc ghi chưa đồng bộ[^]*Giờ thật khi ghi không thể sớm hơn 04:59:58 23\/11\/2026/);
		assert.match(await p.innerText('.zones-each'), /trung-tam\s+HDA Intel[^]*–\s+40,0 %\s+0\s+thon-2\s+không có thiết bị\s+–\s+\?\s+3/);
		await p.waitForSelector('dd:text-is("Nông thôn mới (NTM.TT)")'); // and no bare code
		await p.waitForSelector('dd:text-is("Tiếng Việt")');
		// Nothing is fetched before somebody listens.
		await p.evaluate(() => document.querySelector('section audio').play().catch(() => 0));
		await p.waitForFunction(() => document.querySelector('section audio').duration > 2);
		assert.ok(await p.evaluate(() => document.querySelector('section audio').duration) < 2.6);
		assert.equal(await focused(p), 'H3');
		await p.goBack();
		await until('the focus is on its line', async () => await focused(p) === 'line-A3');
	});

	on('what was put aside stands in the day as such, ahead and behind, with its reason', [360, 640, '#/'], async (p) => {
		const { station } = world, before = station.lines;
		const why = { vi: 'bị cách ly (để riêng): hai lần liền chương trình đài dừng khi phát tệp này', en: 'it was put aside' };
		const aside = (fate, planned) => ({ ...before[0], airing: undefined, fate, planned, slot: 'Bản tin chiều', title: 'Diệt bọ gậy',
			reason: 'quarantined', reason_texts: why });
		try {
			station.lines = [...before, aside('omitted', '2026-11-23T17:00:00.000+07:00'), aside('missed', '2026-11-23T05:10:00.000+07:00')];
			await p.reload();
			await p.waitForSelector('.fate-omitted .fate-chip:text-is("Bị cách ly")');
			await p.waitForSelector('.fate-omitted .fate-reason:has-text("hai lần liền chương trình đài dừng")');
			await p.goto(`${p.url().split('#')[0]}#/nhat-ky`);
			await p.waitForSelector('.log .fate-missed .fate-chip:text-is("Bị cách ly")');
		} finally {
			station.lines = before;
		}
	});

	on('the log on a phone: what differs from the plan first, the rest behind one line', [360, 640, '#/nhat-ky'], async (p) => {
		const { station } = world, before = station.lines;
		const fine = Array.from({ length: 9 }, (_, i) => ({ ...before[0], fate: 'full', airing: `A${900 + i}`, title: i === 7 ? 'Đắp đê' : 'Tin',
			planned: `2026-11-23T0${i}:00:00.000+07:00` }));
		try {
			station.lines = [...fine, ...before];
			await p.goto(`${p.url().split('#')[0]}#/nhat-ky?ngay=2026-11-22`);
			await p.waitForSelector('.log-fold');
			const shown = await p.locator('.log .line').count();
			assert.equal(shown, before.filter((l) => !['full', 'waiting'].includes(l.fate)).length);
			assert.match(await p.innerText('.log-fold summary'), /^Đúng kế hoạch: \d+ đã phát, \d+ chờ phát$/i);
			await p.click('.log-fold summary');
			await until('the rest', async () => await p.locator('.log .line').count() === station.lines.length);
			await p.click('#line-A905');
			await p.waitForSelector('.facts, .card h3');
			await p.goBack(); // to a fold that is open again
			await until('the focus is on its line', async () => await focused(p) === 'line-A905');
			await p.click('.filter-fold summary');
			await p.fill('.find', 'dap de'); // and what is looked for is not folded away
			await until('found', async () => await p.locator('.log .line').count() === 1);
		} finally {
			station.lines = before;
		}
	});

	on('the log on a phone of a station without a device: its reason once, and in the table too', [360, 640, '#/nhat-ky'], async (p) => {
		const { station } = world, before = station.lines;
		const unsent = Array.from({ length: 9 }, (_, i) => ({ ...before[0], fate: 'unsent', airing: `A${900 + i}`,
			detail_texts: { vi: 'không có thiết bị', en: 'no device' }, planned: `2026-11-23T0${i}:00:00.000+07:00` }));
		const other = { ...unsent[0], airing: 'A909', fate: 'missed', detail_texts: null };
		try {
			station.lines = [...unsent, other];
			await p.goto(`${p.url().split('#')[0]}#/nhat-ky?ngay=2026-11-21`);
			await p.waitForSelector('.log-fold');
			assert.equal(await p.locator('.log .line').count(), 1);
			assert.equal(await p.innerText('.log-fold summary'), '9 mục không ra loa: không có thiết bị');
			assert.equal(await p.locator('text=Không có mục nào sai kế hoạch').count(), 0);
			await p.click('text=Kế hoạch / thực phát');
			await p.waitForSelector('.against');
			assert.equal(await p.locator('.against tbody tr').count(), 1);
			await p.click('.log-fold summary');
			await until('the rest', async () => await p.locator('.against tbody tr').count() === 10);
		} finally {
			station.lines = before;
		}
	});

	on('the log: planned against aired, each with its cause', [1366, 768, '#/nhat-ky?ngay=2026-11-23'], async (p) => {
		await p.click('text=Kế hoạch / thực phát');
		await p.waitForSelector('.against');
		const own = world.station.lines.filter((l) => !l.demo);
		assert.equal(await p.locator('.against tbody tr').count(), own.length);
		assert.match(await p.locator('.against tbody tr').first().innerText(), /05:00[^]*Tiếp âm VOV1[^]*05:00:00 – 05:30:00[^]*bậc A/);
		assert.match(await p.locator('.against .fate-missed').first().innerText(), /–[^]*Bị khung giờ khác chiếm sóng/);
		await p.click('.against a >> nth=0');
		await p.waitForSelector('.compared');
		await p.click('.tools a >> nth=0');
		await p.waitForSelector('.against');
	});

	// Whoever keeps the sheet can show later that nothing was taken out of the log.
	on('what is printed bears the head of the log', [1366, 768, '#/nhat-ky?ngay=2026-11-23'], async (p) => {
		for (const view of ['', '&xem=doi-chieu', '&xem=tuan']) {
			await p.goto(`${p.url().split('#')[0]}#/nhat-ky?ngay=2026-11-23${view}`);
			await p.waitForSelector('.log-head');
			await p.emulateMedia({ media: 'print' });
			const words = await p.innerText('.log-head');
			assert.match(words, /Sổ nhật ký vangxa\/bp-bugiamap: 1 mục đã ký, mã khóa [0-9a-f]{8}/);
			for (const told of [world.station.signed.vkey, world.station.signed.root.toString('base64')])
				assert.ok(words.includes(told), told);
			await p.emulateMedia({ media: 'screen' });
		}
	});

	on('the approved sound and the recorded one, one above the other', [1366, 768, '#/nhat-ky?lan=A2'], async (p) => {
		world.station.bulletins = makeBulletins();
		await p.click('#waves');
		await p.waitForSelector('.beside svg');
		await until('both are drawn', async () => await p.locator('.beside svg').count() === 2);
		const boxes = await p.locator('.beside svg').evaluateAll((all) => all.map((e) => e.viewBox.baseVal.width));
		assert.deepEqual(boxes, [500, 500]); // as long a second: the master is twice as long
		world.station.bulletins = [];
		const { drawn } = world.station;
		world.station.drawn = null; // its bytes are gone, or others: nothing that was drawn before stands in their place
		try {
			await p.reload();
			await p.click('#waves');
			await p.waitForSelector('.waves .failed');
			assert.equal(await p.locator('.beside svg').count(), 1);
			assert.match(await p.innerText('.waves'), /Không vẽ được bản đã duyệt/);
		} finally {
			world.station.drawn = drawn;
		}
	});

	on('a recording that was removed says when, why, and where that stands', [360, 640, '#/nhat-ky?lan=A5'], async (p) => {
		await p.waitForSelector('.facts');
		assert.match(await p.innerText('main'),
			/Bản ghi âm aircheck\/2026\/11\/23\/05-trung-tam\.mp3 đã xóa ngày 24\/11\/2026 vì đã quá thời hạn giữ\.\s+\(mục số 99 trong sổ\)/);
		assert.equal(await p.locator('section audio, #waves, .failed').count(), 0); // nothing to hear, and nothing wrong
	});

	on('a level of what was cut is one of what aired, and a fifth of a millisecond is no second', [360, 640, '#/nhat-ky?lan=A1'], async (p) => {
		const line = world.station.lines.find((l) => l.airing === 'A1');
		const before = { ...line };
		const start = new Date(Date.parse(line.planned) + 7 * 3_600_000 - 0.2).toISOString().replace('Z', '+07:00');
		Object.assign(line, { proof: 'C', fate: 'partial', result: 'partial', complete: 0.3125, frames: 480_000, planned_length_s: 32, start });
		const asked = world.station.commands.length;
		try {
			await p.reload();
			await p.waitForSelector('.facts');
			assert.match(await p.innerText('main'), /Bậc C: thiết bị đã nhận đủ phần đã phát \(0:10 trong 0:32\), và micro nghe thấy phần ấy/);
			const [planned, was] = await p.locator('.compared').first().locator('tbody tr').first().locator('td').allInnerTexts();
			assert.ok(was.startsWith(planned), `${planned} and ${was}`);
			// To open the page is not to hear the recording: the log would say so of an inspector.
			await p.waitForSelector('section audio');
			assert.deepEqual(world.station.commands.slice(asked).filter((c) => c.do === 'airing.recording'), []);
		} finally {
			Object.keys(line).forEach((key) => delete line[key]);
			Object.assign(line, before);
		}
	});

	on('a level says when the recording that it rests on is another', [360, 640, '#/nhat-ky?lan=A1'], async (p) => {
		const line = world.station.lines.find((l) => l.airing === 'A1');
		const before = { ...line };
		Object.assign(line, { proof: 'B', recorded: 'recorded.differs',
			recorded_texts: { vi: 'tệp còn lại KHÔNG phải bản ghi đã bảo chứng khi phát', en: 'NOT the recording' } });
		try {
			await p.reload();
			await p.waitForSelector('.facts');
			assert.match(await p.innerText('main'), /Bậc B: [^]*tệp còn lại KHÔNG phải bản ghi[^]*/);
			assert.match(await p.innerText('.failed'), /Tệp aircheck\S+ KHÔNG phải bản ghi mà sổ đã bảo chứng/);
			await p.goto(`${p.url().split('#')[0]}#/nhat-ky?ngay=2026-11-23`);
			await p.click('text=Kế hoạch / thực phát');
			assert.match(await p.locator('.against tbody tr').first().innerText(), /bậc B[^]*tệp còn lại KHÔNG phải/);
		} finally {
			for (const key of Object.keys(line))
				delete line[key];
			Object.assign(line, before);
		}
	});

	on('the log on paper and as a sheet', [1366, 768, '#/nhat-ky?ngay=2026-11-23'], async (p) => {
		const link = p.locator('a[download]');
		assert.equal(await link.getAttribute('download'), 'nhat-ky-2026-11-23.csv');
		const [download] = await Promise.all([p.waitForEvent('download'), link.click()]);
		assert.equal(await download.failure(), null);
		world.station.sheetError = 'view.sqlite không như sổ nhật ký: lần phát A2';
		await link.click(); // and where none is given out, why
		await until('why', async () => /lần phát A2/.test(await p.innerText('.log-day .failed')));
		delete world.station.sheetError;
		const asked = world.station.commands.findLast((c) => c.do === 'log.csv');
		assert.deepEqual([asked.from, asked.to, asked.lang], ['2026-11-23', '2026-11-24', 'vi']);
		await p.emulateMedia({ media: 'print' });
		assert.equal(await p.locator('.nav:visible, button:visible, .filter:visible').count(), 0);
		assert.ok(await p.locator('.log .line:visible').count() > 0);
	});

	on('the loudspeakers are tried, and the page says what came of it', [360, 640], async (p) => {
		await p.click('#tone');
		await p.selectOption('.ask select', 'thon-2');
		await p.click('.ask .main');
		await p.waitForSelector('text=phải ghi lý do');
		await p.fill('.ask [name=reason]', 'bà con báo loa hỏng');
		await p.click('.ask .main');
		await p.waitForSelector('text=Đã ra thiết bị đủ');
		assert.match(await p.innerText('.ask'), /Phát thử lúc \d\d:\d\d:\d\d, cụm thon-2/);
		assert.equal(world.station.commands.findLast((c) => c.do === 'tone').reason, 'bà con báo loa hỏng');
	});

	on('somebody speaks by the station\'s microphone, everybody sees who, and it is ended', [360, 640], async (p) => {
		await p.click('#speak');
		await p.selectOption('.speak [name=source]', 'microphone');
		const mute = 'text=Lúc này không loa nào kêu';
		world.station.deviceGone = true;
		world.station.changed();
		await p.waitForSelector(mute);
		world.station.deviceGone = false;
		world.station.changed();
		await p.waitForSelector(mute, { state: 'detached' });
		await p.click('#speak-yes');
		await p.waitForSelector('text=muốn nói phải ghi lý do');
		await p.fill('.speak [name=reason]', 'cháy rừng ở thôn 2');
		await p.click('#speak-yes');
		await p.waitForSelector('text=Chị Hoa đang nói trực tiếp');
		assert.equal(world.station.commands.findLast((c) => c.do === 'live.start').source, 'microphone');
		await p.click('#speak-stop');
		await p.waitForSelector('#speak-yes');
	});

	on('an emergency is two touches and a reason, stands at the top and is ended', [360, 640], async (p) => {
		const order = () => world.station.commands.findLast((c) => c.do === 'emergency');
		await p.click('#alarm');
		await p.waitForSelector('#alarm-go');
		assert.ok(await p.isDisabled('#alarm-go'), 'without a reason it does not sound');
		await p.click('text=Sạt lở');
		await p.click('#alarm-go');
		await p.waitForSelector('.alarm-real >> text=ĐANG KHẨN CẤP');
		assert.match(await p.innerText('.alarm-real'), /Sạt lở[^]*cụm trung-tam, thon-2[^]*Đang phát ra loa/);
		assert.deepEqual([order().reason, order().drill, order().over_cut], ['Sạt lở', undefined, undefined]);
		await p.click('text=Kết thúc >> nth=0');
		await p.click('text=Kết thúc ngay');
		await p.waitForFunction(() => !document.querySelector('.alarm-real'));
		assert.equal(world.station.commands.findLast((c) => c.do === 'emergency.end').emergency, 'K60');
		await p.click('text=Đóng');
		await p.click('#alarm');
		await p.fill('.ask [name=reason]', 'diễn tập quý 4');
		await p.check('#alarm-drill');
		await p.fill('.ask [name=text]', ' Nước lên, bà con di dời ');
		await p.click('text=Phát chuông diễn tập');
		await p.waitForSelector('.alarm-drill >> text=ĐANG DIỄN TẬP');
		await p.waitForSelector('.alarm-drill >> text=“Nước lên, bà con di dời” Máy đang chuyển lời thành tiếng');
		assert.deepEqual([order().drill, order().text, order().bulletin], [true, 'Nước lên, bà con di dời', undefined]);
		world.station.emergencies = [];
		world.station.changed();
	});

	on('the plan says what does not fit', [360, 640, '#/lich-phat?ngay=2026-11-24'], async (p) => {
		await p.waitForSelector('.troubles');
		const words = await p.innerText('main');
		for (const sentence of ['4 khung giờ cần xem lại', 'Khung giờ “Bản tin sáng” chiếm sóng', 'Bị rút ngắn',
			'Bỏ lại “Gương điển hình”: khung giờ không còn đủ thời gian', 'Không phát được: không có bản tin', '3 lần, từ 00:00'])
			assert.ok(words.includes(sentence), sentence);
		assert.doesNotMatch(words, /khung giờ khác chiếm sóng/); // it is said once
		await p.click('text=Cả tuần');
		await p.waitForSelector('.week-days section:nth-of-type(7) li');
		assert.match(await p.innerText('.week-days'), /23\/11\/2026 đến 29\/11\/2026/);
		assert.equal(await p.locator('.week table:visible').count(), 0); // seven columns are for a wide screen
		await p.click('.week-days section:nth-of-type(3) h3 a');
		await p.waitForSelector('text=Thứ tư 25/11/2026');
	});

	on('the library: found, and played only after a question', [360, 640, '#/ban-tin'], async (p) => {
		const { station } = world;
		const before = station.bulletins;
		station.bulletins = makeBulletins();
		station.changed();
		await p.waitForSelector('.book:nth-child(4)');
		assert.match(await p.innerText('.state-approved'), /đã phát 3 lần[^]*chỉ phát từ 01\/12\/2026 đến 05\/12\/2026[^]*Đã duyệt/);
		assert.equal(await p.locator('.book button').count(), 1); // only what is approved
		await p.fill('.find', 'tiem PHONG');
		await p.waitForFunction(() => document.querySelectorAll('.book').length === 1);
		const played = () => station.commands.filter((c) => c.do === 'play').length;
		const count = played();
		await p.click('.book button');
		assert.equal(played(), count);
		await p.selectOption('.ask select', 'thon-2');
		await p.fill('.ask [name=reason]', 'báo lũ');
		await p.click('.ask .main');
		await p.waitForSelector('.result');
		const order = station.commands.findLast((c) => c.do === 'play');
		assert.deepEqual([played(), order.bulletin, order.zone, order.reason], [count + 1, 'B11', 'thon-2', 'báo lũ']);
		station.bulletins = before;
	});

	on('the machine tells how it is', [1366, 768, '#/may'], async (p) => {
		await p.waitForSelector('.facts');
		const words = await p.innerText('main');
		for (const piece of ['HDA Intel', '± 4,2 ms', '21,0 GB', 'VangXa 0.1', 'thon-2', '1 nguồn không có tiếng', 'đang có tiếng: −18,4 LUFS',
			'mất tiếng, đang phát nội dung thay thế: quá lâu không trả lời', 'chưa đến giờ; đài tự nối trước 15 giây'])
			assert.ok(words.includes(piece), piece);
		// A relay is tried before its slot, and what came of it is told.
		const { station } = world;
		await p.click('button[aria-label="Thử nối huyen"]');
		await p.waitForSelector('button[aria-label="Thử nối huyen"]:disabled');
		assert.equal(station.commands.findLast((c) => c.do === 'relay.try').relay, 'huyen');
		const tells = async (tried, text) => {
			station.relays = station.relays.map((r) => ({ ...r, tried: { running: false, at: '2026-11-23T10:15:00.000+07:00', ...tried } }));
			station.changed();
			await p.waitForSelector(`dd:has-text("${text}")`);
		};
		await tells({ sounds: true, lufs: -19.2, texts: null }, 'Thử lúc 10:15 23/11/2026: có tiếng, −19,2 LUFS');
		await tells({ sounds: true, lufs: -19.2, texts: null, codec: 'AAC', rate_hz: 44100, channels: 2 }, 'LUFS; AAC, 44100 Hz, 2 kênh');
		await tells({ sounds: false, lufs: null, texts: { vi: 'địa chỉ trả về trang web', en: 'a page' } }, 'không được: địa chỉ trả về trang web');
		station.relays = null;
		station.changed();
	});

	on('which priority bulletin airs first is chosen, and changed again', [360, 640], async (p) => {
		const { station } = world;
		station.orders = [{ slot: 'Bản tin sáng', start: '2026-11-23T17:00:00.000+07:00', starts: 3, given: false, bulletins: [
			{ bulletin: 'B11', title: 'Tiêm phòng dại', length_s: 95 }, { bulletin: 'B12', title: 'Xả lũ hồ Thác Mơ', length_s: 62 }] }];
		station.changed();
		await p.waitForSelector('.orders-wait .meets');
		const words = await p.innerText('.meets');
		for (const piece of ['17:00', 'Bản tin sáng', 'và 2 lượt sau đó', 'Nếu không ai chọn, đài phát “Tiêm phòng dại” trước'])
			assert.ok(words.includes(piece), piece);
		const sizes = await p.locator('.meets button').evaluateAll((all) => all.map((b) => b.getBoundingClientRect().height));
		assert.ok(sizes.length === 2 && sizes.every((h) => h >= 48), sizes.join());
		await p.click('.meets button:has-text("Xả lũ hồ Thác Mơ")');
		await p.waitForSelector('#orders-title:has-text("thứ tự phát đã chọn")');
		assert.deepEqual(station.commands.findLast((c) => c.do === 'order').bulletins, ['B12', 'B11']);
		await p.waitForSelector('.meets:has-text("Chị Lan chọn lúc")');
		await p.click('.meets button:has-text("Đổi thứ tự")');
		await p.click('.meets button:has-text("Tiêm phòng dại")');
		await p.waitForSelector('.meets li:first-child:has-text("Tiêm phòng dại")');
		assert.deepEqual(station.commands.findLast((c) => c.do === 'order').bulletins, ['B11', 'B12']);
		station.orders = station.orders.map((met) => ({ ...met, given: false, with: 'Bản tin huyện', with_start: '2026-11-23T17:10:00.000+07:00' }));
		station.changed();
		await p.waitForSelector('.orders-wait .meets:has-text("chồng giờ với “Bản tin huyện” từ 17:10")');
		assert.ok((await p.innerText('.meets')).includes('Nếu không ai chọn, “Bản tin huyện” chiếm sóng theo lịch.'));
		station.orders = [];
		station.changed();
		await p.waitForFunction(() => !document.querySelector('.meets'));
	});

	on('what was put aside is let on the air again', [360, 640, '#/may'], async (p) => {
		const { station } = world;
		station.quarantine = [{ item: 'B11', sha256: 'ab', at: '2026-11-23T05:29:00.000+07:00' }];
		station.changed();
		await p.click('[aria-label="Cho phát lại: B11"]');
		await p.waitForFunction(() => !document.querySelector('main').innerText.includes('B11'));
		assert.equal(station.commands.findLast((c) => c.do === 'release').item, 'B11');
	});
}
