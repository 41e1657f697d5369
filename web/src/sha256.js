// SPDX-License-Identifier: GPL-3.0-or-later
// SHA-256 of what is sent. From a library, because browsers have their own only where the page comes over
// TLS, and even there not piece by piece.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

const PIECE_BYTES = 4 << 20; // the page stays alive between two pieces

const bytesOf = async (blob) => new Uint8Array(await blob.arrayBuffer());

// Of a whole file, as hexadecimal digits; tell(0–1) now and then.
export async function hashOf(file, tell) {
	const hash = sha256.create();
	for (let at = 0; at < file.size; at += PIECE_BYTES) {
		hash.update(await bytesOf(file.slice(at, at + PIECE_BYTES)));
		tell(Math.min(1, (at + PIECE_BYTES) / file.size));
	}
	return bytesToHex(hash.digest());
}

// Of a piece, as tus writes it.
export const checksumOf = async (piece) =>
	`sha256 ${btoa(String.fromCharCode(...sha256(await bytesOf(piece))))}`;
