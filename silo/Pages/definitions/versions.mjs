// One thing and its versions: which is shown, with which it is compared, and the difference.
import { el, fill } from '../frame/elements.mjs';
import { go } from '../frame/router.mjs';
import { failed, loading } from '../frame/states.mjs';
import { comparison } from './comparison.mjs';

/** A page of versions. */
export function versions(place, { kind, id, query, list, read, draw, base }) {
  document.title = `${id} · Gantral`;
  const chosen = el('select', { id: 'version', onchange: () => move() });
  const other = el('select', { id: 'other', onchange: () => move() });
  const difference = el('div');
  const body = el('div');
  let known = [];
  let asks = 0;
  let left = () => {};
  fill(place, el('h1', { tabindex: -1 }, id, ' ', el('span', { class: 'step' }, kind)),
    el('div', { class: 'filters' }, el('div', {}, el('label', { for: 'version' }, 'Version'), chosen), el('div', {}, el('label', { for: 'other' }, 'Compare with'), other)), difference, body);

  const move = () => go(`${base}?${new URLSearchParams([['version', chosen.value], ['with', other.value]].filter(([, value]) => value))}`, { replace: true });

  async function load() {
    const mine = ++asks;
    fill(body, loading('the version'));
    fill(difference);
    try {
      known = known.length ? known : await list();
      const wanted = query.get('version') ?? known[0];
      const against = query.get('with');
      const all = known.includes(wanted) || !wanted ? known : [wanted, ...known];
      if (mine !== asks) {
        return;
      }

      fill(chosen, all.map(one => el('option', { value: one, selected: one === wanted }, one)));
      fill(other, el('option', { value: '' }, 'no other'), all.filter(one => one !== wanted).map(one => el('option', { value: one, selected: one === against }, one)));
      const [shown, compared] = await Promise.all([read(wanted ?? ''), against && against !== wanted ? read(against) : null]);
      if (mine !== asks) {
        return;
      }

      left();
      const drawn = draw(shown, wanted);
      left = drawn.leave ?? (() => {});
      fill(difference, compared ? el('section', { class: 'difference', 'aria-label': 'Difference' }, comparison(compared.definition, shown.definition, [against, wanted])) : null);
      fill(body, drawn.element);
    } catch (problem) {
      if (mine === asks) {
        fill(body, failed(problem, load));
      }
    }
  }

  load();
  return {
    load,
    update(next) {
      query = next;
      load();
    },
    leave() {
      asks = -1;
      left();
    },
  };
}
