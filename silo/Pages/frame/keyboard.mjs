// Single keys, where nobody is typing; they can be switched off, since people who speak to their machine press them unmeant.
import { el } from './elements.mjs';
import { keys } from './router.mjs';

const known = [
  ['j / k', 'the next, the one before'],
  ['a', 'approve'],
  ['r', 'reject'],
  ['o', 'override: go on with a changed context'],
  ['p', 'the board: pause, go on'],
  ['Ctrl Enter', 'send the decision that is being written'],
  ['Esc', 'leave what is being written; it is kept'],
  ['?', 'this help'],
];
let isOn = true;

export function listen() {
  document.addEventListener('keydown', event => {
    const isTyping = event.target.closest?.('input, textarea, select, [contenteditable], dialog');
    if (isTyping || event.metaKey || event.ctrlKey || event.altKey || !isOn) {
      return;
    }

    const act = event.key === '?' ? showKeys : keys()[event.key];
    if (act) {
      event.preventDefault();
      act();
    }
  });
}

export function showKeys() {
  const box = el('input', { type: 'checkbox', id: 'single-keys', onchange: () => { isOn = box.checked; } });
  box.checked = isOn;
  const dialog = el('dialog', { 'aria-labelledby': 'keys-title', onclose: () => dialog.remove() },
    el('h2', { id: 'keys-title' }, 'Keys'),
    el('dl', { class: 'keys' }, known.map(([key, text]) => el('div', {}, el('dt', {}, el('kbd', {}, key)), el('dd', {}, text)))),
    el('p', {}, el('label', { for: 'single-keys' }, box, ' Single keys are on')),
    el('form', { method: 'dialog' }, el('button', { class: 'primary' }, 'Close')));
  document.body.append(dialog);
  dialog.showModal();
}
