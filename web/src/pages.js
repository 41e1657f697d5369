// SPDX-License-Identifier: GPL-3.0-or-later
// The list of pages, in the order of the bar.
import { may } from './me.js';

// path: behind '#/'. title: key of its name. icon: the lines of a drawing of 24 × 24. own: it has a heading
// itself. stay: it goes on unseen when another page is opened, because sound or a file is under way.
// more: on a phone it stands under 'Thêm'. right: the command without which it is of no use.
// aside: not in the bar of a wide screen, because what stands under each page leads there.
// count: the member of the station's status that says how much waits there.
export const PAGES = [
	{ path: '', title: 'page.today', icon: 'M3 11l9-8 9 8v10h-6v-6H9v6H3z', own: true, stay: true },
	{ path: 'gui-ban-tin', title: 'page.send', icon: 'M12 16V4m-5 5l5-5 5 5M4 16v4h16v-4', own: true, stay: true,
		right: 'bulletin.add' },
	{ path: 'lich-phat', title: 'page.plan', icon: 'M4 5h16v16H4zM4 10h16M8 2v5M16 2v5' },
	{ path: 'nhat-ky', title: 'page.log', icon: 'M6 3h12v18H6zM9 8h6M9 12h6M9 16h4' },
	{ path: 'duyet', title: 'page.review', icon: 'M4 12a8 8 0 1 0 16 0a8 8 0 1 0-16 0M8 12l3 3 5-6', more: true,
		right: 'bulletin.approve', count: 'waiting' },
	{ path: 'ban-tin', title: 'page.library', icon: 'M4 4h4v16H4zM10 4h4v16h-4zM16 5l4-1 3 15-4 1z', more: true },
	{ path: 'bao-cao', title: 'page.report', icon: 'M4 20V4M4 20h16M8 16v-5M12 16V7M16 16v-8', more: true, right: 'report' },
	{ path: 'thanh-tra', title: 'page.inspect', icon: 'M12 3l8 3v6c0 5-4 8-8 9-4-1-8-4-8-9V6zM8 12l3 3 5-6', more: true,
		right: 'holds', aside: true },
	{ path: 'may', title: 'page.machine', icon: 'M3 4h18v12H3zM9 20h6M12 16v4', more: true },
	{ path: 'nguoi-dung', title: 'page.users', icon: 'M12 4a4 4 0 110 8 4 4 0 010-8zM4 21c0-5 3-7 8-7s8 2 8 7z', more: true,
		right: 'user.list' },
	{ path: 'cai-dat', title: 'page.settings', icon: 'M4 7h10M18 7h2M4 17h2M10 17h10M14 4v6M6 14v6', more: true,
		right: 'settings' },
	{ path: 'thoi-han', title: 'page.deadlines', icon: 'M4 5h16v16H4zM4 10h16M12 13v3l2 2', more: true, right: 'deadlines', aside: true },
	{ path: 'so-theo-doi', title: 'page.registers', icon: 'M5 3h14v18H5zM9 3v18M12 8h5M12 12h5', more: true, right: 'registers', aside: true },
	{ path: 'danh-muc', title: 'page.lists', icon: 'M8 6h12M8 12h12M8 18h12M4 6h1M4 12h1M4 18h1', more: true, right: 'lists', aside: true },
	{ path: 'trung-lap', title: 'page.doubles', icon: 'M4 4h11v11H4zM9 9h11v11H9z', more: true, right: 'duplicates', aside: true },
	{ path: 'tai-khoan', title: 'page.own', icon: 'M12 3v9m-6-6a9 9 0 1012 0', more: true, aside: true },
	{ path: 'them', title: 'page.more', icon: 'M4 6h16M4 12h16M4 18h16' },
];

// An address that leads nowhere is today's.
export const pageOf = (path) => PAGES.find((p) => p.path === path) ?? PAGES[0];

// Until it is known who uses the page, the bar stands as most have it.
export const allowed = (page) => !page.right || may(page.right, !page.more);
