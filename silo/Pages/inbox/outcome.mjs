// What became of something that waits no more, or not for this person.
import { el } from '../frame/elements.mjs';
import { badge, facts, when } from '../shown/words.mjs';

export function outcome(instance, back) {
  const last = instance.last_decision;
  const isWaiting = instance.state === 'WAITING_FOR_HUMAN';
  return [
    el('button', { type: 'button', class: 'quiet back', onclick: back }, '‹ Inbox'),
    el('h2', { tabindex: -1 }, instance.workflow_id),
    el('p', { class: 'head-facts' }, badge(instance.state)),
    el('p', { class: 'outcome', role: 'status' }, isWaiting
      ? 'It waits, and not for you: you have decided already, you asked for it yourself, or it is another role’s to decide.'
      : instance.reason && instance.reason !== 'REJECTED' ? `It ended: ${instance.reason}.`
        : last ? `${last.human_actor_id} decided: ${last.decision_type}.` : 'It does not wait for anybody.'),
    facts([
      ['Decided last', last ? [last.decision_type, ' by ', el('strong', {}, last.human_actor_id), last.role ? ` as ${last.role}` : null, ', ', when(last.timestamp)] : null],
      ['Ended for', instance.reason],
      ['Approvals', isWaiting ? `${instance.pending.approvals.length} of ${instance.pending.approvals_required}` : null],
    ]),
    el('p', {}, el('a', { class: 'button', href: `/instances/${instance.instance_id}` }, 'See the whole instance')),
  ];
}
