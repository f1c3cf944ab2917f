// One request for people's authority: who may decide, until when, about what, and how many have.
import { canonical } from './canonical.mjs';
import { duration, moment } from './times.mjs';

/** Which decision each event records. */
export const DECIDES = { DECISION_RECORDED: 'APPROVE', APPROVED: 'APPROVE', REJECTED: 'REJECT', OVERRIDDEN: 'OVERRIDE' };

/** A person is an id and the issuer that vouches for it. */
export const personOf = actor => `${actor.issuer} ${actor.id}`;

export class Gate {
  constructor(entry) {
    this.terms = entry.authority;
    this.askedAt = entry.at;
    this.requester = personOf(entry.actor);
    this.forgetApprovals();
  }

  get decideBy() {
    return moment(this.terms.decide_by);
  }

  get executeWithin() {
    return duration(this.terms.execute_within);
  }

  forgetApprovals() {
    [this.people, this.roles, this.approvals] = [new Set(), new Set(), 0];
  }

  /** Exactly the escalation roles are asked the same, for as long again; then it fails closed. */
  escalate(entry, found) {
    const { escalation_roles: roles, decide_by: _, ...before } = this.terms;
    const { decide_by: until, ...asked } = entry.authority;
    const expected = { ...before, eligible_approver_roles: roles, on_timeout: 'FAIL_CLOSED' };
    const isSame = roles !== undefined && canonical(asked) === canonical(expected);
    if (!isSame || this.terms.on_timeout !== 'ESCALATE' || this.decideBy === null || moment(until) !== entry.at + this.decideBy - this.askedAt) {
      found('illegal_event', `${entry.title} asks something else than what was escalated`);
    }

    [this.terms, this.askedAt] = [entry.authority, entry.at];
    this.forgetApprovals();
  }

  /** Holds a decision to what was asked. */
  decide(entry, creator, found) {
    const { actor, decision, title } = entry;
    const isOverride = decision.decision_type === 'OVERRIDE';
    const who = [personOf(actor), ...decision.delegation ? [personOf(decision.delegation.grantor)] : []];
    const needed = this.terms.approvals_required;
    const holds = (condition, code, reason) => condition || found(code, `${title} ${reason}`);
    holds(decision.decision_type === DECIDES[entry.type], 'illegal_event', `records the decision ${decision.decision_type}`);
    holds(actor.kind === 'human', 'not_human', 'was not made by a person');
    holds(this.terms.eligible_approver_roles.includes(actor.role), 'not_eligible', 'was made in a role that may not decide');
    holds(!who.includes(creator) && !who.includes(this.requester), 'not_eligible', 'was made by or for whoever created the instance or asked');
    holds(this.decideBy === null || entry.at < this.decideBy, 'decision_too_late', 'was made at or after its deadline');
    holds(decision.context_snapshot_hash === this.terms.context_snapshot_hash, 'stale_context', 'is about another snapshot than the one that was pending');
    holds(isOverride === (decision.context_delta_hash !== undefined), 'context_delta_required', 'changes the context without an override, or the other way round');
    holds(!isOverride || needed === 1, 'quorum_not_met', `overrides alone what ${needed} people must approve`);
    if (DECIDES[entry.type] === 'APPROVE') {
      this.approvals += 1;
      holds(!who.some(person => this.people.has(person)), 'quorum_not_met', 'counts one person twice');
      holds(!this.terms.distinct_roles || !this.roles.has(actor.role), 'quorum_not_met', 'counts one role twice');
      holds(this.approvals <= needed && (this.approvals === needed) === (entry.type === 'APPROVED'), 'quorum_not_met', `is approval ${this.approvals} of ${needed}`);
      who.forEach(person => this.people.add(person));
      this.roles.add(actor.role);
    }
  }
}
