// Instances, the newest first: found by state, by workflow, or by their id.
import { readJson } from '../api/call.mjs';
import { follow } from '../api/live.mjs';
import { soon } from '../api/soon.mjs';
import { EDGES } from '../evidence/machine.mjs';
import { el, fill } from '../frame/elements.mjs';
import { go } from '../frame/router.mjs';
import { empty, failed, loading } from '../frame/states.mjs';
import { badge, materiality, when } from '../shown/words.mjs';

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function instances(place, _, query) {
  document.title = 'Instances · Gantral';
  const body = el('tbody');
  const table = el('table', { class: 'instances' }, el('thead', {}, el('tr', {}, ['State', 'Workflow', 'Created', 'Team', 'Instance'].map(text => el('th', { scope: 'col' }, text)))), body);
  const under = el('div', { class: 'under' });
  const state = el('select', { id: 'state' }, el('option', { value: '' }, 'any state'), Object.keys(EDGES).map(word => el('option', { value: word, selected: query.get('state') === word }, word)));
  const text = el('input', { id: 'find', type: 'search', autocomplete: 'off', spellcheck: 'false', value: query.get('workflow_id') ?? '', 'aria-describedby': 'find-help' });
  const rows = new Map();
  let asked = 0;

  async function load(cursor) {
    const mine = cursor ? asked : ++asked;
    const wanted = new URLSearchParams({ limit: 50, ...pick(query), ...cursor ? { cursor } : {} });
    if (!cursor) {
      rows.clear();
      fill(body);
    }

    fill(under, loading('instances'));
    try {
      const page = await readJson(`/v1/instances?${wanted}`);
      if (mine !== asked) {
        return;
      }

      page.instances.forEach(put);
      fill(under, page.next_cursor ? el('button', { type: 'button', onclick: () => load(page.next_cursor) }, 'Show older ones')
        : rows.size === 0 ? empty('No such instance', 'None of your teams has one that fits.') : el('p', { class: 'quiet-text' }, `${rows.size} shown; these are all.`));
    } catch (problem) {
      if (mine === asked) {
        fill(under, failed(problem, () => load(cursor)));
      }
    }
  }

  function put(one) {
    const row = el('tr', {}, [
      badge(one.state), [el('a', { href: `/instances/${one.instance_id}` }, one.workflow_id), el('span', { class: 'quiet-text' }, ` ${one.workflow_version} `), materiality(one.materiality), one.reason ? el('span', { class: 'quiet-text' }, ` ${one.reason}`) : null],
      when(one.created_at), one.owning_team_id, el('code', {}, one.instance_id),
    ].map(cell => el('td', {}, cell)));
    const known = rows.get(one.instance_id);
    known ? known.replaceWith(row) : body.append(row);
    rows.set(one.instance_id, row);
  }

  // What is shown stays true; what is new is shown when somebody asks again.
  const changed = new Set();
  const looking = soon(async () => {
    const ids = [...changed];
    changed.clear();
    for (const id of ids) {
      const one = await readJson(`/v1/instances/${id}`).catch(() => null);
      if (one && rows.has(id)) {
        put(one);
      }
    }
  }, took => 5 * took);
  const stop = follow(entry => {
    if (entry?.instance_id && rows.has(entry.instance_id)) {
      changed.add(entry.instance_id);
      looking.ask();
    }
  });

  fill(place, el('h1', { tabindex: -1 }, 'Instances'),
    el('form', {
      class: 'filters', role: 'search',
      onsubmit: event => {
        event.preventDefault();
        const found = text.value.trim();
        go(ID.test(found) ? `/instances/${found}` : `/instances?${new URLSearchParams(pick(new Map([['state', state.value], ['workflow_id', found]])))}`);
      },
    },
    el('div', {}, el('label', { for: 'state' }, 'State'), state),
    el('div', { class: 'grow' }, el('label', { for: 'find' }, 'Workflow or id'), text),
    el('button', { class: 'primary' }, 'Find'),
    el('p', { id: 'find-help', class: 'quiet-text' }, 'The whole name of a workflow, or the id of an instance.')),
    el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Instances' }, table), under);
  load();
  return {
    update(_id, next) {
      query = next;
      state.value = next.get('state') ?? '';
      text.value = next.get('workflow_id') ?? '';
      load();
    },
    leave() {
      asked = -1;
      stop();
      looking.stop();
    },
  };
}

const pick = query => Object.fromEntries(['state', 'workflow_id'].map(name => [name, query.get(name)]).filter(([, value]) => value));
