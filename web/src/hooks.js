// SPDX-License-Identifier: GPL-3.0-or-later
// What the pages share: being drawn anew when the station changes or a second passes, and asking the
// station for something.
import { useEffect, useReducer, useState } from 'preact/hooks';
import { get, subscribe } from './station.js';
import { language } from './text.js';

const useRedraw = () => useReducer((n) => n + 1, 0)[1];

export function useStation() {
	const redraw = useRedraw();
	useEffect(() => subscribe(redraw), []);
}

export function useSeconds() {
	const redraw = useRedraw();
	useEffect(() => {
		const timer = setInterval(redraw, 1000);
		return () => clearInterval(timer);
	}, []);
}

// The answer to GET path: { answer, error }, both empty until it comes. Asked again when `again` or the page's language changes,
// and the old answer stands meanwhile. No path: nothing is asked.
export function useAnswer(path, again) {
	const [got, setGot] = useState({});
	useEffect(() => {
		let wanted = !!path;
		if (wanted)
			get(path).then((answer) => wanted && setGot({ path, answer }),
				(e) => wanted && setGot((old) => ({ ...(old.path === path ? old : {}), path, error: e.message })));
		return () => { wanted = false; };
	}, [path, again, language]);
	return got.path === path ? got : {};
}
