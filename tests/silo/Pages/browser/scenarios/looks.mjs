import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { registered } from './definitions.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// Each main page as an approver and auditor finds it, looked at by a judge of accessibility, and nowhere wider than its screen.
export async function areAccessible(visits, { scheme, width, pictures }) {
  const id = await visits.waiting();
  const second = await visits.waiting('both', { environment: 'staging', hosts: ['a1', 'a2'], limits: { cpu: 2, memory: '4Gi' }, reason: 'The cache is too small since the last release; users wait.' });
  await visits.decide('bob', second);
  const over = await visits.waiting();
  const { pending } = await visits.instance(over);
  await visits.call('bob', 'POST', '/v1/decisions', { instance_id: over, decision_type: 'OVERRIDE', role: 'release-manager', justification: 'canary only', context_snapshot_hash: pending.context_snapshot_hash, context_delta: { percent: 5 } });
  await registered(visits);
  const { instance_id: observed } = await visits.call('agent', 'POST', '/v1/instances', { workflow_id: 'payout', workflow_version: '2' });
  await visits.call('agent', 'POST', `/v1/instances/${observed}/authority`, { step: 'pay', execution_context: { amount: 700 } });
  const faults = [];
  const look = async (page, name) => {
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
    faults.push(...violations.map(one => `${name} ${scheme} ${width}: ${one.id}: ${one.nodes.slice(0, 3).map(node => `${node.html.slice(0, 120)} ${node.failureSummary?.split('\n')[1] ?? ''}`).join(' | ')}`));
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    wide <= 0 || faults.push(`${name} ${scheme} ${width}: ${wide} px too wide`);
    if (pictures) {
      await page.screenshot({ path: join(pictures, `${name}-${scheme}-${width}.png`), fullPage: true });
    }
  };

  const size = { width, height: width < 600 ? 740 : width > 1500 ? 1080 : 800, scheme };
  const anonymous = await visits.open('/inbox', null, size);
  await anonymous.getByRole('dialog', { name: 'Sign in' }).waitFor();
  await look(anonymous, 'sign-in');
  const page = await visits.open('/inbox', 'alice', size);
  await page.locator(`a[href="/inbox/${id}"]`).waitFor();
  await look(page, 'inbox');
  await page.locator(`a[href="/inbox/${second}"]`).click();
  await page.getByText('Computed on this device').waitFor();
  await look(page, 'detail-several');
  await page.goto(`${visits.address}/inbox/${id}`);
  await visits.signIn(page, visits.tokens.alice);
  await page.getByRole('button', { name: 'Reject' }).click();
  await page.getByRole('button', { name: 'Not at this time' }).waitFor();
  await look(page, 'reject');
  await page.getByRole('button', { name: 'Back', exact: true }).click();
  await page.getByRole('button', { name: 'Override' }).click();
  await page.getByLabel('percent').fill('5');
  await look(page, 'override');
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Instances' }).click();
  await page.locator(`a[href="/instances/${over}"]`).waitFor();
  await look(page, 'instances');
  await page.locator(`a[href="/instances/${over}"]`).click();
  await page.getByRole('button', { name: 'Verify in this browser' }).click();
  await page.locator('.verdict').waitFor();
  await look(page, 'instance');
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Board' }).click();
  await page.locator('.tile').first().waitFor();
  await look(page, 'board');
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Workflows' }).click();
  await page.getByRole('link', { name: 'payout', exact: true }).waitFor();
  await look(page, 'workflows');
  await page.getByRole('link', { name: 'payout', exact: true }).click();
  await page.getByLabel('Compare with').selectOption('1');
  await page.getByRole('region', { name: 'Difference' }).waitFor();
  await look(page, 'workflow');
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Policies' }).click();
  await page.getByRole('row', { name: /payout 2 pay REQUIRE_HUMAN cfo/ }).waitFor();
  await look(page, 'policies');
  await page.goto(`${visits.address}/policies/limits`);
  await visits.signIn(page, visits.tokens.ann);
  await page.waitForFunction(() => document.getElementById('try-workflow')?.value === 'payout');
  await page.getByRole('button', { name: 'Ask it' }).click();
  await page.locator('.trial').getByText('REQUIRE_HUMAN').waitFor();
  await look(page, 'policy');
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Verify' }).click();
  await page.getByRole('heading', { name: 'Verify a bundle' }).waitFor();
  await look(page, 'verify');
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keys' }).waitFor();
  await look(page, 'keys');
  assert.deepEqual(faults, []);
}
