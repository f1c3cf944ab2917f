// What happened, entry by entry, as the evidence has it.
import { el } from '../frame/elements.mjs';
import { isState } from '../evidence/machine.mjs';
import { diff, patched } from '../shown/diff.mjs';
import { raw, table } from '../shown/values.mjs';
import { badge, facts, hash, when, who } from '../shown/words.mjs';

/** Every entry of an instance. What is there already stays as it is, so nothing that a reader has opened closes under the finger. */
export function timeline() {
  const element = el('ol', { class: 'timeline' });
  const texts = [];
  return {
    element,
    show(entries) {
      let shown = null;
      entries.forEach((entry, place) => {
        shown = entry.payload.context_snapshot?.value ?? shown ?? entry.payload.trigger_context?.value ?? null;
        // An entry never changes; what it holds in private may be erased.
        const text = JSON.stringify(entry);
        if (!element.children[place]) {
          element.append(item(entry, shown));
        } else if (texts[place] !== text) {
          element.children[place].replaceWith(item(entry, shown));
        }

        texts[place] = text;
      });
    },
  };
}

/** What is known of an instance without its history. */
export const brief = instance => el('div', {},
  el('p', { class: 'quiet-text' }, 'The whole history is for auditors (the role gantral.auditor).'),
  el('ol', { class: 'timeline' },
    point('CREATED', when(instance.created_at), facts([['By', instance.created_by]]), instance.trigger_context ? table(instance.trigger_context) : null),
    instance.last_decision ? point(instance.last_decision.decision_type, when(instance.last_decision.timestamp), facts([['By', instance.last_decision.human_actor_id], ['As', instance.last_decision.role]])) : null,
    instance.pending ? point('WAITING_FOR_HUMAN', when(instance.pending.since), facts([['Step', instance.pending.step], ['Asked by', instance.pending.requested_by], ['Who may decide', instance.pending.eligible_approver_roles.join(', ')], ['Until', when(instance.pending.decide_by)]]), instance.pending.context_snapshot ? table(instance.pending.context_snapshot) : null) : null,
    instance.state !== 'CREATED' && !instance.pending ? point(instance.state, when(instance.updated_at), instance.reason ? facts([['Reason', instance.reason]]) : null) : null));

const point = (type, at, ...rest) => el('li', { class: 'transition' }, el('div', { class: 'entry-head' }, badge(type), ' ', at), rest);

function item(entry, shown) {
  const { payload } = entry;
  const terms = entry.authority ?? entry.advice;
  return el('li', { class: isState(entry.type) ? 'transition' : 'event' },
    el('div', { class: 'entry-head' }, el('span', { class: 'sequence' }, entry.sequence), ' ', badge(entry.type), ' ', when(entry.at)),
    el('p', { class: 'by' }, who(entry.actor), entry.decision?.delegation ? ` for ${entry.decision.delegation.grantor.id}` : null),
    payload.justification ? el('blockquote', { class: 'justification' }, String(payload.justification.value)) : null,
    facts([
      ['Reason', entry.reason], ['Step', terms?.step], ['Policy advised', entry.advice ? entry.advice.decision ?? 'nothing: it could not answer' : null],
      ['Who may decide', entry.authority?.eligible_approver_roles.join(', ')], ['Approvals needed', entry.authority?.approvals_required > 1 ? entry.authority.approvals_required : null],
      ['Until', when(entry.authority?.decide_by)], ['Cost', entry.cost ? `${entry.cost.amount} ${entry.cost.currency}` : null],
      ['Erased since', Object.keys(entry.erased ?? {}).join(', ')],
      ['Erased', entry.redaction ? `${entry.redaction.fields.join(', ')} of entry ${entry.redaction.sequence}` : null],
    ]),
    payload.context_delta ? (shown ? diff(shown, patched(shown, payload.context_delta.value), 'What the override changed') : table(payload.context_delta.value, 'What the override changed')) : null,
    ['trigger_context', 'context_snapshot', 'checkpoint', 'evidence', 'error'].filter(name => payload[name]).map(name => el('details', { open: name === 'context_snapshot' }, el('summary', {}, titles[name]), table(payload[name].value))),
    el('details', { class: 'proven' }, el('summary', {}, 'position ', entry.position, ' ', hash(entry.entry_hash)),
      facts([['Entry hash', el('code', {}, entry.entry_hash)], ['Before it', el('code', {}, entry.prev_hash)], ['Policy', el('code', {}, entry.policy_version_id)], ['Actor’s issuer', entry.actor.issuer], ['Client', entry.actor.client]]),
      raw(bare(entry))));
}

const titles = { trigger_context: 'What it was started with', context_snapshot: 'What was shown', checkpoint: 'Where the agent left off', evidence: 'Evidence held elsewhere', error: 'What the agent reported' };

// The entry as it is hashed: without its place, its hash and what it only hashes.
const bare = ({ position, entry_hash, payload, erased, ...entry }) => entry;
