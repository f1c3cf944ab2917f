// What happened, said once to everybody: shown, and read out by screen readers.
import { el } from './elements.mjs';

const place = document.getElementById('notices');
const ENOUGH = 12_000;

/** Says something; kind is good, bad or plain. */
export function notice(text, kind = 'plain') {
  const one = el('div', { class: `notice ${kind}` }, el('span', {}, text), el('button', { type: 'button', class: 'quiet', 'aria-label': 'Close this notice', onclick: () => one.remove() }, '×'));
  place.append(one);
  while (place.children.length > 3) {
    place.firstChild.remove();
  }

  setTimeout(() => one.remove(), ENOUGH);
}
