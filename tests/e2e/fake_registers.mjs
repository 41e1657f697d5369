// SPDX-License-Identifier: GPL-3.0-or-later
// Two registers as the station tells them, with a field of each type, and some rows.
const field = (key, label, type, more) => ({ key, label, type, required: false, ...more });
const states = [['open', 'chưa giải quyết'], ['solved', 'đã giải quyết', 'solved,result'], ['proposed', 'đã đề xuất', 'proposal'],
	['beyond', 'vượt thẩm quyền', 'beyond']].map(([code, label, asks]) => ({ code, label, ...(asks && { asks }) }));
const difficulties = { name: 'difficulties', label: 'Khó khăn, vướng mắc', prefix: 'KK', rows: 2, fields: [
	field('what', 'Khó khăn, vướng mắc', 'long', { required: true }), field('since', 'Từ ngày', 'date', { required: true }),
	field('programmes', 'Chương trình', 'codes', { list: 'programmes' }),
	field('state', 'Tình trạng', 'choice', { required: true, state: true, choices: states }), field('result', 'Kết quả giải quyết', 'long'),
	field('proposal', 'Đề xuất, kiến nghị', 'long'), field('beyond', 'Vượt thẩm quyền của', 'text'), field('solved', 'Ngày giải quyết', 'date')] };
const equipment = { name: 'equipment', label: 'Thiết bị', prefix: 'TB', rows: 1, fields: [field('name', 'Tên thiết bị', 'text', { required: true }),
	field('difficulty', 'Khó khăn', 'row', { of: 'KK' }), field('quantity', 'Số lượng', 'count', { max: 9 }), field('amount', 'Kinh phí (đồng)', 'money', { max: 9e12 }),
	field('pages', 'Số trang', 'quantity', { max: 9 }), field('lasting', 'Có giá trị lâu dài', 'flag'), field('month', 'Tháng', 'month'),
	field('author', 'Người viết', 'person'), field('bulletin', 'Bản tin', 'bulletin'), field('sha256', 'Mã băm', 'sha256'),
	field('language', 'Tiếng', 'code', { list: 'languages' })] };

export const REGISTERS = { registers: [difficulties, equipment], import: null, lists: {
	programmes: [{ code: '1719.10', name: 'Dân tộc thiểu số', from: null, to: null }, { code: 'NTM', name: 'Nông thôn mới', from: null, to: null }],
	languages: [{ code: 'vi', name: 'Tiếng Việt', from: null, to: null }] } };

const row = (id, n, fields, more) => ({ row: id, n, at: '2026-11-20T07:00:00.000+07:00', who: 'user:1', why: '', source: '', fields, ...more });
const people = { 'user:1': 'Trần Văn Minh' };
const ROWS = {
	difficulties: [row('KK1', 7, { what: 'Loa thôn 2 hỏng', since: '2026-11-01', programmes: ['NTM'], state: 'open' }),
		row('KK2', 8, { what: 'Mất điện kéo dài', since: '2026-10-01', state: 'beyond', beyond: 'UBND tỉnh' })],
	equipment: [row('TB1', 9, { name: 'Loa nén 30 W', difficulty: 'KK1', quantity: 12, amount: 957000000, pages: 1.5, lasting: true, month: '2026-11',
		author: 'user:1', bulletin: 'B11', sha256: 'a'.repeat(64), language: 'vi' })] };
export const PAST = { people, history: [row('KK1', 7, ROWS.difficulties[0].fields, { why: 'gọi lại' }),
	row('KK1', 5, { what: 'Loa thôn 2 hỏng', since: '2026-11-01', state: 'proposed', proposal: 'Thay loa' }, { source: 'kho-khan.csv' })] };

export const BAD = { name: 'x.csv', sha256: 's', encoding: 'TCVN3', separator: ';', rows: 3, added: 1, changed: 0, same: 0, bad_rows: 2, bad: 2, effect: 'f',
	first: [{ row: 2, cells: [{ name: 'Nội dung', value: 'Loa thôn Đồng hỏng' }, { name: 'Từ ngày', value: 'mai' }] }],
	applying: false, examples: [], faults: [{ row: 5, column: 'C', name: 'Từ ngày', value: 'mai', why: 'không phải ngày; viết như 23/11/2026' },
		{ row: 6, column: 'D', name: 'Tình trạng', value: 'xong', why: 'phải là một trong: chưa giải quyết; đã giải quyết' }] };
export const GOOD = { ...BAD, bad: 0, bad_rows: 0, faults: [], rows: 2, added: 1, changed: 1, sheet: 'b'.repeat(32), examples: [
	{ row: 2, id: 'KK1', fields: { ...ROWS.difficulties[0].fields, state: 'solved' }, was: ROWS.difficulties[0].fields },
	{ row: 3, id: '', fields: { what: 'Thiếu người', since: '2026-11-22', state: 'open' }, was: null }] };

// The answer to one command, null if it is none of these.
export function registerAnswer(rq, finds) {
	if (rq.do === 'registers')
		return REGISTERS;
	if (rq.do !== 'register.list')
		return null;
	if (rq.row)
		return PAST;
	const rows = ROWS[rq.register].filter((r) => finds(rq.find ?? '', JSON.stringify(r.fields)));
	return { rows, people, count: rows.length, more: false, next: 9 };
}
