// SPDX-License-Identifier: GPL-3.0-or-later
// What the page says of one airing's proof, and what its own arithmetic finds. Part of test_page.mjs.
import assert from 'node:assert/strict';
import { FakeLog } from './fake_log.mjs';
import { opener } from './page_pages.mjs';

async function verified(p) {
	await p.click('#check');
	await p.waitForSelector('.check-steps');
	return p.innerText('.card');
}

// world: as of opener.
export function proofTests(add, world) {
	const on = opener(add, world);

	on('an airing is verified in the browser, step by step', [360, 640, '#/nhat-ky?lan=A1'], async (p) => {
		await p.waitForSelector('#check');
		const words = await verified(p);
		assert.match(words, /Khớp: lần phát này có trong sổ đã ký[^]*Hãy so với khóa trên giấy[^]*Mục số 43 trong sổ có 50 mục[^]*Chữ ký Ed25519[^]*tính bằng: trình duyệt/);
		assert.doesNotMatch(words, /KHÔNG/);
		assert.equal(await p.locator('ol.check-steps .chip-good').count(), 7);
		await p.fill('#check-key', world.station.signed.vkey);
		assert.doesNotMatch(await verified(p), /Hãy so với khóa trên giấy|KHÔNG/);
		const [download] = await Promise.all([p.waitForEvent('download'), p.click('text=Tải bằng chứng')]);
		assert.equal(download.suggestedFilename(), 'A1.tlog-proof');
	});

	on('a head from paper is held against the log, and each log shows its own key', [360, 640, '#/nhat-ky?lan=A1'], async (p) => {
		const log = world.station.logOf('A1');
		await p.route('**/log/**', (route) => {
			const path = new URL(route.request().url()).pathname.slice('/log/'.length);
			return route.fulfill({ body: path === 'checkpoint' ? log.checkpoint : path === 'vkey' ? log.vkey : log.tile(path) });
		});
		await p.waitForSelector('#check');
		await p.fill('#check-seen', log.head(31));
		assert.match(await verified(p), /Sổ này nối tiếp đầu sổ đã thấy: gốc của 31 mục/);
		assert.equal(await p.locator('ol.check-steps .chip-good').count(), 8);
		await p.fill('#check-seen', `31:${log.head(32).split(':')[1]}`);
		assert.match(await verified(p), /KHÔNG KHỚP[^]*Sổ này KHÔNG nối tiếp sổ đã thấy/);
		// A later log is the newest: the field shows the key of the log that the airing stands in.
		world.station.number = 2;
		try {
			await p.reload();
			await p.waitForFunction((key) => document.querySelector('#check-key')?.placeholder === key, log.vkey);
		} finally {
			world.station.number = 1;
			world.station.changed();
		}
		// Else the next page may be told of two logs still.
		await p.evaluate(() => new Promise((told) => {
			const source = new EventSource('/api/events');
			source.addEventListener('status', (e) => {
				if (JSON.parse(e.data).log.number === 1) {
					source.close();
					told();
				}
			});
		}));
	});

	on('what was typed wrong is told at its field, and nothing of the log', [360, 640, '#/nhat-ky?lan=A1'], async (p) => {
		const { vkey } = world.station.signed;
		const typed = async (field, text, words) => {
			await p.fill(`#check-${field}`, text);
			await p.click('#check');
			await p.waitForSelector(`#check-${field}-bad`);
			assert.match(await p.innerText(`#check-${field}-bad`), words);
			assert.equal(await p.getAttribute(`#check-${field}`, 'aria-invalid'), 'true');
			assert.doesNotMatch(await p.innerText('main'), /KHÔNG KHỚP|Khớp:/);
			await p.fill(`#check-${field}`, '');
		};
		await p.waitForSelector('#check');
		await typed('key', 'abc', /chép sai một chữ/);
		await typed('key', vkey.slice(0, -1) + (vkey.endsWith('A') ? 'B' : 'A'), /chép sai một chữ/);
		await typed('seen', 'abc', /./);
		assert.match(await verified(p), /Khớp: lần phát này/);
		assert.equal(await p.locator('#check-key-bad').count(), 0);
	});

	on('what does not match is said plainly', [360, 640, '#/nhat-ky?lan=A1'], async (p) => {
		await p.waitForSelector('#check');
		// Somebody else's key, well written.
		const { vkey } = new FakeLog([{ kind: 'station.started' }]);
		await p.fill('#check-key', vkey);
		assert.match(await verified(p), /KHÔNG KHỚP[^]*Khóa trên giấy khác/);
		await p.fill('#check-key', '');
		try {
			world.station.tamper = (proof) => proof.replace(/^(extra [^\n]{200})./m, (all, before) => before + (all.endsWith('A') ? 'B' : 'A'));
			assert.match(await verified(p), /KHÔNG KHỚP[^]*mục này đã bị sửa, hoặc không có trong sổ đã ký/);
			world.station.tamper = (proof) => proof.replace(/\n\u2014 (\S+) (.{30})./, (all, name, before) => `\n\u2014 ${name} ${before}${all.endsWith('A') ? 'B' : 'A'}`);
			assert.match(await verified(p), /KHÔNG KHỚP[^]*đầu sổ đã bị sửa hoặc giả/);
		} finally {
			world.station.tamper = (proof) => proof;
		}
		const line = world.station.lines.find((l) => l.airing === 'A1');
		const { frames } = line;
		const { prove } = Object.getPrototypeOf(world.station);
		world.station.prove = (l, of) => prove.call(world.station, { ...line, frames: frames - 1 }, of);
		try {
			assert.match(await verified(p), /KHÔNG KHỚP[^]*Trang này ghi khác với mục trong sổ ở những điều sau\.\s+Độ dài: trang ghi “86400000”, sổ ghi “86399999”/);
		} finally {
			delete world.station.prove;
		}
	});

	// view.sqlite was edited: the page shows what it was told, and the log says otherwise.
	on('level, check, device and approval are proven too, each by its entry', [360, 640, '#/nhat-ky?lan=A2'], async (p) => {
		const line = world.station.lines.find((l) => l.airing === 'A2');
		const { proof, device } = line;
		const { prove } = Object.getPrototypeOf(world.station);
		const found = { code: 'found', score: 0.93, share: 1, offset_ms: 2, parts: 90, parts_all: 93, file: line.recording };
		const shown = { proof: 'B', checked: { entry: 44, at: line.end, method: 'envelope-3', recording: found, microphones: null } };
		const show = async (facts, truth) => {
			Object.assign(line, facts);
			const told = { ...line, ...truth };
			world.station.prove = (l, of) => prove.call(world.station, told, of);
			await p.reload();
			await p.waitForSelector('#check');
			return verified(p);
		};
		try {
			const words = await show(shown, {});
			assert.match(words, /Khớp: lần phát này[^]*nghe lại \(mục 44\)[^]*đúng như sổ ghi: B[^]*nhận bản tin \(mục 11\)[^]*Việc duyệt \(mục 25\)/);
			assert.doesNotMatch(words, /KHÔNG/);
			const other = { ...shown.checked, recording: { ...found, code: 'different', score: 0.2 } };
			assert.match(await show(shown, { proof: 'A', checked: other }), /KHÔNG KHỚP[^]*nghe lại không đúng[^]*Bản ghi âm, Kết luận: trang ghi “found”, sổ ghi “different”[^]*Độ giống: trang ghi “0.93”, sổ ghi “0.2”[^]*mức chứng thực B, nhưng sổ chỉ ghi A/);
			assert.match(await show(shown, { proof: 'A', checked: undefined }), /KHÔNG KHỚP[^]*đã nghe lại \(mục 44\), nhưng sổ không có[^]*sổ chỉ ghi A/);
			assert.match(await show({ device: 'Loa giả' }, { device }), /KHÔNG KHỚP[^]*khác với mục trong sổ ở những điều sau\.\s+Thiết bị: trang ghi “Loa giả”, sổ ghi “HDA Intel”/);
			line.device = device;
			assert.match(await show({}, { sha256: 'd5'.repeat(32) }), /KHÔNG KHỚP[^]*Việc duyệt \(mục 25\) không đúng[^]*Mã SHA-256: trang ghi “c3c3[^]*sổ ghi “d5d5/);
		} finally {
			delete world.station.prove;
			Object.assign(line, { proof, device });
			delete line.checked;
		}
	});

	// One zone had no device: the airing has no level, the other's stands by itself, and is held against the entries.
	on('each zone shows what it proves, and the log bears it out', [360, 640, '#/nhat-ky?lan=A2'], async (p) => {
		const line = world.station.lines.find((l) => l.airing === 'A2');
		const { proof } = line;
		const { prove } = Object.getPrototypeOf(world.station);
		const found = { code: 'found', score: 0.93, share: 1, offset_ms: 2, parts: 90, parts_all: 93, file: line.recording };
		const by_zone = { 'thon-2': { code: 'unsent', file: null, proof: null }, 'trung-tam': { ...found, proof: 'B', loudness_lufs: -19.25 } };
		const tell = async (facts, truth = {}) => {
			Object.assign(line, facts);
			world.station.prove = (l, of) => prove.call(world.station, { ...line, ...truth }, of);
			await p.reload();
			await p.waitForSelector('#check');
		};
		try {
			const shown = { proof: null, proof_by_zone: { 'thon-2': null, 'trung-tam': 'B' },
				checked: { entry: 44, at: line.end, method: 'envelope-3', recording: found, microphones: null, by_zone } };
			await tell(shown);
			assert.match(await p.innerText('.zones-each'),
				/trung-tam\s+HDA Intel[^]*tìm thấy: độ giống 0,93[^]*−19,3 LUFS\s+B\s+100,0 %\s+0\s+thon-2\s+không có thiết bị[^]*không nhận đủ[^]*–/);
			assert.match(await p.innerText('.facts'), /Từng cụm loa khác nhau – thon-2: –; trung-tam: B/);
			assert.doesNotMatch(await p.innerText('main'), /Bậc B:/); // said of all of it
			assert.ok(await p.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
			const words = await verified(p);
			assert.match(words, /Khớp: lần phát này[^]*đúng như sổ ghi: thon-2: –; trung-tam: B/);
			await tell({ proof_by_zone: { 'thon-2': 'B', 'trung-tam': 'B' } });
			assert.match(await verified(p), /KHÔNG KHỚP[^]*thon-2: B; trung-tam: B, nhưng sổ chỉ ghi thon-2: –; trung-tam: B/);
			await p.goto(`${p.url().split('#')[0]}#/nhat-ky?xem=doi-chieu`);
			Object.assign(line, shown);
			await p.reload();
			await p.waitForSelector('.against .tag:text-is("thon-2: –; trung-tam: B")');
		} finally {
			delete world.station.prove;
			line.proof = proof;
			delete line.checked;
			delete line.proof_by_zone;
		}
	});

	on('a live voice says what it was, whose, and from where', [360, 640, '#/nhat-ky?lan=A2'], async (p) => {
		const line = world.station.lines.find((l) => l.airing === 'A2');
		const before = { ...line };
		Object.assign(line, { kind: 'live', slot: null, bulletin: null, sha256: null, file: 'live:browser', speaker: 'user:2',
			title: 'Nói trực tiếp qua trình duyệt' });
		try {
			await p.reload();
			await p.waitForSelector('#check');
			const words = await p.innerText('.card');
			assert.match(words, /Khung giờ\s+giọng trực tiếp[^]*Tiếng từ đâu\s+micrô qua trình duyệt[^]*Người nói\s+Lê Thị Hoa \(user:2\)/);
			assert.doesNotMatch(words, /phát tay|live:/);
			assert.match(words, /Tải đoạn ghi[^]*Không có bản đã duyệt để so/);
			assert.equal(await p.locator('#waves').count(), 0);
			assert.match(await verified(p), /Khớp: lần phát này/);
			assert.doesNotMatch(await p.innerText('.card'), /KHÔNG/);
		} finally {
			Object.assign(line, before);
			delete line.speaker;
		}
	});

	on('without Web Crypto the library works it out', [1366, 768, '#/nhat-ky'], async (p) => {
		await p.addInitScript(() => Object.defineProperty(crypto, 'subtle', { value: undefined }));
		await p.goto(`${p.url().split('#')[0]}#/nhat-ky?lan=A1`);
		await p.reload();
		await p.waitForSelector('#check');
		assert.match(await verified(p), /Khớp: lần phát này[^]*tính bằng: thư viện noble/);
	});
}
