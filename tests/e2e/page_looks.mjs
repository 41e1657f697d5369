// SPDX-License-Identifier: GPL-3.0-or-later
// Each look of the page, as a person with a screen reader or with large letters has it: axe-core finds nothing,
// in both sizes and languages, and nothing sticks out at 200 %. Part of test_page.mjs.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const LONG = 'Lịch tiêm phòng cho trâu bò đợt hai tại các thôn trong xã, '.repeat(4).slice(0, 200);
const SIZES = [[360, 640], [1366, 768]];
const scenes = {
	'on air': () => {},
	'nothing on air': (station) => { station.lines = station.lines.filter((l) => l.fate !== 'on-air'); },
	held: (station) => station.hold(true, () => {}),
	'warnings and long titles': (station) => {
		station.banners = [{ grade: 'error', text: LONG }, { grade: 'warn', text: 'x' }, { grade: 'info', text: 'y' }];
		station.lines.forEach((l, i) => { l.title = i % 2 ? LONG : `Tin \u200fמודעה\u200f ${'x'.repeat(90)}`; });
	},
};

async function complaints(p, axe) {
	await p.evaluate(axe);
	const result = await p.evaluate(() => window.axe.run());
	assert.ok(result.passes.length > 10);
	return result.violations.map((v) => `${v.id}: ${v.nodes[0].target} ${v.nodes[0].failureSummary}`);
}

async function look(p, width, axe) {
	await p.waitForSelector('.fate');
	for (const turn of ['vi', 'en']) {
		await p.waitForFunction((wanted) => document.documentElement.lang === wanted, turn);
		assert.deepEqual(await complaints(p, axe), [], turn);
		await p.click('.head button');
	}
	await p.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
	const wide = await p.evaluate(() => document.documentElement.scrollWidth);
	assert.ok(wide <= width, `with large letters it is ${wide} wide`);
}

// world: { root, openPage(browser, width, height), station, page }; the last two exist once the tests run.
export function lookTests(add, world) {
	const axe = readFileSync(join(world.root, 'tests/e2e/node_modules/axe-core/axe.min.js'), 'utf8');
	const one = async (prepare, width, height) => {
		const { station, page } = world;
		const before = { lines: station.lines, banners: station.banners, held: false };
		station.lines = station.makeDay();
		prepare(station);
		const p = await world.openPage(page.context().browser(), width, height);
		try {
			await look(p, width, axe);
		} finally {
			await p.context().close();
			Object.assign(station, before);
			station.changed();
		}
	};
	for (const [name, prepare] of Object.entries(scenes))
		for (const [width, height] of SIZES)
			add(`nobody is shut out: ${name}, ${width}`, () => one(prepare, width, height));
}
