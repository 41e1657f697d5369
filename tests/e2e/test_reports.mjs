// SPDX-License-Identifier: GPL-3.0-or-later
// Reports with a real station, a real web process and a real browser: the PDF that the page gives opens and holds the figures of the
// CSV, LibreOffice opens the spreadsheet, and a figure opens into as many airings.
//   node tests/e2e/test_reports.mjs      VANGXA=build/plain/vangxa (default), WWW=web/dist (default)
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WAIT_MS, launch, start, until } from './web.mjs';

const NO_ZONE = /"thon-9": không có trong danh mục.*hiện có: mot/;
const dir = mkdtempSync(join(tmpdir(), 'vangxa-reports-'));
const data = join(dir, 'đài');
const SLOT_S = 4, LASTS_S = 24; // then nothing more airs: what is asked three times must be three times the same

const secondOfDay = () => Math.floor(Date.now() / 1000 + 7 * 3600) % 86400; // at the station
const two = (n) => String(n).padStart(2, '0');
const clock = (s) => `${two(Math.floor(s / 3600))}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;

function makeStation() {
	mkdirSync(join(data, 'schedules'), { recursive: true });
	mkdirSync(join(data, 'audio'));
	execFileSync('sox', ['-n', '-r', '48000', '-c', '1', '-b', '16', join(data, 'audio/tieng.flac'), 'synth', `${SLOT_S - 2}`, 'sine', '440', 'vol', '0.3']);
	writeFileSync(join(data, 'station.yaml'), `station: Đài thử
id: dai-thu
timezone: Asia/Ho_Chi_Minh
zones: [{name: mot, device: none, channel: 1}]
report: {issuer: Ủy ban nhân dân xã Bù Gia Mập, place: Bù Gia Mập, symbol: BC-UBND}
`);
	writeFileSync(join(data, 'schedules/thu.yaml'), `timetable: Lịch thử
valid: {from: 2026-01-01}
slots:
  - name: Luôn có tiếng
    start: "00:00:00"
    length: ${SLOT_S}s
    repeat: {every: ${SLOT_S}s, until: "${clock(SLOT_S * Math.ceil((secondOfDay() + LASTS_S) / SLOT_S))}"}
    play: {file: audio/tieng.flac}
    late: {join_within: ${SLOT_S}s}
    ident: false
`);
}

// Fields in quotes may hold commas; none of these holds a line's end.
const rowsOf = (csv) => csv.replace(/^\ufeff/, '').trim().split(/\r?\n/).map((line) => [...line.matchAll(/(?:^|[,;])(?:"((?:[^"]|"")*)"|([^,;]*))/g)]
	.map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain));
const run = (name, ...args) => execFileSync(name, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

// The station has no device, and so what it sends is heard nowhere: it counts as not aired, with the reason.
async function something(url) {
	return until('all airings are over', async () => {
		const table = await (await fetch(`${url}/api/reports/A.json?period=${new Date().getFullYear()}`)).json();
		return secondOfDay() > over && table.rows.filter((r) => r.start).length >= 3 && table.rows.every((r) => r.result !== 'đang phát');
	});
}

async function take(page, ext) {
	const [file] = await Promise.all([page.waitForEvent('download', { timeout: WAIT_MS }), page.click(`#report-${ext}`)]);
	const path = join(dir, `bang.${ext}`);
	await file.saveAs(path);
	return path;
}

await until('midnight is past', () => secondOfDay() < 86400 - 2 * LASTS_S);
const over = secondOfDay() + LASTS_S + 2 * SLOT_S;
makeStation();
const station = await start('run', ['--data', data]);
const browser = await launch();
try {
	await something(station.url);
	if (!browser) {
		console.log('LEFT OUT: the page of reports, because there is no Chromium (CHROMIUM=/path/to/it)');
	} else {
		const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
		page.setDefaultTimeout(WAIT_MS);
		const day = (at) => at.slice(0, 10);
		const now = (await (await fetch(`${station.url}/api/status`)).json()).now;
		await page.goto(`${station.url}/#/bao-cao?bang=A&ky=${day(now)}..${day(now)}`);
		await page.waitForSelector('.report-table tbody tr');
		const csv = rowsOf(readFileSync(await take(page, 'csv'), 'utf8'));
		const aired = csv.slice(1).filter((r) => r[csv[0].findIndex((c) => /bắt đầu/.test(c))]);
		const paper = run('pdftotext', '-layout', await take(page, 'pdf'), '-');
		assert.match(paper, /NHẬT KÝ PHÁT THANH/);
		assert.match(paper, /ỦY BAN NHÂN DÂN XÃ BÙ GIA MẬP/);
		assert.match(paper, /Số: …………\/BC-UBND/);
		assert.ok(aired.length >= 3);
		for (const row of aired)
			for (const word of [row[csv[0].findIndex((c) => /bắt đầu/.test(c))], row[csv[0].findIndex((c) => /kết thúc/.test(c))]].filter(Boolean))
				assert.ok(paper.includes(word), `${word} stands in the CSV and not on paper`);
		const sheet = await take(page, 'xlsx');
		// Debian's, which has Debian's modules, whatever else is called python3.
		const read = `import openpyxl, sys
rows = [r for r in openpyxl.load_workbook(sys.argv[1], data_only=True).active.iter_rows(values_only=True)]
assert not [c for r in rows for c in r if isinstance(c, str) and (c.startswith("#") or c.startswith("Err:"))], rows
print(sum(1 for r in rows if isinstance(r[0], (int, float)) and r[1] is not None))`;
		const airingsOf = (path) => Number(run('/usr/bin/python3', '-c', read, path));
		const inCsv = csv.slice(1).filter((r) => /^\d+$/.test(r[0]) && r[1]).length;
		assert.equal(airingsOf(sheet), inCsv, 'rows of the spreadsheet and of the CSV');
		if (existsSync('/usr/bin/soffice')) {
			run('soffice', `-env:UserInstallation=file://${dir}/office`, '--headless', '--convert-to', 'xlsx', '--outdir', join(dir, 'out'), sheet);
			assert.equal(airingsOf(join(dir, 'out/bang.xlsx')), inCsv, 'rows that LibreOffice has read');
		} else {
			console.log('LEFT OUT: the spreadsheet in LibreOffice, because it is not here (soffice)');
		}
		// Its sum is that of the page, and a figure of B opens into as many airings.
		await page.goto(`${station.url}/#/bao-cao?bang=B&ky=${day(now)}..${day(now)}`);
		await page.waitForSelector('#report-title:text-is("Tổng hợp phát thanh theo chương trình")');
		const link = page.locator('.report-table tfoot a').first();
		const figure = Number((await link.innerText()).replace('.', ''));
		await link.click();
		await page.waitForSelector('#report-title:text-is("Nhật ký phát thanh")');
		assert.equal(await page.locator('.report-table tbody tr').count(), figure);
		// A filter that nothing has: the sentence stands on the page, and no table of zeros.
		await page.goto(`${station.url}/#/bao-cao?bang=B&ky=2026-11&cum=thon-9`);
		await page.waitForSelector('.failed[role=alert]');
		assert.match(await page.innerText('.failed[role=alert]'), NO_ZONE);
		assert.equal(await page.locator('.report-table').count(), 0);
	}
	const wrong = await fetch(`${station.url}/api/reports/A.pdf?period=2026-13`);
	assert.deepEqual([wrong.status, (await wrong.json()).error.field], [400, 'period']);
	// What there is none of is refused: a table of zeros would be believed.
	for (const table of ['A.json', 'B.csv', 'F.pdf', 'tom-tat.html']) {
		const unknown = await fetch(`${station.url}/api/reports/${table}?period=2026-11&place=thon-9&lang=vi`);
		assert.equal(unknown.status, 400, table);
		assert.match((await unknown.json()).error.text, NO_ZONE, table);
	}
	console.log('ok      reports');
} finally {
	await browser?.close();
	station.kill('SIGTERM');
	await station.ended;
	rmSync(dir, { recursive: true, force: true });
}
