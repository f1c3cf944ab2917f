// One workflow: a version of it with its steps drawn, and what has changed between versions.
import { readJson } from '../api/call.mjs';
import { el } from '../frame/elements.mjs';
import { raw, table } from '../shown/values.mjs';
import { facts, hash, materiality, when } from '../shown/words.mjs';
import { graph } from './graph.mjs';
import { unescaped, versionsOf } from './lists.mjs';
import { versions } from './versions.mjs';
import { addressOf } from './workflows.mjs';

export function workflow(place, part, query) {
  const begin = (id, asked) => versions(place, {
    kind: 'workflow', id: unescaped(id), query: asked, base: `/workflows/${id}`, draw,
    list: async () => (await versionsOf(`/v1/workflows?workflow_id=${id}`, 'workflows')).map(one => one.version),
    read: version => readJson(`/v1/workflows/${id}/versions/${encodeURIComponent(version)}`),
  });
  let [shownPart, shown] = [part, begin(part, query)];
  return {
    update(next, asked) {
      if (next === shownPart) {
        shown.update(asked);
      } else {
        shown.leave();
        [shownPart, shown] = [next, begin(next, asked)];
      }
    },
    leave: () => shown.leave(),
  };
}

const draw = one => ({
  element: [
    el('p', { class: 'head-facts' }, materiality(one.materiality), ' ', one.mode === 'OBSERVE' ? 'OBSERVE: policy is recorded and stops nobody' : 'ENFORCE'),
    el('section', { 'aria-labelledby': 'steps-title' }, el('h2', { id: 'steps-title' }, 'Steps'), graph(one.steps)),
    facts([
      ['Policy', el('a', { href: addressOf(one.policy_version_id) }, el('code', {}, one.policy_version_id))], ['Queue', one.queue], ['Team', one.owning_team_id],
      ['Asked by default', one.default_approver_roles.join(', ') || 'nobody'], ['Registered', [when(one.registered_at), ` by ${one.registered_by}`]], ['Hash', hash(one.workflow_hash)],
      ['Instances', el('a', { href: `/instances?workflow_id=${encodeURIComponent(one.workflow_id)}` }, 'of any version')],
    ]),
    one.definition?.triggers?.length ? el('section', { 'aria-labelledby': 'triggers-title' }, el('h2', { id: 'triggers-title' }, 'What starts it'), one.definition.triggers.map(trigger => table(trigger))) : null,
    el('details', {}, el('summary', {}, 'The exact bytes that are hashed'), raw(one.definition)),
  ],
});
