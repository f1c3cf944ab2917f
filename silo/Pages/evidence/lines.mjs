// The lines of a bundle, each put into its place.
import { NotCanonical, readCanonical } from './canonical.mjs';
import { faultOf, placed, PRIVATE } from './entries.mjs';
import { anything, atMost, isHash, isObject, isSalt, isText, object, oneOf, whole } from './forms.mjs';
import { unhex } from './hashing.mjs';
import { readCheckpoint } from './notes.mjs';

const LONGEST = 16 * 1024 * 1024;
const kinds = ['entry', 'leaf', 'proof', 'checkpoint', 'consistency', 'frontier', 'payload'];
const hashes = atMost(64, isHash);
const privateField = value => object({ hash: isHash })(value) || object({ salt: isSalt, value: anything })(value);
const shapes = {
  entry: { position: whole(0), entry: anything },
  proof: { position: whole(0), size: whole(0), hashes },
  checkpoint: { note: isText },
  consistency: { first: whole(0), second: whole(0), hashes },
  payload: { position: whole(0), fields: value => isObject(value) && Object.keys(value).length > 0 && Object.entries(value).every(([name, field]) => PRIVATE.includes(name) && privateField(field)) },
  leaf: { position: whole(0), hash: isHash },
  frontier: { size: whole(0), hashes },
};
const isHeader = object({
  kind: oneOf('header'), format: isText, semantics: isText, origin: isText, scope: isText, instance_id: isText,
  counts: value => isObject(value) && Object.entries(value).every(([kind, count]) => kinds.includes(kind) && whole(1)(count)),
});

/** Reads a bundle of one instance. Nothing is answered where there is none to judge; the findings say why. */
export async function readBundle(bytes, findings) {
  const rows = split(bytes);
  const header = readHeader(rows[0], findings);
  if (!header) {
    return null;
  }

  const bundle = { header, entries: new Map(), unreadable: new Set(), proofs: new Map(), payloads: new Map(), consistencies: [], heads: [] };
  const counts = Object.fromEntries(kinds.map(kind => [kind, 0]));
  const taken = new Set();
  for (const [index, row] of rows.entries()) {
    findings.saw('file');
    if (index === 0) {
      continue;
    }

    if (!row.isWhole) {
      findings.add('truncated', 'the file ends in the middle of a line');
      return bundle;
    }

    const line = readLine(row, header, index + 1, findings);
    if (line) {
      counts[line.kind] += 1;
      await place(bundle, line, taken, index + 1, findings);
    }
  }

  for (const kind of kinds.filter(kind => (header.counts[kind] ?? 0) !== counts[kind])) {
    findings.add('count_mismatch', `the header promises ${header.counts[kind] ?? 0} lines of kind ${kind}, and ${counts[kind]} are there`);
  }

  return bundle;
}

function readHeader(row, findings) {
  let header = null;
  try {
    header = row?.isWhole ? readCanonical(row.text) : null;
  } catch (fault) {
    if (!(fault instanceof NotCanonical)) {
      throw fault;
    }
  }

  if (!isObject(header) || header.kind !== 'header') {
    findings.add('not_a_bundle', 'the file has no header: this is not a bundle');
    return null;
  }

  if (isText(header.format) && isText(header.semantics) && (header.format !== 'gantral/bundle/1' || header.semantics !== 'gantral/authority/1')) {
    findings.add('unknown_format', `this is ${header.format.slice(0, 60)} under ${header.semantics.slice(0, 60)}`);
    return null;
  }

  if (header.scope === 'log' || header.scope === 'range') {
    findings.add('unknown_format', `this is the bundle of a ${header.scope}, and this page judges one instance at a time: use gantral verify`);
    return null;
  }

  if (!isHeader(header) || header.scope !== 'instance') {
    findings.add('not_a_bundle', 'the header is of another shape: this is not a bundle');
    return null;
  }

  return header;
}

function readLine(row, header, number, findings) {
  try {
    const line = row.text === null ? null : readCanonical(row.text);
    if (isObject(line) && line.kind === 'header') {
      findings.add('duplicate_line', `line ${number} is a second header`);
      return null;
    }

    const shape = isObject(line) && Object.hasOwn(shapes, line.kind) ? shapes[line.kind] : null;
    const optional = line?.kind === 'checkpoint' ? {} : { origin: isText };
    if (shape && object({ kind: isText, ...shape }, optional)(line) && line.origin !== header.origin) {
      return line;
    }
  } catch (fault) {
    if (!(fault instanceof NotCanonical)) {
      throw fault;
    }
  }

  findings.add('malformed_line', `line ${number} is not canonical JSON of a known shape`);
  return null;
}

async function place(bundle, line, taken, number, findings) {
  const origin = line.origin ?? bundle.header.origin;
  const at = `${origin} ${line.position}`;
  const name = line.kind === 'checkpoint' ? line.note : line.kind === 'consistency' ? `${origin} ${line.first} ${line.second}` : at;
  if (taken.has(`${line.kind} ${name}`)) {
    findings.add('duplicate_line', `line ${number} is there twice`);
    return;
  }

  taken.add(`${line.kind} ${name}`);
  if (line.kind === 'entry') {
    await placeEntry(bundle, line, origin, at, number, findings);
  } else if (line.kind === 'proof') {
    bundle.proofs.set(at, { size: line.size, hashes: line.hashes.map(unhex), origin });
  } else if (line.kind === 'payload') {
    bundle.payloads.set(at, line.fields);
  } else if (line.kind === 'consistency') {
    bundle.consistencies.push({ origin, first: line.first, second: line.second, hashes: line.hashes.map(unhex) });
  } else if (line.kind === 'checkpoint') {
    const head = readCheckpoint(line.note);
    head ? bundle.heads.push(head) : findings.add('malformed_checkpoint', `line ${number} is no checkpoint`);
  } else {
    findings.add('misplaced_line', `line ${number}: a line of kind ${line.kind} cannot stand in the bundle of an instance`);
  }
}

async function placeEntry(bundle, line, origin, at, number, findings) {
  const fault = faultOf(line.entry);
  if (!fault) {
    bundle.entries.set(at, await placed(origin, line.position, line.entry));
    return;
  }

  findings.add(fault, fault === 'unknown_format' ? `line ${number} is an entry of a later format` : `line ${number} is no entry: a field is not known, or not what it must be for its event`);
  findings.add('missing_entry', `the entry at position ${line.position} of ${origin} cannot be read`);
  bundle.unreadable.add(at);
}

// Lines with whether their end is there. Bytes that are no UTF-8 make a line unreadable, and only that line.
function split(bytes) {
  const rows = [];
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf(10, at);
    const [isWhole, until] = [end >= 0, end < 0 ? bytes.length : end];
    let text = null;
    try {
      text = until - at <= LONGEST ? decoder.decode(bytes.subarray(at, until)) : null;
    } catch {
      // Said by whoever reads the line.
    }

    rows.push({ text, isWhole });
    at = until + 1;
  }

  return rows;
}
