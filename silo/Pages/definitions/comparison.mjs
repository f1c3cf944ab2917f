// Two versions beside each other: what stands in lists is told apart by its name or its place.
import { diff } from '../shown/diff.mjs';

const isObject = value => value !== null && typeof value === 'object' && !Array.isArray(value);

/** The difference between two definitions. */
export const comparison = (before, after, [one, other]) => diff(opened(before), opened(after), `From ${one} to ${other}`, ['Place', one, other]);

function opened(value) {
  if (Array.isArray(value) && value.length > 0 && value.every(isObject)) {
    return Object.fromEntries(value.map((item, place) => [item.step ?? `${place + 1}`, opened(item)]));
  }

  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([name, item]) => [name, opened(item)])) : value;
}
