// What waits for this person, the nearest deadline first, and beside it the one that is looked at.
import { readJson } from '../api/call.mjs';
import { follow } from '../api/live.mjs';
import { soon } from '../api/soon.mjs';
import { el, fill } from '../frame/elements.mjs';
import { go } from '../frame/router.mjs';
import { empty, failed, loading } from '../frame/states.mjs';
import { caller } from '../session/token.mjs';
import { asked, countdown, materiality } from '../shown/words.mjs';
import { detail } from './detail.mjs';

const concerned = new Set(['WAITING_FOR_HUMAN', 'ESCALATED', 'DECISION_RECORDED', 'APPROVED', 'REJECTED', 'OVERRIDDEN', 'TERMINATED', 'DELEGATION_GRANTED', 'DELEGATION_REVOKED']);

export function inbox(place, id) {
  const title = el('h1', { tabindex: -1 }, 'Inbox');
  const list = el('div', { class: 'list', 'aria-busy': 'true' }, loading('what waits for you'));
  const side = el('section', { class: 'detail', 'aria-label': 'What is asked' });
  const room = el('div', { class: 'inbox' }, el('section', { class: 'waiting', 'aria-label': 'What waits for you' }, title, list), side);
  let waiting = [];
  let cursor = null;
  let rows = [];
  let shown = null;
  let selected = id ?? null;
  let isLeft = false;
  fill(place, room);

  const select = (next, options) => go(next ? `/inbox/${next}` : '/inbox', options);
  const looking = soon(load);
  const stopFollowing = follow(entry => {
    if (entry === null || concerned.has(entry.type)) {
      looking.ask();
    }
  });
  const ticking = setInterval(() => {
    rows.forEach(row => row.tick());
    shown?.tick();
  }, 1000);

  async function load() {
    try {
      const page = await readJson('/v1/decisions/pending?limit=200');
      if (isLeft) {
        return;
      }

      [waiting, cursor] = [page.instances, page.next_cursor];
      list.removeAttribute('aria-busy');
      showList();
      await showDetail();
    } catch (problem) {
      if (!isLeft) {
        fill(list, failed(problem, load));
      }
    }
  }

  function showList() {
    document.title = `${waiting.length ? `(${waiting.length}) ` : ''}Inbox · Gantral`;
    fill(title, 'Inbox', waiting.length ? el('span', { class: 'count' }, cursor ? `${waiting.length}+` : waiting.length) : null);
    rows = waiting.map(one => row(one, one.instance_id === selected));
    fill(list, waiting.length
      ? [el('ul', { class: 'rows' }, rows.map(one => one.item)), cursor ? el('p', { class: 'quiet-text' }, 'There is more; it moves up as you decide.') : null]
      : caller().actor.kind === 'human'
        ? empty('Nothing waits for you', 'What comes is shown here at once.')
        : empty('A program decides nothing', 'This token speaks for a program. Sign in as a person to decide.'));
  }

  async function showDetail() {
    room.classList.toggle('selected', selected !== null);
    const one = waiting.find(instance => instance.instance_id === selected);
    if (shown && shown.id !== selected) {
      shown.leave();
      shown = null;
    }

    if (selected === null) {
      fill(side, el('p', { class: 'state wide-only' }, waiting.length ? 'Choose what to look at, or press j.' : ''));
    } else if (!shown) {
      shown = detail(side, selected, one ?? null, { decided: load, back: () => select(null) });
    } else {
      await shown.update(one ?? null);
    }
  }

  function step(by) {
    const at = waiting.findIndex(one => one.instance_id === selected);
    const next = waiting[at < 0 ? 0 : Math.min(Math.max(at + by, 0), waiting.length - 1)];
    if (next) {
      select(next.instance_id, { replace: true });
      rows.find(one => one.id === next.instance_id)?.link.scrollIntoView({ block: 'nearest' });
    }
  }

  load();
  return {
    update(next) {
      selected = next ?? null;
      showList();
      showDetail();
      if (next) {
        side.querySelector('h2')?.focus({ preventScroll: true });
        scrollTo(0, 0);
      }
    },
    leave() {
      isLeft = true;
      shown?.leave();
      stopFollowing();
      clearInterval(ticking);
      looking.stop();
    },
    keys: { j: () => step(1), k: () => step(-1), a: () => shown?.begin('APPROVE'), r: () => shown?.begin('REJECT'), o: () => shown?.begin('OVERRIDE') },
  };
}

function row(instance, isSelected) {
  const { pending } = instance;
  const clock = pending.decide_by ? countdown(pending.decide_by) : { shown: el('span', { class: 'countdown' }, 'no deadline'), tick: () => {} };
  const link = el('a', { href: `/inbox/${instance.instance_id}`, 'aria-current': isSelected ? 'true' : null },
    el('span', { class: 'row-title' }, instance.workflow_id, el('span', { class: 'step' }, asked(pending))),
    clock.shown,
    el('span', { class: 'row-facts' }, materiality(instance.materiality), ` ${instance.owning_team_id} · asked by ${pending.requested_by}`,
      pending.approvals_required > 1 ? ` · ${pending.approvals.length} of ${pending.approvals_required}` : null));
  return { id: instance.instance_id, item: el('li', {}, link), link, tick: clock.tick };
}
