import assert from 'node:assert/strict';

export async function areFound(visits) {
  const id = await visits.waiting();
  const page = await visits.open('/instances?state=WAITING_FOR_HUMAN', 'alice');
  await page.locator(`a[href="/instances/${id}"]`).waitFor();
  assert.equal(await page.getByLabel('State').inputValue(), 'WAITING_FOR_HUMAN');
  await page.getByLabel('State').selectOption('COMPLETED');
  await page.getByRole('button', { name: 'Find' }).click();
  await page.getByText('No such instance').waitFor();
  assert.equal(new URL(page.url()).search, '?state=COMPLETED');
  await page.goBack();
  await page.locator(`a[href="/instances/${id}"]`).waitFor();
  await page.getByLabel('Workflow or id').fill(id);
  await page.getByRole('button', { name: 'Find' }).click();
  await page.getByRole('heading', { name: 'What happened' }).waitFor();
  assert.equal(new URL(page.url()).pathname, `/instances/${id}`);
}

export async function arePaged(visits) {
  for (let made = 0; made < 52; made++) {
    await visits.call('agent', 'POST', '/v1/instances', { workflow_id: 'many', workflow_version: '1' });
  }

  const page = await visits.open('/instances?workflow_id=many', 'alice');
  await page.getByRole('button', { name: 'Show older ones' }).click();
  await page.getByText('52 shown; these are all.').waitFor();
  assert.equal(await page.locator('table.instances tbody tr').count(), 52);
}

export async function tellTheirStory(visits) {
  const id = await visits.waiting();
  const page = await visits.open(`/instances/${id}`, 'alice');
  await page.getByRole('img', { name: 'State machine: the instance is WAITING_FOR_HUMAN' }).waitFor();
  const { pending } = await visits.instance(id);
  await visits.call('bob', 'POST', '/v1/decisions', { instance_id: id, decision_type: 'OVERRIDE', role: 'release-manager', justification: 'canary only', context_snapshot_hash: pending.context_snapshot_hash, context_delta: { percent: 5 } });
  // Told by the stream, not by asking again.
  await page.getByRole('img', { name: 'State machine: the instance is RESUMED' }).waitFor();
  const overridden = page.locator('.timeline > li').filter({ hasText: 'OVERRIDDEN' }).first();
  assert.match(await overridden.innerText(), /bob person as release-manager[\s\S]*canary only/);
  await overridden.getByRole('row', { name: 'percent 100 5' }).waitFor();
  const { entries } = await visits.call('alice', 'GET', `/v1/instances/${id}/history`);
  assert.equal(await page.locator('.timeline > li').count(), entries.length);
  await overridden.locator('summary').last().click();
  await overridden.getByText(entries.find(entry => entry.type === 'OVERRIDDEN').entry_hash, { exact: true }).waitFor();
  assert.equal(await page.locator('.machine .edge.taken').count(), 4);
  // What happens next is added to the story, and closes nothing that was opened.
  await visits.call('agent', 'POST', `/v1/instances/${id}/cancel`, { justification: 'not any more' });
  await page.getByRole('img', { name: 'State machine: the instance is TERMINATED' }).waitFor();
  assert.equal(await page.locator('.timeline > li').count(), entries.length + 1);
  assert.ok(await overridden.locator('details.proven').evaluate(details => details.open));
}

export async function tellOthersLess(visits) {
  const id = await visits.waiting();
  const page = await visits.open(`/instances/${id}`, 'bob');
  await page.getByText('The whole history is for auditors').waitFor();
  await page.getByRole('cell', { name: 'production' }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Verify in this browser' }).count(), 0);
}

export async function sayWhatFails(visits) {
  const missing = await visits.open('/instances/00000000-0000-7000-8000-000000000000', 'alice');
  await missing.getByRole('alert').getByText('Not found').waitFor();
  const page = await visits.open('/instances', 'alice');
  await page.getByRole('heading', { name: 'Instances' }).waitFor();
  await page.context().setOffline(true);
  await page.getByRole('button', { name: 'Find' }).click();
  await page.getByRole('alert').getByText('This device is offline').waitFor();
  await page.context().setOffline(false);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('This device is offline').waitFor({ state: 'detached' });
}
