// SPDX-License-Identifier: GPL-3.0-or-later
// Seeing and hearing what was sent. Part of test_page.mjs.
import assert from 'node:assert/strict';

// world: { page, station, url }, once the tests run; a bulletin was sent.
export function hearTests(add, world) {
	add('what was sent can be seen and heard, from any place', async () => {
		const { page, station, url } = world;
		await page.waitForSelector('.wave path');
		assert.ok((await page.locator('.wave path').getAttribute('d')).length > 1000);
		// Nothing is fetched before somebody listens.
		assert.equal(await page.evaluate(() => document.querySelector('.hear audio').readyState), 0);
		await page.evaluate(() => { document.querySelector('.hear audio').preload = 'metadata'; });
		await page.waitForFunction(() => document.querySelector('.hear audio').duration > 19);
		await page.evaluate(() => { document.querySelector('.hear audio').currentTime = 15; });
		await page.waitForFunction(() => {
			const audio = document.querySelector('.hear audio');
			return !audio.seeking && audio.currentTime === 15;
		});
		await page.waitForFunction(() => document.querySelector('.wave line').getAttribute('x1') > 50);
		const address = `${url}/api/bulletins/${station.bulletins[0].id}/audio`;
		const part = await fetch(address, { headers: { Range: 'bytes=-10' } });
		assert.equal(part.status, 206);
		assert.equal((await part.arrayBuffer()).byteLength, 10);
		assert.equal((await fetch(`${url}/api/bulletins/B99/audio`)).status, 404);
	});
}
