// SPDX-License-Identifier: GPL-3.0-or-later
// What the log writes with a name nobody can do at a station without accounts: why a button is missing, and the way on.
import { html } from './html.js';
import { me } from './me.js';
import { linkTo } from './route.js';
import { t } from './text.js';

// Nothing where there are accounts: then it is the role that does not allow it.
export const NeedAccount = ({ words = t('need.account') }) => me?.accounts === false && html`<p class="need-account">${words}</p>
	<p class="tools"><a class="plain" href=${linkTo('tai-khoan')}>${t('first')}</a></p>`;
