"""One request for people's authority: who may decide, until when, on what, and how many have."""
from times import parse_duration, parse_time

# The decision that each event records.
DECISIONS = {'DECISION_RECORDED': 'APPROVE', 'APPROVED': 'APPROVE', 'REJECTED': 'REJECT', 'OVERRIDDEN': 'OVERRIDE'}


def person(actor):
    return actor['issuer'], actor['id']


class Gate:
    def __init__(self, entry):
        self.terms = entry.get('authority')
        self.asked_at = entry.at
        self.requester = person(entry.get('actor'))
        self.people, self.roles, self.approvals = set(), set(), 0

    @property
    def decide_by(self):
        return parse_time(self.terms.get('decide_by'))

    @property
    def execute_within(self):
        return parse_duration(self.terms.get('execute_within'))

    def check_terms(self, entry, found):
        if self.decide_by is not None and self.decide_by <= entry.at:
            found('illegal_event', f'{entry.title} is over before it begins')

    def escalate(self, entry, found):
        """Exactly the escalation roles are asked, the same, for as long again, and then it fails closed."""
        before, after = self.terms, entry.get('authority')
        expected = {name: value for name, value in before.items() if name not in ('escalation_roles', 'decide_by')}
        expected['eligible_approver_roles'] = before.get('escalation_roles')
        expected['on_timeout'] = 'FAIL_CLOSED'
        actual = {name: value for name, value in after.items() if name != 'decide_by'}
        until = parse_time(after.get('decide_by'))
        if (before['on_timeout'] != 'ESCALATE' or actual != expected or self.decide_by is None
                or until != entry.at + self.decide_by - self.asked_at):
            found('illegal_event', f'{entry.title} asks something else than what was escalated')
        self.terms, self.asked_at = after, entry.at
        # Other people are asked now, so what the first ones approved does not count.
        self.people, self.roles, self.approvals = set(), set(), 0

    def decide(self, entry, creator, found):
        actor, decision, title = entry.get('actor'), entry.get('decision'), entry.title
        barred = {creator, self.requester}
        who = {person(actor)}
        if decision['decision_type'] != DECISIONS[entry.type]:
            found('illegal_event', f'{title} records the decision {decision["decision_type"]}')
        if actor['kind'] != 'human':
            found('not_human', f'{title} was not made by a person')
        if actor.get('role') not in self.terms['eligible_approver_roles']:
            found('not_eligible', f'{title} was made in a role that may not decide')
        if 'delegation' in decision:
            who.add(person(decision['delegation']['grantor']))
        if who & barred:
            found('not_eligible', f'{title} was made by or for whoever created the instance or asked')
        if self.decide_by is not None and entry.at >= self.decide_by:
            found('decision_too_late', f'{title} was made at or after the deadline')
        if decision['context_snapshot_hash'] != self.terms['context_snapshot_hash']:
            found('stale_context', f'{title} is bound to another snapshot than the pending one')
        if ('context_delta_hash' in decision) != (decision['decision_type'] == 'OVERRIDE'):
            found('context_delta_required', f'{title} changes the context without an override, or the other way')
        needed = self.terms['approvals_required']
        if decision['decision_type'] == 'OVERRIDE' and needed > 1:
            found('quorum_not_met', f'{title} overrides alone what {needed} people must approve')
        if entry.type in ('DECISION_RECORDED', 'APPROVED'):
            self._count(entry, who, actor.get('role'), needed, found)

    def _count(self, entry, who, role, needed, found):
        self.approvals += 1
        if who & self.people:
            found('quorum_not_met', f'{entry.title} counts one person twice')
        if self.terms['distinct_roles'] and role in self.roles:
            found('quorum_not_met', f'{entry.title} counts one role twice')
        if (self.approvals >= needed) != (entry.type == 'APPROVED') or self.approvals > needed:
            found('quorum_not_met', f'{entry.title} is approval {self.approvals} of {needed}')
        self.people |= who
        self.roles.add(role)
