// Verifies the bundle of an instance in the browser, by docs/evidence-format.md and nothing of the silo's own code.
import { Findings, STEPS } from './findings.mjs';
import { checkGoverning, governingOf } from './governing.mjs';
import { hashOf, saltedHash } from './hashing.mjs';
import { Heads } from './heads.mjs';
import { readBundle } from './lines.mjs';
import { isFinal } from './machine.mjs';
import { readTrusted } from './notes.mjs';
import { Replay } from './replay.mjs';
import { isIncluded } from './tree.mjs';

const ZEROS = '0'.repeat(64);
const byWhom = { context_snapshot: entry => (entry.authority ?? entry.advice)?.context_snapshot_hash, context_delta: entry => entry.decision?.context_delta_hash, justification: entry => entry.decision?.justification_hash };

/** Judges a bundle by the keys that are trusted, both as they came: { verdict, steps, head, entries, state, instanceId }. */
export async function verify(bytes, keysText) {
  const findings = new Findings();
  const trusted = await readTrusted(keysText);
  if (trusted.fault) {
    findings.add('unusable_input', trusted.fault);
    return report(findings, null, [], null);
  }

  const bundle = await readBundle(bytes, findings);
  if (!bundle) {
    return report(findings, null, [], null);
  }

  const heads = new Heads(trusted, findings);
  for (const head of bundle.heads) {
    await heads.add(head);
  }

  const all = [...bundle.entries.values()];
  await checkTree(bundle, heads, findings);
  await checkPayloads(bundle, findings);
  await heads.holdToEntries(all);
  checkOpening(all, findings);
  const life = checkLife(bundle, all, findings);
  return report(findings, heads.of(bundle.header.origin).at(-1), life, bundle.header.instance_id);
}

async function checkTree(bundle, heads, findings) {
  const { origin } = bundle.header;
  for (const [at, entry] of bundle.entries) {
    const proof = bundle.proofs.get(at);
    const head = proof && heads.believed(entry.origin, proof.size);
    findings.saw('tree');
    if (!proof) {
      findings.add('missing_proof', `the proof for position ${entry.position} of ${entry.origin} is missing`);
    } else if (!head) {
      heads.wasSeen(entry.origin, proof.size) || findings.add('missing_checkpoint', `the head of size ${proof.size} of ${entry.origin} is missing`);
    } else if (!await isIncluded(entry.hash, entry.position, head.size, proof.hashes, head.root)) {
      findings.add('wrong_proof', `position ${entry.position} of ${entry.origin} is not proven in the head of size ${head.size}`);
    }
  }

  for (const at of bundle.proofs.keys()) {
    bundle.entries.has(at) || bundle.unreadable.has(at) || findings.add('missing_entry', `the entry at ${at} is missing`);
  }

  if (!heads.origins().includes(origin)) {
    findings.add('missing_checkpoint', `no head of ${origin} is there`);
  }

  for (const of of new Set([origin, ...heads.origins(), ...bundle.consistencies.map(one => one.origin)])) {
    of === origin || [...bundle.entries.values()].some(entry => entry.origin === of) || findings.add('misplaced_line', `the heads of ${of} cover nothing in this file`);
    await heads.tie(of, bundle.consistencies.filter(one => one.origin === of));
  }
}

async function checkPayloads(bundle, findings) {
  for (const [at, fields] of bundle.payloads) {
    const entry = bundle.entries.get(at);
    if (!entry) {
      bundle.unreadable.has(at) || findings.add('missing_entry', `the entry at ${at}, of which there is private content, is missing`);
      continue;
    }

    findings.saw('payloads', Object.keys(fields).length);
    const hashes = {};
    for (const [name, field] of Object.entries(fields)) {
      hashes[name] = field.hash ?? await saltedHash(field.salt, field.value);
    }

    const named = Object.entries(byWhom).every(([name, hash]) => hashes[name] === undefined || hash(entry) === undefined || hash(entry) === hashes[name]);
    const definition = fields.definition?.salt && ['workflow', 'policy'].includes(entry.subject.type) ? await hashOf(fields.definition.value) : null;
    if (!named || await hashOf(hashes) !== entry.payload_hash || (definition && definition !== entry[`${entry.subject.type}_hash`])) {
      findings.add('wrong_payload', `the private content at position ${entry.position} is not what its entry hashes`);
    }

    if (fields.context_delta?.salt && Object.keys(fields.context_delta.value ?? {}).length === 0) {
      findings.add('context_delta_required', `the override at position ${entry.position} changes nothing`);
    }
  }
}

function checkOpening(all, findings) {
  for (const entry of all.filter(one => (one.position === 0) !== (one.type === 'LOG_OPENED') || (one.position === 0 && one.log.origin !== one.origin))) {
    findings.add('illegal_event', `position ${entry.position} of ${entry.origin}: only position 0 opens a log`);
  }
}

function checkLife(bundle, all, findings) {
  const name = `instance ${bundle.header.instance_id}`;
  const subjects = new Map();
  for (const entry of all.toSorted((one, other) => one.sequence - other.sequence || one.position - other.position)) {
    subjects.set(entry.subjectName, [...subjects.get(entry.subjectName) ?? [], entry]);
  }

  const life = subjects.get(name) ?? [];
  const related = new Set([name, ...governingOf(life)]);
  for (const [subject, entries] of subjects) {
    related.has(subject) || findings.add('mixed_subjects', `${subject} does not belong to ${name}`);
    checkChain(entries, findings);
  }

  if (life.some(entry => entry.origin !== bundle.header.origin)) {
    findings.add('misplaced_line', `${name} does not live in the log of the header`);
  }

  const unbroken = life.filter((entry, place) => life.findIndex(one => one.sequence === entry.sequence) === place && new Set(life.filter(one => one.sequence <= entry.sequence).map(one => one.sequence)).size === entry.sequence);
  const isGapless = life.length > 0 && new Set(life.map(one => one.sequence)).size === life.at(-1).sequence;
  isGapless || findings.add('missing_entry', `entries of ${name} are missing`);
  if (unbroken.length === 0) {
    return life;
  }

  const replay = new Replay((code, reason) => findings.add(code, reason)).run(unbroken);
  findings.saw('life', unbroken.length);
  checkGoverning(life, subjects, findings);
  if (!isFinal(life.at(-1).state)) {
    findings.add('open', 'the instance has not ended, and this evidence alone cannot show that nothing follows');
    replay.pending && !replay.isBroken && isGapless && findings.add('missing_entry', `what ${replay.pending.type} brings with it stands in the same commit, and is missing`);
  }

  return life;
}

function checkChain(entries, findings) {
  findings.saw('chain', entries.length);
  const holds = (condition, code, reason) => condition || findings.add(code, reason);
  const [first] = entries;
  holds(first.sequence !== 1 || first.prev_hash === ZEROS, 'broken_chain', `${first.title} of ${first.subjectName} follows something`);
  entries.slice(1).forEach((entry, place) => {
    const before = entries[place];
    const which = `${entry.title} of ${entry.subjectName}`;
    if (entry.sequence === before.sequence) {
      findings.add('duplicate_sequence', `${entry.subjectName} has two entries of sequence ${entry.sequence}`);
      return;
    }

    holds(entry.sequence !== before.sequence + 1 || entry.prev_hash === before.hashText, 'broken_chain', `${which} does not name the hash of the one before`);
    holds(entry.origin !== before.origin || entry.position > before.position, 'wrong_order', `${which} stands before its predecessor`);
    holds(entry.at >= before.at, 'time_stepped_back', `${which} is earlier than its predecessor`);
  });
}

function report(findings, head, life, instanceId) {
  const isJudged = instanceId !== null;
  const steps = STEPS.map(([name, title, text]) => {
    const found = findings.all.filter(one => one.step === name);
    const result = found.length === 0 ? (isJudged ? 'passed' : 'skipped') : found.every(one => one.verdict === 'INCONCLUSIVE') ? 'open' : 'failed';
    return { name, title, text, result, count: findings.checked[name] ?? 0, found };
  });
  return { verdict: findings.verdict, codes: findings.all.map(one => one.code), steps, head: head ? { origin: head.origin, size: head.size, time: head.time, root: head.root } : null, entries: life.length, state: life.at(-1)?.state ?? null, instanceId };
}
