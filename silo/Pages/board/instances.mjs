// How many instances of which workflow are in which state; each count leads to them.
import { EDGES } from '../evidence/machine.mjs';
import { el } from '../frame/elements.mjs';
import { empty } from '../frame/states.mjs';
import { count } from '../shown/words.mjs';

const MOST = 40;

export function instances([shown, isComplete]) {
  const columns = Object.keys(EDGES).filter(state => shown.some(one => one.state === state));
  const rows = new Map();
  for (const one of shown) {
    const name = `${one.owning_team_id} ${one.workflow_id}`;
    const row = rows.get(name) ?? { team: one.owning_team_id, workflow: one.workflow_id, total: 0, counts: {} };
    row.total += one.count;
    row.counts[one.state] = one.count;
    rows.set(name, row);
  }

  const all = [...rows.values()].sort((one, other) => other.total - one.total || one.workflow.localeCompare(other.workflow));
  return all.length === 0
    ? empty('No instances', 'What is created is counted here.')
    : [el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Table of instances by workflow', 'data-key': 'workflows' },
      el('table', { class: 'board-rows counts' },
        el('thead', {}, el('tr', {}, ['Workflow', 'Team'].map(text => el('th', { scope: 'col' }, text)), columns.map(state => el('th', { scope: 'col', class: 'state-name' }, state)))),
        el('tbody', {}, all.slice(0, MOST).map(row => el('tr', {},
          el('th', { scope: 'row' }, row.workflow), el('td', {}, row.team),
          columns.map(state => el('td', {}, row.counts[state] ? el('a', { href: `/instances?${new URLSearchParams({ state, workflow_id: row.workflow })}`, 'data-key': `${row.team} ${row.workflow} ${state}`, 'aria-label': `${row.counts[state]} ${state} of ${row.workflow}` }, count(row.counts[state])) : el('span', { class: 'none' }, '–')))))))),
    all.length > MOST ? el('p', { class: 'quiet-text' }, `${count(all.length - MOST)} more workflows with fewer instances.`) : null,
    isComplete ? null : el('p', { class: 'quiet-text' }, 'There are too many to count them all: the oldest are left out.')];
}
