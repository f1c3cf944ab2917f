// ECDSA over P-256, by the browser. A signature has one spelling: strict DER, and the lower of the two values of s.
import { hex, sha256 } from './hashing.mjs';

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
// How the DER of every key on this curve begins, as a point that is written out.
const KEY_BEGINS = '3059301306072a8648ce3d020106082a8648ce3d03010703420004';
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' };

/** Bytes of base64 in its one spelling, or null. */
export function fromBase64(text) {
  try {
    const binary = atob(text);
    return btoa(binary) === text ? Uint8Array.from(binary, one => one.charCodeAt(0)) : null;
  } catch {
    return null;
  }
}

/** A public key: its id, and how to hold signatures to it. Null where it is none. */
export async function readKey(text) {
  const der = fromBase64(text);
  if (der?.length !== 91 || !hex(der).startsWith(KEY_BEGINS)) {
    return null;
  }

  const key = await crypto.subtle.importKey('spki', der, ALGORITHM, false, ['verify']).catch(() => null);
  return key && { text, id: hex((await sha256(der)).slice(0, 4)), verifies: (bytes, signature) => verifies(key, bytes, signature) };
}

async function verifies(key, bytes, der) {
  const pair = readPair(der);
  return pair !== null && crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, pair, bytes);
}

// r and s behind each other, as WebCrypto wants them.
function readPair(der) {
  if (der[0] !== 0x30 || der[1] !== der.length - 2) {
    return null;
  }

  const r = readInteger(der, 2);
  const s = r && readInteger(der, r.end);
  if (!s || s.end !== der.length || r.value === 0n || r.value >= ORDER || s.value === 0n || s.value > ORDER / 2n) {
    return null;
  }

  return Uint8Array.from([r, s].flatMap(one => one.value.toString(16).padStart(64, '0').match(/../g)), pair => parseInt(pair, 16));
}

function readInteger(der, at) {
  const length = der[at + 1];
  const end = at + 2 + length;
  const isWhole = der[at] === 2 && length >= 1 && length <= 33 && end <= der.length;
  if (!isWhole || der[at + 2] >= 0x80 || (length > 1 && der[at + 2] === 0 && der[at + 3] < 0x80)) {
    return null;
  }

  return { value: BigInt(`0x${hex(der.slice(at + 2, end))}`), end };
}
