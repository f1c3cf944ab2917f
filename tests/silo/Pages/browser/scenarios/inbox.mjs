import assert from 'node:assert/strict';

export async function approves(visits) {
  const id = await visits.waiting();
  const page = await visits.open('/', 'alice', { width: 360, height: 740 });
  await page.locator(`a[href="/inbox/${id}"]`).click();
  const binds = page.getByRole('region', { name: 'Exactly this will be authorised' });
  await binds.getByRole('row', { name: 'environment production' }).waitFor();
  assert.equal(await binds.locator('table').getByText('Routine release').count(), 0);
  await page.getByRole('region', { name: 'What the agent says' }).getByText('Routine release, nothing special').waitFor();
  await binds.getByText('Computed on this device').waitFor();
  await page.getByRole('button', { name: 'Approve' }).click();
  await page.getByRole('button', { name: 'Approve' }).click();
  await page.getByText('Say why, in at least 3 characters').waitFor();
  await page.getByLabel('Why may this go on?').fill('read the change');
  await page.getByRole('button', { name: 'Approve' }).click();
  await page.getByText('Done: the instance is RESUMED.').waitFor();
  const now = await visits.instance(id);
  assert.deepEqual([now.state, now.last_decision.human_actor_id], ['RESUMED', 'alice']);
}

export async function rejects(visits) {
  const id = await visits.waiting();
  const page = await visits.open(`/inbox/${id}`, 'alice');
  await page.getByRole('button', { name: 'Reject' }).click();
  await page.getByRole('button', { name: 'Not at this time' }).click();
  await page.getByRole('button', { name: 'Reject', exact: true }).click();
  await page.getByText('Done: the instance is TERMINATED.').waitFor();
  const decided = await visits.call('alice', 'GET', `/v1/decisions/${(await visits.instance(id)).last_decision.decision_id}`);
  assert.deepEqual([decided.decision_type, decided.justification], ['REJECT', 'Not at this time']);
}

export async function overrides(visits) {
  const id = await visits.waiting();
  const page = await visits.open(`/inbox/${id}`, 'alice');
  await page.getByRole('button', { name: 'Override' }).click();
  await page.getByLabel('Why is it changed?').fill('canary only');
  await page.getByRole('button', { name: 'Override' }).click();
  await page.getByRole('alert').getByText('Nothing is changed yet.').waitFor();
  await page.getByLabel('percent').fill('5');
  await page.getByLabel('change.urgent').selectOption('true');
  const diff = page.getByRole('table', { name: 'What changes' });
  await diff.getByRole('row', { name: 'percent 100 5' }).waitFor();
  await diff.getByRole('row', { name: 'change.urgent false true' }).waitFor();
  await page.getByRole('button', { name: 'Override' }).click();
  await page.getByText('Done: the instance is RESUMED.').waitFor();
  const now = await visits.instance(id);
  const decided = await visits.call('alice', 'GET', `/v1/decisions/${now.last_decision.decision_id}`);
  assert.deepEqual(decided.context_delta, { change: { urgent: true }, percent: 5 });
  assert.deepEqual([now.context.percent, now.context.change], [5, { id: 'CHG-1', urgent: true }]);
}

export async function losesARace(visits) {
  const id = await visits.waiting();
  // The stream is held back, so that only the refusal tells.
  const page = await visits.open(`/inbox/${id}`, 'alice', { prepare: page => page.route('**/v1/streams/entries', route => route.abort()) });
  await page.getByRole('button', { name: 'Approve' }).click();
  await page.getByLabel('Why may this go on?').fill('too late by a moment');
  await visits.decide('bob', id, 'REJECT');
  await page.getByRole('button', { name: 'Approve' }).click();
  await page.getByText('bob was faster: REJECT. Nothing of yours was sent.').waitFor();
  await page.getByText('bob decided: REJECT.').waitFor();
}

export async function isLive(visits) {
  const page = await visits.open('/inbox', 'alice');
  await page.getByText('live', { exact: true }).waitFor();
  const id = await visits.waiting();
  const row = page.locator(`a[href="/inbox/${id}"]`);
  await row.waitFor();
  await row.click();
  await page.getByRole('button', { name: 'Approve' }).waitFor();
  await visits.decide('bob', id);
  await page.getByText('bob was faster: APPROVE').waitFor();
  await row.waitFor({ state: 'detached' });
}

export async function seesTimeRunOut(visits) {
  const id = await visits.waiting('hurry');
  const page = await visits.open(`/inbox/${id}`, 'alice');
  await page.getByRole('button', { name: 'Approve' }).click();
  await page.getByLabel('Why may this go on?').fill('just about');
  await page.getByText('It ended without a decision: TIMEOUT.').first().waitFor();
  assert.equal(await page.getByRole('button', { name: 'Approve' }).count(), 0);
  assert.equal((await visits.instance(id)).reason, 'TIMEOUT');
}

export async function needsSeveral(visits) {
  const id = await visits.waiting('both');
  await visits.decide('bob', id);
  const page = await visits.open(`/inbox/${id}`, 'alice');
  await page.getByText('1 of 2').first().waitFor();
  await page.getByRole('listitem').filter({ hasText: 'bob as release-manager' }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Override' }).count(), 0);
  await page.getByRole('button', { name: 'Approve' }).click();
  await page.getByLabel('Why may this go on?').fill('so do I');
  await page.getByRole('button', { name: 'Approve' }).click();
  await page.getByText('Done: the instance is RESUMED.').waitFor();
}

export async function refusesWhatIsNotBound(visits) {
  const id = await visits.waiting();
  const page = await visits.open(`/inbox/${id}`, 'alice', {
    prepare: page => page.route('**/v1/decisions/pending*', async route => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, body: (await answer.text()).replaceAll('"percent":100', '"percent":101') });
    }),
  });
  await page.getByText('does not hash to what the decision would bind').waitFor();
  await page.getByText('Deciding is blocked').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Approve' }).count(), 0);
  await page.keyboard.press('a');
  assert.equal(await page.getByLabel('Why may this go on?').count(), 0);
}

export async function writesNoMarkup(visits) {
  const id = await visits.waiting('deploy', { environment: '<img src=x onerror=alert(1)>', summary: '<script>alert(2)</script>', __proto__x: { a: [1, null, 'é\u2028'] } });
  const page = await visits.open(`/inbox/${id}`, 'alice');
  await page.getByText('Computed on this device').waitFor();
  await page.getByRole('row', { name: '<img src=x onerror=alert(1)>' }).waitFor();
  await page.getByRole('region', { name: 'What the agent says' }).getByText('<script>alert(2)</script>').waitFor();
  assert.equal(await page.locator('main img, main script').count(), 0);
}

export async function isUsedByKeys(visits) {
  const [first, second] = [await visits.waiting(), await visits.waiting()];
  const page = await visits.open('/inbox', 'alice');
  await page.locator(`a[href="/inbox/${second}"]`).waitFor();
  const seen = new Set();
  for (let times = 0; times < 60 && !(seen.has(first) && seen.has(second)); times++) {
    await page.keyboard.press('j');
    seen.add(new URL(page.url()).pathname.split('/')[2]);
  }

  assert.ok(seen.has(first) && seen.has(second));
  await page.getByText('Computed on this device').waitFor();
  const id = new URL(page.url()).pathname.split('/')[2];
  await page.keyboard.press('r');
  await page.keyboard.type('jk: keys that are typed here are words');
  await page.keyboard.press('Escape');
  await page.keyboard.press('a');
  assert.equal(await page.getByLabel('Why may this go on?').inputValue(), 'jk: keys that are typed here are words');
  await page.keyboard.press('Control+Enter');
  await page.getByText('Done: the instance is RESUMED.').waitFor();
  assert.equal((await visits.instance(id)).state, 'RESUMED');
  await page.keyboard.press('?');
  await page.getByLabel('Single keys are on').uncheck();
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  const before = page.url();
  await page.keyboard.press('j');
  await page.keyboard.press('?');
  assert.deepEqual([page.url(), await page.getByRole('dialog').count()], [before, 0]);
}
