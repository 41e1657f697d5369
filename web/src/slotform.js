// SPDX-License-Identifier: GPL-3.0-or-later
// The fields of one slot, and what of them differs from what it was.
import { html } from './html.js';
import { languageName, programmeName, useWords } from './names.js';
import { SlotDays, dayKeys, daysDraft } from './slotdays.js';
import { Checks, Wrong, pointer, words } from './slotparts.js';
import { state } from './station.js';
import { t } from './text.js';
import { digitsOf } from './time.js';

const minutesOf = (s) => (s % 60 ? `${s}s` : `${s / 60}`);
const codesOf = (list) => (list ?? []).map((w) => w.code);
const allZones = () => (state.status?.zones ?? []).map((z) => z.name);

const kindOf = (play) => (play.file !== undefined ? 'file' : play.relay !== undefined ? 'relay' : 'bulletins');

// '5:30', '11h25' and '17h' as people write them → '05:30', '11:25', '17:00'. Anything else is for the station to judge.
function clockText(text) {
	const parts = /^(\d{1,2})\s*[:hHg.]\s*(\d{2})?(:\d{2})?$/.exec(text.trim());
	return parts ? `${parts[1].padStart(2, '0')}:${parts[2] ?? '00'}${parts[3] ?? ''}` : text.trim();
}

// What stands in the fields: of a slot as GET /api/timetables/NAME tells it, or of a new one.
export function draftOf(slot) {
	if (!slot)
		return { ...daysDraft(null), name: '', start: '', length: '15', zones: allZones(), volume: '0', after: 'resume', kind: 'bulletins',
			programme: '', language: '', source: '', by: '', why: '' };
	const { play } = slot;
	return {
		...daysDraft(slot), name: slot.name, start: slot.start, length: minutesOf(slot.length_s), zones: slot.zones,
		volume: String(slot.volume_db), after: slot.after_break, kind: kindOf(play), programme: (play.bulletins?.programme ?? []).join(', '),
		language: (play.bulletins?.language ?? []).join(', '), source: play.file ?? play.relay ?? '',
		by: slot.confirm?.by ?? '', why: slot.confirm?.reason ?? '',
	};
}

function playOf(d) {
	if (d.kind !== 'bulletins')
		return { [d.kind]: d.source.trim() };
	const [programme, language] = [words(d.programme), words(d.language)];
	return { bulletins: { ...(programme.length ? { programme } : {}), ...(language.length ? { language } : {}) } };
}

const lengthKey = (text) => (/^\d+$/.test(text.trim()) ? `${text.trim()}m` : text.trim());

// Whose leave holds for the time for which it was given: newly typed for the time that stands here, else for that which was.
function confirmOf(slot, d) {
	if (!d.by.trim())
		return null;
	const was = slot?.confirm?.for;
	const until = d.allowed ? slot?.repeat?.until : was?.until;
	const time = d.allowed ? { start: clockText(d.start), length: lengthKey(d.length) } : was && { start: was.start, length: `${was.length_s}s` };
	// Given anew in the same words it is another: for more days, say.
	const on = d.allowed ? digitsOf(Date.now(), -new Date().getTimezoneOffset()).slice(0, 16).replace('T', ' ') : slot?.confirm?.on;
	return { by: d.by.trim(), reason: d.why.trim(), ...(on ? { on } : {}), ...(time ? { for: { ...time, ...(until ? { until } : {}) } } : {}) };
}

// At another time nobody has allowed it yet: the name is asked for again.
const timed = (key) => (key === 'start' || key === 'length' ? { by: '', allowed: true } : key === 'by' || key === 'why' ? { allowed: true } : {});

// A slot's keys as a timetable has them; what means what holds anyway is null.
function keysOf(slot, d) {
	const zones = allZones();
	const volume = Number(d.volume.trim().replace(',', '.').replace('−', '-'));
	return {
		name: d.name.trim(), start: clockText(d.start),
		length: lengthKey(d.length),
		...dayKeys(slot, d),
		zones: zones.every((z) => d.zones.includes(z)) ? null : d.zones,
		volume_db: volume === 0 ? null : Number.isNaN(volume) ? d.volume : volume,
		after_break: d.after === 'resume' || (d.after === 'restart' && d.kind === 'relay') ? null : d.after,
		play: playOf(d),
		confirm: confirmOf(slot, d),
	};
}

// The keys that differ; of a new slot all that say something.
export function changesOf(slot, draft) {
	const now = keysOf(slot, draft);
	if (!slot)
		return Object.fromEntries(Object.entries(now).filter(([, value]) => value !== null));
	const before = keysOf(slot, draftOf(slot));
	return Object.fromEntries(Object.entries(now).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key])));
}

// Which bulletins: by name where the station keeps a list, else by code.
function Codes({ label, help, list, name, value, set, text, field }) {
	const chosen = words(value);
	const all = [...new Set([...list, ...chosen])];
	return list.length > 0 ? html`<details open=${chosen.length > 0}><summary>${label}</summary>
		<${Checks} id=${name} legend=${help} all=${all} chosen=${chosen} set=${(codes) => set(codes.join(', '))} text=${text} /></details>`
		: field;
}

// The change that saving would ask for; what is not typed yet has a stand-in, so that its days can be told.
function editOf(slot, draft) {
	if (slot)
		return { op: 'set', slot: slot.name, set: changesOf(slot, draft) };
	return { op: 'add', slot: { ...changesOf(null, { ...draft, start: draft.start || '00:00', length: draft.length || '1' }), name: draft.name.trim() || '?' } };
}

// table: name of the timetable; wrong: sentences by key, as faultsOf gives them.
export function SlotFields({ table, slot, draft, set, wrong = {} }) {
	const known = useWords();
	const put = (key) => (e) => set({ ...draft, ...timed(key), [key]: e.target.value });
	const text = (key, label, help, more = {}, bad = wrong[key]) => html`<label>${label}<input type="text" name=${key} value=${draft[key]}
		autocomplete="off" aria-invalid=${bad ? 'true' : null} aria-describedby=${pointer(key, bad)} onInput=${put(key)} ...${more} />
		${help && html`<span class="quiet">${help}</span>`}<${Wrong} id=${key} words=${bad} /></label>`;
	return html`<div class="slot-fields">
		${!slot && text('name', t('tt.name'))}
		${text('start', t('tt.start'), t('tt.start.help'), { inputmode: 'numeric', size: 8 })}
		${text('length', t('tt.length'), t('tt.length.help'), { size: 8 }, wrong.length ?? wrong.repeat)}
		<${SlotDays} name=${table} edit=${editOf(slot, draft)} draft=${draft} set=${set} text=${text} wrong=${wrong} />
		${allZones().length > 1 && html`<${Checks} id="zones" legend=${t('tt.zones')} all=${allZones()} chosen=${draft.zones}
			wrong=${wrong.zones} set=${(zones) => set({ ...draft, zones })} text=${(z) => z} />`}
		${text('volume', t('tt.volume'), t('tt.volume.help'), { size: 6 }, wrong.volume_db)}
		<label>${t('tt.play')}<select name="kind" value=${draft.kind} onChange=${put('kind')}>
			${['bulletins', 'file', 'relay'].map((k) => html`<option key=${k} value=${k}>${t(`tt.play.${k}`)}</option>`)}</select></label>
		${draft.kind === 'bulletins' ? html`
			<${Codes} label=${t('tt.programme')} help=${t('tt.any.ticked')} list=${codesOf(known?.programmes)} name="programme" value=${draft.programme}
				set=${(programme) => set({ ...draft, programme })} text=${(code) => programmeName(known, code)}
				field=${text('programme', t('tt.programme.codes'), t('tt.any'), {}, wrong.play)} />
			<${Codes} label=${t('tt.language')} help=${t('tt.any.ticked')} list=${codesOf(known?.languages)} name="language" value=${draft.language}
				set=${(language) => set({ ...draft, language })} text=${(code) => languageName(known, code)}
				field=${text('language', t('tt.language.codes'), t('tt.any'))} />`
			: text('source', t(`tt.source.${draft.kind}`), '', {}, wrong.play)}
		<label>${t('tt.after')}<select name="after" value=${draft.after} onChange=${put('after')}>
			${['resume', 'restart', 'drop'].filter((k) => k !== 'restart' || draft.kind !== 'relay')
				.map((k) => html`<option key=${k} value=${k}>${t(`tt.after.${k}`)}</option>`)}</select>
			<span class="quiet">${t('tt.after.help')}</span></label>
		<details open=${!!draft.by || !!wrong.confirm}><summary>${t('tt.quiet')}</summary><p class="quiet">${t('tt.quiet.more')}</p>
			${text('by', t('tt.by'), '', {}, wrong.confirm)}${text('why', t('tt.reason'))}</details>
	</div>`;
}
