// OpenID Connect: the code flow with PKCE, of a public client. What must outlive the way there and back lies in
// sessionStorage for just that long; the token never does.
import { take } from './overlay.mjs';

const KEPT = 'gantral.sign-in';

/** Leaves for the issuer. */
export async function beginCodeFlow(issuer) {
  if (!crypto.subtle) {
    throw new Error('This needs https: the browser does no cryptography for pages that came in the clear.');
  }

  const found = await discover(issuer);
  const [verifier, state] = [random(), random()];
  const challenge = base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))));
  sessionStorage.setItem(KEPT, JSON.stringify({ verifier, state, issuer: issuer.issuer, at: location.pathname + location.search }));
  const ask = new URL(found.authorization_endpoint);
  for (const [name, value] of Object.entries({ response_type: 'code', client_id: issuer.client_id, redirect_uri: back(), scope: issuer.scope, state, code_challenge: challenge, code_challenge_method: 'S256' })) {
    ask.searchParams.set(name, value);
  }

  location.assign(ask);
}

/** Where one comes back: fetches the token, and answers what went wrong, or nothing where one did not come back at all. */
export async function endCodeFlow(identity) {
  if (location.pathname !== '/signed-in') {
    return null;
  }

  const said = new URLSearchParams(location.search);
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? 'null');
  sessionStorage.removeItem(KEPT);
  history.replaceState(null, '', kept?.at ?? '/');
  const issuer = identity.issuers.find(one => one.issuer === kept?.issuer);
  if (!kept || !issuer || said.get('state') !== kept.state || (said.has('iss') && said.get('iss') !== issuer.issuer)) {
    return 'This sign-in was not begun here; begin again.';
  }

  if (!said.has('code')) {
    return `${issuer.name} did not sign you in: ${said.get('error_description') ?? said.get('error') ?? 'it gave no code'}.`;
  }

  const found = await discover(issuer);
  const answer = await fetch(found.token_endpoint, {
    method: 'POST', credentials: 'omit',
    body: new URLSearchParams({ grant_type: 'authorization_code', code: said.get('code'), redirect_uri: back(), client_id: issuer.client_id, code_verifier: kept.verifier }),
  });
  const told = await answer.json();
  return answer.ok ? take(told.access_token) : `${issuer.name} gave no token: ${told.error_description ?? told.error}.`;
}

async function discover(issuer) {
  const found = await (await fetch(issuer.discovery, { credentials: 'omit' })).json();
  if (found.issuer !== issuer.issuer) {
    throw new Error(`${issuer.name} calls itself otherwise than this silo was told; tell its operator.`);
  }

  return found;
}

const back = () => `${location.origin}/signed-in`;

const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));

const base64url = bytes => btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
