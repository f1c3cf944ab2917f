// "Prove it": the bundle of an instance, verified here, and how to do it without us.
import { read } from '../api/call.mjs';
import { canHash } from '../evidence/hashing.mjs';
import { verify } from '../evidence/verify.mjs';
import { el, fill } from '../frame/elements.mjs';
import { failed, loading } from '../frame/states.mjs';
import { steps } from './steps.mjs';

export const FROM_SILO = 'The keys came from this very silo: whoever trusts nobody gets them by another way, and loads both files under Verify.';

/** The section of one instance. */
export function proof(id) {
  const out = el('div', { class: 'proof-out', 'aria-live': 'polite' });
  let address = null;

  async function run() {
    fill(out, loading('the bundle'));
    try {
      const [bundle, keys] = await Promise.all([read(`/v1/audit/instances/${id}/bundle?payloads=true`), read('/v1/audit/keys')]);
      const bytes = new Uint8Array(await bundle.arrayBuffer());
      const result = await verify(bytes, await keys.text());
      URL.revokeObjectURL(address);
      address = URL.createObjectURL(new Blob([bytes], { type: 'application/jsonl' }));
      fill(out, steps(result, FROM_SILO), el('p', {}, el('a', { class: 'button', href: address, download: `${id}.jsonl` }, 'Keep this bundle')));
    } catch (problem) {
      fill(out, failed(problem, run));
    }
  }

  return {
    element: el('section', { class: 'proof', 'aria-labelledby': 'proof-title' },
      el('h2', { id: 'proof-title' }, 'Prove it'),
      el('p', {}, 'This fetches the evidence and checks it on this device, by the published format: no answer of the silo is believed.'),
      canHash() ? el('button', { type: 'button', class: 'primary', onclick: run }, 'Verify in this browser') : el('p', { class: 'fault' }, 'This browser does no cryptography for pages that came in the clear; open them over https.'),
      out,
      el('h3', {}, 'Without this page'),
      el('pre', { tabindex: 0, 'aria-label': 'Commands' }, el('code', {}, `gantral export --instance ${id} --payloads --out bundle.jsonl\ngantral keys export --out keys.json\ngantral verify bundle.jsonl --keys keys.json`))),
  };
}
