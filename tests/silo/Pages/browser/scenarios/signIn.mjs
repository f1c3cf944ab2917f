import assert from 'node:assert/strict';

export async function refuses(visits) {
  const page = await visits.open('/inbox');
  await page.getByText('The development identity is on.').waitFor();
  await page.getByLabel('Token', { exact: true }).fill('not.a.token');
  await page.getByRole('button', { name: 'Use this token' }).click();
  await page.getByRole('dialog').getByRole('alert').filter({ hasText: /\w/ }).waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await page.getByRole('dialog', { name: 'Sign in' }).count(), 1);
}

export async function goesOn(visits) {
  const id = await visits.waiting();
  const page = await visits.open(`/instances/${id}`, 'alice');
  await page.getByRole('heading', { name: 'What happened' }).waitFor();
  assert.equal(new URL(page.url()).pathname, `/instances/${id}`);
  const kept = await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie]);
  assert.deepEqual(kept, [0, 0, '']);
  await page.reload();
  await page.getByRole('dialog', { name: 'Sign in' }).waitFor();
}

export async function keepsWords(visits) {
  const id = await visits.waiting();
  const page = await visits.open(`/inbox/${id}`, 'alice');
  await page.getByRole('button', { name: 'Approve' }).click();
  await page.getByLabel('Why may this go on?').fill('these very words');
  await page.route('**/v1/decisions', route => route.fulfill({ status: 401, contentType: 'application/problem+json', body: '{"code":"unauthenticated","detail":"expired"}' }), { times: 1 });
  await page.getByRole('button', { name: 'Approve' }).click();
  await visits.signIn(page, visits.tokens.bob);
  assert.equal(await page.getByLabel('Why may this go on?').inputValue(), 'these very words');
  assert.equal((await visits.instance(id)).state, 'WAITING_FOR_HUMAN');
  await page.getByRole('button', { name: 'Approve' }).click();
  await page.getByText('bob decided: APPROVE.').waitFor();
  assert.equal((await visits.instance(id)).last_decision.human_actor_id, 'bob');
}

export async function byAnIssuer(visits, { issuer }) {
  const page = await visits.open('/instances?state=COMPLETED');
  assert.equal(await page.getByLabel('Token', { exact: true }).count(), 0);
  assert.equal(await page.getByText('The development identity is on.').count(), 0);
  await page.getByRole('button', { name: 'Sign in with it' }).click();
  await page.waitForURL(`${issuer}/**`);
  const asked = new URL(page.url());
  assert.equal(asked.origin, issuer);
  await page.locator('input[name=login]').fill('alice');
  await page.locator('input[name=password]').fill('anything');
  await page.locator('button[type=submit]').click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByText('No such instance').waitFor();
  assert.equal(page.url(), `${visits.address}/instances?state=COMPLETED`);
  await page.getByText('alice', { exact: true }).waitFor();
  assert.deepEqual(await page.evaluate(() => [localStorage.length, sessionStorage.length]), [0, 0]);
}

export async function notBySomebodyElsesCode(visits) {
  const page = await visits.open('/signed-in?code=stolen&state=made-up');
  await page.getByText('This sign-in was not begun here; begin again.').waitFor();
  await page.getByRole('button', { name: 'Sign in with it' }).waitFor();
}
