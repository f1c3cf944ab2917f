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
import { rolesFor } from './roles.mjs';

const concerned = new Set(['WAITING_FOR_HUMAN', 'ESCALATED', 'DECISION_RECORDED', 'APPROVED', 'REJECTED', 'OVERRIDDEN', 'TERMINATED', 'DELEGATION_GRANTED', 'DELEGATION_REVOKED']);

// A page is what fits a screen; what was shown before is read again in larger ones.
const PAGE = 50;
const MOST = 200;

export function inbox(main, id) {
  const title = el('h1', { tabindex: -1 }, 'Inbox');
  const list = el('div', { class: 'list', 'aria-busy': 'true' }, loading('what waits for you'));
  const side = el('section', { class: 'detail', 'aria-label': 'What is asked' });
  const room = el('div', { class: 'inbox' }, el('section', { class: 'waiting', 'aria-label': 'What waits for you' }, title, list), side);
  const more = el('p', { class: 'quiet-text more' });
  const items = el('ul', { class: 'rows' });
  let waiting = [];
  let cursor = null;
  let rows = new Map();
  let wanted = PAGE;
  let busy = null;
  let shown = null;
  let selected = id ?? null;
  let isLeft = false;
  fill(main, room);

  const select = (next, options) => go(next ? `/inbox/${next}` : '/inbox', options);
  // The more is read each time, the longer the pause after it; nobody is kept waiting for long by that.
  const looking = soon(() => load(), took => Math.min(3 * took, 3_000));
  const stopFollowing = follow(entry => {
    if (entry === null || concerned.has(entry.type)) {
      looking.ask();
    }
  });
  const ticking = setInterval(() => {
    rows.forEach(row => row.tick());
    shown?.tick();
  }, 1000);

  // Whoever scrolls to the end is shown more; nobody else waits for it.
  const seen = new IntersectionObserver(entries => {
    if (entries.some(one => one.isIntersecting) && cursor) {
      grow();
    }
  }, { rootMargin: '600px', scrollMargin: '600px' });

  // One after the other: two answers at once would not fit each other.
  function next(run) {
    const mine = (busy ?? Promise.resolve()).then(run).finally(() => { busy = busy === mine ? null : busy; });
    busy = mine;
    return mine;
  }

  const load = () => next(read);
  const grow = () => busy ?? next(readOn);

  const page = (most, from) => readJson(`/v1/decisions/pending?limit=${most}${from ? `&cursor=${encodeURIComponent(from)}` : ''}`);

  async function readOn() {
    const found = cursor ? await page(PAGE, cursor).catch(() => null) : null;
    if (found && !isLeft) {
      const known = new Set(waiting.map(one => one.instance_id));
      waiting.push(...found.instances.filter(one => !known.has(one.instance_id)));
      [wanted, cursor] = [Math.max(wanted, waiting.length), found.next_cursor];
      showList();
    }
  }

  // As much as was shown before, from the beginning: what is decided leaves its place to what came after it.
  async function read() {
    try {
      const found = [];
      let from = null;
      do {
        const part = await page(Math.min(MOST, wanted - found.length), from);
        found.push(...part.instances);
        from = part.next_cursor;
      } while (from && found.length < wanted);

      if (isLeft) {
        return;
      }

      [waiting, cursor] = [found, from];
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
    // What has not changed stays the element that it is: the focus and the place in the list stay with it.
    rows = new Map(waiting.map(one => {
      const before = rows.get(one.instance_id);
      return [one.instance_id, before?.sequence === one.sequence ? before : row(one)];
    }));
    rows.forEach(one => one.select(one.id === selected));
    ordered(items, [...rows.values()].map(one => one.item));
    fill(more, cursor ? 'There is more …' : null);
    if (waiting.length) {
      if (!items.isConnected) {
        fill(list, items, more);
      }

      seen.unobserve(more);
      seen.observe(more);
      return;
    }

    fill(list, caller().actor.kind === 'human'
      ? empty('Nothing waits for you', 'What comes is shown here at once.')
      : empty('A program decides nothing', 'This token speaks for a program. Sign in as a person to decide.'));
  }

  async function showDetail() {
    room.classList.toggle('selected', selected !== null);
    const looked = selected;
    const one = waiting.find(instance => instance.instance_id === looked) ?? await further(looked);
    if (isLeft || looked !== selected) {
      return;
    }

    if (shown && shown.id !== selected) {
      shown.leave();
      shown = null;
    }

    if (selected === null) {
      fill(side, el('p', { class: 'state wide-only' }, waiting.length ? 'Choose what to look at, or press j.' : ''));
    } else if (!shown) {
      shown = detail(side, selected, one, { decided: load, back: () => select(null) });
    } else {
      await shown.update(one);
    }
  }

  // What is further down than what was read may be decided as well.
  async function further(id) {
    if (id === null || cursor === null) {
      return null;
    }

    const [one, me] = [await readJson(`/v1/instances/${id}`).catch(() => null), caller()?.actor];
    const isMine = one?.state === 'WAITING_FOR_HUMAN' && me?.kind === 'human' && one.pending.requested_by !== me.id && one.pending.approvals.every(given => given.human_actor_id !== me.id);
    return isMine && (await rolesFor(one).catch(() => [])).length > 0 ? one : null;
  }

  function step(by) {
    const at = waiting.findIndex(one => one.instance_id === selected);
    const next = waiting[at < 0 ? 0 : Math.min(Math.max(at + by, 0), waiting.length - 1)];
    if (next) {
      select(next.instance_id, { replace: true });
      rows.get(next.instance_id)?.link.scrollIntoView({ block: 'nearest' });
    }

    if (cursor && at + by >= waiting.length - 3) {
      grow();
    }
  }

  load();
  return {
    async update(next) {
      selected = next ?? null;
      showList();
      await showDetail();
      if (next && next === selected) {
        side.querySelector('h2')?.focus({ preventScroll: true });
        scrollTo(0, 0);
      }
    },
    leave() {
      isLeft = true;
      shown?.leave();
      stopFollowing();
      clearInterval(ticking);
      seen.disconnect();
      looking.stop();
    },
    keys: { j: () => step(1), k: () => step(-1), a: () => shown?.begin('APPROVE'), r: () => shown?.begin('REJECT'), o: () => shown?.begin('OVERRIDE') },
  };
}

// Puts elements into an order, and touches only those that are not in it already.
function ordered(parent, wanted) {
  const kept = new Set(wanted);
  [...parent.children].filter(one => !kept.has(one)).forEach(one => one.remove());
  let at = parent.firstElementChild;
  for (const one of wanted) {
    if (one === at) {
      at = at.nextElementSibling;
    } else {
      parent.insertBefore(one, at);
    }
  }
}

function row(instance) {
  const { pending } = instance;
  const clock = pending.decide_by ? countdown(pending.decide_by) : { shown: el('span', { class: 'countdown' }, 'no deadline'), tick: () => {} };
  const link = el('a', { href: `/inbox/${instance.instance_id}` },
    el('span', { class: 'row-title' }, instance.workflow_id, el('span', { class: 'step' }, asked(pending))),
    clock.shown,
    el('span', { class: 'row-facts' }, materiality(instance.materiality), ` ${instance.owning_team_id} · asked by ${pending.requested_by}`,
      pending.approvals_required > 1 ? ` · ${pending.approvals.length} of ${pending.approvals_required}` : null));
  return {
    id: instance.instance_id, sequence: instance.sequence, item: el('li', {}, link), link, tick: clock.tick,
    select: isSelected => isSelected ? link.setAttribute('aria-current', 'true') : link.removeAttribute('aria-current'),
  };
}
