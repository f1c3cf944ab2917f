// Takes what the reference library verifies by the secret it is started with, and nothing else. GET answers what it took.
// Prints its port, and ends with its standard input.
import { createServer } from 'node:http';
import { Webhook } from 'standardwebhooks';

const webhook = new Webhook(process.argv[2]);
const taken = [];

const server = createServer(async (request, response) => {
  if (request.method === 'GET') {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(taken));
    return;
  }

  let body = '';
  for await (const chunk of request) body += chunk;
  try {
    taken.push(webhook.verify(body, request.headers));
    response.writeHead(204).end();
  } catch (fault) {
    response.writeHead(401).end(String(fault));
  }
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
process.stdin.resume().on('end', () => process.exit(0));
