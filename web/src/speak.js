// SPDX-License-Identifier: GPL-3.0-or-later
// Speaking live: by this device's microphone or the station's; who speaks, how long still, and the end of it.
import { useEffect, useRef, useState } from 'preact/hooks';
import { html } from './html.js';
import { Choice } from './fields.js';
import { me } from './me.js';
import { isMute } from './mute.js';
import { now, post, state } from './station.js';
import { t } from './text.js';
import { spanOf } from './time.js';
import { canSpeak, openVoice } from './voice.js';

const SOON_S = 60;
const FLOOR_DB = -60;
const SILENT_DB = -50;

const dbOf = (peak) => Math.max(FLOOR_DB, 20 * Math.log10(peak || 1e-9));
const whyNot = (e) => ({ NotAllowedError: t('speak.refused'), NotFoundError: t('speak.none') }[e.name] ?? e.message);

function Level({ db }) {
	return html`<div class="level"><meter min=${FLOOR_DB} max="0" value=${db} aria-label=${t('speak.level')}></meter>
		${db < SILENT_DB && html`<span class="quiet">${t('speak.silent')}</span>`}</div>`;
}

// Somebody speaks; mine: by this page.
function Speaking({ speaking, mine, db, stop, busy }) {
	const left = Math.max(0, (Date.parse(speaking.ends) - now()) / 1000);
	const words = { left: spanOf(left), zones: speaking.zones.join(', ') };
	const title = !mine ? t('speak.other', { who: speaking.name ?? speaking.by }) : speaking.ending ? t('speak.ending')
		: t(speaking.heard ? 'speak.now' : 'speak.chime');
	return html`<p class="line-title" role="status"><b>${title}</b></p>
		<p>${t('speak.left', words)}</p>
		<${Unheard} zones=${speaking.zones} />
		${left < SOON_S && speaking.heard && html`<p class="trouble" role="alert">${t('speak.soon', words)}</p>`}
		<${Level} db=${db} />
		<button type="button" id="speak-stop" class="main wide" disabled=${busy || speaking.ending}
			onClick=${stop}>${t(mine ? 'speak.stop' : 'speak.end')}</button>`;
}

// Whoever speaks hears nothing of the loudspeakers: the page must tell that none sounds.
function Unheard({ zones }) {
	const { status } = state;
	const mute = status.zones.filter((z) => zones.includes(z.name) && isMute(z, status.devices)).map((z) => z.name);
	return mute.length > 0 && html`<p class="trouble" role="alert">${mute.length === zones.length ? t('speak.mute')
		: t('speak.mute.some', { zones: mute.join(', ') })}</p>`;
}

function useVoice() {
	const voice = useRef(null);
	const [peak, setPeak] = useState(0);
	const [error, setError] = useState('');
	const [busy, setBusy] = useState(false);
	const over = (reason) => { voice.current = null; setPeak(0); setError(reason); };
	const begin = async (source, more) => {
		setBusy(true);
		setError('');
		try {
			if (source === 'browser')
				voice.current = await openVoice({ level: setPeak, over });
			const { live } = await post('/api/live', { source, ...more });
			voice.current?.send(live);
		} catch (e) {
			const said = whyNot(e);
			await voice.current?.stop();
			over(said);
		}
		setBusy(false);
	};
	const stop = async () => {
		setBusy(true);
		await voice.current?.stop();
		await post('/api/live/stop').catch((e) => setError(e.message));
		setBusy(false);
	};
	useEffect(() => () => { voice.current?.stop(); }, []); // another page: the station notices
	return { begin, stop, error, busy, peak, mine: !!voice.current };
}

export function Speak({ open, close }) {
	const voice = useVoice();
	const [source, setSource] = useState(canSpeak() ? 'browser' : 'microphone');
	const [zone, setZone] = useState('');
	const [reason, setReason] = useState('');
	const speaking = state.status?.live?.speaking;
	const zones = (state.status?.zones ?? []).map((z) => z.name);
	const db = speaking?.source === 'microphone' ? state.voice ?? FLOOR_DB : dbOf(voice.peak);
	const go = (e) => {
		e.preventDefault();
		voice.begin(source, { ...(zone && { zone }), ...(reason && { reason }) });
	};
	const mine = voice.mine || (me?.account && speaking?.who === `user:${me.account.id}`);
	return html`<section class="card speak" aria-labelledby="speak-title"><h2 id="speak-title">${t('speak.title')}</h2>
		${speaking ? html`<${Speaking} speaking=${speaking} mine=${mine} db=${db} stop=${voice.stop} busy=${voice.busy} />`
		: open && html`<form class="ask" onSubmit=${go}>
			<p>${t('speak.how')}</p>
			<label>${t('speak.by')}
				<select name="source" value=${source} onChange=${(e) => setSource(e.target.value)}>
					${['browser', 'microphone'].map((s) => html`<option key=${s} value=${s} disabled=${s === 'browser' && !canSpeak()}>${t(`speak.${s}`)}</option>`)}
				</select></label>
			${!isSecureContext && html`<p class="quiet">${t('speak.insecure')}</p>`}
			${zones.length > 1 && html`<${Choice} label=${t('log.zone')} value=${zone} set=${setZone} options=${zones.map((z) => [z, z])} />`}
			<${Unheard} zones=${zone ? [zone] : zones} />
			<label>${t('speak.reason')}
				<input type="text" name="reason" value=${reason} maxlength="300" autocomplete="off" onInput=${(e) => setReason(e.target.value)} /></label>
			<div class="tools"><button type="submit" id="speak-yes" class="main" disabled=${voice.busy}>${t('speak.yes')}</button>
				<button type="button" class="plain" onClick=${close}>${t('speak.close')}</button></div>
		</form>`}
		${voice.error && html`<p class="failed" role="alert">${voice.error}</p>`}
	</section>`;
}
