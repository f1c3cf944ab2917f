// Verifies a bundle that somebody has: nothing of it leaves the browser.
import { read } from '../api/call.mjs';
import { canHash } from '../evidence/hashing.mjs';
import { verify } from '../evidence/verify.mjs';
import { el, fill } from '../frame/elements.mjs';
import { failed, loading } from '../frame/states.mjs';
import { FROM_SILO } from './proof.mjs';
import { steps } from './steps.mjs';

export function verification(place) {
  document.title = 'Verify · Gantral';
  const bundle = el('input', { type: 'file', id: 'bundle', accept: '.jsonl,application/jsonl', required: true });
  const keys = el('input', { type: 'file', id: 'keys', accept: '.json,application/json', 'aria-describedby': 'keys-help' });
  const out = el('div', { 'aria-live': 'polite' });

  async function run(event) {
    event.preventDefault();
    fill(out, loading('the evidence'));
    try {
      const trusted = keys.files[0] ? await keys.files[0].text() : await (await read('/v1/audit/keys')).text();
      const result = await verify(new Uint8Array(await bundle.files[0].arrayBuffer()), trusted);
      fill(out, steps(result, keys.files[0] ? 'The keys are those that you brought.' : FROM_SILO));
    } catch (problem) {
      fill(out, failed(problem));
    }
  }

  fill(place,
    el('h1', { tabindex: -1 }, 'Verify a bundle'),
    el('p', {}, 'Hashes, chain, Merkle proofs, signatures and the whole life are checked in this browser. The file is sent nowhere.'),
    canHash() ? el('form', { class: 'verify', onsubmit: run },
      el('div', {}, el('label', { for: 'bundle' }, 'Bundle (.jsonl)'), bundle),
      el('div', {}, el('label', { for: 'keys' }, 'Trusted keys (.json)'), keys, el('p', { id: 'keys-help', class: 'quiet-text' }, 'Without a file the keys of this silo are taken, and for those you must be signed in.')),
      el('button', { class: 'primary' }, 'Verify')) : el('p', { class: 'fault' }, 'This browser does no cryptography for pages that came in the clear; open them over https.'),
    out);
  return {};
}
