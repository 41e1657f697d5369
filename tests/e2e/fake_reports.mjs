// SPDX-License-Identifier: GPL-3.0-or-later
// The reports of the fake station: tables as `vangxa report --format json` writes them, of made up airings.

const text = (key, name) => ({ key, name, type: 'text' });
const count = (key, name) => ({ key, name, type: 'count' });

const B = [text('programme', 'Mã chương trình'), text('name', 'Tên chương trình'), text('language', 'Tiếng'), text('kind', 'Loại'),
	count('new', 'Bản tin mới'), count('aired', 'Lượt phát'), count('not_aired', 'Không phát'), count('unclear', 'Chưa rõ'),
	{ key: 'own_s', name: 'Thời lượng riêng', type: 'duration' }, { key: 'shared_s', name: 'Thời lượng dùng chung', type: 'duration' },
	{ key: 'plan_percent', name: '% kế hoạch', type: 'percent' }];
const A = [count('number', 'STT'), { key: 'day', name: 'Ngày', type: 'date' }, { key: 'start', name: 'Giờ bắt đầu', type: 'time' },
	{ key: 'length_s', name: 'Thời lượng thực phát', type: 'duration' }, text('title', 'Tên'), text('bulletin', 'Mã sản phẩm'),
	text('language', 'Tiếng'), text('result', 'Kết quả'), text('reason', 'Lý do'), text('sha256', 'Mã băm'), text('airing', 'Mã lần phát')];

const row = (programme, name, language, code, aired, not_aired, own_s, shared_s) => {
	const open = { programme, language: code, kind: 'ban-tin' };
	return { programme: programme || null, name, language, kind: 'Bản tin', new: 2, aired, not_aired, unclear: 0, own_s, shared_s,
		plan_percent: Math.round(1000 * aired / (aired + not_aired)) / 10,
		open: { aired: { ...open, only: 'aired' }, not_aired: { ...open, only: 'not-aired' } } };
};

const ROWS = [row('NTM.TT', 'Nông thôn mới, thông tin truyền thông', 'Tiếng Việt', 'vi', 1234, 3, 72000.4, 600),
	row('NTM.TT', 'Nông thôn mới, thông tin truyền thông', 'Tiếng Xtiêng', 'stieng', 40, 0, 9600, 0),
	row('', '(không ghi chương trình)', 'Tiếng Việt', 'vi', 12, 8, 3605, 0)];

const sum = (rows) => {
	const of = (key) => rows.reduce((all, r) => all + r[key], 0);
	return { programme: null, name: 'Cộng, mỗi lượt phát tính một lần', language: null, kind: null, new: of('new'), aired: of('aired'), not_aired: of('not_aired'),
		unclear: 0, own_s: of('own_s'), shared_s: of('shared_s'), plan_percent: 99.1, open: { aired: { only: 'aired' } } };
};

// Its keys are other things than those of the same name in A and B.
const D = [count('number', 'STT'), text('what', 'Chỉ tiêu'), text('producer', 'Đơn vị sản xuất'), count('planned', 'Kế hoạch'), count('done', 'Làm từ đầu, đến hạn'),
	{ key: 'due', name: 'Hạn', type: 'date' }];

const PLACES = [text('place', 'Cụm loa'), ...B.slice(4)];
const places = ['trung-tam', 'thon-2'].map((place, i) => ({ ...ROWS[i], place, new: null, open: { aired: { place, only: 'aired' } } }));

const WORDS = [{ look: 'basis', text: 'Căn cứ Nghị định số 49/2024/NĐ-CP của Chính phủ về hoạt động thông tin cơ sở;' },
	{ look: 'text', text: 'Ủy ban nhân dân xã Bù Gia Mập báo cáo kết quả hoạt động truyền thanh tháng 11 năm 2026 như sau:' },
	{ look: 'part', text: 'Kết quả thực hiện' }, { look: 'point', text: '1. Kết quả chung' },
	{ look: 'text', table: 'B', text: 'Kết quả: 12 bản tin mới, 1.234 lượt phát, 320 giờ 15 phút trên sóng.' },
	{ look: 'point', text: '2. Lượt không phát và sự cố' },
	{ look: 'item', table: 'E', text: '- Không phát được theo lịch: mất điện hoặc máy tắt – 5 lần (từ ngày 12/11/2026 đến ngày 27/11/2026).' },
	{ look: 'part', text: 'Kiến nghị, phương hướng' }, { look: 'dots', text: '' }];

const two = (n) => String(n).padStart(2, '0');
const airing = (n) => ({ number: n + 1, day: `2026-11-${two(1 + (n % 23))}`, start: `${two(5 + ((n * 7) % 14))}:30:00`, length_s: 372.25,
	title: `Bản tin số ${n + 1}`, bulletin: n % 2 ? 'B11' : null, language: 'Tiếng Việt', result: 'đủ', reason: null, sha256: 'ab'.repeat(32),
	airing: n === 0 ? 'A1' : `A${500 + n}` });

function table(c) {
	const head = { table: c.table, station: 'Đài truyền thanh xã Bù Gia Mập', made: '2026-11-23T11:14:20.000+07:00',
		period: { name: 'tháng 11 năm 2026', from: '2026-11-01', to: '2026-11-30' }, log: 'Lập từ sổ nhật ký vangxa/bp-bugiamap: 1234 mục đã ký, mã gốc abc',
		notes: ['Thời lượng dùng chung là của những bản tin phục vụ nhiều chương trình.'] };
	if (c.table === 'tom-tat')
		return { ...head, title: 'Báo cáo', subject: 'Kết quả hoạt động truyền thanh tháng 11 năm 2026', lines: WORDS, figures: {}, mark: '' };
	if (c.table === 'D')
		return { ...head, title: 'Kế hoạch, thực hiện', columns: D, rows: [{ number: 1, what: 'Điểm hỗ trợ', producer: null, planned: 19, done: 19, due: '2026-12-31' }] };
	if (c.by === 'place')
		return { ...head, title: 'Tổng hợp phát thanh theo chương trình', columns: PLACES, rows: places, sum: { ...sum(ROWS), place: 'Cộng' } };
	if (c.table === 'B') {
		const rows = c.period === '2025' ? [] : ROWS.filter((r) => c.language === undefined || r.open.aired.language === c.language);
		return { ...head, title: 'Tổng hợp phát thanh theo chương trình', columns: B, rows, sum: sum(rows) };
	}
	const rows = Array.from({ length: c.only === 'not-aired' ? 3 : 260 }, (_, n) => airing(n));
	return { ...head, title: 'Nhật ký phát thanh', columns: A, rows, sum: { number: rows.length, title: 'Cộng', length_s: 372.25 * rows.length } };
}

export const reportLists = { tables: [{ table: 'A', name: 'Nhật ký phát thanh' }, { table: 'B', name: 'Tổng hợp phát thanh theo chương trình' },
	{ table: 'D', name: 'Kế hoạch, thực hiện' }, { table: 'E', name: 'Khó khăn, vướng mắc' }, { table: 'tom-tat', name: 'Báo cáo bằng lời', formats: ['pdf', 'html', 'json'] }],
	formats: ['pdf', 'xlsx', 'csv', 'json', 'html'], cycle_day: 15, languages: [{ code: 'vi', name: 'Tiếng Việt' }, { code: 'stieng', name: 'Tiếng Xtiêng' }],
	programmes: [{ code: 'NTM.TT', name: 'Nông thôn mới' }], kinds: [{ code: 'ban-tin', name: 'Bản tin' }], funds: [{ code: 'NSX', name: 'Ngân sách xã' }],
	places: [{ code: 'trung-tam', name: 'trung-tam' }, { code: 'thon-2', name: 'thon-2' }], producers: [{ code: 'user:3', name: 'Điểu Thị Sen' }],
	by: ['programme', 'language', 'place', 'producer', 'fund'] };

const TYPES = { json: 'application/json', pdf: 'application/pdf', csv: 'text/csv', html: 'text/html',
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' };

// The line, the bytes, the end of the connection.
export function sendReport(socket, c) {
	const bytes = Buffer.from(c.format === 'json' ? JSON.stringify(table(c)) : `a report as ${c.format}\n`);
	socket.write(`${JSON.stringify({ id: c.id, ok: true, file: `bao-cao-${c.table}.${c.format}`, type: TYPES[c.format], bytes: bytes.length })}\n`);
	socket.end(bytes);
}
