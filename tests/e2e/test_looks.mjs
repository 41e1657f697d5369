// SPDX-License-Identifier: GPL-3.0-or-later
// Nobody is shut out of any page, whatever it shows: the real `vangxa web`, a fake station, a real browser (page_looks.mjs).
//   node tests/e2e/test_looks.mjs      VANGXA=build/plain/vangxa (default), WWW=web/dist (default)      ONLY=held
import assert from 'node:assert/strict';
import { browserTest, openPage, page, run, station, trouble } from './page_case.mjs';
import { lookTests } from './page_looks.mjs';
import { root } from './web.mjs';

lookTests(browserTest, { root, openPage, get station() { return station; }, get page() { return page; } });
browserTest('no error and no policy violation', () => assert.deepEqual(trouble, []));

await run();
