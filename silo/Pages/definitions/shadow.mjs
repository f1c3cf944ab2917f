// What observe-only mode has seen: where policy would have stopped instances, and how much people would have had to decide.
import { readJson } from '../api/call.mjs';
import { now } from '../api/clock.mjs';
import { el, fill } from '../frame/elements.mjs';
import { empty, failed, loading } from '../frame/states.mjs';
import { badge, count, when } from '../shown/words.mjs';

const times = [[1, 'a day'], [7, 'a week'], [30, '30 days'], [90, '90 days']];

export function shadow(teams) {
  const team = el('select', { id: 'shadow-team', onchange: () => load() }, teams.map(one => el('option', { value: one }, one)));
  const since = el('select', { id: 'shadow-since', onchange: () => load() }, times.map(([days, text]) => el('option', { value: days, selected: days === 30 }, text)));
  const body = el('div');
  let asks = 0;

  async function load() {
    const mine = ++asks;
    fill(body, loading('what observing has seen'));
    try {
      const from = new Date(now() - since.value * 86_400_000).toISOString();
      const report = await readJson(`/v1/audit/reports/shadow?${new URLSearchParams({ owning_team_id: team.value, since: from })}`);
      if (mine === asks) {
        fill(body, drawn(report));
      }
    } catch (problem) {
      if (mine === asks) {
        fill(body, failed(problem, load));
      }
    }
  }

  load();
  return {
    element: el('section', { class: 'shadow', 'aria-labelledby': 'shadow-title' },
      el('h2', { id: 'shadow-title' }, 'What observing has seen'),
      el('p', { class: 'quiet-text' }, 'A workflow in mode OBSERVE stops nobody; what its policy would have done is recorded.'),
      el('div', { class: 'filters' }, el('div', { hidden: teams.length < 2 }, el('label', { for: 'shadow-team' }, 'Team'), team), el('div', {}, el('label', { for: 'shadow-since' }, 'Created within'), since)),
      body),
    leave: () => { asks = -1; },
  };
}

const drawn = ({ coverage, observed, gates, load }) => [
  el('p', {}, el('strong', {}, count(observed)), ` times it would not have let an instance pass, of ${count(coverage.instances)} instances`, coverage.is_complete ? '.' : [', up to ', when(coverage.until), ': there are more than one report looks at.']),
  observed === 0
    ? empty('Nothing would have been stopped', coverage.instances === 0 ? 'No instance of this time was observed only.' : 'Every boundary was passed.')
    : [table('Where and why', ['Workflow', 'Before', 'Why', 'Who could decide', 'How often'], gates.map(one => [`${one.workflow_id} ${one.workflow_version}`, one.step ?? 'the start', badge(one.reason), one.role ?? 'nobody', count(one.count)])),
      load.length ? table('What people would have had to do', ['Role', 'Gates', 'Approvals', 'Busiest day'], load.map(one => [one.role, count(one.gates), count(one.approvals), count(one.busiest_day)])) : null],
];

const table = (title, heads, rows) => el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': title },
  el('table', { class: 'board-rows' }, el('caption', {}, title), el('thead', {}, el('tr', {}, heads.map(text => el('th', { scope: 'col' }, text)))), el('tbody', {}, rows.map(cells => el('tr', {}, cells.map((cell, place) => place === 0 ? el('th', { scope: 'row' }, cell) : el('td', {}, cell)))))));
