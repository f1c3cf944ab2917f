// Pictures of real figures. What they show is said in words as well, for whoever does not see them.
import { el, svg } from '../frame/elements.mjs';
import { count } from '../shown/words.mjs';

const HIGH = 96;

/** A bar for each count, with its name before it and the count behind. */
export function bars(rows) {
  const most = Math.max(1, ...rows.map(one => one.count));
  return el('ul', { class: 'bars' }, rows.map(one => {
    const inner = [el('span', { class: 'bar-name' }, one.label),
      svg('svg', { viewBox: '0 0 100 10', preserveAspectRatio: 'none', class: `bar ${one.tone}`, 'aria-hidden': 'true' }, svg('rect', { width: Math.max(0.75, 100 * one.count / most), height: 10 })),
      ' ', el('span', { class: 'bar-count' }, count(one.count))];
    return el('li', {}, one.href ? el('a', { href: one.href, 'data-key': one.key }, inner) : inner);
  }));
}

/** How often what: a column for each step, its count above and the step below. */
export function histogram(title, steps, counts, kind) {
  const most = Math.max(1, ...counts);
  // Many steps stand closer to each other.
  const unit = steps.length > 10 ? 40 : 56;
  const width = steps.length * unit;
  return el('figure', { class: 'histogram' }, el('figcaption', {}, title),
    el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': title, 'data-key': title },
      svg('svg', { viewBox: `0 0 ${width} ${HIGH + 40}`, width, height: HIGH + 40, class: steps.length > 10 ? 'long' : null, role: 'img', 'aria-label': steps.map((step, place) => [step, counts[place]]).filter(([, many]) => many > 0).map(([step, many]) => `${step}: ${many}`).join(', ') },
        counts.map((many, place) => {
          const high = many === 0 ? 1 : Math.max(3, HIGH * many / most);
          const middle = place * unit + unit / 2;
          return [svg('rect', { x: place * unit + 4, y: 18 + HIGH - high, width: unit - 8, height: high, rx: 2, class: many === 0 ? 'none' : kind }),
            many === 0 ? null : svg('text', { x: middle, y: 13 + HIGH - high, 'text-anchor': 'middle', class: 'many' }, count(many)),
            svg('text', { x: middle, y: HIGH + 34, 'text-anchor': 'middle' }, steps[place])];
        }))));
}

/** A series, the oldest on the left; where nothing was measured there is nothing. */
export function spark(values, { title, say }) {
  const known = values.filter(one => one !== null);
  const most = Math.max(1, ...known);
  const at = (value, place) => `${place} ${(30 - 28 * value / most).toFixed(2)}`;
  const lines = [];
  values.forEach((value, place) => {
    if (value !== null) {
      values[place - 1] === null || place === 0 ? lines.push([[value, place]]) : lines.at(-1).push([value, place]);
    }
  });
  const words = known.length === 0 ? 'Nothing was measured.' : `Now ${say(values.at(-1) ?? known.at(-1))}; at most ${say(Math.max(...known))} within ${values.length} seconds.`;
  return el('figure', { class: 'spark' },
    known.length === 0 ? null : svg('svg', { viewBox: `0 0 ${values.length - 1} 32`, preserveAspectRatio: 'none', role: 'img', 'aria-label': `${title}. ${words}` },
      lines.map(line => {
        const path = line.map(([value, place]) => at(value, place)).join('L');
        return [svg('path', { class: 'under', d: `M${line[0][1]} 32L${path}L${line.at(-1)[1]} 32Z` }),
          svg('path', { class: line.length === 1 ? 'line dot' : 'line', d: `M${path}${line.length === 1 ? 'h0' : ''}` })];
      })),
    el('figcaption', {}, words));
}
