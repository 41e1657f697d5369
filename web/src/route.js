// SPDX-License-Identifier: GPL-3.0-or-later
// Which page is open, and for what: '#/nhat-ky?ngay=2026-11-22'. Real links, so that the back button, a
// bookmark and a link in a message work; behind the '#', so that the server need not know the pages.
import { useEffect, useMemo, useState } from 'preact/hooks';

function routeOf(hash) {
	const [path, query = ''] = hash.replace(/^#\/?/, '').split('?');
	return { path, params: Object.fromEntries(new URLSearchParams(query)) };
}

// linkTo('nhat-ky', {ngay: '2026-11-22'}); what is empty is left out.
export function linkTo(path, params = {}) {
	const query = new URLSearchParams(Object.entries(params).filter(([, value]) => value));
	return `#/${path}${`${query}` ? `?${query}` : ''}`;
}

// The route, anew whenever it changes.
export function useRoute() {
	const [hash, setHash] = useState(location.hash);
	useEffect(() => {
		const change = () => setHash(location.hash);
		addEventListener('hashchange', change);
		change(); // between the first drawing and now nobody listened
		return () => removeEventListener('hashchange', change);
	}, []);
	return useMemo(() => routeOf(hash), [hash]);
}
