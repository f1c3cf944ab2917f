import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';

// So many that nobody could show them all at once. What it took is told, and never judged here: machines differ.
export async function areShown(visits, { waiting, pictures }) {
  const told = {};
  const page = await visits.blank({ width: 1280, height: 800 });
  await page.goto(visits.address);
  await page.getByLabel('Token', { exact: true }).fill(visits.tokens.alice);
  told.first_paint = await timed(page, () => page.getByRole('button', { name: 'Use this token' }).click(), () => document.querySelectorAll('.rows > li').length >= 50);
  assert.ok(await page.locator('.rows > li').count() <= 100, 'much was shown before anybody scrolled');
  const heap = () => heapOf(page);
  told.heap_kb_first = await heap();
  const started = Date.now();
  for (let before = 0, now = await page.locator('.rows > li').count(); now < waiting; before = now) {
    await page.locator('.rows > li').last().scrollIntoViewIfNeeded();
    await page.waitForFunction(many => document.querySelectorAll('.rows > li').length > many, now);
    now = await page.locator('.rows > li').count();
    assert.ok(now > before);
  }

  told.scrolled_to_the_end = Date.now() - started;
  const ids = await page.locator('.rows a').evaluateAll(links => links.map(link => link.getAttribute('href')));
  assert.equal(new Set(ids).size, waiting);
  told.heap_kb_all = await heap();
  const frames = await page.evaluate(async () => {
    const place = document.querySelector('.waiting');
    const took = [];
    let last = await new Promise(requestAnimationFrame);
    for (let times = 0; times < 120; times++) {
      place.scrollTop = times * 400 % place.scrollHeight;
      const now = await new Promise(requestAnimationFrame);
      took.push(now - last);
      last = now;
    }

    return took.sort((one, other) => one - other).map(Math.round);
  });
  [told.frame_median, told.frame_p99] = [frames[60], frames[118]];
  // Decided by somebody else: it leaves, and everything else stays where it is.
  const first = page.locator('.rows > li').first();
  const gone = (await first.locator('a').getAttribute('href')).split('/')[2];
  await page.locator('.rows > li').nth(1).evaluate(item => { item.dataset.mine = 'yes'; });
  await visits.decide('bob', gone);
  await page.locator(`a[href="/inbox/${gone}"]`).waitFor({ state: 'detached', timeout: 60_000 });
  assert.equal(await page.locator('.rows > li').first().getAttribute('data-mine'), 'yes');

  const updates = waiting > 1_000 ? 200 : 5;
  for (let times = 0; times < updates; times++) {
    const id = ids[10 + times].split('/')[2];
    await visits.decide('bob', id);
  }

  await page.locator(`a[href="${ids[9 + updates]}"]`).waitFor({ state: 'detached', timeout: 60_000 });
  await page.evaluate(() => document.querySelector('.waiting').scrollTo(0, 0));
  told.heap_kb_after_updates = await heap();

  told.instances = await timed(page, () => page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Instances' }).click(), () => document.querySelectorAll('table.instances tbody tr').length >= 20);
  await page.getByLabel('State').selectOption('TERMINATED');
  told.rare_state = await timed(page, () => page.getByRole('button', { name: 'Find' }).click(), () => [...document.querySelectorAll('table.instances .badge')].some(one => one.textContent === 'TERMINATED'));
  told.board = await timed(page, () => page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Board' }).click(), () => document.querySelectorAll('.tile').length > 4);
  if (pictures) {
    await page.setViewportSize({ width: 1920, height: 1080 });
    await page.screenshot({ path: `${pictures}/board-many-light-1920.png`, fullPage: true });
    writeFileSync(`${pictures}/many.json`, JSON.stringify(told));
  }
}

// Left on a wall: whatever happens, and however often, is drawn and then forgotten.
export async function staySteady(visits, { rounds, seconds, pictures }) {
  const pages = {};
  for (const name of ['inbox', 'instances', 'board']) {
    pages[name] = await visits.open(`/${name}`, 'alice');
  }

  await pages.inbox.getByRole('heading', { name: 'Inbox' }).waitFor();
  const kept = await visits.waiting();
  const told = [];
  for (let round = 0; round < rounds; round++) {
    let updates = 0;
    for (const until = Date.now() + seconds * 1000; updates < 20 || Date.now() < until; updates++) {
      await visits.decide('bob', await visits.waiting(), updates % 2 ? 'APPROVE' : 'REJECT');
    }

    // The last that came is drawn before anything is counted.
    const last = await visits.waiting();
    await pages.inbox.locator(`a[href="/inbox/${last}"]`).waitFor();
    await visits.decide('bob', last);
    await pages.inbox.locator(`a[href="/inbox/${last}"]`).waitFor({ state: 'detached' });
    const sizes = { updates };
    for (const [name, page] of Object.entries(pages)) {
      sizes[name] = { heap_kb: await heapOf(page), elements: await page.evaluate(() => document.querySelectorAll('*').length) };
    }

    told.push(sizes);
  }

  assert.equal(await pages.inbox.locator(`a[href="/inbox/${kept}"]`).count(), 1);
  if (pictures) {
    writeFileSync(`${pictures}/steady.json`, JSON.stringify(told, null, 1));
  }

  // What is drawn at first, and the code that draws it, is there after a round or two; from then on nothing is added.
  const [settled, end] = [told[Math.floor(rounds / 3)], told.at(-1)];
  for (const name of Object.keys(pages)) {
    assert.ok(end[name].heap_kb <= settled[name].heap_kb + 1_500, `${name} grew: ${JSON.stringify(told.map(one => one[name]))}`);
    assert.ok(end[name].elements <= settled[name].elements * 1.2 + 100, `${name} draws ever more: ${JSON.stringify(told.map(one => one[name]))}`);
  }
}

async function heapOf(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return Math.round(usedSize / 1024);
}

async function timed(page, act, isThere) {
  const before = Date.now();
  await act();
  await page.waitForFunction(isThere);
  return Date.now() - before;
}
