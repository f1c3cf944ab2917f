// Workflows: the newest version of each.
import { el, fill } from '../frame/elements.mjs';
import { count, materiality, when } from '../shown/words.mjs';
import { growing, grouped } from './lists.mjs';

export function workflows(place) {
  document.title = 'Workflows · Gantral';
  const list = growing('/v1/workflows', 'workflows', {
    none: ['No workflows', 'Your teams have registered none. Whoever has the role gantral.author registers them by the API.'],
    draw: all => el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Workflows' }, el('table', { class: 'instances' },
      el('thead', {}, el('tr', {}, ['Workflow', 'Newest version', 'Policy', 'Team', 'Registered'].map(text => el('th', { scope: 'col' }, text)))),
      el('tbody', {}, grouped(all, one => one.workflow_id).map(({ name, newest, versions }) => el('tr', {}, [
        [el('a', { href: `/workflows/${encodeURIComponent(name)}` }, name), ' ', materiality(newest.materiality), newest.mode === 'OBSERVE' ? el('span', { class: 'quiet-text' }, ' observed only') : null],
        [newest.version, versions > 1 ? el('span', { class: 'quiet-text' }, ` of ${count(versions)}`) : null],
        el('a', { href: addressOf(newest.policy_version_id) }, newest.policy_version_id), newest.owning_team_id, [when(newest.registered_at), el('span', { class: 'quiet-text' }, ` by ${newest.registered_by}`)],
      ].map(cell => el('td', {}, cell))))))),
  });
  fill(place, el('h1', { tabindex: -1 }, 'Workflows'), list.element);
  return { leave: list.leave };
}

/** Where a policy version is shown. */
export function addressOf(policyVersionId) {
  const [id, version] = policyVersionId.split('@');
  return `/policies/${encodeURIComponent(id)}?version=${encodeURIComponent(version)}`;
}
