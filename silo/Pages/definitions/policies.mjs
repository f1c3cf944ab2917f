// Policies: the newest version of each, and what observing has seen of them.
import { el, fill } from '../frame/elements.mjs';
import { caller, may, onSession } from '../session/token.mjs';
import { count, when } from '../shown/words.mjs';
import { growing, grouped } from './lists.mjs';
import { shadow } from './shadow.mjs';

export function policies(place) {
  document.title = 'Policies · Gantral';
  const seen = el('div');
  const list = growing('/v1/policies', 'policies', {
    none: ['No policies', 'Your teams have registered none. Whoever has the role gantral.policy_author registers them by the API.'],
    draw: all => el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Policies' }, el('table', { class: 'instances' },
      el('thead', {}, el('tr', {}, ['Policy', 'Newest version', 'Team', 'Registered'].map(text => el('th', { scope: 'col' }, text)))),
      el('tbody', {}, grouped(all, one => one.policy_version_id.split('@')[0]).map(({ name, newest, versions }) => el('tr', {}, [
        el('a', { href: `/policies/${encodeURIComponent(name)}` }, name),
        [newest.policy_version_id.split('@')[1], versions > 1 ? el('span', { class: 'quiet-text' }, ` of ${count(versions)}`) : null],
        newest.owning_team_id, [when(newest.registered_at), el('span', { class: 'quiet-text' }, ` by ${newest.registered_by}`)],
      ].map(cell => el('td', {}, cell))))))),
  });
  let report = null;
  const show = () => {
    if (caller() && !report && (may('gantral.auditor') || may('gantral.policy_author'))) {
      report = shadow(caller().teams);
      fill(seen, report.element);
    }
  };
  const stop = onSession(show);
  show();
  fill(place, el('h1', { tabindex: -1 }, 'Policies'), list.element, seen);
  return {
    leave() {
      stop();
      list.leave();
      report?.leave();
    },
  };
}
