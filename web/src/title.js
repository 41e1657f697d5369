// SPDX-License-Identifier: GPL-3.0-or-later
// How long a bulletin's title may be. A field with maxlength cuts what is pasted and says nothing: so it takes all, and says by how
// much it is too long while it is typed.
import { t } from './text.js';

export const TITLE_MAX = 120;

// '' if it fits. Counted as people count: an accented letter is one.
export function titleTooLong(title) {
	const count = [...title.trim().normalize('NFC')].length;
	return count > TITLE_MAX ? t('upload.title.long', { count, max: TITLE_MAX, over: count - TITLE_MAX }) : '';
}
