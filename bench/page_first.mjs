// SPDX-License-Identifier: GPL-3.0-or-later
// Part of page_first.sh: opens URL in a telephone that has nothing in its cache, behind a thin line and with a
// slow processor, until SELECTOR is there.
//   node page_first.mjs URL SELECTOR      prints "first_paint_ms content_ms kilobytes"
import { launch } from '../tests/e2e/web.mjs';

const [url, selector] = process.argv.slice(2);
const KBIT_S = Number(process.env.KBIT_S ?? 400);
const LATENCY_MS = Number(process.env.LATENCY_MS ?? 300);
const SLOWER = Number(process.env.SLOWER ?? 6);

const browser = await launch();
if (!browser)
	process.exit(1);
const page = await browser.newPage({ viewport: { width: 360, height: 640 }, locale: 'vi-VN' });
await page.goto('about:blank');
const devtools = await page.context().newCDPSession(page);
let bytes = 0;
await devtools.send('Network.enable');
devtools.on('Network.loadingFinished', (e) => { bytes += e.encodedDataLength; });
await devtools.send('Network.emulateNetworkConditions', {
	offline: false, latency: LATENCY_MS, downloadThroughput: KBIT_S * 125, uploadThroughput: KBIT_S * 125,
});
await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
const began = Date.now();
await page.goto(url, { waitUntil: 'commit' });
await page.waitForSelector(selector, { timeout: 60000 });
const content = Date.now() - began;
const paint = await page.evaluate(() => new Promise((done) => {
	const told = () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
	if (told())
		done(told());
	else
		new PerformanceObserver(() => told() && done(told())).observe({ type: 'paint', buffered: true });
}));
console.log(Math.round(paint), content, (bytes / 1000).toFixed(1));
await browser.close();
