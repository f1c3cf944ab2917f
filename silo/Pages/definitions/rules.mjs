// Rules as people read them: the first that matches wins.
import { el } from '../frame/elements.mjs';
import { scalar } from '../shown/values.mjs';
import { badge } from '../shown/words.mjs';

const signs = { gt: '>', gte: '≥', lt: '<', lte: '≤', not: 'is not' };

export const rules = definition => el('ol', { class: 'rules' },
  (definition.rules ?? []).map(rule => el('li', {},
    el('p', { class: 'if' }, 'When ', conditions(rule.when)), el('p', { class: 'then' }, badge(rule.decision), ' ', terms(rule)))),
  el('li', { class: 'otherwise' }, el('p', { class: 'if' }, 'Otherwise'), el('p', { class: 'then' }, badge(definition.default?.decision ?? 'DENY'), ' ', definition.default ? terms(definition.default) : 'as nothing else is said')));

function conditions(when) {
  const all = Object.entries(when ?? {});
  return all.length === 0 ? 'anything' : all.flatMap(([name, test], place) => [place ? ' and ' : null, el('code', {}, name), ' ', condition(test)]);
}

function condition(test) {
  if (Array.isArray(test)) {
    return ['is ', test.flatMap((value, place) => [place ? ' or ' : null, scalar(value)])];
  }

  return test !== null && typeof test === 'object'
    ? Object.entries(test).flatMap(([sign, value], place) => [place ? ' and ' : null, signs[sign] ?? sign, ' ', Array.isArray(value) ? value.flatMap((one, at) => [at ? ' nor ' : null, scalar(one)]) : scalar(value)])
    : ['is ', scalar(test)];
}

/** What a decision asks of people, in a line. */
export const terms = one => [
  one.eligible_approver_roles?.length ? `by ${one.eligible_approver_roles.join(' or ')}` : null,
  one.approvals_required > 1 ? `, ${one.approvals_required} of them${one.distinct_roles ? ', each in another role' : ''}` : null,
  one.timeout ? `, within ${one.timeout}` : null,
  one.on_timeout === 'ESCALATE' ? `, then ${(one.escalation_roles ?? []).join(' or ')}` : null,
  one.execute_within ? `, to begin within ${one.execute_within}` : null,
];
