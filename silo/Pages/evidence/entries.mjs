// The shape of an entry: which fields it has for which event. What is not exactly that cannot be judged.
import { isDuration, isFlag, isHash, isMoment, isObject, isText, object, oneOf, some, spelled, whole } from './forms.mjs';
import { hex, leafHash } from './hashing.mjs';
import { moment } from './times.mjs';

export const FORMAT = 'gantral/entry/1';
export const STATES = ['CREATED', 'RUNNING', 'WAITING_FOR_HUMAN', 'APPROVED', 'REJECTED', 'OVERRIDDEN', 'RESUMED', 'COMPLETED', 'TERMINATED'];
export const PRIVATE = ['trigger_context', 'context_snapshot', 'context_delta', 'justification', 'checkpoint', 'evidence', 'error', 'definition'];
export const BOUND = ['workflow_id', 'workflow_version', 'workflow_hash', 'owning_team_id', 'materiality', 'policy_version_id', 'policy_hash', 'mode'];
const REASONS = ['REJECTED', 'POLICY_DENIED', 'POLICY_UNAVAILABLE', 'CONFLICTING_POLICY', 'TIMEOUT', 'APPROVAL_EXPIRED', 'AGENT_FAILED', 'RUNNER_LOST', 'CANCELLED', 'EVIDENCE_FAILURE'];
const person = { id: isText, issuer: isText };
const gate = { approvals_required: whole(1, 100), distinct_roles: isFlag, eligible_approver_roles: some(isText), on_timeout: oneOf('FAIL_CLOSED', 'ESCALATE') };

const fields = {
  v: isText,
  subject: object({ id: isText, type: oneOf('instance', 'workflow', 'policy', 'delegation', 'key', 'setting') }),
  instance_id: isText, sequence: whole(1), prev_hash: isHash, type: isText, from_state: oneOf(...STATES), state: oneOf(...STATES), at: isMoment,
  actor: object({ ...person, kind: oneOf('human', 'workload', 'system') }, { role: isText, client: isText, authenticated_at: isMoment }),
  workflow_id: isText, workflow_version: isText, workflow_hash: isHash, owning_team_id: isText,
  materiality: oneOf('LOW', 'MEDIUM', 'HIGH', 'CRITICAL'), policy_version_id: isText, policy_hash: isHash, mode: oneOf('ENFORCE', 'OBSERVE'),
  required_policies: some(object({ policy_version_id: isText, policy_hash: isHash })),
  settings: some(object({ setting_id: isText, entry_hash: isHash })),
  authority: object({ ...gate, context_snapshot_hash: isHash }, { step: isText, escalation_roles: some(isText), decide_by: isMoment, execute_within: isDuration }),
  decision: object(
    { decision_id: isText, decision_type: oneOf('APPROVE', 'REJECT', 'OVERRIDE'), context_snapshot_hash: isHash, justification_hash: isHash },
    { context_delta_hash: isHash, delegation: object({ delegation_id: isText, entry_hash: isHash, grantor: object(person) }) }),
  advice: object({ context_snapshot_hash: isHash }, { ...gate, decision: oneOf('ALLOW', 'REQUIRE_HUMAN', 'DENY'), step: isText, escalation_roles: some(isText), timeout: isDuration, execute_within: isDuration }),
  reason: oneOf(...REASONS),
  cost: object({ amount: spelled(/^(0|[1-9][0-9]{0,30})(\.[0-9]{1,18})?$/), currency: spelled(/^[A-Z]{3}$/) }),
  redaction: object({ sequence: whole(1), fields: some(oneOf(...PRIVATE)) }),
  delegation: object({ role: isText, to: object(person), until: isMoment }),
  key: object({ algorithm: isText, name: isText, public_key: isText }),
  log: object({ origin: isText }, { predecessor: object({ origin: isText, root: isHash, size: whole(0) }) }),
  payload_hash: isHash, command_id: isHash,
};

// What an event has beside what every event of its subject has: what it must have, and what it may.
const decided = [['decision'], []];
const plain = [[], []];
const ofLife = {
  ...Object.fromEntries([...STATES, 'TIMEOUT', 'SUSPENDED', 'EVIDENCE_ATTACHED'].map(type => [type, plain])),
  RUNNING: [[], ['advice']], WAITING_FOR_HUMAN: [['authority'], []], ESCALATED: [['authority'], []], TERMINATED: [['reason'], ['advice']],
  STEP_ALLOWED: [['advice'], []], OBSERVED: [['advice'], ['reason']], COST_RECORDED: [['cost'], []], REDACTED: [['redaction'], []],
  DECISION_RECORDED: decided, APPROVED: decided, REJECTED: decided, OVERRIDDEN: decided,
};
const ofOthers = {
  WORKFLOW_REGISTERED: ['workflow', BOUND], POLICY_REGISTERED: ['policy', ['policy_version_id', 'policy_hash']],
  DELEGATION_GRANTED: ['delegation', ['delegation', 'owning_team_id']], DELEGATION_REVOKED: ['delegation', []],
  KEY_INTRODUCED: ['key', ['key']], KEY_RETIRED: ['key', []], SETTING_CHANGED: ['setting', []], LOG_OPENED: ['setting', ['log']],
};
const always = ['v', 'subject', 'sequence', 'prev_hash', 'type', 'at', 'actor'];

/** Why a value is no entry: unknown_format, malformed_entry, or nothing. */
export function faultOf(value) {
  if (!isObject(value) || value.v !== FORMAT) {
    return isObject(value) && spelled(/^gantral\/entry\/[1-9][0-9]{0,8}$/)(value.v) ? 'unknown_format' : 'malformed_entry';
  }

  const isKnown = Object.entries(value).every(([name, item]) => Object.hasOwn(fields, name) && fields[name](item));
  const form = isKnown ? formOf(value.type) : null;
  const isWhole = form && form.must.every(name => Object.hasOwn(value, name)) && Object.keys(value).every(name => form.must.includes(name) || form.may.includes(name));
  return isWhole && value.subject.type === form.subject && (value.instance_id ?? value.subject.id) === value.subject.id ? null : 'malformed_entry';
}

/** An entry at its place. */
export async function placed(origin, position, value) {
  return {
    ...value, value, origin, position, hash: await leafHash(value), at: moment(value.at), written: value.at,
    subjectName: `${value.subject.type} ${value.subject.id}`, title: `entry ${value.sequence} (${value.type})`,
    get hashText() { return hex(this.hash); },
  };
}

function formOf(type) {
  if (Object.hasOwn(ofLife, type)) {
    const [must, may] = ofLife[type];
    const from = type === 'CREATED' ? [[], ['from_state']] : [['from_state'], []];
    return { subject: 'instance', must: [...always, 'instance_id', 'state', ...BOUND, ...must, ...from[0]], may: [...may, ...from[1], 'command_id', 'payload_hash', 'required_policies', 'settings'] };
  }

  if (Object.hasOwn(ofOthers, type)) {
    const [subject, must] = ofOthers[type];
    return { subject, must: [...always, ...must], may: ['owning_team_id', 'payload_hash', 'command_id'] };
  }

  return null;
}
