// Addresses and what is shown at them. A link within the pages is followed here, so that the token stays in memory.
import { board } from '../board/board.mjs';
import { policies } from '../definitions/policies.mjs';
import { policy } from '../definitions/policy.mjs';
import { workflow } from '../definitions/workflow.mjs';
import { workflows } from '../definitions/workflows.mjs';
import { inbox } from '../inbox/inbox.mjs';
import { instance } from '../instances/instance.mjs';
import { instances } from '../instances/list.mjs';
import { verification } from '../proof/verification.mjs';
import { el, fill } from './elements.mjs';

const ID = '([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})';
const routes = [
  { at: new RegExp('^/(?:inbox)?$'), view: inbox, section: 'inbox' },
  { at: new RegExp(`^/inbox/${ID}$`), view: inbox, section: 'inbox' },
  { at: new RegExp('^/board$'), view: board, section: 'board' },
  { at: new RegExp('^/instances$'), view: instances, section: 'instances' },
  { at: new RegExp(`^/instances/${ID}$`), view: instance, section: 'instances' },
  { at: new RegExp('^/workflows$'), view: workflows, section: 'workflows' },
  { at: new RegExp('^/workflows/([^/]+)$'), view: workflow, section: 'workflows' },
  { at: new RegExp('^/policies$'), view: policies, section: 'policies' },
  { at: new RegExp('^/policies/([^/]+)$'), view: policy, section: 'policies' },
  { at: new RegExp('^/verify$'), view: verification, section: 'verify' },
];

const place = document.getElementById('main');
const moved = new Set();
let shown = null;

/** Calls back with the section that is shown, now and after each move. */
export function onMove(tell) {
  moved.add(tell);
}

/** Goes to an address within the pages. */
export function go(address, { replace = false } = {}) {
  history[replace ? 'replaceState' : 'pushState'](null, '', address);
  show(true);
}

/** Shows what is at the address, from now on whenever it changes. */
export function begin() {
  addEventListener('popstate', () => show(true));
  document.addEventListener('click', follow);
  show(false);
}

/** What the keys do where we are. */
export const keys = () => shown?.current.keys ?? {};

function follow(event) {
  const link = event.target.closest?.('a[href]');
  const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  if (!link || !isPlain || event.defaultPrevented || link.origin !== location.origin || link.hasAttribute('download') || !find(link.pathname)) {
    return;
  }

  if (link.hash && link.pathname === location.pathname) {
    return;
  }

  event.preventDefault();
  go(link.href);
}

function show(byMoving) {
  const found = find(location.pathname);
  const query = new URLSearchParams(location.search);
  moved.forEach(tell => tell(found?.route.section));
  if (shown && shown.view === found?.route.view && shown.current.update) {
    shown.current.update(found.id, query);
    return;
  }

  shown?.current.leave?.();
  shown = null;
  fill(place);
  scrollTo(0, 0);
  if (!found) {
    document.title = 'Not found · Gantral';
    fill(place, el('h1', { tabindex: -1 }, 'There is nothing here'), el('p', {}, 'Check the address, or go to the ', el('a', { href: '/inbox' }, 'inbox'), '.'));
    return;
  }

  shown = { view: found.route.view, current: found.route.view(place, found.id, query) };
  if (byMoving) {
    (place.querySelector('h1') ?? place).focus({ preventScroll: true });
  }
}

function find(path) {
  for (const route of routes) {
    const match = route.at.exec(path);
    if (match) {
      return { route, id: match[1] };
    }
  }

  return null;
}
