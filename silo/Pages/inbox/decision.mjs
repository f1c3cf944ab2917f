// Deciding: three buttons, then why. What is sent names the hash of what was shown.
import { post } from '../api/call.mjs';
import { el, fill } from '../frame/elements.mjs';
import { draftOf } from './drafts.mjs';
import { override } from './override.mjs';
import { rolesFor } from './roles.mjs';

const LEAST = 3;
const MOST = 4000;
const words = {
  APPROVE: { verb: 'Approve', title: 'Approve exactly what is shown', why: 'Why may this go on?' },
  REJECT: { verb: 'Reject', title: 'Reject; the instance ends', why: 'Why must this not happen?' },
  OVERRIDE: { verb: 'Override', title: 'Go on with a changed context', why: 'Why is it changed?' },
};
const usualReasons = ['The parameters are wrong', 'Not at this time', 'Too much at once', 'I do not know enough to approve this'];

/** The decision about an instance: { element, begin, close }. */
export function decision(instance, integrity, { made, lost }) {
  const { pending } = instance;
  const draft = draftOf(instance);
  const box = el('div', { class: 'decision' });
  let closed = integrity.holds ? null : 'Deciding is blocked: what is shown is not what would be bound.';
  let isSending = false;

  const bar = () => closed
    ? el('p', { class: 'state bad', role: 'status' }, closed)
    : el('div', { class: 'actions' }, Object.keys(words).filter(type => type !== 'OVERRIDE' || pending.approvals_required === 1).map(type =>
      el('button', { type: 'button', class: `act ${type}`, onclick: () => begin(type) }, words[type].verb, el('kbd', { 'aria-hidden': 'true' }, type[0].toLowerCase()))));

  function begin(type) {
    if (!closed && !isSending && (type !== 'OVERRIDE' || pending.approvals_required === 1)) {
      draft.type = type;
      show();
      box.querySelector('textarea.why')?.focus();
      box.scrollIntoView({ block: 'nearest' });
    }
  }

  function leave() {
    draft.type = null;
    show();
    box.querySelector('button')?.focus();
  }

  function show() {
    fill(box, draft.type && !closed ? form(draft.type) : bar());
    box.classList.toggle('writing', draft.type !== null && !closed);
  }

  function form(type) {
    const editor = type === 'OVERRIDE' ? override(pending.context_snapshot, draft) : null;
    const fault = el('p', { class: 'fault', role: 'alert' });
    const why = el('textarea', { id: 'why', class: 'why', rows: 3, maxlength: MOST, value: draft.justification, 'aria-describedby': 'why-help', oninput: event => { [draft.justification, draft.key] = [event.target.value, null]; } });
    const role = el('div', { class: 'role' });
    const send = el('button', { class: `act ${type}` }, words[type].verb);
    let choices = null;
    rolesFor(instance).then(found => {
      choices = found;
      fill(role, choices.length > 1
        ? [el('label', { for: 'role' }, 'In which role'), el('select', { id: 'role', onchange: event => { [draft.choice, draft.key] = [Number(event.target.value), null]; } }, choices.map((one, index) => el('option', { value: index, selected: index === draft.choice }, one.text)))]
        : el('p', { class: 'quiet-text' }, choices.length === 1 ? `As ${choices[0].text}.` : 'You hold none of the roles that may decide this.'));
    }).catch(problem => fill(role, el('p', { class: 'fault' }, problem.message)));

    async function submit(event) {
      event.preventDefault();
      const delta = editor?.delta();
      const problem = !choices ? 'Your roles are still being read; a moment.'
        : choices.length === 0 ? 'You hold none of the roles that may decide this.'
          : draft.justification.trim().length < LEAST ? `Say why, in at least ${LEAST} characters: it is what others will read.`
            : delta?.fault;
      if (problem) {
        fill(fault, problem);
        (delta?.fault === problem ? box.querySelector('.fields input, .fields select') ?? why : why).focus();
        return;
      }

      fill(fault);
      await deliver(choices[Math.min(draft.choice, choices.length - 1)], delta?.value, fault, send);
    }

    return el('form', {
      class: 'decide', 'aria-labelledby': 'decide-title', novalidate: true, onsubmit: submit,
      onkeydown: event => {
        if (event.key === 'Escape') {
          leave();
        } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          event.currentTarget.requestSubmit();
        }
      },
    },
    el('h3', { id: 'decide-title' }, words[type].title),
    editor?.element,
    el('label', { for: 'why' }, words[type].why),
    type === 'REJECT' ? el('div', { class: 'presets', role: 'group', 'aria-label': 'Usual reasons' }, usualReasons.map(text => el('button', { type: 'button', onclick: () => { why.value = draft.justification = text; draft.key = null; why.focus(); } }, text))) : null,
    why,
    el('p', { id: 'why-help', class: 'quiet-text' }, 'It is kept with the decision, and its hash is bound for good.'),
    role, fault,
    el('div', { class: 'actions' }, el('button', { type: 'button', onclick: leave }, 'Back'), send));
  }

  async function deliver(choice, delta, fault, send) {
    const body = {
      instance_id: instance.instance_id, decision_type: draft.type, role: choice.role, justification: draft.justification.trim(),
      context_snapshot_hash: integrity.computed, ...delta ? { context_delta: delta } : {}, ...choice.delegation_id ? { delegation_id: choice.delegation_id } : {},
    };
    // The same key as long as the same is sent: what was lost on the way back is not decided twice.
    const text = JSON.stringify(body);
    if (draft.key === null || draft.sent !== text) {
      [draft.key, draft.sent] = [crypto.randomUUID(), text];
    }

    isSending = true;
    send.disabled = true;
    try {
      await made(await post('/v1/decisions', body, draft.key));
    } catch (problem) {
      if (['invalid_transition', 'stale_context', 'not_found'].includes(problem.code)) {
        await lost();
      }

      fill(fault, problem.message);
    } finally {
      isSending = false;
      send.disabled = false;
    }
  }

  show();
  return {
    element: box,
    begin,
    close(reason) {
      if (closed !== reason) {
        closed = reason;
        show();
      }
    },
  };
}
