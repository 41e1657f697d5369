// SPDX-License-Identifier: GPL-3.0-or-later
// One list of the catalogue and some deadlines, as the station tells them.
export const LANGUAGES = { name: 'tieng', file: 'seeds/tieng.yaml', title: 'Tiếng', sha256: 'c'.repeat(64), code_key: 'ma', name_key: 'ten',
	text: 'tieng:\n  - {ma: vi, ten: Tiếng Việt}\n  - {ma: stieng, ten: Tiếng Xtiêng, to: 2025-12-31}\n', faults: [],
	rows: [{ line: 2, code: 'vi', name: 'Tiếng Việt', item: { ma: 'vi', ten: 'Tiếng Việt' } },
		{ line: 3, code: 'stieng', name: 'Tiếng Xtiêng', item: { ma: 'stieng', ten: 'Tiếng Xtiêng', to: '2025-12-31' } }],
	versions: [{ sha256: 'c'.repeat(64), since: '2026-11-20T07:00:00.000+07:00', who: 'user:1', kept: true }], people: { 'user:1': 'Trần Văn Minh' } };

const due = (code, what, day, left, state, rest) => ({ code, what, who: 'UBND cấp xã', to: 'Sở', source: '5721/KH-UBND', due: day, left, state,
	near: left <= 14 && state !== 'handed-in', period: null, ...rest });
export const DUE = [due('cu', 'Báo cáo tháng', '2026-11-20', -3, 'late'),
	due('nop', 'Báo cáo quý', '2026-11-22', -1, 'handed-in', { document: '12/BC-UBND', on: '2026-11-23', by: 'user:1', late_by: 1 }),
	due('ket-qua-nam', 'Báo cáo kết quả thực hiện trong năm', '2026-12-07', 14, 'open'),
	due('xa', 'Báo cáo kế hoạch thực hiện trong năm', '2027-09-09', 290, 'open')];
export const DEADLINES = { today: '2026-11-23', near: 2, faults: [], deadlines: DUE,
	always: [{ code: 'kho-khan', what: 'Báo cáo khó khăn, vướng mắc', who: 'UBND cấp xã', to: 'Sở', source: '', when: 'at-once' }] };
