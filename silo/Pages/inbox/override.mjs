// Changing a context: field by field or as JSON, always with what the change is.
import { canonical } from '../evidence/canonical.mjs';
import { el, fill } from '../frame/elements.mjs';
import { diff, patchBetween } from '../shown/diff.mjs';

const isObject = value => value !== null && typeof value === 'object' && !Array.isArray(value);

/** An editor of a snapshot: { element, delta() }, where delta is { value } or { fault }. */
export function override(snapshot, draft) {
  draft.edited ??= structuredClone(snapshot);
  const preview = el('div', { class: 'preview', 'aria-live': 'polite' });
  const fields = el('div', { class: 'fields' });
  const json = el('textarea', { id: 'context-json', rows: 8, spellcheck: 'false', autocapitalize: 'off', 'aria-describedby': 'context-json-fault' });
  const fault = el('p', { class: 'fault', id: 'context-json-fault', role: 'alert' });
  json.addEventListener('input', () => {
    try {
      const value = JSON.parse(json.value);
      if (!isObject(value)) {
        throw new Error('it is no object');
      }

      [draft.edited, draft.unreadable] = [value, null];
      fill(fault);
      showFields();
    } catch (reason) {
      draft.unreadable = `This is no JSON object: ${reason.message}`;
      fill(fault, draft.unreadable);
    }

    showPreview();
  });

  function showFields() {
    fill(fields, leaves(draft.edited).map((leaf, index) => fieldOf(leaf, index)));
  }

  function fieldOf({ path, value }, index) {
    const id = `field-${index}`;
    const set = next => {
      draft.edited = replaced(draft.edited, path, next);
      json.value = JSON.stringify(draft.edited, null, 2);
      showPreview();
    };
    return el('div', { class: 'field' }, el('label', { for: id }, path.join('.')), typeof value === 'boolean'
      ? el('select', { id, value: String(value), onchange: event => set(event.target.value === 'true') }, ['true', 'false'].map(word => el('option', { value: word, selected: word === String(value) }, word)))
      : el('input', {
        id, value: String(value), inputmode: typeof value === 'number' ? 'decimal' : null, autocomplete: 'off',
        oninput: ({ target }) => {
          const next = typeof value === 'number' ? Number(target.value) : target.value;
          const isWrong = typeof value === 'number' && (target.value.trim() === '' || !Number.isFinite(next));
          target.setAttribute('aria-invalid', String(isWrong));
          draft.unreadable = isWrong ? `${path.join('.')} must be a number.` : null;
          isWrong ? showPreview() : set(next);
        },
      }));
  }

  function showPreview() {
    const { value, fault: why } = delta();
    fill(preview, why ? el('p', { class: 'quiet-text' }, why) : [diff(snapshot, draft.edited), el('details', {}, el('summary', {}, 'The delta as it will be bound'), el('pre', { tabindex: 0 }, el('code', {}, canonical(value))))]);
  }

  function delta() {
    if (draft.unreadable) {
      return { fault: draft.unreadable };
    }

    const patch = patchBetween(snapshot, draft.edited);
    return patch === null ? { fault: 'A merge patch cannot write a null: leave the field out, or write another value.' }
      : Object.keys(patch).length === 0 ? { fault: 'Nothing is changed yet.' }
        : { value: patch };
  }

  json.value = JSON.stringify(draft.edited, null, 2);
  showFields();
  showPreview();
  return {
    delta,
    element: el('div', { class: 'override' },
      el('p', { class: 'quiet-text' }, 'Change what the agent goes on with. What you change is bound together with what you were shown.'),
      fields,
      el('details', {}, el('summary', {}, 'Edit as JSON'), el('label', { for: 'context-json' }, 'The whole context'), json, fault),
      preview),
  };
}

const leaves = (value, path = []) => Object.entries(value).flatMap(([name, item]) =>
  isObject(item) ? leaves(item, [...path, name]) : ['string', 'number', 'boolean'].includes(typeof item) ? [{ path: [...path, name], value: item }] : []);

const replaced = (value, [name, ...rest], next) => ({ ...value, [name]: rest.length === 0 ? next : replaced(value[name], rest, next) });
