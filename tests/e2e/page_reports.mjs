// SPDX-License-Identifier: GPL-3.0-or-later
// The page of reports: what is asked for, the table, what stands behind a figure, files, charts. Part of test_page.mjs.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { opener } from './page_pages.mjs';
import { until } from './web.mjs';

export function reportTests(add, world) {
	const on = opener(add, world);
	const asked = () => world.station.commands.filter((c) => c.do === 'report').at(-1);
	const hash = (p) => p.evaluate(() => decodeURIComponent(location.hash));
	const narrow = async (p) => assert.ok(await p.evaluate(() => document.documentElement.scrollWidth) <= 360);

	on('reports: a table to read on a phone, its sum and what is said under it', [360, 640, '#/bao-cao'], async (p) => {
		await p.waitForSelector('.report-table tbody tr');
		assert.equal(await p.innerText('#report-title'), 'Tổng hợp phát thanh theo chương trình');
		const first = await p.innerText('.report-table tbody tr');
		assert.match(first, /Nông thôn mới[^]*1\.234[^]*20:00:00[^]*0:10:00[^]*99,8 %/);
		assert.equal(await p.evaluate(() => getComputedStyle(document.querySelector('.report-table td'), '::before').content), '"Mã chương trình"');
		assert.match(await p.innerText('.report-table tfoot'), /Cộng[^]*1\.286/);
		await p.waitForSelector('text=phục vụ nhiều chương trình');
		await p.waitForSelector('text=1234 mục đã ký');
		await narrow(p);
	});

	on('reports: a figure opens into its airings, and each of these into its proof', [1280, 800, '#/bao-cao?ky=2026-Q4&vong=report'], async (p) => {
		await p.waitForSelector('.report-table tbody tr');
		assert.deepEqual([asked().period, asked().cycle], ['2026-Q4', 'report']);
		await p.click('.report-table tbody tr:nth-child(3) a:text-is("8")');
		await p.waitForSelector('#report-title:text-is("Nhật ký phát thanh")');
		const c = asked();
		assert.deepEqual([c.table, c.period, c.cycle, c.programme, c.language, c.kind, c.only, c.fund],
			['A', '2026-Q4', 'report', '', 'vi', 'ban-tin', 'not-aired', undefined]);
		assert.equal(await p.inputValue('#report-programme'), '-'); // what it is narrowed to is seen
		assert.equal(await p.locator('.report-table tbody tr').count(), 3);
		await p.click('.report-table a:text-is("A1")');
		await p.waitForSelector('.facts');
		await p.goBack();
		await p.goBack();
		await p.waitForSelector('#report-title:text-is("Tổng hợp phát thanh theo chương trình")');
	});

	on('reports: what is left out of one table stands in another', [360, 640, '#/bao-cao?bang=D'], async (p) => {
		await p.waitForSelector('.report-table tbody tr');
		assert.deepEqual(await p.locator('.report-table tbody td').evaluateAll((cells) => cells.map((c) => c.dataset.name)),
			['STT', 'Chỉ tiêu', 'Đơn vị sản xuất', 'Kế hoạch', 'Làm từ đầu, đến hạn', 'Hạn']);
		assert.match(await p.innerText('.report-table tbody'), /19[^]*31\/12\/2026/);
	});

	on('reports: any period, and a wrong one is told', [360, 640, '#/bao-cao'], async (p) => {
		await p.waitForSelector('#report-go');
		await p.selectOption('#report-every', 'half');
		await p.selectOption('#report-part', '2');
		await p.fill('#report-year', '2025');
		await p.click('#report-go');
		await until('half a year', async () => /ky=2025-H2/.test(await hash(p)));
		await until('is asked for', () => asked().period === '2025-H2');
		await p.selectOption('#report-every', 'days');
		await p.fill('#report-from', '15/11/2026');
		await p.fill('#report-to', '31/2/2026');
		await p.click('#report-go');
		await p.waitForSelector('#report-wrong');
		await p.fill('#report-to', '20/11/2026');
		await p.click('summary:has-text("Chỉ lấy một phần")');
		await p.selectOption('#report-fund', 'NSX');
		await p.click('#report-go');
		await until('days of one fund', () => asked().period === '2026-11-15..2026-11-20' && asked().fund === 'NSX');
		await narrow(p);
	});

	on('reports: by place, whose figures open into what was heard there', [360, 640, '#/bao-cao?ky=2026-11'], async (p) => {
		await p.waitForSelector('#report-by');
		await p.selectOption('#report-by', 'place');
		await p.click('#report-go');
		await p.waitForSelector('.report-table td:text-is("thon-2")');
		assert.equal(asked().by, 'place');
		await narrow(p);
		await p.click('.report-table tbody tr:nth-child(2) a:text-is("40")');
		await until('its airings', () => asked().table === 'A' && asked().place === 'thon-2' && asked().only === 'aired');
		assert.equal(asked().by, undefined);
		assert.equal(await p.inputValue('#report-place'), 'thon-2');
		assert.equal(await p.locator('#report-by').count(), 0);
		await p.selectOption('#report-producer', 'user:3');
		await p.click('#report-go');
		await until('of one sender', () => asked().producer === 'user:3' && asked().place === 'thon-2');
	});

	on('reports: in words, with a way to the tables', [360, 640, '#/bao-cao?ky=2026-11'], async (p) => {
		await p.waitForSelector('#report-table');
		await p.selectOption('#report-table', { label: 'Báo cáo bằng lời' });
		assert.equal(await p.locator('#report-by').count(), 0);
		await p.click('#report-go');
		await p.waitForSelector('.report-words');
		assert.equal(asked().table, 'tom-tat');
		assert.deepEqual(await p.locator('.report-words h4').allInnerTexts(), ['I. KẾT QUẢ THỰC HIỆN', 'II. KIẾN NGHỊ, PHƯƠNG HƯỚNG']);
		assert.match(await p.innerText('.report-words'), /12 bản tin mới, 1\.234 lượt phát, 320 giờ 15 phút/);
		assert.equal(await p.locator('.words-dots').count(), 1);
		assert.equal(await p.locator('#report-xlsx, #report-csv, #charts').count(), 0); // nothing that it has not
		assert.match(await p.getAttribute('#report-print', 'href'), /tom-tat\.html\?period=2026-11/);
		await narrow(p);
		if (process.env.SHOTS)
			await p.screenshot({ path: `${process.env.SHOTS}/words.png`, fullPage: true });
		await p.click('.report-words a:text-is("Bảng E")');
		await until('table E', () => asked().table === 'E' && asked().period === '2026-11');
	});

	on('reports: a long table comes in parts, and files are taken away', [1280, 800, '#/bao-cao?bang=A&ky=2026-11'], async (p) => {
		await p.waitForSelector('#report-all');
		assert.equal(await p.locator('.report-table tbody tr').count(), 200);
		await p.click('#report-all');
		assert.equal(await p.locator('.report-table tbody tr').count(), 260);
		assert.equal(await p.locator('.report-table th:text-is("Mã băm")').count(), 0);
		for (const ext of ['pdf', 'xlsx', 'csv']) {
			const [file] = await Promise.all([p.waitForEvent('download'), p.click(`#report-${ext}`)]);
			assert.equal(file.suggestedFilename(), `bao-cao-A-2026-11.${ext}`);
			assert.equal(readFileSync(await file.path(), 'utf8'), `a report as ${ext}\n`);
		}
		assert.match(await p.getAttribute('#report-print', 'href'), /^\/api\/reports\/A\.html\?period=2026-11&lang=vi$/);
	});

	on('reports: a station that makes others is asked again', [360, 640], async (p) => {
		let refused = 0;
		await p.route('**/api/reports/B.json*', (route) => (refused++ ? route.continue()
			: route.fulfill({ status: 409, json: { error: { code: 'conflict', text: 'busy' } } })));
		await p.goto(`${p.url().split('#')[0]}#/bao-cao`);
		await p.waitForSelector('.report-table tbody tr');
		assert.equal(refused, 2);
	});

	on('reports: charts from the same figures, with the figures beside them', [360, 640, '#/bao-cao?ky=2026-11'], async (p) => {
		await p.click('#charts');
		await p.waitForSelector('.chart svg');
		assert.equal(await p.locator('.chart').count(), 3);
		assert.match(await p.locator('.chart svg').nth(0).getAttribute('aria-label'), /260 lượt; nhiều nhất/);
		// The airings of all squares are those of the table.
		const shown = await p.locator('.chart rect title').allTextContents();
		assert.equal(shown.reduce((all, words) => all + Number(words.split(': ')[1]), 0), 260);
		// Of each language what table B of it adds up to, once.
		assert.match(await p.locator('.chart svg').nth(1).getAttribute('aria-label'), /Tiếng Việt 21:10:05; Tiếng Xtiêng 2:40:00/);
		assert.match(await p.locator('.chart svg').nth(2).getAttribute('aria-label'), /Nông thôn mới, thông tin truyền thông 1274 3 0/);
		await p.click('.chart-figures summary >> nth=1');
		assert.match(await p.locator('.chart-figures table').nth(1).innerText(), /Tiếng Xtiêng\s+2:40:00/);
		await narrow(p);
	});

	on('reports: nothing aired, and in English', [360, 640, '#/bao-cao?ky=2025'], async (p) => {
		await p.waitForSelector('.report-table tfoot');
		assert.equal(await p.locator('.report-table tbody tr').count(), 0);
		await p.click('#charts');
		await p.waitForSelector('.report .quiet');
		await p.click('.head button');
		await p.waitForSelector('text=Show the report');
		assert.equal(asked().lang, 'en');
	});
}
