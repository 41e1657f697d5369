// SPDX-License-Identifier: GPL-3.0-or-later
// All that the page shows of one airing, held against the log's entries: its outcome, what was found when it was listened to again,
// and who received and approved its bulletin. The page has it from the station's tables, which somebody may have edited; the
// entries come with proofs (verify.js).
import { levelsIn, levelWords } from './levels.js';
import { verify } from './verify.js';

// By the names that entries have; what a line does not have was not told to the page.
const OUTCOME = ['slot', 'occurrence', 'item', 'bulletin', 'sha256', 'zones', 'by_zone', 'level', 'language', 'fund', 'programmes',
	'planned', 'planned_length_s', 'start', 'end', 'start_error_ms', 'frames', 'complete', 'result', 'reason', 'device', 'xruns',
	'loudness_lufs', 'peak_dbtp', 'night_db', 'recording', 'recording_s', 'who', 'demo'];
const MISSED = ['slot', 'occurrence', 'item', 'bulletin', 'sha256', 'zones', 'level', 'language', 'fund', 'programmes', 'planned',
	'planned_length_s', 'reason', 'who', 'demo'];

// All that anything is held against; the rest of them in shownOf and its like.
export const HELD = [...OUTCOME, 'file', 'relay', 'live', 'by', 'n', 'clock.synced', 'clock.not_before', 'detail', 'method',
	'microphones', 'at', 'document', 'proof'];

const missed = (line) => line.airing.startsWith('M');

export function shownOf(line) {
	const shown = Object.fromEntries((missed(line) ? MISSED : OUTCOME).filter((name) => name in line).map((name) => [name, line[name]]));
	const [, source, name] = /^(relay|live):(.*)$/.exec(line.file ?? '') ?? [];
	if ('file' in line)
		Object.assign(shown, source ? { [source]: name } : { file: line.file });
	if (source === 'live')
		shown.by = line.speaker;
	if (line.entry !== undefined && line.entry !== null)
		shown.n = line.entry;
	if ('clock_synced' in line)
		Object.assign(shown, { 'clock.synced': line.clock_synced, 'clock.not_before': line.not_before });
	if (line.detail)
		shown.detail = line.detail;
	return shown;
}

const shownOfCheck = ({ checked }) => ({ n: checked?.entry, method: checked?.method, recording: checked?.recording,
	microphones: checked?.microphones, by_zone: checked?.by_zone });

const shownOfDecision = (d, line) => ({ n: d.entry, at: d.at, who: d.who, document: d.document, sha256: line.sha256 });

// The level that the entries make: none without that of the outcome, and the last word is that of listening.
const levelOf = (ended, check) => (ended.proof ? check?.proof ?? ended.proof : null);

// That of the airing, and of each of its zones where the page was told of them.
function levels(line, ended, check) {
	const [shown, told] = [line.proof ?? null, levelOf(ended, check)];
	if (shown !== told || !line.proof_by_zone)
		return { good: shown === told, shown: shown ?? '–', told: told ?? '–' };
	const [zones, entries] = [levelWords(line.proof_by_zone), levelWords(levelsIn(ended, check) ?? {})];
	return { good: zones === entries, shown: zones, told: entries };
}

// load(of): the text of a proof, of: '' the outcome, 'checked', or the number of a decision; null: the log has none. keyOf(proof): the
// key to hold it against. Gives what verify() gives of the outcome, and parts: [{ what, good, step }] of the rest, step: what was
// wrong.
export async function verifyAll({ line, decisions, load, keyOf }) {
	const one = async (proof, airing, kind, shown) => verify({ proof, vkey: await keyOf(proof), airing, kind, shown });
	const [proof, found] = [await load(''), missed(line) ? null : await load('checked')];
	const done = await one(proof, line.airing, missed(line) ? 'airing.missed' : 'airing.ended', shownOf(line));
	const parts = [];
	const add = (what, result, figures = {}) => parts.push({ what, good: result.good, step: result.steps?.findLast((s) => !s.good), ...figures });
	let check = null;
	if (found !== null) {
		check = await one(found, line.airing, 'airing.checked', shownOfCheck(line));
		add('checked', check, { entry: check.told?.n });
	} else if (line.checked) {
		add('unchecked', { good: false }, { entry: line.checked.entry });
	}
	if (done.told && !missed(line)) {
		const { good, ...figures } = levels(line, done.told, check?.told);
		add('level', { good }, figures);
	}
	for (const d of decisions ?? []) {
		const text = await load(String(d.entry));
		const figures = { entry: d.entry };
		add(d.kind === 'bulletin.approved' ? 'approved' : 'received', text === null ? { good: false }
			: await one(text, line.bulletin, d.kind, shownOfDecision(d, line)), figures);
	}
	return { ...done, good: done.good && parts.every((p) => p.good), parts };
}
