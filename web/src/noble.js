// SPDX-License-Identifier: GPL-3.0-or-later
// The arithmetic of verify.js where the browser does not lend its own: over plain HTTP it keeps Web Crypto to itself, and older
// ones have no Ed25519. RFC 8032 to the letter, not ZIP 215, which lets signatures pass that the station's library refuses.
import { etc, verify } from '@noble/ed25519';
import { sha256, sha512 } from '@noble/hashes/sha2.js';

etc.sha512Sync = (...parts) => sha512(etc.concatBytes(...parts));

export { sha256 };

export function ed25519(key, message, signature) {
	try {
		return verify(signature, message, key, { zip215: false });
	} catch { // what is no point of the curve, or no signature at all
		return false;
	}
}
