import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';

async function ended(visits) {
  const id = await visits.waiting();
  await visits.decide('bob', id, 'REJECT');
  return id;
}

const outcome = async page => {
  await page.locator('.verdict').waitFor();
  return Object.fromEntries(await page.locator('.steps > li').evaluateAll(steps => steps.map(step => [step.dataset.step, step.className])));
};

const passed = { file: 'passed', payloads: 'passed', chain: 'passed', tree: 'passed', heads: 'passed', life: 'passed', governing: 'passed' };

export async function isGreen(visits) {
  const id = await ended(visits);
  const page = await visits.open(`/instances/${id}`, 'alice');
  await page.getByRole('button', { name: 'Verify in this browser' }).click();
  assert.deepEqual(await outcome(page), passed);
  await page.locator('.verdict.VALID').waitFor();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Keep this bundle' }).click()]);
  assert.equal(download.suggestedFilename(), `${id}.jsonl`);
  const bundle = readFileSync(await download.path());
  assert.match(bundle.toString(), new RegExp(id));
}

// What is changed, and the step that must not let it pass.
const spoiled = {
  payload: [text => text.replace('"percent":100', '"percent":200'), 'payloads'],
  entry: [text => text.replace('"id":"bob"', '"id":"rob"'), 'tree'],
  head: [text => text.replace(/(\\ntime \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.)(\d)/, (_, before, digit) => before + (Number(digit) + 1) % 10), 'heads'],
  proof: [text => text.replace(/("hashes":\[")([0-9a-f])/, (_, before, digit) => before + (digit === '0' ? '1' : '0')), 'tree'],
  spelling: [text => text.replace('"kind":"entry"', '"kind": "entry"'), 'file'],
};

export async function isRed(visits, { spoil }) {
  const [change, step] = spoiled[spoil];
  const id = await ended(visits);
  const page = await visits.open(`/instances/${id}`, 'alice', {
    prepare: page => page.route('**/bundle?payloads=true', async route => {
      const answer = await route.fetch();
      const text = await answer.text();
      assert.notEqual(change(text), text);
      await route.fulfill({ response: answer, body: change(text) });
    }),
  });
  await page.getByRole('button', { name: 'Verify in this browser' }).click();
  assert.equal((await outcome(page))[step], 'failed');
  await page.locator('.verdict.INVALID').waitFor();
}

export async function readsFiles(visits) {
  const id = await ended(visits);
  const [bundle, keys] = await Promise.all([`/v1/audit/instances/${id}/bundle?payloads=true`, '/v1/audit/keys'].map(async path => Buffer.from(await (await fetch(visits.address + path, { headers: { Authorization: `Bearer ${visits.tokens.alice}` } })).arrayBuffer())));
  // Nobody is signed in: with keys of one's own the silo is not asked.
  const page = await visits.open('/verify');
  const verify = async bytes => {
    await page.getByLabel('Bundle (.jsonl)').setInputFiles({ name: 'bundle.jsonl', mimeType: 'application/jsonl', buffer: bytes });
    await page.getByLabel('Trusted keys (.json)').setInputFiles({ name: 'keys.json', mimeType: 'application/json', buffer: keys });
    await page.getByRole('button', { name: 'Verify' }).click();
    return outcome(page);
  };
  assert.deepEqual(await verify(bundle), passed);
  const one = Buffer.from(bundle);
  one[one.indexOf('"bob"') + 1] ^= 1;
  await verify(one);
  await page.locator('.verdict.INVALID').waitFor();
  await verify(Buffer.from('nothing of the kind'));
  await page.locator('.verdict.UNUSABLE').waitFor();
}

// Every bundle of an instance among the vectors gets the verdict that the two other verifiers give, with their code among those that are found.
export async function agreesOnVectors(visits, { vectors }) {
  const page = await visits.open('/verify');
  const trusted = JSON.parse(readFileSync(`${vectors}/keys.json`));
  const ending = structuredClone(trusted);
  ending.logs[0].keys[0].until_position = 8;
  const others = { 'broken-no-trusted-key': { ...trusted, logs: [], witnesses: [] }, 'broken-unknown-witness': { format: trusted.format, logs: trusted.logs }, 'broken-key-out-of-range': ending };
  // Judged with a head that was known before, which the page does not take.
  const left = new Set(['broken-another-history']);
  let judged = 0;
  const differ = [];
  for (const name of readdirSync(`${vectors}/bundles`).filter(file => file.endsWith('.jsonl')).map(file => file.slice(0, -6)).filter(name => !left.has(name))) {
    const report = JSON.parse(readFileSync(`${vectors}/bundles/${name}.report.json`));
    const told = await page.evaluate(async ([bundle, keys]) => {
      const { verify } = await import('/pages/evidence/verify.mjs');
      const { verdict, codes } = await verify(Uint8Array.from(atob(bundle), one => one.charCodeAt(0)), keys);
      return { verdict, codes };
    }, [readFileSync(`${vectors}/bundles/${name}.jsonl`).toString('base64'), JSON.stringify(others[name] ?? trusted)]);
    const isOfInstance = report.scope === undefined || report.scope === 'instance';
    const agrees = isOfInstance
      ? told.verdict === report.verdict && (report.code === 'ok' ? told.codes.length === 0 : told.codes.includes(report.code))
      : told.verdict === 'INCONCLUSIVE';
    judged += isOfInstance ? 1 : 0;
    agrees || differ.push(`${name}: ${report.verdict} ${report.code}, here ${told.verdict} ${told.codes}`);
  }

  assert.deepEqual(differ, []);
  assert.ok(judged > 100, `only ${judged} were judged`);
}
