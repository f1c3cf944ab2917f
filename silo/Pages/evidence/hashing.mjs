// SHA-256, by the browser.
import { bytesOf, canonical } from './canonical.mjs';

/** Whether this browser does cryptography here: it does not for pages that came in the clear from another machine. */
export const canHash = () => globalThis.crypto?.subtle !== undefined;

export const sha256 = async (...parts) => new Uint8Array(await crypto.subtle.digest('SHA-256', joined(parts)));

export const hex = bytes => Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');

export const unhex = text => Uint8Array.from(text.match(/../g) ?? [], pair => parseInt(pair, 16));

/** The hash of a value without a salt. */
export const hashOf = async value => hex(await sha256(bytesOf(canonical(value))));

/** The hash of a private field: of its salt, and its canonical bytes behind it. */
export const saltedHash = async (salt, value) => hex(await sha256(unhex(salt), bytesOf(canonical(value))));

/** The hash of an entry, which is its leaf in the tree. */
export const leafHash = entry => sha256(Uint8Array.of(0), bytesOf(canonical(entry)));

export const nodeHash = (left, right) => sha256(Uint8Array.of(1), left, right);

export const same = (one, other) => one.length === other.length && one.every((byte, place) => byte === other[place]);

function joined(parts) {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  parts.reduce((at, part) => {
    all.set(part, at);
    return at + part.length;
  }, 0);
  return all;
}
