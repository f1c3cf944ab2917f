// Visits to the pages by people: each in a browser of their own, and all of them watched.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';

const PATIENCE = 15_000;

export class Visits {
  #browser;
  #contexts = [];
  #complaints = [];

  constructor(browser, { address, tokens, issuer }) {
    this.#browser = browser;
    this.issuer = issuer;
    this.address = address.replace(/\/$/, '');
    this.tokens = tokens;
  }

  /** Opens a page as somebody, signed in by pasting a token. */
  async open(path, who, { width = 1280, height = 800, scheme = 'light', prepare } = {}) {
    const page = await this.blank({ width, height, scheme });
    await prepare?.(page);
    await page.goto(this.address + path);
    if (who) {
      await this.signIn(page, this.tokens[who]);
    }

    return page;
  }

  async blank({ width = 1280, height = 800, scheme = 'light' } = {}) {
    const context = await this.#browser.newContext({ viewport: { width, height }, colorScheme: scheme, reducedMotion: 'reduce', locale: 'en-GB', acceptDownloads: true, ignoreHTTPSErrors: this.issuer !== undefined });
    this.#contexts.push(context);
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    page.on('request', request => {
      const { origin, protocol } = new URL(request.url());
      // What an issuer's own page loads is not ours to judge.
      const isIssuers = this.issuer && (origin === this.issuer || !page.url().startsWith(this.address));
      if (origin !== this.address && protocol !== 'blob:' && !isIssuers) {
        this.#complaints.push(`a request to ${origin}`);
      }
    });
    page.on('pageerror', error => this.#complaints.push(`an error: ${error.message}`));
    page.on('console', message => {
      // That a refusal was answered is no fault of the page; a violated policy or an error in it is.
      if (message.type() === 'error' && page.url().startsWith(this.address) && !message.text().startsWith('Failed to load resource')) {
        this.#complaints.push(message.text());
      }
    });
    return page;
  }

  async signIn(page, token) {
    await page.getByLabel('Token', { exact: true }).fill(token);
    await page.getByRole('button', { name: 'Use this token' }).click();
    await page.getByRole('dialog', { name: 'Sign in' }).waitFor({ state: 'detached' });
  }

  /** A request of somebody, by the API. */
  async call(who, method, path, body) {
    const answer = await fetch(this.address + path, {
      method, body: body && JSON.stringify(body),
      headers: { Authorization: `Bearer ${this.tokens[who]}`, ...body ? { 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID() } : {} },
    });
    const said = await answer.json();
    assert.ok(answer.ok, JSON.stringify(said));
    return said;
  }

  /** An instance that waits before a step. */
  async waiting(step = 'deploy', context = { environment: 'production', percent: 100, change: { id: 'CHG-1', urgent: false }, summary: 'Routine release, nothing special' }) {
    const { instance_id: id } = await this.call('agent', 'POST', '/v1/instances', { workflow_id: 'deploy', workflow_version: '1' });
    await this.call('agent', 'POST', `/v1/instances/${id}/authority`, { step, execution_context: context });
    return id;
  }

  async decide(who, id, type = 'APPROVE') {
    const { pending } = await this.call(who, 'GET', `/v1/instances/${id}`);
    return this.call(who, 'POST', '/v1/decisions', { instance_id: id, decision_type: type, role: 'release-manager', justification: 'read and understood', context_snapshot_hash: pending.context_snapshot_hash });
  }

  instance(id) {
    return this.call('agent', 'GET', `/v1/instances/${id}`);
  }

  assertQuiet() {
    assert.deepEqual(this.#complaints, []);
  }

  async close() {
    // What a page asked for at the last moment may still be in somebody's hands.
    await Promise.all(this.#contexts.flatMap(context => context.pages()).map(page => page.unrouteAll({ behavior: 'ignoreErrors' })));
    await Promise.all(this.#contexts.map(context => context.close()));
  }
}
