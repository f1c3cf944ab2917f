// What an override changes: as a JSON merge patch, and as people read it.
import { canonical } from '../evidence/canonical.mjs';
import { el } from '../frame/elements.mjs';
import { scalar } from './values.mjs';

const isObject = value => value !== null && typeof value === 'object' && !Array.isArray(value);
const isSame = (one, other) => canonical(one) === canonical(other);

/** The merge patch (RFC 7396) from one object to another, or null where none leads there: it cannot write a null. */
export function patchBetween(before, after) {
  const patch = made(before, after);
  return isSame(patched(before, patch), after) ? patch : null;
}

/** What a merge patch makes of a value. */
export function patched(value, patch) {
  if (!isObject(patch)) {
    return patch;
  }

  const result = new Map(isObject(value) ? Object.entries(value) : []);
  for (const [name, item] of Object.entries(patch)) {
    item === null ? result.delete(name) : result.set(name, patched(result.get(name), item));
  }

  return Object.fromEntries(result);
}

/** The changes, one for each place: { path, before, after }, where what is not there is undefined. */
export function changes(before, after, path = '') {
  if (!isObject(before) || !isObject(after)) {
    return before !== undefined && after !== undefined && isSame(before, after) ? [] : [{ path, before, after }];
  }

  return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
    .flatMap(name => changes(own(before, name), own(after, name), path ? `${path}.${name}` : name));
}

/** The changes as a table. */
export function diff(before, after, title = 'What changes', heads = ['Parameter', 'Shown', 'Now']) {
  const all = changes(before, after);
  return all.length === 0
    ? el('p', { class: 'quiet-text' }, 'Nothing is changed yet.')
    : el('table', { class: 'diff' }, el('caption', {}, title), el('thead', {}, el('tr', {}, heads.map(text => el('th', { scope: 'col' }, text)))),
      el('tbody', {}, all.map(one => el('tr', {}, el('th', { scope: 'row' }, one.path), el('td', {}, side('del', one.before)), el('td', {}, side('ins', one.after))))));
}

const side = (kind, value) => value === undefined ? el('span', { class: 'quiet-text' }, kind === 'del' ? 'not there' : 'removed') : el(kind, {}, scalar(value));

const own = (value, name) => Object.hasOwn(value, name) ? value[name] : undefined;

const made = (before, after) => Object.fromEntries([
  ...Object.keys(before).filter(name => !Object.hasOwn(after, name)).map(name => [name, null]),
  ...Object.entries(after).filter(([name, value]) => !Object.hasOwn(before, name) || !isSame(before[name], value))
    .map(([name, value]) => [name, isObject(value) && isObject(own(before, name)) ? made(before[name], value) : value]),
]);
