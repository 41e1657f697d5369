// SPDX-License-Identifier: GPL-3.0-or-later
// Builds the page into web/dist: one style and one script, with the pages that are opened later as chunks
// of their own. Names carry a hash of the content, so that browsers may keep the files for ever; a gzip
// twin stands beside each.
//
// The first load is one script because a browser has six connections: eleven small ones stood in line for
// them, a round trip of 300 ms each time. esbuild splits by which entries need a module; so every module that
// is imported later is made to need main.js, with all that main.js needs: no two groups are left of that.
import { build } from 'esbuild';
import { copyFileSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const here = dirname(fileURLToPath(import.meta.url));
const fresh = join(here, 'dist.new');
const dist = join(here, 'dist');
const FIRST_LOAD_BYTES_MAX = 25_000; // gzipped: a second on a poor 3G line
// Vietnamese words of what is shown at once, by key or its first part. The others come with the
// first page that is opened later; English is fetched whole by those who ask for it.
const FIRST_WORDS = ['air', 'banner', 'cut', 'day', 'demo', 'fate', 'grade', 'hold', 'language', 'level', 'listen', 'login',
	'logout', 'manual', 'name', 'nav', 'next', 'page', 'play.alarm', 'place', 'play.some', 'play.speak', 'play.tone', 'resume', 'role'];
const words = JSON.parse(readFileSync(join(here, 'texts/vi.json'), 'utf8'));
const isFirst = (key) => FIRST_WORDS.includes(key) || FIRST_WORDS.includes(key.split('.')[0]);

// 'texts:first' and 'texts:rest' are the two halves of texts/vi.json.
const halves = {
	name: 'texts',
	setup(b) {
		b.onResolve({ filter: /^texts:/ }, ({ path }) => ({ path, namespace: 'texts' }));
		b.onLoad({ filter: /.*/, namespace: 'texts' }, ({ path }) => ({
			loader: 'json', contents: JSON.stringify(Object.fromEntries(
				Object.entries(words).filter(([key]) => isFirst(key) === (path === 'texts:first')))),
		}));
	},
};

// What is imported later, by its path.
const later = new Set(readdirSync(join(here, 'src')).filter((name) => name.endsWith('.js')).flatMap((name) =>
	[...readFileSync(join(here, 'src', name), 'utf8').matchAll(/\bimport\('\.\/([\w.]+\.js)'\)/g)].map((m) => join(here, 'src', m[1]))));
const oneScript = {
	name: 'one script',
	setup(b) {
		b.onLoad({ filter: /\.js$/ }, ({ path }) => (later.has(path)
			? { loader: 'js', contents: `${readFileSync(path, 'utf8')}\nimport './main.js';\n` } : null));
	},
};

// A script that browsers load by its address alone, into a thread without a page: 'worklet:NAME.js' is that address.
const worklet = {
	name: 'worklet',
	setup(b) {
		b.onResolve({ filter: /^worklet:/ }, ({ path }) => ({ path: join(here, 'src', path.slice('worklet:'.length)), namespace: 'worklet' }));
		b.onLoad({ filter: /.*/, namespace: 'worklet' }, ({ path }) => ({ loader: 'file', contents: readFileSync(path) }));
	},
};

rmSync(fresh, { recursive: true, force: true });
mkdirSync(fresh);
const result = await build({
	absWorkingDir: here,
	entryPoints: { app: 'src/main.js', style: 'src/style.css' },
	entryNames: '[name]-[hash]', assetNames: '[name]-[hash]', chunkNames: '[name]-[hash]',
	outdir: fresh, bundle: true, minify: true, format: 'esm', splitting: true,
	target: ['chrome90', 'firefox90', 'safari15'], metafile: true, charset: 'utf8', legalComments: 'none',
	plugins: [halves, oneScript, worklet],
});
const outputs = Object.keys(result.metafile.outputs).map((path) => basename(path));
const named = (start, end) => outputs.find((name) => name.startsWith(start) && name.endsWith(end));
const style = named('style-', '.css');

// The script is where main.js went; the entry itself only points there.
const [appPath, { inputs, imports }] = Object.entries(result.metafile.outputs)
	.find(([, output]) => output.inputs['src/main.js']?.bytesInOutput > 0);
const app = basename(appPath);
if (imports.some(({ kind }) => kind === 'import-statement')) {
	console.error(`page: the first script imports ${imports.find(({ kind }) => kind === 'import-statement').path}`);
	process.exit(1);
}
const entry = named('app-', '.js');
if (entry !== app)
	rmSync(join(fresh, entry));

// What is shown at once has its words at once.
for (const path of Object.keys(inputs).filter((p) => p.startsWith('src/')))
	for (const [, key] of readFileSync(join(here, path), 'utf8').matchAll(/\bt\('([^']+)'/g))
		if (!isFirst(key)) {
			console.error(`page: ${path} is in the first load, but the word ${key} is not: see FIRST_WORDS`);
			process.exit(1);
		}

writeFileSync(join(fresh, 'index.html'), readFileSync(join(here, 'src/index.html'), 'utf8')
	.replace('@app', app).replace('@style', style));
copyFileSync(join(here, 'src/favicon.svg'), join(fresh, 'favicon.svg'));
copyFileSync(join(here, 'src/gui.css'), join(fresh, 'gui.css')); // by a name that C knows
copyFileSync(join(here, 'openapi.json'), join(fresh, 'openapi.json'));

const sizes = {};
for (const name of readdirSync(fresh)) {
	const twin = gzipSync(readFileSync(join(fresh, name)), { level: 9 });
	writeFileSync(join(fresh, `${name}.gz`), twin);
	sizes[name] = twin.length;
}
const first = ['index.html', app, style].reduce((sum, name) => sum + sizes[name], 0);
if (first > FIRST_LOAD_BYTES_MAX) {
	console.error(`page: the first load is ${first} bytes gzipped, more than ${FIRST_LOAD_BYTES_MAX}`);
	process.exit(1);
}
rmSync(dist, { recursive: true, force: true });
renameSync(fresh, dist);
console.log(`page: web/dist, first load ${first} bytes gzipped`);
