// SPDX-License-Identifier: GPL-3.0-or-later
// Fields that several pages have: choosing a day, searching, choosing one of a list.
import { useState } from 'preact/hooks';
import { html } from './html.js';
import { linkTo } from './route.js';
import { nowDigits } from './station.js';
import { t } from './text.js';
import { addDays, dateOf, dayTyped, isDay, weekdayOf } from './time.js';

export const today = () => nowDigits().slice(0, 10);

// The day of an address, today if it has none.
export const dayOf = (params) => (isDay(params.ngay) ? params.ngay : today());

// 'Chủ nhật 22/11/2026'
export const dayText = (day) => `${t(`weekday.${weekdayOf(day)}`)} ${dateOf(day)}`;

function DayForm({ path, params, day }) {
	const [wrong, setWrong] = useState(false);
	const go = (e) => {
		e.preventDefault();
		const typed = dayTyped(e.target.elements.day.value);
		setWrong(!typed);
		if (typed)
			location.hash = linkTo(path, { ...params, ngay: typed });
	};
	return html`<form class="day-form" onSubmit=${go} novalidate>
		<label><span class="unseen">${t('days.date')}</span>
			<input type="text" name="day" inputmode="numeric" autocomplete="off" size="10"
				aria-invalid=${wrong} aria-describedby=${wrong ? 'day-wrong' : null} defaultValue=${dateOf(day)} /></label>
		<button type="submit" class="plain">${t('days.go')}</button>
		${wrong && html`<p class="failed" role="alert" id="day-wrong">${t('days.wrong')}</p>`}
	</form>`;
}

// Links to the days around, step days apart, and a field for any other; params are kept.
export function Days({ path, params, day, step = 1 }) {
	const to = (other) => linkTo(path, { ...params, ngay: other });
	const words = step === 1 ? 'days' : 'weeks';
	return html`<div class="days">
		<a class="plain" href=${to(addDays(day, -step))}>‹ ${t(`${words}.before`)}</a>
		<a class="plain" href=${to('')} aria-current=${day === today() ? 'date' : null}>${t('days.today')}</a>
		<a class="plain" href=${to(addDays(day, step))}>${t(`${words}.after`)} ›</a>
		<${DayForm} key=${day} path=${path} params=${params} day=${day} />
	</div>`;
}

export function Search({ value, set }) {
	return html`<label>${t('find')}
		<input type="search" class="find" value=${value} autocomplete="off"
			onInput=${(e) => set(e.target.value)} /></label>`;
}

// options: [[value, words], …]; '' stands for all of them.
export function Choice({ label, value, set, options, none }) {
	return html`<label>${label}
		<select value=${value} onChange=${(e) => set(e.target.value)}>
			<option value="">${none ?? t('find.all')}</option>
			${options.map(([v, words]) => html`<option key=${v} value=${v}>${words}</option>`)}
		</select></label>`;
}
