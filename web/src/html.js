// SPDX-License-Identifier: GPL-3.0-or-later
// htm bound to Preact: components without a compile step for JSX.
import htm from 'htm';
import { h } from 'preact';

export const html = htm.bind(h);
