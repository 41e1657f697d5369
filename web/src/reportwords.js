// SPDX-License-Identifier: GPL-3.0-or-later
// The report in words, as it will stand on paper: in Vietnamese whoever reads it, with a way to the tables that its figures are of.
import { html } from './html.js';
import { PATH } from './reportask.js';
import { linkTo } from './route.js';
import { t } from './text.js';

const ROMAN = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII'];

// The table that the lines below a heading are told from.
const tableBelow = (lines, i) => lines.slice(i + 1).find((l) => l.table || ['part', 'point'].includes(l.look))?.table;

const tableLink = (params, table) => linkTo(PATH, { ...params, bang: table });

function Line({ lines, i, part, params }) {
	const { look, text } = lines[i];
	if (look === 'part')
		return html`<h4 class="words-part">${ROMAN[part - 1]}. ${text}</h4>`;
	if (look === 'dots')
		return html`<p class="words-dots"><span class="unseen">${t('report.dots')}</span></p>`;
	if (look !== 'point')
		return html`<p class=${`words-${look}`}>${text}</p>`;
	const table = tableBelow(lines, i);
	return html`<h5>${text}${table && html` <a href=${tableLink(params, table)}>${t('report.table.of', { table })}</a>`}</h5>`;
}

export function Words({ report, params }) {
	let part = 0;
	return html`<div class="report-words" lang="vi"><p class="words-subject"><b>${report.subject}</b></p>
		${report.lines.map((line, i) => html`<${Line} key=${i} lines=${report.lines} i=${i} part=${line.look === 'part' ? ++part : part} params=${params} />`)}</div>`;
}
