// Canonical JSON, RFC 8785: one spelling for each value, so that a hash is of the value and not of how it was written.
const DEEPEST = 64;

export class NotCanonical extends Error {}

/** The canonical text of a value. */
export function canonical(value, depth = 0) {
  if (depth > DEEPEST) {
    throw new NotCanonical(`it nests more than ${DEEPEST} deep`);
  }

  if (Array.isArray(value)) {
    return `[${value.map(item => canonical(item, depth + 1)).join(',')}]`;
  }

  if (value !== null && typeof value === 'object') {
    // Sorted by UTF-16 code units, which is how this language compares texts.
    return `{${Object.keys(value).sort().map(name => `${text(name)}:${canonical(value[name], depth + 1)}`).join(',')}}`;
  }

  if (typeof value === 'string') {
    return text(value);
  }

  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new NotCanonical('a number is not finite');
  }

  return JSON.stringify(value);
}

/** Reads text that is canonical already; whatever is not has two readings, and is refused. */
export function readCanonical(source) {
  let value;
  try {
    value = JSON.parse(source);
  } catch {
    throw new NotCanonical('it is no JSON');
  }

  if (canonical(value) !== source) {
    throw new NotCanonical('it is JSON, but not in its canonical spelling');
  }

  return value;
}

export const bytesOf = source => new TextEncoder().encode(source);

function text(value) {
  if (!value.isWellFormed()) {
    throw new NotCanonical('a text has half a surrogate pair');
  }

  return JSON.stringify(value);
}
