// Values as people read them: a table in a table, and beside it the exact bytes.
import { canonical } from '../evidence/canonical.mjs';
import { el } from '../frame/elements.mjs';

const isObject = value => value !== null && typeof value === 'object' && !Array.isArray(value);

/** A value as nested tables. */
export function table(value, title) {
  if (!isObject(value) || Object.keys(value).length === 0) {
    return scalar(value);
  }

  return el('table', { class: 'values' }, title ? el('caption', {}, title) : null, el('tbody', {}, Object.keys(value).sort().map(name => el('tr', {}, el('th', { scope: 'row' }, name), el('td', {}, inner(value[name]))))));
}

/** A value as it is hashed. */
export const raw = value => el('pre', { tabindex: 0, 'aria-label': 'Canonical JSON' }, el('code', {}, canonical(value)));

/** One value in one line. */
export function scalar(value) {
  const kind = value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value;
  return el('span', { class: `value ${kind}` }, typeof value === 'string' ? (value === '' ? '(empty text)' : value) : canonical(value));
}

function inner(value) {
  if (Array.isArray(value) && value.length > 0) {
    return el('ol', { class: 'values' }, value.map(item => el('li', {}, inner(item))));
  }

  return isObject(value) ? table(value) : scalar(value);
}
