import assert from 'node:assert/strict';

const rules = (amount, roles) => [{ when: { step: 'pay', 'context.amount': { gte: amount } }, decision: 'REQUIRE_HUMAN', eligible_approver_roles: roles, timeout: 'PT30M' }];

/** A policy and a workflow of two versions each; the newer one of the workflow only observes. */
export async function registered(visits) {
  for (const [version, amount, roles] of [['1', 1000, ['release-manager']], ['2', 500, ['release-manager', 'cfo']]]) {
    await visits.call('ann', 'POST', '/v1/policies', { policy_id: 'limits', version, evaluator: 'rules', rules: rules(amount, roles), default: { decision: 'ALLOW' } });
    await visits.call('ann', 'POST', '/v1/workflows', {
      workflow_id: 'payout', version, materiality: 'HIGH', policy_version_id: `limits@${version}`, queue: 'agents', mode: version === '1' ? 'ENFORCE' : 'OBSERVE',
      steps: [{ step: 'collect' }, { step: 'check-sanctions', after: ['collect'] }, { step: 'check-limits', after: ['collect'] },
        { step: 'pay', after: ['check-sanctions', 'check-limits'], governed: true }, ...version === '1' ? [] : [{ step: 'report', after: ['pay'] }]],
    });
  }
}

export async function areDrawn(visits) {
  await registered(visits);
  const page = await visits.open('/workflows', 'bob');
  await page.getByRole('link', { name: 'payout', exact: true }).click();
  await page.getByRole('img', { name: /pay after check-sanctions and check-limits, governed; report after pay$/ }).waitFor();
  const at = async name => (await page.locator('.graph .node').filter({ hasText: name }).boundingBox()).y;
  assert.ok(await at('collect') < await at('check-limits') && await at('check-limits') < await at('pay'));
  assert.equal(await at('check-limits'), await at('check-sanctions'));
  await page.getByLabel('Version').selectOption('1');
  await page.getByRole('img', { name: /pay after check-sanctions and check-limits, governed$/ }).waitFor();
  await page.getByLabel('Compare with').selectOption('2');
  const difference = page.getByRole('region', { name: 'Difference' });
  await difference.getByRole('row', { name: 'mode OBSERVE ENFORCE' }).waitFor();
  await difference.getByRole('row', { name: /steps\.report/ }).first().waitFor();
  assert.equal(new URL(page.url()).search, '?version=1&with=2');
  await page.getByRole('link', { name: 'limits@1' }).click();
  await page.getByRole('heading', { name: 'limits policy' }).waitFor();
  // The versions are asked for once the page is there.
  await page.waitForFunction(() => document.getElementById('version')?.value === '1');
}

export async function areTriedOut(visits) {
  await registered(visits);
  const page = await visits.open('/policies/limits?version=2&with=1', 'ann');
  const difference = page.getByRole('region', { name: 'Difference' });
  await difference.getByRole('row', { name: /context\.amount.*1000 500/ }).waitFor();
  // It begins with what the first rule looks at, and with a workflow that binds this version.
  await page.waitForFunction(() => document.getElementById('try-workflow')?.value === 'payout');
  assert.deepEqual([await page.getByLabel('Before which step').inputValue(), JSON.parse(await page.getByLabel('Context (JSON)').inputValue())], ['pay', { amount: 500 }]);
  await page.getByRole('button', { name: 'Ask it' }).click();
  const trial = page.locator('.trial');
  await trial.getByText('REQUIRE_HUMAN').waitFor();
  await trial.getByText('by release-manager or cfo').waitFor();
  await page.getByLabel('Context (JSON)').fill('{"amount": 12}');
  await page.getByRole('button', { name: 'Ask it' }).click();
  await trial.getByText('ALLOW').waitFor();
  await page.getByLabel('Context (JSON)').fill('{"amount": ');
  await page.getByLabel('Context (JSON)').press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('The context is not JSON').waitFor();
  await page.getByRole('link', { name: 'Policies' }).click();
  await page.getByRole('heading', { name: 'Policies', level: 1 }).waitFor();

  const other = await visits.open('/policies/limits', 'bob');
  await other.getByText('Trying a policy out is for').waitFor();
  assert.equal(await other.getByRole('button', { name: 'Ask it' }).count(), 0);
}

export async function tellWhatWasObserved(visits) {
  await registered(visits);
  const { instance_id: id } = await visits.call('agent', 'POST', '/v1/instances', { workflow_id: 'payout', workflow_version: '2' });
  await visits.call('agent', 'POST', `/v1/instances/${id}/authority`, { step: 'pay', execution_context: { amount: 700 } });
  const page = await visits.open('/policies', 'alice');
  const seen = page.getByRole('region', { name: 'What observing has seen' });
  await seen.getByRole('row', { name: /payout 2 pay REQUIRE_HUMAN cfo/ }).waitFor();
  const other = await visits.open('/policies', 'bob');
  await other.getByRole('link', { name: 'limits', exact: true }).waitFor();
  assert.equal(await other.getByRole('heading', { name: 'What observing has seen' }).count(), 0);
  await other.goto(`${visits.address}/policies/nothing-of-the-kind`);
  await visits.signIn(other, visits.tokens.bob);
  await other.getByRole('alert').getByText('Not found').waitFor();
}
