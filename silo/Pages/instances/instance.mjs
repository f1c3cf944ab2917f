// One instance: where it stands, what happened, and, for auditors, the proof of it.
import { readJson } from '../api/call.mjs';
import { follow } from '../api/live.mjs';
import { soon } from '../api/soon.mjs';
import { el, fill } from '../frame/elements.mjs';
import { failed, loading } from '../frame/states.mjs';
import { proof } from '../proof/proof.mjs';
import { may } from '../session/token.mjs';
import { badge, facts, materiality, when } from '../shown/words.mjs';
import { machine } from './machine.mjs';
import { brief, timeline } from './timeline.mjs';

const PAGE = 200;

export function instance(place, id) {
  document.title = 'Instance · Gantral';
  const room = el('div', { class: 'instance' }, loading('the instance'));
  fill(place, room);
  let isLeft = false;
  let drawn = null;

  async function load() {
    try {
      const one = await readJson(`/v1/instances/${id}`);
      const entries = may('gantral.auditor') ? await history() : null;
      if (!isLeft) {
        show(one, entries);
      }
    } catch (problem) {
      if (!isLeft) {
        drawn = null;
        fill(room, el('h1', { tabindex: -1 }, 'Instance'), failed(problem, load));
      }
    }
  }

  async function history() {
    const entries = [];
    for (let cursor = null; ;) {
      const page = await readJson(`/v1/instances/${id}/history?limit=${PAGE}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
      entries.push(...page.entries);
      cursor = page.next_cursor;
      if (!cursor) {
        return entries;
      }
    }
  }

  // Made once: later looks fill the parts, and leave alone what a reader has opened in the story and in the proof.
  function draw(isAuditor) {
    const parts = { isAuditor, head: el('div'), path: el('div'), story: isAuditor ? timeline() : null, brief: el('div') };
    fill(room,
      parts.head,
      el('div', { class: 'columns' },
        el('section', { class: 'path', 'aria-labelledby': 'path-title' }, el('h2', { id: 'path-title' }, 'The way it took'), parts.path),
        el('section', { class: 'story', 'aria-labelledby': 'story-title' }, el('h2', { id: 'story-title' }, 'What happened'), parts.story?.element ?? parts.brief)),
      isAuditor ? proof(id).element : null);
    return parts;
  }

  function show(one, entries) {
    document.title = `${one.workflow_id} ${one.state} · Gantral`;
    if (drawn?.isAuditor !== (entries !== null)) {
      drawn = draw(entries !== null);
    }

    fill(drawn.head,
      el('h1', { tabindex: -1 }, one.workflow_id, el('span', { class: 'step' }, `version ${one.workflow_version}`)),
      el('p', { class: 'head-facts' }, badge(one.state), ' ', materiality(one.materiality), one.mode === 'OBSERVE' ? ' observed only' : null, one.reason ? ` ended for ${one.reason}` : null),
      one.state === 'WAITING_FOR_HUMAN' ? el('p', {}, el('a', { class: 'button', href: `/inbox/${id}` }, 'See what is asked')) : null,
      facts([
        ['Instance', el('code', {}, one.instance_id)], ['Team', one.owning_team_id], ['Policy', el('code', {}, one.policy_version_id)],
        ['Created', [when(one.created_at), ` by ${one.created_by}`]], ['Last changed', when(one.updated_at)],
        ['Cost', one.cost.map(sum => `${sum.amount} ${sum.currency}`).join(', ')],
      ]));
    fill(drawn.path, machine(one.state, entries));
    if (entries) {
      drawn.story.show(entries);
    } else {
      fill(drawn.brief, brief(one));
    }
  }

  const looking = soon(load);
  const stop = follow(entry => {
    if (entry === null || entry.instance_id === id) {
      looking.ask();
    }
  });
  load();
  return {
    leave() {
      isLeft = true;
      looking.stop();
      stop();
    },
  };
}
