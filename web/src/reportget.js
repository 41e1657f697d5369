// SPDX-License-Identifier: GPL-3.0-or-later
// Asking for a report: a station makes two at once and sends the third away for a moment.
import { get } from './station.js';

const BUSY = 409;
const AGAIN_MS = 1500;
const TIMES = 20;

// wanted(): whether somebody still looks.
export async function getReport(path, wanted = () => true) {
	for (let i = 1; ; i++)
		try {
			return await get(path);
		} catch (e) {
			if (e.status !== BUSY || i === TIMES || !wanted())
				throw e;
			await new Promise((later) => setTimeout(later, AGAIN_MS));
		}
}
