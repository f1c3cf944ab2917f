// Checkpoints, which are signed notes, and the file of keys that are trusted.
import { bytesOf } from './canonical.mjs';
import { isObject, isText, object, oneOf, whole } from './forms.mjs';
import { hex } from './hashing.mjs';
import { fromBase64, readKey } from './signatures.mjs';
import { moment } from './times.mjs';

const LONGEST = 64 * 1024;
const MOST_SIGNATURES = 64;
const isName = text => text !== '' && !/[\s+\u0000-\u001f]/u.test(text);

/** A checkpoint out of its note, or null where it is none. */
export function readCheckpoint(note) {
  const split = note.lastIndexOf('\n\n');
  if (bytesOf(note).length > LONGEST || split < 0 || !note.endsWith('\n') || /[\u0000-\u0009\u000b-\u001f]/.test(note)) {
    return null;
  }

  const body = note.slice(0, split + 1);
  const lines = body.slice(0, -1).split('\n');
  const signatures = note.slice(split + 2, -1).split('\n').map(readSignature);
  const [origin, size, root, time] = lines;
  const rootBytes = lines.length === 4 ? fromBase64(root) : null;
  const isRight = rootBytes?.length === 32 && isName(origin) && /^[1-9][0-9]{0,15}$/.test(size) && Number.isSafeInteger(Number(size))
    && time.startsWith('time ') && moment(time.slice(5)) !== null
    && signatures.length <= MOST_SIGNATURES && signatures.every(one => one !== null)
    && new Set(signatures.map(one => one.label)).size === signatures.length;
  return isRight ? { origin, size: Number(size), root: rootBytes, time: time.slice(5), signed: bytesOf(body), signatures } : null;
}

/** The keys that are trusted, or a sentence that says why the file cannot be used. */
export async function readTrusted(text) {
  let file;
  try {
    file = JSON.parse(text);
  } catch {
    return { fault: 'The file of keys is no JSON.' };
  }

  if (!isKeysFile(file)) {
    return { fault: 'This is no file of keys (gantral/keys/1).' };
  }

  const logs = new Map();
  for (const { origin, keys } of file.logs) {
    if (logs.has(origin)) {
      return { fault: `The file of keys has ${origin} twice.` };
    }

    logs.set(origin, await Promise.all(keys.map(async one => ({ key: await readKey(one.public_key), from: one.from_position, until: one.until_position ?? Infinity }))));
  }

  const witnesses = new Map();
  for (const { name, public_key: key } of file.witnesses ?? []) {
    witnesses.set(name, [...witnesses.get(name) ?? [], { key: await readKey(key), from: 0, until: Infinity }]);
  }

  return [...logs.values(), ...witnesses.values()].flat().every(one => one.key) ? { logs, witnesses } : { fault: 'A key in the file of keys cannot be read.' };
}

const isKeysFile = file => object(
  { format: oneOf('gantral/keys/1'), logs: list(object({ origin: isText, keys: list(object({ algorithm: oneOf('ecdsa-p256-sha256'), public_key: isText, from_position: whole(0) }, { until_position: whole(0) })) })) },
  { witnesses: list(object({ name: isText, public_key: isText })) })(isObject(file) ? file : {});

const list = each => value => Array.isArray(value) && value.every(each);

function readSignature(line) {
  const match = /^— (\S+) (\S+)$/u.exec(line);
  const data = match && isName(match[1]) ? fromBase64(match[2]) : null;
  if (!data || data.length < 5) {
    return null;
  }

  const id = hex(data.slice(0, 4));
  return { name: match[1], id, label: `${match[1]}+${id}`, bytes: data.slice(4) };
}
