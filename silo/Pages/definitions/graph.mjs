// The steps of a workflow, drawn from above: each below all those that it comes after.
import { el, svg } from '../frame/elements.mjs';
import { empty } from '../frame/states.mjs';

const [WIDE, HIGH, BESIDE, BELOW] = [168, 44, 24, 44];
const LONGEST = 20;

export function graph(steps) {
  if (steps.length === 0) {
    return empty('No steps', 'The workflow names none.');
  }

  const rows = layers(steps);
  const most = Math.max(...rows.map(row => row.length));
  const [width, height] = [most * (WIDE + BESIDE) + BESIDE, rows.length * (HIGH + BELOW) - BELOW + 16];
  const places = new Map(rows.flatMap((row, down) => row.map((step, along) => [step.step, {
    x: (width - row.length * (WIDE + BESIDE) + BESIDE) / 2 + along * (WIDE + BESIDE), y: 8 + down * (HIGH + BELOW),
  }])));
  const edges = steps.flatMap(step => step.after.filter(before => places.has(before)).map(before => [places.get(before), places.get(step.step)]));
  return el('div', { class: 'scroll graph', tabindex: 0, role: 'region', 'aria-label': 'Picture of the steps' },
    svg('svg', { viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-label': steps.map(one => `${one.step}${one.after.length ? ` after ${one.after.join(' and ')}` : ''}${one.governed ? ', governed' : ''}`).join('; ') },
      svg('defs', {}, svg('marker', { id: 'after', viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: 'auto' }, svg('path', { d: 'M0 0L8 4L0 8z' }))),
      edges.map(([from, to]) => {
        const [x, y, u, v] = [from.x + WIDE / 2, from.y + HIGH, to.x + WIDE / 2, to.y - 2];
        return svg('path', { class: 'edge', d: `M${x} ${y}C${x} ${(y + v) / 2} ${u} ${(y + v) / 2} ${u} ${v}`, 'marker-end': 'url(#after)' });
      }),
      steps.map(step => {
        const { x, y } = places.get(step.step);
        return svg('g', { class: `node ${step.governed ? 'governed' : ''}` }, svg('title', {}, step.step),
          svg('rect', { x, y, width: WIDE, height: HIGH, rx: 8 }),
          svg('text', { x: x + WIDE / 2, y: y + (step.governed ? 19 : 27), 'text-anchor': 'middle' }, step.step.length > LONGEST ? `${step.step.slice(0, LONGEST - 1)}…` : step.step),
          step.governed ? svg('text', { x: x + WIDE / 2, y: y + 35, 'text-anchor': 'middle', class: 'kind' }, 'policy is asked') : null);
      })));
}

// Below the lowest of those that a step comes after; the order of the definition within a row. Registered steps have no circle.
function layers(steps) {
  const known = new Map(steps.map(step => [step.step, step]));
  const depths = new Map();
  const depth = name => {
    if (!depths.has(name)) {
      depths.set(name, 0);
      depths.set(name, Math.max(-1, ...known.get(name).after.filter(before => known.has(before)).map(depth)) + 1);
    }

    return depths.get(name);
  };
  const rows = [];
  steps.forEach(step => (rows[depth(step.step)] ??= []).push(step));
  return rows;
}
