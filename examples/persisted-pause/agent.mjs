// An agent that pauses: it asks before it deploys, checkpoints when a person must decide, and exits. A new process goes on.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL, fileURLToPath } from 'node:url';
import { Annotation, Command, END, interrupt, START, StateGraph } from '@langchain/langgraph';
import { FileSaver } from './file-saver.mjs';

const { env } = process;
const read = async (path) => JSON.parse(await readFile(path, 'utf8'));
const hashOf = async (path) => `sha256:${createHash('sha256').update(await readFile(path)).digest('hex')}`;
const report = (outcome) => writeFile(env.GANTRAL_OUTCOME_FILE, JSON.stringify(outcome));

// The answer is the authority: what to do, and with which context.
function ask(step, facts) {
  const asked = spawnSync('gantral', ['authority', '--step', step, '--context', '-', '--json'], { input: JSON.stringify(facts), encoding: 'utf8', stdio: ['pipe', 'pipe', 'inherit'] });
  if (![0, 3, 4].includes(asked.status)) throw new Error('no answer to what was asked');
  return JSON.parse(asked.stdout);
}

const State = Annotation.Root({ change: Annotation(), reasoning: Annotation(), context: Annotation() });
const graph = (saver) =>
  new StateGraph(State)
    .addNode('plan', () => ({ reasoning: env.AGENT_REASONING ?? 'small, and behind a flag' })) // stays in the checkpoint
    .addNode('gate', (state) => ({ context: interrupt({ environment: 'production', change: state.change, percent: 100 }) }))
    .addNode('deploy', async ({ context }) => {
      await appendFile(join(env.AGENT_STORE, 'done.log'), `deploy ${context.change} to ${context.environment} at ${context.percent} %\n`);
    })
    .addEdge(START, 'plan')
    .addEdge('plan', 'gate')
    .addEdge('gate', 'deploy')
    .addEdge('deploy', END)
    .compile({ checkpointer: saver });

// The team's own storage; Gantral is told where the checkpoint is and its hash, and nothing of what is in it.
const place = join(env.AGENT_STORE, `${env.GANTRAL_INSTANCE_ID}.checkpoint`);
const thread = { configurable: { thread_id: env.GANTRAL_INSTANCE_ID } };
const resumed = async (context) => (await open()).invoke(new Command({ resume: context }), thread);
const open = async () => graph(await FileSaver.open(place));

if (env.GANTRAL_KIND === 'RESUME') {
  const checkpoint = await read(env.GANTRAL_CHECKPOINT_FILE);
  if ((await hashOf(fileURLToPath(checkpoint.ref))) !== checkpoint.hash) throw new Error('the checkpoint is not what was left');
  await resumed(await read(env.GANTRAL_CONTEXT_FILE)); // what was approved, as it comes
} else {
  const { change } = await read(env.GANTRAL_CONTEXT_FILE);
  const stopped = await (await open()).invoke({ change }, thread);
  const answer = ask('deploy', stopped.__interrupt__[0].value);
  if (answer.state === 'RUNNING') {
    await resumed(answer.context);
  } else if (answer.state === 'WAITING_FOR_HUMAN') {
    await report({ checkpoint: { ref: pathToFileURL(place).href, hash: await hashOf(place) } });
    process.exitCode = 3;
  } else {
    throw new Error('the deployment was refused');
  }
}
