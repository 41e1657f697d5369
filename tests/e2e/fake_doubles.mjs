// SPDX-License-Identifier: GPL-3.0-or-later
// Products that are perhaps one, as the station tells them.
const side = (name, rest) => ({ name, title: 'Phòng chống sốt xuất huyết mùa mưa', language: 'vi', kind: 'ban-tin', length_s: 372.4,
	...(name.startsWith('B') ? { bulletin: name, state: 'approved', sha256: 'ab'.repeat(32), day: '2026-11-20' } : { row: name }), ...rest });
const pair = (first, second, kind, words, rest) => ({ first, second, kind, how: 'same-file', severity: kind === 'two-funds' ? 'red' : 'amber',
	words, percent: null, decided: null, ...rest });
const PAIRS = {
	open: [pair(side('B11', { fund: '1719', producer: 'Trung tâm Văn hóa, Thông tin và Truyền thanh huyện', amount: 900000 }),
		side('B12', { fund: 'xa', title: 'PHÒNG CHỐNG SỐT XUẤT HUYẾT (mùa mưa)' }), 'two-funds', 'một sản phẩm, hai nguồn kinh phí: cùng một tệp'),
	pair(side('SP4', { level: 'tinh', number: 'BT-05/2026', amount: 400000 }), side('B13'), 'reuse',
		'dùng lại sản phẩm của cấp trên: cùng âm thanh, khác tệp', { how: 'same-sound', percent: 93 })],
	decided: [pair(side('B5'), { name: 'SP9' }, 'same', 'nghi là một sản phẩm: cùng tên, thời lượng không khác', { severity: 'note',
		decided: { n: 70, at: '2026-11-22T15:01:27.732+07:00', decision: 'same', reason: 'đã nghe cả hai', who: 'user:1' } })],
	versions: [],
};

export function duplicates(c) {
	const list = PAIRS[c.list ?? 'open'] ?? [];
	return { open: { count: 2, red: 1 }, decided: 1, versions: 0, pairs: list.slice(0, Number(c.limit ?? 100)), more: false,
		people: { 'user:1': 'Trần Văn Minh' } };
}
