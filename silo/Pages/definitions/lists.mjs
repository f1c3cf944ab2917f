// Versions, read page by page, the newest first.
import { readJson } from '../api/call.mjs';
import { el, fill } from '../frame/elements.mjs';
import { empty, failed, loading } from '../frame/states.mjs';

const PAGE = 100;

/** A list that grows: shows what is read, and offers to read on. */
export function growing(path, name, { draw, none }) {
  const shown = el('div');
  const under = el('div', { class: 'under' });
  const all = [];
  let isLeft = false;

  async function load(cursor) {
    fill(under, loading(name));
    try {
      const page = await readJson(`${path}${path.includes('?') ? '&' : '?'}limit=${PAGE}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
      if (!isLeft) {
        all.push(...page[name]);
        fill(shown, all.length ? draw(all) : null);
        fill(under, page.next_cursor ? el('button', { type: 'button', onclick: () => load(page.next_cursor) }, 'Show older ones') : all.length === 0 ? empty(...none) : null);
      }
    } catch (problem) {
      if (!isLeft) {
        fill(under, failed(problem, () => load(cursor)));
      }
    }
  }

  load();
  return { element: el('div', {}, shown, under), leave: () => { isLeft = true; } };
}

/** Every version of one thing. There are seldom many; of more than so many the oldest are left out. */
export async function versionsOf(path, name) {
  const all = [];
  for (let cursor = null; all.length < 10 * PAGE;) {
    const page = await readJson(`${path}&limit=${2 * PAGE}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
    all.push(...page[name]);
    cursor = page.next_cursor;
    if (!cursor) {
      break;
    }
  }

  return all;
}

/** What a list shows as one: the newest version of each, and how many there are. */
export function grouped(all, id) {
  const groups = new Map();
  for (const one of all) {
    const name = id(one);
    groups.set(name, { newest: groups.get(name)?.newest ?? one, versions: (groups.get(name)?.versions ?? 0) + 1 });
  }

  return [...groups].map(([name, group]) => ({ name, ...group }));
}

/** An address part as it was meant; one that cannot be read names nothing. */
export function unescaped(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
