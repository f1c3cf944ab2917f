import assert from 'node:assert/strict';

const tile = (page, name) => page.locator('.tile').filter({ hasText: name }).locator('strong');

const told = async (page, name) => Number((await tile(page, name).innerText()).replaceAll(',', ''));

async function becomes(page, name, wanted) {
  await page.waitForFunction(([title, number]) => [...document.querySelectorAll('.tile')].some(one => one.querySelector('dt').textContent === title && Number(one.querySelector('strong').textContent.replaceAll(',', '')) >= number), [name, wanted]);
}

export async function isLive(visits) {
  await visits.waiting();
  const page = await visits.open('/board', 'alice');
  await tile(page, 'Waiting').waitFor();
  const before = await told(page, 'Waiting');
  await page.getByRole('img', { name: /^Transitions per second/ }).waitFor();
  await visits.waiting();
  await becomes(page, 'Waiting', before + 1);
  // What is counted leads to what was counted.
  await page.getByRole('link', { name: /^WAITING_FOR_HUMAN \d/ }).click();
  await page.getByRole('heading', { name: 'Instances', level: 1 }).waitFor();
  assert.equal(new URL(page.url()).search, '?state=WAITING_FOR_HUMAN');
}

export async function pauses(visits) {
  const page = await visits.open('/board', 'alice');
  const other = await visits.open('/board', 'alice');
  await tile(page, 'Waiting').waitFor();
  await tile(other, 'Waiting').waitFor();
  const before = await told(page, 'Waiting');
  await page.keyboard.press('p');
  await page.getByText(/^Paused: this is how it stood at \d/).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Go on' }).getAttribute('aria-pressed'), 'true');
  // By the page's own clock: what was under way when it was paused may be heard of later.
  const since = await page.evaluate(() => performance.now());
  await visits.waiting();
  await becomes(other, 'Waiting', before + 1);
  assert.equal(await told(page, 'Waiting'), before);
  assert.equal(await page.evaluate(from => performance.getEntriesByType('resource').filter(one => one.name.includes('/v1/overview') && one.startTime > from).length, since), 0);
  await page.getByRole('button', { name: 'Go on' }).press('Enter');
  await becomes(page, 'Waiting', before + 1);
}

export async function isFiltered(visits) {
  await visits.waiting();
  await visits.call('agent', 'POST', '/v1/instances', { workflow_id: 'few', workflow_version: '1' });
  const page = await visits.open('/board', 'alice');
  const rows = page.getByRole('region', { name: 'Table of instances by workflow' });
  await rows.getByRole('rowheader', { name: 'deploy' }).waitFor();
  await page.getByLabel('Instances of').selectOption('few');
  await rows.getByRole('rowheader', { name: 'deploy' }).waitFor({ state: 'detached' });
  assert.equal(new URL(page.url()).search, '?workflow_id=few');
  await rows.getByRole('link', { name: /RUNNING of few$/ }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Instances', level: 1 }).waitFor();
  assert.equal(new URL(page.url()).search, '?state=RUNNING&workflow_id=few');
  await page.goBack();
  await rows.getByRole('rowheader', { name: 'few' }).waitFor();
  assert.equal(await page.getByLabel('Instances of').inputValue(), 'few');
}

export async function saysThatItIsCutOff(visits) {
  const page = await visits.open('/board', 'alice');
  await tile(page, 'Waiting').waitFor();
  const before = await told(page, 'Waiting');
  await page.context().setOffline(true);
  await page.keyboard.press('p');
  await page.keyboard.press('p');
  await page.getByText('Nothing is heard from the silo. This is how it stood at').waitFor();
  assert.equal(await told(page, 'Waiting'), before);
  await visits.waiting();
  await page.context().setOffline(false);
  await page.getByText(/^As of /).waitFor();
  await becomes(page, 'Waiting', before + 1);
}

export async function signsInAgain(visits) {
  const page = await visits.open('/board', 'alice');
  await tile(page, 'Waiting').waitFor();
  await page.route('**/v1/overview', route => route.fulfill({ status: 401, contentType: 'application/problem+json', body: '{"code":"unauthenticated","detail":"expired"}' }), { times: 1 });
  await page.keyboard.press('p');
  await page.keyboard.press('p');
  // What is there stays behind the sign-in, and the next one is told what that one may know.
  await page.getByRole('dialog', { name: 'Sign in' }).waitFor();
  assert.ok(await tile(page, 'Waiting').isVisible());
  await visits.signIn(page, visits.tokens.bob);
  await page.getByText('is told to gantral.operator and gantral.auditor').first().waitFor();
}

export async function failsInWords(visits) {
  const page = await visits.open('/board', 'alice', { prepare: page => page.route('**/v1/overview', route => route.fulfill({ status: 503, contentType: 'application/problem+json', body: '{"code":"storage_unavailable","title":"Storage unavailable","detail":"The storage cannot be reached.","status":503}' }), { times: 1 }) });
  await page.getByRole('alert').getByText('The storage cannot be reached.').waitFor();
  await page.getByRole('button', { name: 'Try again' }).click();
  await tile(page, 'Waiting').waitFor();
}
