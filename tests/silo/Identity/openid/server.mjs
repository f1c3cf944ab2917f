// An OpenID provider for people and programs: node server.mjs certificate.pem key.pem. Prints its port, and ends with its standard input.
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import Provider from 'oidc-provider';

const [cert, key] = process.argv.slice(2).map((file) => readFileSync(file));
const server = createServer({ cert, key });
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const { port } = server.address();

const jwk = (pair, alg) => ({ ...pair.privateKey.export({ format: 'jwk' }), alg, use: 'sig', kid: `${alg.toLowerCase()}-key` });
const keys = [
  jwk(generateKeyPairSync('rsa', { modulusLength: 2048 }), 'RS256'),
  jwk(generateKeyPairSync('ec', { namedCurve: 'P-256' }), 'ES256'),
];

const people = { alice: ['release-manager'], builder: ['gantral.author', 'gantral.policy_author'], auditor: ['gantral.auditor'] };
const client = (id, ...grants) => ({
  client_id: id,
  client_secret: `${id}-secret`,
  grant_types: grants,
  response_types: grants.includes('authorization_code') ? ['code'] : [],
  redirect_uris: grants.includes('authorization_code') ? ['https://app.example/callback'] : [],
});

const provider = new Provider(`https://localhost:${port}`, {
  jwks: { keys },
  cookies: { keys: ['only for tests'] },
  clients: [
    client('gantral-web', 'authorization_code', 'client_credentials'),
    client('gantral-agent', 'client_credentials'),
    client('another-app', 'authorization_code'),
    // A page has no secret to keep, and a silo of the tests has a port of its own each time.
    { client_id: 'gantral-pages', token_endpoint_auth_method: 'none', application_type: 'native', grant_types: ['authorization_code'], response_types: ['code'], redirect_uris: ['http://127.0.0.1/signed-in'] },
  ],
  clientBasedCORS: (_, origin, asking) => asking.clientId === 'gantral-pages' && origin.startsWith('http://127.0.0.1:'),
  pkce: { required: () => true },
  findAccount: (_, id) => (id in people ? { accountId: id, claims: () => ({ sub: id }) } : undefined),
  // As careless as a mapper can be: whatever token it is, it is said to be a person's.
  extraTokenClaims: (_, token) => ({ kind: 'human', team_id: 'payments', roles: people[token.accountId] ?? ['gantral.operator', 'release-manager'] }),
  features: {
    devInteractions: { enabled: true },
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: (_, asking) => asking.clientId === 'gantral-pages' ? 'urn:gantral:ES256' : undefined,
      useGrantedResource: () => true,
      getResourceServerInfo: (_, resource) => ({ scope: 'use', audience: 'gantral', accessTokenFormat: 'jwt', jwt: { sign: { alg: resource.split(':').at(-1) } } }),
    },
  },
});
server.on('request', provider.callback());
console.log(port);
process.stdin.resume().on('end', () => process.exit(0));
