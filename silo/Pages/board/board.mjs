// The board: how everything stands, kept up to date by itself. It asks soon after something was told, and seldom otherwise.
import { readJson } from '../api/call.mjs';
import { follow } from '../api/live.mjs';
import { el, fill } from '../frame/elements.mjs';
import { go } from '../frame/router.mjs';
import { failed, loading } from '../frame/states.mjs';
import { caller } from '../session/token.mjs';
import { atTime } from '../shown/words.mjs';
import { sections } from './sections.mjs';

const LEAST = 2_000;
const MOST = 10_000;

export function board(place, _, query) {
  document.title = 'Board · Gantral';
  const said = el('p', { class: 'as-of', role: 'status' });
  const stop = el('button', { type: 'button', 'aria-pressed': 'false', onclick: () => pause(!isPaused) }, 'Pause');
  const team = el('select', { id: 'board-team', onchange: () => choose() });
  const workflow = el('select', { id: 'board-workflow', onchange: () => choose() });
  const teams = el('div', { hidden: true }, el('label', { for: 'board-team' }, 'Team'), team);
  const workflows = el('div', {}, el('label', { for: 'board-workflow' }, 'Instances of'), workflow);
  const room = el('div', { class: 'board' }, loading('how everything stands'));
  let [drawn, last, timer, asks] = [null, null, null, 0];
  let [isPaused, isLeft, isOut, isTold] = [false, false, false, false];
  let lookedAt = 0;
  let wait = LEAST;

  fill(place, el('div', { class: 'board-head' }, el('h1', { tabindex: -1 }, 'Board'), el('div', { class: 'filters' }, teams, workflows, stop), said), room);

  async function look() {
    clearTimeout(timer);
    const mine = ++asks;
    const wasTold = isTold;
    lookedAt = Date.now();
    isTold = false;
    try {
      const wanted = query.get('team');
      const overview = await readJson(`/v1/overview${wanted ? `?owning_team_id=${encodeURIComponent(wanted)}` : ''}`);
      if (!isLeft && mine === asks && !isPaused) {
        // The silo looks for everybody at once, and may not have looked since something happened.
        isTold ||= wasTold && overview.at === last?.at;
        [last, isOut, wait] = [overview, false, LEAST];
        show();
      }
    } catch (problem) {
      if (!isLeft && mine === asks) {
        lost(problem);
      }
    }

    if (mine === asks) {
      plan();
    }
  }

  // One look is planned at a time: whoever pauses must not be asked for by one that was forgotten.
  function plan() {
    clearTimeout(timer);
    if (!isLeft && !isPaused) {
      timer = setTimeout(look, document.hidden ? 6 * MOST : isOut ? wait : isTold ? Math.max(0, lookedAt + LEAST - Date.now()) : MOST);
    }
  }

  // What was there stays, and says of when it is.
  function lost(problem) {
    [isOut, wait] = [true, Math.min(2 * wait, MOST)];
    if (last) {
      tell();
    } else {
      fill(room, failed(problem, look));
    }
  }

  function show() {
    if (!drawn) {
      drawn = sections();
      fill(room, drawn.element);
    }

    offer(team, caller()?.teams ?? [], query.get('team'), 'all of mine');
    teams.hidden = team.options.length < 3;
    offer(workflow, [...new Set(last.instances.map(one => one.workflow_id))].sort(), query.get('workflow_id'), 'every workflow');
    drawn.show(last, query.get('workflow_id'));
    tell();
  }

  function tell() {
    const at = last ? atTime(last.at) : '';
    said.classList.toggle('bad', isOut && !isPaused);
    fill(said, isPaused ? ['Paused: this is how it stood at ', at, '.'] : isOut ? ['Nothing is heard from the silo. This is how it stood at ', at, '; it goes on by itself.'] : ['As of ', at]);
  }

  function pause(now) {
    isPaused = now;
    stop.setAttribute('aria-pressed', String(now));
    fill(stop, now ? 'Go on' : 'Pause');
    if (now) {
      clearTimeout(timer);
      last && tell();
    } else {
      look();
    }
  }

  const choose = () => go(`/board?${new URLSearchParams([['team', team.value], ['workflow_id', workflow.value]].filter(([, value]) => value))}`, { replace: true });

  const stopFollowing = follow(() => {
    isTold = true;
    if (!document.hidden && !isOut) {
      plan();
    }
  });
  const seen = () => document.hidden || isPaused || look();
  document.addEventListener('visibilitychange', seen);
  addEventListener('online', seen);
  look();
  return {
    update(_id, next) {
      const isElsewhere = query.get('team') !== next.get('team');
      query = next;
      if (isElsewhere && !isPaused) {
        look();
      } else if (last) {
        show();
      }
    },
    leave() {
      isLeft = true;
      clearTimeout(timer);
      stopFollowing();
      document.removeEventListener('visibilitychange', seen);
      removeEventListener('online', seen);
    },
    keys: { p: () => pause(!isPaused) },
  };
}

// What can be chosen; what is chosen stays so, also where there is nothing of it now.
function offer(select, values, chosen, all) {
  const wanted = [...new Set([...values, ...chosen ? [chosen] : []])];
  if ([...select.options].map(one => one.value).join() !== ['', ...wanted].join()) {
    fill(select, el('option', { value: '' }, all), wanted.map(one => el('option', { value: one }, one)));
  }

  select.value = chosen ?? '';
}
