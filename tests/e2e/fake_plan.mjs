// SPDX-License-Identifier: GPL-3.0-or-later
// What the fake station tells of its log and its plan.

const HOUR = 3600_000;
const rfc3339 = (ms) => new Date(ms + 7 * HOUR).toISOString().replace('Z', '+07:00');

// What the log knows of a line that is over.
export function actualOf(line, number) {
	const missed = line.fate === 'missed';
	const start = missed ? null : line.planned;
	const part = line.fate === 'full' ? 1 : 0.4;
	return {
		airing: `${missed ? 'M' : 'A'}${number}`, start,
		end: start && rfc3339(Date.parse(start) + line.length_s * part * 1000),
		frames: missed ? 0 : line.length_s * part * 48000, complete: missed ? 0 : part,
		loudness_lufs: missed ? null : -16.1, peak_dbtp: missed ? null : -2.2, night_db: missed ? null : -9.5, start_error_ms: missed ? null : 0.4,
		xruns: 0, device: 'HDA Intel', proof: line.fate === 'full' ? 'A' : null,
		recording: missed ? null : 'aircheck/2026-11-23/trung-tam-05.mp3', sha256: 'c3'.repeat(32),
		detail_text: line.fate === 'interrupted' ? 'dấu hiệu cuối lúc 11:13:58' : null, detail_texts: null,
		clock_synced: line.fate === 'full', not_before: line.fate === 'full' ? null : '2026-11-23T04:59:58.000+07:00',
		by_zone: missed ? null : {
			'trung-tam': { device: 'HDA Intel PCH: ALC897 Analog (hw:0,0)', proof: line.fate === 'full' ? 'A' : null, complete: part, frames: 48000, xruns: 0 },
			'thon-2': { device: null, proof: null, complete: null, frames: null, xruns: 3 },
		},
		programmes: ['NTM.TT'], fund: null, who: line.fate === 'cut' ? 'uid:1000' : null, file: null,
	};
}

// The entry of its outcome; of one that was missed its own.
export function entryOf(line) {
	if (line.fate === 'on-air')
		return null;
	return line.fate === 'missed' ? Number(line.airing.slice(1)) : 43;
}

export const decisionsOn = (line) => (!line.bulletin ? [] : [
	{ entry: Number(line.bulletin.slice(1)), kind: 'bulletin.received', at: '2026-11-22T15:01:27.732+07:00', who: 'user:7', document: null,
		sha256: line.sha256 },
	{ entry: 25, kind: 'bulletin.approved', at: '2026-11-22T16:20:00.000+07:00', who: 'user:2', document: '12/QĐ-UBND', sha256: line.sha256 },
]);

// One airing as the station tells it alone.
export function tellAiring(line) {
	const part = { file: 'aircheck/2026/11/23/05-trung-tam.mp3', first: 0, bytes: 19200, sha256: 'd4'.repeat(32), entry: 77, there: line.fate !== 'cut',
		differs: line.recorded === 'recorded.differs',
		removed: line.fate === 'cut' ? { at: '2026-11-24T02:00:00.000+07:00', why: 'age', entry: 99 } : null };
	return {
		airing: { planned_length_s: line.length_s, entry: entryOf(line), ...line },
		decisions: decisionsOn(line),
		order: line.bulletin ? { entry: 9, kind: 'order.set', at: '2026-11-22T16:00:00.000+07:00', who: 'user:2' } : null,
		people: { 'user:2': 'Lê Thị Hoa' },
		recording: line.start && line.fate !== 'on-air' ? { exact: true, parts: [part] } : null,
	};
}

function occurrence(day, time, slot, more = {}) {
	const start = Date.parse(`${day}T00:00:00+07:00`) + time * HOUR;
	const items = (more.titles ?? []).map((title, i) => ({
		kind: 'bulletin', bulletin: `B${i}`, title, start: rfc3339(start + i * 300_000), length_s: 300, level: 'thong-thuong',
	}));
	return {
		slot, start: rfc3339(start), length_s: 1200, zones: ['trung-tam'], demo: false, shortened: false, taken_by: null,
		over_long: false, omitted: [], off: null, file: 'schedules/hang-ngay.yaml', ...more, items,
	};
}

// A day in which something goes wrong in each way.
export function makePlan(from) {
	const day = from.slice(0, 10);
	const why = (reason, vi, en, title = null) => ({ title, bulletin: null, reason, text: vi, texts: { vi, en } });
	return [
		...[0, 0.05, 0.1].map((time) => occurrence(day, time, 'Phát thử', { demo: true, titles: ['Nhạc hiệu'] })),
		occurrence(day, 5.5, 'Bản tin sáng', { titles: ['Lịch tiêm phòng', 'Làm thẻ bảo hiểm y tế'], over_long: true,
			omitted: [why('slot-full', 'khung giờ không còn đủ thời gian', 'no time is left in the slot', 'Gương điển hình')] }),
		occurrence(day, 5.6, 'Tiếp âm tỉnh', { taken_by: 'Bản tin sáng',
			omitted: [why('slot-taken', 'khung giờ khác chiếm sóng', 'another slot takes the air')] }),
		occurrence(day, 11, 'Thông báo trưa', { titles: ['Cúp điện thôn 2'], shortened: true }),
		occurrence(day, 17, 'Bản tin chiều', { omitted: [why('nothing-to-play', 'không có bản tin đã duyệt nào phù hợp',
			'no approved bulletin matches')] }),
	];
}

// A library with a bulletin in each state.
export function makeBulletins() {
	const row = (id, title, state, more = {}) => ({
		id, title, state, sha256: 'a'.repeat(64), level: 'thong-thuong', language: 'vi', length_s: 372, loudness_lufs: -18.3, peak_dbtp: -2.1,
		aired: 0, received: '2026-11-22T15:01:27.732+07:00', from: null, to: null, kind: 'ban-tin', fund: null, programmes: [], slots: [],
		sender: 'uid:1000', sender_name: null, revision: 3, replaces: null, replaced_by: null, endorsed_by: null,
		endorsed_name: null, decided: null, findings: [], ...more,
	});
	return [
		row('B11', 'Lịch tiêm phòng cho trâu bò đợt 2', 'approved', { aired: 3, from: '2026-12-01', to: '2026-12-05',
			decided: { by: 'user:2', name: 'Trần Văn Minh', at: '2026-11-22T16:00:00.000+07:00', why: '12/QĐ-UBND' } }),
		row('B12', 'Hướng dẫn làm thẻ bảo hiểm y tế', 'received', { level: 'uu-tien' }),
		row('B13', 'Gương điển hình', 'refused'),
		row('B14', 'Cúp điện thôn 2', 'withdrawn', { level: 'khan-cap', aired: 1 }),
	];
}
