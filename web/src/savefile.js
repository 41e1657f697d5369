// SPDX-License-Identifier: GPL-3.0-or-later
// A file that was fetched, to be kept by whoever asked for it.

const KEPT_MS = 60000; // a browser reads it at its leisure

export function keep(file, name) {
	const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(file), download: name });
	link.click();
	setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS);
}
