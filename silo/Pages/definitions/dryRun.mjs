// Asks a policy what it would say. Nothing is recorded, and nothing that runs is touched.
import { post, readJson } from '../api/call.mjs';
import { el, fill } from '../frame/elements.mjs';
import { badge, facts } from '../shown/words.mjs';
import { terms } from './rules.mjs';

const materialities = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'];

export function dryRun(version) {
  const { step, context } = asked(version.definition);
  const fields = {
    workflow: el('input', { id: 'try-workflow', required: true, autocomplete: 'off', spellcheck: 'false' }),
    version: el('input', { id: 'try-version', required: true, autocomplete: 'off', spellcheck: 'false' }),
    materiality: el('select', { id: 'try-materiality' }, materialities.map(word => el('option', { value: word, selected: word === 'HIGH' }, word))),
    step: el('input', { id: 'try-step', autocomplete: 'off', spellcheck: 'false', value: step, 'aria-describedby': 'try-step-help' }),
    context: el('textarea', { id: 'try-context', class: 'code', rows: 8, spellcheck: 'false', value: JSON.stringify(context, null, 2) }),
  };
  const fault = el('p', { class: 'fault', role: 'alert' });
  const said = el('div', { class: 'trial', role: 'status' });
  const send = el('button', { class: 'primary' }, 'Ask it');

  // A workflow that binds this very version, if there is one, is what most people mean.
  readJson('/v1/workflows?limit=200').then(page => {
    const bound = page.workflows.find(one => one.policy_version_id === version.policy_version_id);
    if (bound && !fields.workflow.value && !fields.version.value) {
      [fields.workflow.value, fields.version.value, fields.materiality.value] = [bound.workflow_id, bound.version, bound.materiality];
    }
  }).catch(() => {});

  async function ask(event) {
    event.preventDefault();
    let parsed;
    try {
      parsed = JSON.parse(fields.context.value.trim() || '{}');
    } catch (problem) {
      fill(fault, `The context is not JSON: ${problem.message}`);
      fields.context.focus();
      return;
    }

    const missing = ['workflow', 'version'].find(name => !fields[name].value.trim());
    if (missing) {
      fill(fault, 'Name the workflow and its version: a policy may ask for them.');
      fields[missing].focus();
      return;
    }

    fill(fault);
    send.disabled = true;
    try {
      const trial = await post(`/v1/policies/${encodeURIComponent(version.policy_version_id)}/evaluate`, {
        workflow_id: fields.workflow.value.trim(), workflow_version: fields.version.value.trim(), materiality: fields.materiality.value,
        ...fields.step.value.trim() ? { step: fields.step.value.trim() } : {}, execution_context: parsed,
      }, crypto.randomUUID());
      fill(said, outcome(trial));
    } catch (problem) {
      fill(said);
      fill(fault, problem.message);
    } finally {
      send.disabled = false;
    }
  }

  return el('form', { novalidate: true, onsubmit: ask },
    el('p', { class: 'quiet-text' }, 'As an instance would ask; nothing is recorded.'),
    el('div', { class: 'fields' },
      el('div', {}, el('label', { for: 'try-workflow' }, 'Workflow'), fields.workflow), el('div', {}, el('label', { for: 'try-version' }, 'Its version'), fields.version),
      el('div', {}, el('label', { for: 'try-materiality' }, 'Materiality'), fields.materiality),
      el('div', {}, el('label', { for: 'try-step' }, 'Before which step'), fields.step)),
    el('p', { id: 'try-step-help', class: 'quiet-text' }, 'Without a step it is asked about the start.'),
    el('label', { for: 'try-context' }, 'Context (JSON)'), fields.context, fault,
    el('p', {}, send), said);
}

const outcome = trial => [
  el('p', { class: 'says' }, el('strong', {}, 'It says '), badge(trial.decision ?? trial.reason), ' ', trial.decision ? terms(trial) : ': an instance would end for this reason, unless its workflow lets people be asked instead'),
  facts([['By', trial.rule], ['What was wrong', trial.failure]]),
  trial.members.length ? el('ul', {}, trial.members.map(one => el('li', {}, el('code', {}, one.policy_version_id), ' ', badge(one.decision ?? one.reason), ' ', one.rule ?? one.failure))) : null,
];

// What the first rule looks at, with values that it lets match: a beginning to change.
function asked(definition) {
  const context = {};
  const when = definition.rules?.[0]?.when ?? {};
  for (const [name, test] of Object.entries(when).filter(([name]) => name.startsWith('context.'))) {
    const path = name.split('.').slice(1);
    const inner = path.slice(0, -1).reduce((place, part) => place[part] ??= {}, context);
    inner[path.at(-1)] = matching(test);
  }

  const step = [when.step].flat()[0];
  return { step: typeof step === 'string' ? step : '', context };
}

function matching(test) {
  if (Array.isArray(test)) {
    return test[0];
  }

  return test !== null && typeof test === 'object' ? test.gte ?? test.lte ?? (test.gt !== undefined ? test.gt + 1 : test.lt !== undefined ? test.lt - 1 : '') : test;
}
