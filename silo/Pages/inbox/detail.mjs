// One request for authority: exactly what would be authorised, what the agent says of it, and the decision.
import { readJson } from '../api/call.mjs';
import { el, fill } from '../frame/elements.mjs';
import { notice } from '../frame/notices.mjs';
import { failed, loading } from '../frame/states.mjs';
import { raw, table } from '../shown/values.mjs';
import { asked, badge, countdown, facts, hash, materiality, when } from '../shown/words.mjs';
import { decision } from './decision.mjs';
import { forgetDraft } from './drafts.mjs';
import { outcome } from './outcome.mjs';
import { integrityOf } from './integrity.mjs';
import { parted } from './prose.mjs';

/** Shows an instance, or, where none is given, what became of it. */
export function detail(place, id, instance, { decided, back }) {
  let current = null;
  let form = null;
  let clock = null;
  let mine = false;
  // What was read for something that is not looked at any more is not shown.
  let turn = 0;

  async function update(next) {
    if (next && form && next.sequence === current.sequence) {
      return;
    }

    if (next) {
      // A form that is being written in stays, unless another snapshot is asked about by now.
      if (form && current.pending.context_snapshot_hash !== next.pending.context_snapshot_hash) {
        notice('What is asked has changed. Read it again before you decide.', 'bad');
      }

      current = next;
      await show();
      return;
    }

    await gone();
  }

  async function gone() {
    const before = current;
    const asks = ++turn;
    try {
      const now = await readJson(`/v1/instances/${id}`);
      if (asks !== turn) {
        return;
      }

      const isNews = before?.pending && !mine && now.state !== 'WAITING_FOR_HUMAN';
      if (isNews && now.last_decision && now.last_decision.decision_id !== before.last_decision?.decision_id) {
        notice(`${now.last_decision.human_actor_id} was faster: ${now.last_decision.decision_type}. Nothing of yours was sent.`, 'plain');
      } else if (isNews && now.state === 'TERMINATED') {
        notice(`It ended without a decision: ${now.reason}.`, 'bad');
      }

      current = now;
      if (now.state !== 'WAITING_FOR_HUMAN') {
        forgetDraft(id);
      }

      [clock, form] = [null, null];
      fill(place, outcome(now, back));
    } catch (problem) {
      if (asks === turn) {
        fill(place, failed(problem, gone));
      }
    }
  }

  async function show() {
    const { pending } = current;
    const asks = ++turn;
    const integrity = await integrityOf(pending);
    if (asks !== turn) {
      return;
    }

    const { said, binding } = parted(pending.context_snapshot);
    const wasTyping = document.activeElement?.id;
    clock = pending.decide_by ? countdown(pending.decide_by) : null;
    form = decision(current, integrity, {
      lost: decided,
      made: made => {
        mine = true;
        forgetDraft(id);
        notice(made.instance.state === 'WAITING_FOR_HUMAN' ? 'Your approval is recorded; more people must approve.' : `Done: the instance is ${made.instance.state}.`, 'good');
        current = made.instance;
        [clock, form] = [null, null];
        fill(place, outcome(current, back));
        return decided();
      },
    });
    fill(place,
      el('button', { type: 'button', class: 'quiet back', onclick: back }, '‹ Inbox'),
      el('h2', { tabindex: -1 }, current.workflow_id, el('span', { class: 'step' }, asked(pending))),
      el('p', { class: 'head-facts' }, badge(current.state), ' ', materiality(current.materiality), ' ', clock?.shown ?? 'no deadline'),
      el('section', { class: `binds ${integrity.holds ? '' : 'broken'}`, 'aria-labelledby': 'binds-title' },
        el('h3', { id: 'binds-title' }, 'Exactly this will be authorised'),
        pending.context_snapshot === null ? null : table(binding),
        el('details', {}, el('summary', {}, 'The exact bytes that are hashed'), pending.context_snapshot === null ? null : raw(pending.context_snapshot),
          el('p', { class: 'quiet-text' }, 'Canonical JSON (RFC 8785), behind the salt ', el('code', {}, pending.context_snapshot_salt ?? 'erased'), '.')),
        el('p', { class: `integrity ${integrity.holds ? 'good' : 'bad'}`, role: integrity.holds ? null : 'alert' }, integrity.holds ? '✓ ' : '✗ ', integrity.text, ' ', hash(pending.context_snapshot_hash))),
      said.length === 0 ? null : el('section', { class: 'says', 'aria-labelledby': 'says-title' },
        el('h3', { id: 'says-title' }, 'What the agent says'),
        el('p', { class: 'quiet-text' }, 'Words of the program that asks. Nobody has checked them; what binds stands above.'),
        said.map(([name, text]) => el('blockquote', {}, el('cite', {}, name), text))),
      terms(current),
      form.element);
    if (wasTyping === 'why') {
      document.getElementById('why')?.focus({ preventScroll: true });
    }
  }

  if (instance) {
    fill(place, loading('what is asked'));
    update(instance);
  } else {
    gone();
  }

  return {
    id,
    update,
    leave() {
      turn += 1;
    },
    begin: type => form?.begin(type),
    tick() {
      if (clock && !clock.tick()) {
        form?.close('Time is over. Nobody can decide this any more; what happens now is what the policy says.');
      }
    },
  };
}

const terms = instance => {
  const { pending } = instance;
  return facts([
    ['Who may decide', pending.eligible_approver_roles.join(', ')],
    ['Approvals', pending.approvals_required > 1 ? [`${pending.approvals.length} of ${pending.approvals_required}`, pending.distinct_roles ? ', each in another role' : null, approvers(pending.approvals)] : null],
    ['When time is over', pending.on_timeout === 'ESCALATE' ? `${(pending.escalation_roles ?? []).join(', ')} will be asked` : 'it ends; a timeout never approves'],
    ['Must begin within', pending.execute_within],
    ['Asked by', [pending.requested_by, ', ', when(pending.since)]],
    ['Policy', el('code', {}, instance.policy_version_id)],
    ['Team', instance.owning_team_id],
    ['Instance', el('a', { href: `/instances/${instance.instance_id}` }, el('code', {}, instance.instance_id))],
  ]);
};

const approvers = all => all.length === 0 ? null : el('ul', { class: 'approvers' }, all.map(one => el('li', {}, '✓ ', el('strong', {}, one.human_actor_id), one.role ? ` as ${one.role}` : null, one.on_behalf_of ? ` for ${one.on_behalf_of}` : null)));
