// A browser that carries out scenarios: node server.mjs. Prints its port, and ends with its standard input.
// POST / with {"scenario":"inbox/approves", …} answers {"fault":null}, or what went wrong.
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { chromium } from 'playwright-core';
import { Visits } from './visits.mjs';

const known = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executablePath = known.find(path => path && existsSync(path));
if (!executablePath) {
  console.error('Chromium is needed: apt-get install chromium, or name it in CHROMIUM.');
  process.exit(1);
}

// What nobody waited for is a fault of the scenario that runs, and not the end of all of them.
const unawaited = [];
process.on('unhandledRejection', fault => unawaited.push(fault));

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
const server = createServer(async (request, response) => {
  const said = [];
  for await (const piece of request) {
    said.push(piece);
  }

  const fault = await run(JSON.parse(Buffer.concat(said))).then(() => null, failed => String(failed?.stack ?? failed));
  response.end(JSON.stringify({ fault }));
});
await new Promise(listening => server.listen(0, '127.0.0.1', listening));
console.log(server.address().port);
process.stdin.resume().on('end', async () => {
  await browser.close();
  process.exit(0);
});

async function run({ scenario, ...told }) {
  const [file, name] = scenario.split('/');
  const scenarios = await import(`./scenarios/${file}.mjs`);
  const visits = new Visits(browser, told);
  try {
    await scenarios[name](visits, told);
    visits.assertQuiet();
  } finally {
    await visits.close();
  }

  if (unawaited.length > 0) {
    throw new Error(`Nobody waited for: ${unawaited.splice(0).map(fault => fault?.stack ?? fault).join('; ')}`);
  }
}
