// SPDX-License-Identifier: GPL-3.0-or-later
// Going from page to page, and what each of them tells. Part of test_page.mjs.
import assert from 'node:assert/strict';

// world: { openPage(browser, width, height, hash), until(what, check), station, page }; the last two exist once
// the tests run.
export function pageTests(add, world) {
	const { until } = world;
	const on = (name, [width, height, hash], fn) => add(name, async () => {
		const p = await world.openPage(world.page.context().browser(), width, height, hash);
		try {
			await fn(p);
		} finally {
			await p.context().close();
		}
	});
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
}
