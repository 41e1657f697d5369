// SPDX-License-Identifier: GPL-3.0-or-later
// Tình trạng máy: clock, sound devices, zones, disk, version, each with a word for whether it is well.
import { useState } from 'preact/hooks';
import { html } from './html.js';
import { useStation } from './hooks.js';
import { may, me } from './me.js';
import { isMute } from './mute.js';
import { post, state } from './station.js';
import { t, said, number } from './text.js';
import { dateOf } from './time.js';

// grade: 'good', 'warn' or 'bad'.
function Card({ title, grade, word, children }) {
	return html`<section class="card">
		<h3>${title} <span class=${`fate-chip chip-${grade}`}>${word}</span></h3>
		${children}
	</section>`;
}

const Facts = ({ facts }) => html`<dl class="facts">${facts.filter(([, value]) => value).map(([key, value]) =>
	html`<div key=${key}><dt>${t(`machine.${key}`)}</dt><dd>${value}</dd></div>`)}</dl>`;

function Clock({ status: { clock, now } }) {
	const word = clock.trusted ? (clock.synced ? 'synced' : 'unsynced') : 'untrusted';
	return html`<${Card} title=${t('machine.clock')} grade=${{ synced: 'good', unsynced: 'warn', untrusted: 'bad' }[word]} word=${t(`machine.clock.${word}`)}>
		<${Facts} facts=${[['time', `${now.slice(11, 19)} ${dateOf(now)}`],
			['error', clock.synced && `± ${number(clock.max_error_ms, 1)} ms`]]} />
	<//>`;
}

function Device({ device: d }) {
	return html`<${Card} title=${t('machine.device', { name: d.name })} grade=${d.on ? 'good' : 'bad'} word=${t(d.on ? 'machine.on' : 'machine.off')}>
		${d.fault && !d.on && html`<p class="failed">${said(d.fault_texts, d.fault)}</p>`}
		<${Facts} facts=${[['opened', d.opened], ['xruns', d.on && String(d.xruns)],
			['latency', d.on && `${number(d.latency_ms ?? 0, 0)} ms`],
			['drift', d.on && `${number(d.drift_ppm ?? 0, 1)} ppm`]]} />
	<//>`;
}

function Zones({ zones, devices }) {
	const held = zones.filter((z) => z.held).length;
	const silent = zones.filter((z) => isMute(z, devices)).length;
	return html`<${Card} title=${t('machine.zones')} grade=${silent ? 'bad' : held ? 'warn' : 'good'}
			word=${silent ? t('machine.zones.silent', { count: silent })
				: held ? t('machine.zones.held', { count: held }) : t('machine.zones.free')}>
		<dl class="facts">${zones.map((z) => html`<div key=${z.name}><dt>${z.name}</dt>
			<dd>${z.device} – ${t(isMute(z, devices) ? 'machine.silent' : z.held ? 'machine.held' : 'machine.ready')}</dd></div>`)}</dl>
	<//>`;
}

// Those that should hear the loudspeakers; without them nothing is missing but level C.
function Microphones({ list }) {
	const off = list.filter((m) => !m.on).length;
	return html`<${Card} title=${t('machine.microphones')} grade=${off ? 'warn' : 'good'}
			word=${off ? t('machine.microphones.off', { count: off }) : t('machine.microphones.on')}>
		<dl class="facts">${list.map((m) => html`<div key=${m.name}><dt>${m.zones.join(', ')}</dt>
			<dd>${m.name} – ${t(`machine.microphone.${m.on ? 'on' : 'off'}`)}</dd></div>`)}</dl>
	<//>`;
}

// What stopped the program twice; one at a time, because it may do so again.
function Aside({ list }) {
	const [told, setTold] = useState({}); // { busy } | { done } | { error }
	const release = (item) => {
		setTold({ busy: true });
		post('/api/release', { item }).then(() => setTold({ done: item }), (e) => setTold({ error: e.message }));
	};
	return html`<${Card} title=${t('machine.aside')} grade="bad" word=${t('machine.aside.count', { count: list.length })}>
		<p>${t('machine.aside.more')}</p>
		<ul class="plainlist">${list.map(({ item, at }) => html`<li key=${item}>${item} (${at.slice(11, 16)} ${dateOf(at)})
			${may('release') && html` <button type="button" class="plain" disabled=${told.busy}
				aria-label=${t('machine.aside.release.of', { item })} onClick=${() => release(item)}>${t('machine.aside.release')}</button>`}</li>`)}</ul>
		${told.error && html`<p class="failed" role="alert">${told.error}</p>`}
	<//>`;
}

// A word for how it does, and what there is to say of it.
function relayState(r) {
	if (r.standin)
		return ['standin', said(r.fault_texts, r.fault)];
	if (r.fault)
		return ['away', said(r.fault_texts, r.fault)];
	if (!r.wanted)
		return ['idle'];
	return r.coming ? ['there', r.lufs === null ? '' : `${number(r.lufs, 1)} LUFS`] : ['joining'];
}

// What came of trying it, for as long as the station runs.
function triedWords({ tried }) {
	if (!tried || tried.running)
		return tried && t('machine.relay.trying');
	const at = `${tried.at.slice(11, 16)} ${dateOf(tried.at)}`;
	if (!tried.sounds)
		return t('machine.relay.tried.not', { at, why: said(tried.texts) });
	const words = typeof tried.lufs === 'number' ? t('machine.relay.tried.level', { at, lufs: number(tried.lufs, 1) })
		: t('machine.relay.tried', { at });
	return tried.codec ? `${words}; ${t('machine.relay.form', { codec: tried.codec, rate: number(tried.rate_hz, 0),
		channels: tried.channels })}` : words;
}

function Try({ relay }) {
	const [error, setError] = useState(null);
	const begin = () => {
		setError(null);
		post('/api/relays/try', { relay: relay.name }).catch((e) => setError(e.message));
	};
	return html`<span class="row-part quiet" role="status">${triedWords(relay)}</span>
		${may('relay.try') && html`<button type="button" class="plain" disabled=${relay.tried?.running} onClick=${begin}
			aria-label=${t('machine.relay.try.of', { relay: relay.name })}>${t('machine.relay.try')}</button>`}
		${error && html`<span class="failed" role="alert">${error}</span>`}`;
}

// Upper stations: connected only around the slots that want them, and when somebody tries one.
function Relays({ list }) {
	const away = list.filter((r) => r.fault || r.standin).length;
	return html`<${Card} title=${t('machine.relays')} grade=${away ? 'bad' : 'good'}
			word=${away ? t('machine.relays.away', { count: away }) : t('machine.relays.well')}>
		<dl class="facts">${list.map((r) => {
			const [word, more] = relayState(r);
			return html`<div key=${r.name}><dt>${r.name}</dt><dd>${t(`machine.relay.${word}`)}${more ? `: ${more}` : ''}
				<${Try} relay=${r} /></dd></div>`;
		})}</dl>
	<//>`;
}

function Disk({ disk, log }) {
	return html`<${Card} title=${t('machine.disk')} grade=${disk.low || disk.stalled ? 'bad' : 'good'}
			word=${t(disk.stalled ? 'machine.disk.stalled' : disk.low ? 'machine.disk.low' : 'machine.disk.good')}>
		<${Facts} facts=${[['free', `${number(disk.free_bytes / 1e9, 1)} GB`], ['entries', String(log.size)]]} />
	<//>`;
}

// Zero-width spaces: a telephone's screen may break the line behind any colon.
function Tls({ tls }) {
	return html`<${Card} title=${t('machine.tls')} grade="good" word=${t('machine.tls.open')}>
		<${Facts} facts=${[['port', String(tls.port)], ['print', tls.fingerprint.replaceAll(':', ':\u200b')]]} />
	<//>`;
}

export function Machine() {
	useStation();
	const { status, link } = state;
	if (!status)
		return html`<p class="quiet" role="status">${t('air.joining')}</p>`;
	const joined = link === 'open';
	return html`<div class="machine">
		${status.quarantine?.length > 0 && html`<${Aside} list=${status.quarantine} />`}
		${status.devices.map((d) => html`<${Device} key=${d.name} device=${d} />`)}
		<${Clock} status=${status} />
		<${Zones} zones=${status.zones} devices=${status.devices} />
		${status.microphones?.length > 0 && html`<${Microphones} list=${status.microphones} />`}
		${status.relays?.length > 0 && html`<${Relays} list=${status.relays} />`}
		<${Disk} disk=${status.disk} log=${status.log} />
		${me?.tls && html`<${Tls} tls=${me.tls} />`}
		<${Card} title=${t('machine.program')} grade=${joined ? 'good' : 'bad'} word=${t(joined ? 'machine.joined' : 'machine.away')}>
			<${Facts} facts=${[['version', status.version && `VangXa ${status.version}`], ['station', status.station.id],
				['listeners', String(status.listeners)]]} />
		<//>
	</div>`;
}
