// SPDX-License-Identifier: GPL-3.0-or-later
// Facts by their names in entries, and the words of each; what is not here (a zone, a place in a list) is a name of its own.
export const FACTS = {
	__proto__: null, // a zone may be called anything
	airing: 'airing.id', at: 'check.fact.at', bulletin: 'airing.bulletin', by: 'airing.speaker', by_zone: 'airing.each',
	'clock.not_before': 'check.fact.not_before', 'clock.synced': 'check.fact.synced', code: 'check.fact.code', complete: 'airing.each.part',
	demo: 'demo', detail: 'check.fact.detail', device: 'airing.device', document: 'check.fact.document', end: 'airing.end',
	file: 'airing.file', frames: 'airing.length', fund: 'airing.fund', item: 'check.fact.item', language: 'airing.language',
	level: 'airing.level', live: 'airing.source', loudness_lufs: 'airing.loudness', method: 'check.fact.method',
	microphone: 'check.fact.microphone', microphones: 'airing.microphones', n: 'check.fact.n', night_db: 'airing.night', occurrence: 'check.fact.occurrence',
	offset_ms: 'check.fact.offset', parts: 'check.fact.parts', parts_all: 'check.fact.parts_all', peak_dbtp: 'airing.peak',
	planned: 'check.fact.planned', planned_length_s: 'check.fact.planned_length', programmes: 'airing.programmes',
	proof: 'check.fact.proof', reason: 'check.fact.reason', recording: 'check.fact.recording', recording_s: 'check.fact.recording_s',
	relay: 'check.fact.relay', result: 'check.fact.result', score: 'check.fact.score', sha256: 'airing.sha256', share: 'check.fact.share',
	slot: 'airing.slot', start: 'airing.start', start_error_ms: 'check.fact.start_error', who: 'airing.who', xruns: 'airing.xruns',
	zone: 'log.zone', zones: 'airing.zones',
};
