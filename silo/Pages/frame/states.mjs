// What is shown where there is nothing to show: while it loads, when it is empty, when it failed.
import { el } from './elements.mjs';

export const loading = what => el('p', { class: 'state', role: 'status' }, `Loading ${what} …`);

export const empty = (title, text) => el('div', { class: 'state' }, el('p', { class: 'state-title' }, title), el('p', {}, text));

export function failed(problem, again) {
  return el('div', { class: 'state bad', role: 'alert' },
    el('p', { class: 'state-title' }, problem.title ?? 'This did not work'),
    el('p', {}, problem.message),
    problem.traceId ? el('p', { class: 'quiet-text' }, `trace ${problem.traceId}`) : null,
    again ? el('button', { type: 'button', onclick: again }, 'Try again') : null);
}
