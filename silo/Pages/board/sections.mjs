// What the board shows, part by part. A part is drawn anew when its figures have changed, and the focus stays where it was.
import { EDGES } from '../evidence/machine.mjs';
import { el, fill } from '../frame/elements.mjs';
import { empty } from '../frame/states.mjs';
import { age, badge, count, facts, ofStep, tone } from '../shown/words.mjs';
import { instances } from './instances.mjs';
import { bars, histogram, spark } from './pictures.mjs';

const isOver = state => state === 'COMPLETED' || state === 'TERMINATED';
const sum = (all, of) => all.reduce((total, one) => total + of(one), 0);

export function sections() {
  const tiles = el('dl', { class: 'tiles' });
  const parts = [
    part('states', 'Instances by state', overview => overview.shown, states),
    part('waiting', 'Waiting for people', overview => [overview.waiting, overview.waiting_steps], waiting),
    part('flow', 'Transitions per second', overview => overview.silo && [overview.silo.transitions, overview.silo.committing], flow),
    part('queues', 'Queues', overview => overview.queues, queues),
    part('workflows', 'Instances by workflow', overview => [overview.shown, overview.is_complete], instances),
    part('timers', 'Deadlines within the hour', overview => overview.timers, timers),
    part('stream', 'Stream', overview => overview.silo?.stream, stream),
    part('policy', 'Policies', overview => overview.silo?.policy, policy),
  ];
  return {
    element: [tiles, el('div', { class: 'parts' }, parts.map(one => one.element))],
    show(overview, workflow) {
      const all = { ...overview, shown: overview.instances.filter(one => !workflow || one.workflow_id === workflow) };
      fill(tiles, summary(all));
      parts.forEach(one => one.show(all));
    },
  };
}

function part(name, title, of, draw) {
  const body = el('div');
  let drawn = null;
  return {
    element: el('section', { class: `part ${name}`, 'aria-labelledby': `part-${name}` }, el('h2', { id: `part-${name}` }, title), body),
    show(overview) {
      const figures = of(overview) ?? null;
      // Ages grow while nothing else changes, a minute at a time.
      const text = JSON.stringify([figures, Math.floor(Date.parse(overview.at) / 60_000)]);
      if (text === drawn) {
        return;
      }

      drawn = text;
      const focused = body.contains(document.activeElement) ? document.activeElement.dataset.key : null;
      fill(body, draw(figures, overview));
      if (focused) {
        [...body.querySelectorAll('[data-key]')].find(one => one.dataset.key === focused)?.focus({ preventScroll: true });
      }
    },
  };
}

function summary({ shown, waiting: all, queues: work, silo }) {
  const live = shown.filter(one => !isOver(one.state));
  const [late, near] = [sum(all, one => one.late), sum(all, one => one.near)];
  const recent = silo ? silo.transitions.slice(-10) : [];
  return [
    tile('Waiting', sum(all, one => sum(one.ages, item => item)), near || late ? 'waiting' : '', 'for a person'),
    tile('Late', late, late ? 'bad' : '', near ? `${count(near)} more within 5 minutes` : 'past their deadline'),
    tile('Under way', sum(live, one => one.count), '', `in ${of(new Set(live.map(one => one.workflow_id)).size, 'workflow')}`),
    tile('Timed out', sum(shown, one => one.timed_out), '', 'created within a day'),
    tile('In queues', sum(work, one => one.depth), '', `${count(sum(work, one => one.at_work))} at work`),
    silo ? tile('Per second', sum(recent, one => one) / 10, '', 'transitions, here') : null,
  ];
}

const of = (many, what) => `${count(many)} ${what}${many === 1 ? '' : 's'}`;

const tile = (name, value, kind, text) => el('div', { class: `tile ${kind}` }, el('dt', {}, name), el('dd', {}, el('strong', {}, count(value)), el('span', { class: 'quiet-text' }, text)));

function states(shown) {
  const known = Object.keys(EDGES).map(state => ({ state, count: sum(shown.filter(one => one.state === state), one => one.count) })).filter(one => one.count > 0);
  const teams = [...new Set(shown.map(one => one.owning_team_id))].map(team => ({ team, count: sum(shown.filter(one => one.owning_team_id === team && !isOver(one.state)), one => one.count) }));
  return known.length === 0
    ? empty('No instances', 'Nothing lives, and nothing that was created within a day has ended.')
    : [bars(known.map(one => ({ key: one.state, label: badge(one.state), count: one.count, tone: tone(one.state), href: `/instances?state=${one.state}` }))),
      teams.length > 1 ? [el('h3', {}, 'Under way, by team'), bars(teams.map(one => ({ key: `team ${one.team}`, label: one.team, count: one.count, tone: 'running', href: `/board?team=${encodeURIComponent(one.team)}` })))] : null,
      el('p', { class: 'quiet-text' }, 'COMPLETED and TERMINATED: created within a day.')];
}

function waiting([all, steps]) {
  const total = all.reduce((counts, one) => counts.map((item, place) => item + one.ages[place]), Array(steps.length + 1).fill(0));
  return sum(total, item => item) === 0
    ? empty('Nobody is waited for', 'What waits for people is shown here by its age.')
    : [histogram('How long it has waited', [...steps.map(step => `≤ ${ofStep(step)}`), `> ${ofStep(steps.at(-1))}`], total, 'waiting'),
      el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Table of what waits, by team', 'data-key': 'waiting' },
        rows(['Team', 'Waiting', 'Oldest', 'Within 5 min', 'Late'], all.map(one => [one.owning_team_id, count(sum(one.ages, item => item)), age(one.oldest_since), count(one.near), el('span', { class: one.late ? 'countdown over' : '' }, count(one.late))])))];
}

function flow(figures) {
  if (!figures) {
    return notTold();
  }

  const [transitions, committing] = figures;
  return [spark(transitions, { title: 'Transitions per second', say: value => `${count(value)} per second` }),
    here(), facts([['Waiting to be committed', count(committing)]])];
}

const queues = all => all.length === 0
  ? empty('No queues', 'A queue is shown once work was put into it, or something was said about it.')
  : el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Table of queues', 'data-key': 'queues' },
    rows(['Queue', 'Team', 'State', 'Waiting', 'Oldest', 'At work', 'Runners'], all.map(one => [
      el('strong', {}, one.queue), one.owning_team_id, el('span', { class: `queue-state ${one.state}` }, one.state), count(one.depth), one.oldest_since ? age(one.oldest_since) : '–',
      one.most_at_once === null ? count(one.at_work) : `${count(one.at_work)} of ${count(one.most_at_once)}`,
      el('span', { title: one.runners.join(', ') }, count(one.runners.length)),
    ])));

const timers = all => all.length === 0
  ? empty('No deadlines', 'None runs out within the hour.')
  : rows(['Team', 'Over', 'In a minute', 'In an hour'], all.map(one => [one.owning_team_id, el('span', { class: one.late ? 'countdown over' : '' }, count(one.late)), count(one.next_minute), count(one.next_hour)]));

function policy(figures) {
  if (!figures) {
    return notTold();
  }

  const asked = sum(figures.outcomes, one => one.count);
  return asked === 0
    ? [empty('No policy was asked', 'within two minutes, of this silo.')]
    : [bars(figures.outcomes.filter(one => one.count > 0).map(one => ({ key: one.outcome, label: badge(one.outcome), count: one.count, tone: tone(one.outcome) }))),
      histogram('At most so many milliseconds', [...figures.latency_steps, 'more'], figures.latencies, 'running'),
      here()];
}

function stream(figures) {
  if (!figures) {
    return notTold();
  }

  const told = figures.lag.filter(one => one !== null);
  return [spark(figures.lag, { title: 'How long entries were on their way', say: value => `${count(value)} ms` }),
    here(), facts([['Followed by', count(figures.listeners)], ['Not yet told', count(figures.behind)], ['Longest', told.length ? `${count(Math.max(...told))} ms` : 'nothing was told']])];
}

const here = () => el('p', { class: 'quiet-text' }, 'Of the silo that answered, in its last two minutes, for all teams together.');

const notTold = () => el('p', { class: 'quiet-text' }, 'What a silo does for all teams together is told to gantral.operator and gantral.auditor.');

const rows = (heads, all) => el('table', { class: 'board-rows' }, el('thead', {}, el('tr', {}, heads.map(text => el('th', { scope: 'col' }, text)))), el('tbody', {}, all.map(cells => el('tr', {}, cells.map((cell, place) => place === 0 ? el('th', { scope: 'row' }, cell) : el('td', {}, cell))))));
