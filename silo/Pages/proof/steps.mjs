// The outcome of a verification, step by step.
import { el } from '../frame/elements.mjs';
import { facts } from '../shown/words.mjs';
import { hex } from '../evidence/hashing.mjs';

const marks = { passed: ['✓', 'passed'], failed: ['✗', 'failed'], open: ['?', 'cannot be told'], skipped: ['–', 'not looked at'] };
const verdicts = {
  VALID: 'Everything was proven.',
  INVALID: 'This is not what happened: something was changed, or cannot have happened.',
  INCONCLUSIVE: 'What is there holds, but it does not prove everything.',
  UNUSABLE: 'This cannot be judged.',
};

export function steps(result, keysFrom) {
  const isOpen = result.codes.length === 1 && result.codes[0] === 'open';
  return el('div', { class: `verdict ${result.verdict}` },
    el('p', { class: 'verdict-head', role: 'status' }, el('strong', {}, result.verdict), ' ', isOpen ? 'So far everything was proven; the instance has not ended, so more may follow.' : verdicts[result.verdict]),
    el('ol', { class: 'steps' }, result.steps.map(step => el('li', { class: step.result, 'data-step': step.name },
      el('span', { class: 'mark', 'aria-hidden': 'true' }, marks[step.result][0]),
      el('div', {}, el('strong', {}, step.title), el('span', { class: 'sr' }, `: ${marks[step.result][1]}`), step.count ? el('span', { class: 'quiet-text' }, ` ${step.count} checked`) : null,
        el('p', { class: 'quiet-text' }, step.text),
        step.found.map(one => el('p', { class: 'found' }, el('code', {}, one.code), ' ', one.reason, '.')))))),
    result.head ? facts([['Head', el('code', {}, `${result.head.origin}, size ${result.head.size}, ${result.head.time}`)], ['Root', el('code', {}, hex(result.head.root))], ['Entries', result.entries], ['State', result.state]]) : null,
    el('p', { class: 'quiet-text' }, keysFrom, ' Not excluded by any of this: that whoever holds the signing key wrote the log anew before anybody kept a head of it.'));
}
