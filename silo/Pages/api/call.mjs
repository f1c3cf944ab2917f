// Every request of the pages: the public REST API, with the token that is in memory.
import { expired, token } from '../session/token.mjs';
import { heard } from './clock.mjs';
import { Problem } from './problem.mjs';

/** Reads; signs in anew where that is needed, and reads again. */
export async function read(path, { signal } = {}) {
  for (;;) {
    const used = await token();
    const answer = await send(path, used, { signal });
    if (answer.status !== 401) {
      return answer;
    }

    expired(used);
  }
}

/** Reads JSON. */
export const readJson = async (path, options) => (await read(path, options)).json();

/** Changes something. A command is never sent again by itself: whoever signs in anew may be somebody else. */
export async function post(path, body, key) {
  const used = await token();
  const answer = await send(path, used, {
    method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
  });
  if (answer.status === 401) {
    expired(used);
    await token();
    throw new Problem({ code: 'unauthenticated', title: 'You had to sign in again', status: 401, detail: 'Nothing was sent. What you have typed is still here: send it once more.' });
  }

  return answer.json();
}

async function send(path, used, { headers, ...options }) {
  let answer;
  try {
    answer = await fetch(path, { ...options, headers: { ...headers, Authorization: `Bearer ${used}` }, cache: 'no-store', credentials: 'omit' });
  } catch (fault) {
    throw fault.name === 'AbortError' ? fault : Problem.away();
  }

  heard(answer);
  if (!answer.ok && answer.status !== 401) {
    throw new Problem(await answer.json().catch(() => ({ code: 'unreadable', title: 'The answer cannot be read', status: answer.status, detail: `Something between this page and the silo answered with status ${answer.status}.` })));
  }

  return answer;
}
