// One policy: a version of it with its rules, what has changed between versions, and what it would say.
import { readJson } from '../api/call.mjs';
import { el } from '../frame/elements.mjs';
import { may } from '../session/token.mjs';
import { raw, table } from '../shown/values.mjs';
import { facts, hash, when } from '../shown/words.mjs';
import { dryRun } from './dryRun.mjs';
import { unescaped, versionsOf } from './lists.mjs';
import { rules } from './rules.mjs';
import { versions } from './versions.mjs';

export function policy(place, part, query) {
  const begin = (id, asked) => versions(place, {
    kind: 'policy', id: unescaped(id), query: asked, base: `/policies/${id}`, draw,
    list: async () => (await versionsOf(`/v1/policies?policy_id=${id}`, 'policies')).map(one => one.policy_version_id.split('@')[1]),
    read: version => readJson(`/v1/policies/${id}@${encodeURIComponent(version)}`),
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

function draw(one) {
  const mayTry = may('gantral.policy_author') || may('gantral.author');
  return {
    element: [
      el('div', { class: 'columns even' },
        el('section', { 'aria-labelledby': 'rules-title' }, el('h2', { id: 'rules-title' }, 'What it says'), one.definition.evaluator === 'rules' ? rules(one.definition) : table(one.definition),
          facts([['Team', one.owning_team_id], ['Others that may bind it', one.teams.join(', ')], ['Registered', [when(one.registered_at), ` by ${one.registered_by}`]], ['Hash', hash(one.policy_hash)]]),
          el('details', {}, el('summary', {}, 'The exact bytes that are hashed'), raw(one.definition))),
        el('section', { class: 'dry-run', 'aria-labelledby': 'try-title' }, el('h2', { id: 'try-title' }, 'Try it out'),
          mayTry ? dryRun(one) : el('p', { class: 'quiet-text' }, 'Trying a policy out is for gantral.policy_author and gantral.author.'))),
    ],
  };
}
