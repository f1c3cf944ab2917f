// Replays a life from its entries alone. It ends at the first entry that cannot have happened: what follows would be judged in a state that never was.
import { canonical } from './canonical.mjs';
import { BOUND } from './entries.mjs';
import { DECIDES, Gate, personOf } from './gate.mjs';
import { EDGES, isState } from './machine.mjs';

const consequential = ['APPROVED', 'REJECTED', 'OVERRIDDEN'];
const happensIn = {
  TIMEOUT: ['WAITING_FOR_HUMAN'], ESCALATED: ['WAITING_FOR_HUMAN'], DECISION_RECORDED: ['WAITING_FOR_HUMAN'],
  STEP_ALLOWED: ['RUNNING'], OBSERVED: ['RUNNING'], SUSPENDED: ['RUNNING', 'WAITING_FOR_HUMAN', 'RESUMED'],
};
const byPolicy = { POLICY_DENIED: 'DENY', POLICY_UNAVAILABLE: undefined, CONFLICTING_POLICY: undefined };
const endsFor = {
  CREATED: [], RUNNING: [...Object.keys(byPolicy), 'AGENT_FAILED', 'RUNNER_LOST'], WAITING_FOR_HUMAN: ['TIMEOUT', 'AGENT_FAILED'],
  RESUMED: ['APPROVAL_EXPIRED', 'AGENT_FAILED'],
};
const bySystem = ['TIMEOUT', 'APPROVAL_EXPIRED', 'RUNNER_LOST', 'EVIDENCE_FAILURE'];
const isPolicyReason = reason => Object.hasOwn(byPolicy, reason);
const alike = (one, other, names) => names.every(name => canonical(one.value[name] ?? null) === canonical(other.value[name] ?? null));
const isOneCommit = (one, other) => alike(one, other, ['actor', 'at', 'command_id']);

export class Replay {
  state = null;
  isBroken = false;
  /** The entry whose consequence has not been seen. */
  pending = null;
  #report;
  #first = null;
  #before = null;
  #gate = null;
  #approvedAt = null;

  constructor(report) {
    this.#report = report;
  }

  run(entries) {
    for (const entry of entries) {
      this.#first ? this.#step(entry) : this.#begin(entry);
      this.#before = entry;
      if (this.isBroken) {
        break;
      }
    }

    return this;
  }

  #found = (code, reason) => {
    this.isBroken = true;
    this.#report(code, reason);
  };

  #begin(entry) {
    this.#first = entry;
    this.state = entry.state;
    if (entry.type !== 'CREATED' || entry.from_state || entry.state !== 'CREATED') {
      this.#found('illegal_edge', `${entry.title} is not the creation of the instance`);
    }
  }

  #step(entry) {
    if (!alike(entry, this.#first, [...BOUND, 'required_policies', 'settings'])) {
      this.#found('binding_changed', `${entry.title} changes what the instance is bound to`);
    }

    this.#edge(entry);
    const owing = this.pending;
    this.pending = null;
    if (owing && !(this.#isConsequence(owing, entry) && isOneCommit(owing, entry))) {
      this.#found('illegal_event', `${entry.title} is not what ${owing.type} brings with it`);
    }

    this.#judge(entry, owing);
    this.state = entry.state;
  }

  #edge(entry) {
    const moves = isState(entry.type);
    if (entry.from_state !== this.state) {
      this.#found('illegal_edge', `${entry.title} says that it comes from ${entry.from_state}, and the instance is ${this.state}`);
    } else if (moves ? !EDGES[this.state].includes(entry.type) || entry.state !== entry.type : entry.state !== this.state) {
      this.#found('illegal_edge', `${entry.title} takes an edge that does not exist`);
    } else if (happensIn[entry.type] && !happensIn[entry.type].includes(this.state)) {
      this.#found('illegal_event', `${entry.title} cannot happen in ${this.state}`);
    }
  }

  // Some events bring another with them: the next in the chain, in the same commit.
  #isConsequence(owing, entry) {
    switch (owing.type) {
      case 'TIMEOUT':
        return this.#gate?.terms.on_timeout === 'ESCALATE' ? entry.type === 'ESCALATED' : entry.type === 'TERMINATED' && entry.reason === 'TIMEOUT';
      case 'RUNNING':
        return this.#first.mode === 'OBSERVE' ? entry.type === 'OBSERVED' : entry.type === 'WAITING_FOR_HUMAN' || (entry.type === 'TERMINATED' && isPolicyReason(entry.reason));
      case 'REJECTED':
        return entry.type === 'TERMINATED' && entry.reason === 'REJECTED';
      default:
        return entry.type === 'RESUMED';
    }
  }

  #judge(entry, owing) {
    const holds = (condition, reason) => condition || this.#found('illegal_event', `${entry.title} ${reason}`);
    if (Object.hasOwn(DECIDES, entry.type)) {
      this.#gate?.decide(entry, personOf(this.#first.actor), this.#found);
      if (consequential.includes(entry.type)) {
        [this.pending, this.#approvedAt] = [entry, entry.at];
      }
    }

    switch (entry.type) {
      case 'WAITING_FOR_HUMAN':
        this.#gate = new Gate(entry);
        holds(this.#first.mode === 'ENFORCE' || (this.#before.type === 'SUSPENDED' && isOneCommit(this.#before, entry)), 'stops an instance that is only observed');
        holds(this.#gate.decideBy === null || this.#gate.decideBy > entry.at, 'is over before it begins');
        break;
      case 'TIMEOUT':
        this.pending = entry;
        holds(entry.actor.kind === 'system', 'was not brought about by time');
        holds(this.#gate && this.#gate.decideBy !== null && entry.at >= this.#gate.decideBy, 'says that time is over before it is');
        break;
      case 'ESCALATED':
        holds(owing?.type === 'TIMEOUT', 'comes without a timeout');
        this.#gate?.escalate(entry, this.#found);
        break;
      case 'RUNNING':
        this.#run(entry, holds);
        break;
      case 'COMPLETED':
        this.#takeUp(entry);
        break;
      case 'STEP_ALLOWED':
        holds(entry.advice.decision === 'ALLOW', 'lets a step pass against the advice that it records');
        break;
      case 'OBSERVED':
        holds(this.#first.mode === 'OBSERVE' && (entry.advice.decision === 'REQUIRE_HUMAN' ? entry.reason === undefined : isPolicyReason(entry.reason) && byPolicy[entry.reason] === entry.advice.decision), 'does not follow from the advice that it records');
        break;
      case 'TERMINATED':
        holds(this.#isEnd(entry, owing), `cannot end ${this.state} for ${entry.reason} here`);
        break;
    }
  }

  #run(entry, holds) {
    if (this.state === 'RESUMED') {
      holds(entry.advice === undefined, 'asks policy again');
      this.#takeUp(entry);
    } else if (entry.advice === undefined) {
      this.pending = entry;
    } else {
      holds(entry.advice.decision === 'ALLOW', 'starts against the advice that it records');
    }
  }

  get #expires() {
    const within = this.#gate?.executeWithin ?? null;
    return within === null || this.#approvedAt === null ? null : this.#approvedAt + within;
  }

  #takeUp(entry) {
    if (this.state === 'RESUMED' && this.#expires !== null && entry.at >= this.#expires) {
      this.#found('approval_expired', `${entry.title} takes up an approval that had expired`);
    }
  }

  #isEnd(entry, owing) {
    const { reason, advice } = entry;
    const fits = this.state === 'REJECTED' ? reason === 'REJECTED' : ['CANCELLED', 'EVIDENCE_FAILURE', ...endsFor[this.state] ?? []].includes(reason);
    const isAdvised = isPolicyReason(reason)
      ? this.#first.mode === 'ENFORCE' && advice !== undefined && advice.decision === byPolicy[reason]
      : advice === undefined;
    const isInTime = (reason !== 'TIMEOUT' || owing?.type === 'TIMEOUT') && (reason !== 'APPROVAL_EXPIRED' || (this.#expires !== null && entry.at >= this.#expires));
    return fits && isAdvised && isInTime && (!bySystem.includes(reason) || entry.actor.kind === 'system');
  }
}
