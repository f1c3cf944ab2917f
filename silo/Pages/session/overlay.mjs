// The sign-in lies over the page, so that after a token's end everything is where it was.
import { el, fill } from '../frame/elements.mjs';
import { beginCodeFlow } from './codeFlow.mjs';
import { signIn } from './token.mjs';

let dialog = null;

/** How to open it, for a silo of these identities. */
export const overlayFor = identity => () => {
  if (!dialog) {
    dialog = made(identity);
    document.body.append(dialog);
    dialog.showModal();
  }
};

/** Takes a token if the silo believes it; otherwise says why not. */
export async function take(token) {
  const answer = await fetch('/v1/caller', { headers: { Authorization: `Bearer ${token}` }, cache: 'no-store', credentials: 'omit' }).catch(() => null);
  if (!answer?.ok) {
    return answer ? (await answer.json().catch(() => ({}))).detail ?? 'The silo does not take this token.' : 'The silo does not answer. Try again in a moment.';
  }

  signIn(token, await answer.json());
  dialog?.close();
  return null;
}

function made(identity) {
  const fault = el('p', { class: 'fault', role: 'alert' });
  const ways = [
    ...identity.issuers.map(issuer => el('button', { type: 'button', class: 'primary wide', onclick: () => beginCodeFlow(issuer).catch(failed => fill(fault, failed.message)) }, `Sign in with ${issuer.name}`)),
    identity.development || identity.issuers.length === 0 ? pasted(identity, fault) : null,
  ];
  const box = el('dialog', { class: 'sign-in', 'aria-labelledby': 'sign-in-title', oncancel: event => event.preventDefault(), onclose: () => { dialog = null; box.remove(); } },
    el('h2', { id: 'sign-in-title' }, 'Sign in'),
    el('p', {}, 'What you have typed stays where it is. The token is kept in this page’s memory only and ends with it.'),
    ways, fault);
  return box;
}

function pasted(identity, fault) {
  const field = el('textarea', { id: 'token', rows: 4, autocomplete: 'off', spellcheck: 'false', autocapitalize: 'off', required: true, 'aria-describedby': 'token-help' });
  return el('form', {
    onsubmit: async event => {
      event.preventDefault();
      fill(fault);
      fill(fault, await take(field.value.trim()));
    },
  },
  el('label', { for: 'token' }, 'Token'),
  field,
  el('p', { id: 'token-help', class: 'quiet-text' }, identity.development
    ? ['A token of the development identity: ', el('code', {}, './gantral dev token --actor alice --team payments --role release-manager --role gantral.auditor')]
    : 'A token of an issuer that this silo believes.'),
  el('button', { class: 'primary wide' }, 'Use this token'));
}
