// SPDX-License-Identifier: GPL-3.0-or-later
// What shows each page. Those that are not needed at first are chunks of their own, fetched when opened.
import { lazy } from './lazy.js';
import { More } from './nav.js';
import { Today } from './today.js';

// By the page's path.
export const VIEWS = {
	'': Today,
	'gui-ban-tin': lazy(() => import('./upload.js').then((m) => m.Upload)),
	'lich-phat': lazy(() => import('./plan.js').then((m) => m.Plan)),
	'nhat-ky': lazy(() => import('./log.js').then((m) => m.Log)),
	duyet: lazy(() => import('./review.js').then((m) => m.Review)),
	'ban-tin': lazy(() => import('./library.js').then((m) => m.Library)),
	may: lazy(() => import('./machine.js').then((m) => m.Machine)),
	'bao-cao': lazy(() => import('./report.js').then((m) => m.Reports)),
	'thanh-tra': lazy(() => import('./inspect.js').then((m) => m.Inspect)),
	'nguoi-dung': lazy(() => import('./users.js').then((m) => m.Users)),
	'cai-dat': lazy(() => import('./settings.js').then((m) => m.Settings)),
	'danh-muc': lazy(() => import('./lists.js').then((m) => m.Lists)),
	'thoi-han': lazy(() => import('./deadlines.js').then((m) => m.Deadlines)),
	'trung-lap': lazy(() => import('./doubles.js').then((m) => m.Doubles)),
	'so-theo-doi': lazy(() => import('./registers.js').then((m) => m.Registers)),
	'tai-khoan': lazy(() => import('./own.js').then((m) => m.Own)),
	them: More,
};

// What stands before all of them, for who may not go in yet.
export const Door = lazy(() => import('./own.js').then((m) => m.Door));
