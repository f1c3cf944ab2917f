// The head of every page: where one is, who one is, and loudly whether identities are only made up.
import { onLive } from '../api/live.mjs';
import { caller, forget, onSession } from '../session/token.mjs';
import { el, fill } from './elements.mjs';
import { showKeys } from './keyboard.mjs';
import { onMove } from './router.mjs';

const sections = [['inbox', '/inbox', 'Inbox'], ['board', '/board', 'Board'], ['instances', '/instances', 'Instances'], ['workflows', '/workflows', 'Workflows'], ['policies', '/policies', 'Policies'], ['verify', '/verify', 'Verify']];
const header = document.getElementById('header');
const links = new Map();

export function showHeader(identity) {
  if (identity.development) {
    const banner = document.getElementById('banner');
    banner.hidden = false;
    fill(banner, el('p', { class: 'development' },
      el('strong', {}, 'The development identity is on.'), ' Whoever reads the data folder of this silo can be anybody. Never with real work.'));
  }

  const nav = el('nav', { 'aria-label': 'Pages' }, sections.map(([name, href, title]) => {
    const link = el('a', { href }, title);
    links.set(name, link);
    return link;
  }));
  const live = el('span', { class: 'live', role: 'status' });
  const who = el('span', { class: 'who' });
  fill(header, el('a', { class: 'brand', href: '/inbox' }, 'Gantral'), nav, el('span', { class: 'session' },
    live,
    who,
    el('button', { type: 'button', class: 'quiet', 'aria-label': 'Keys', title: 'Keys (?)', onclick: showKeys }, '?')));
  onMove(section => links.forEach((link, name) => name === section ? link.setAttribute('aria-current', 'page') : link.removeAttribute('aria-current')));
  onLive(state => {
    live.className = `live ${state}`;
    fill(live, { on: 'live', off: '', lost: 'reconnecting' }[state]);
  });
  onSession(() => {
    const me = caller();
    fill(who, me ? [el('span', { class: 'name', title: me.roles.join(', ') || 'no roles' }, me.actor.id), ' ', el('button', { type: 'button', class: 'quiet', onclick: forget }, 'Sign out')] : null);
  });
}
