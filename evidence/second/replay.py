"""Replays the life of one instance from its entries alone."""
from gate import DECISIONS, Gate, person
from shapes import BINDING, STATES

FINAL = ('COMPLETED', 'TERMINATED')
EDGES = {
    'CREATED': ('RUNNING', 'TERMINATED'),
    'RUNNING': ('WAITING_FOR_HUMAN', 'COMPLETED', 'TERMINATED'),
    'WAITING_FOR_HUMAN': ('APPROVED', 'REJECTED', 'OVERRIDDEN', 'TERMINATED'),
    'APPROVED': ('RESUMED',), 'OVERRIDDEN': ('RESUMED',), 'REJECTED': ('TERMINATED',),
    'RESUMED': ('RUNNING', 'COMPLETED', 'TERMINATED'), 'COMPLETED': (), 'TERMINATED': (),
}
# In which states an event that changes none can happen.
_IN = {'TIMEOUT': ('WAITING_FOR_HUMAN',), 'ESCALATED': ('WAITING_FOR_HUMAN',),
       'DECISION_RECORDED': ('WAITING_FOR_HUMAN',), 'STEP_ALLOWED': ('RUNNING',), 'OBSERVED': ('RUNNING',),
       'SUSPENDED': ('RUNNING', 'WAITING_FOR_HUMAN', 'RESUMED'),
       **{event: tuple(STATES) for event in ('EVIDENCE_ATTACHED', 'COST_RECORDED', 'REDACTED')}}
# For which reasons each state can end. Cancelling and the failure of evidence end whatever has not ended.
_ENDS = {'CREATED': (), 'RUNNING': ('POLICY_DENIED', 'POLICY_UNAVAILABLE', 'CONFLICTING_POLICY', 'AGENT_FAILED',
                                    'RUNNER_LOST'),
         'WAITING_FOR_HUMAN': ('TIMEOUT', 'AGENT_FAILED'), 'RESUMED': ('APPROVAL_EXPIRED', 'AGENT_FAILED')}
_POLICY = {'POLICY_DENIED': 'DENY', 'POLICY_UNAVAILABLE': None, 'CONFLICTING_POLICY': None}


def _together(one, other):
    """Whether two entries are of one commit: the same actor, at the same time, by the same command."""
    return all(one.get(name) == other.get(name) for name in ('actor', 'at', 'command_id'))


class Replay:
    def __init__(self, found):
        self._report = found
        self.state, self.stopped = None, False
        self._first = self._previous = self._gate = self._approved_at = self._pending = None

    def _found(self, code, reason):
        self.stopped = True
        self._report(code, reason)

    def run(self, entries):
        """Ends at the first entry that cannot have happened: what follows it would be judged in a made-up state."""
        for entry in entries:
            self._step(entry)
            self._previous = entry
            if self.stopped:
                break
        return self

    @property
    def pending(self):
        """The entry whose consequence has not been seen."""
        return self._pending

    def _step(self, entry):
        if self._first is None:
            self._begin(entry)
            return
        if any(entry.get(name) != self._first.get(name) for name in BINDING):
            self._found('binding_changed', f'{entry.title} changed what the instance is bound to')
        moves = entry.type in STATES
        if entry.get('from_state') != self.state:
            self._found('illegal_edge', f'{entry.title} says it comes from {entry.get("from_state")}, '
                                        f'but the instance is {self.state}')
        elif moves and (entry.type not in EDGES[self.state] or entry.get('state') != entry.type):
            self._found('illegal_edge', f'{entry.title} takes an edge that does not exist')
        elif not moves and entry.get('state') != self.state:
            self._found('illegal_edge', f'{entry.title} changes the state, but is no transition')
        elif not moves and self.state not in _IN[entry.type]:
            self._found('illegal_event', f'{entry.title} cannot happen in {self.state}')
        before, self._pending = self._pending, None
        if before is not None:
            self._follows(before, entry)
        self._judge(entry, before)
        self.state = entry.get('state')

    def _begin(self, entry):
        self._first = entry
        if entry.type != 'CREATED' or entry.get('from_state') or entry.get('state') != 'CREATED':
            self._found('illegal_edge', f'{entry.title} is not the creation of the instance')
        self.state = entry.get('state')

    def _follows(self, before, entry):
        """What one event brings with it comes at once: next in the chain, by the same actor, in the same commit."""
        if before.type == 'TIMEOUT':
            escalates = self._gate is not None and self._gate.terms['on_timeout'] == 'ESCALATE'
            right = (entry.type == 'ESCALATED' if escalates
                     else entry.type == 'TERMINATED' and entry.get('reason') == 'TIMEOUT')
        elif before.type == 'RUNNING':
            observed = self._first.get('mode') == 'OBSERVE'
            right = (entry.type == 'OBSERVED' if observed else entry.type == 'WAITING_FOR_HUMAN'
                     or entry.type == 'TERMINATED' and entry.get('reason') in _POLICY)
        elif before.type == 'REJECTED':
            right = entry.type == 'TERMINATED' and entry.get('reason') == 'REJECTED'
        else:
            right = entry.type == 'RESUMED'
        if not right or not _together(before, entry):
            self._found('illegal_event', f'{entry.title} is not what {before.type} brings with it')

    def _judge(self, entry, before):
        kind = entry.type
        if kind in DECISIONS:
            if self._gate is not None:
                self._gate.decide(entry, person(self._first.get('actor')), self._found)
            if kind != 'DECISION_RECORDED':
                self._pending = entry
                self._approved_at = entry.at
        elif kind == 'WAITING_FOR_HUMAN':
            self._gate = Gate(entry)
            suspended = self._previous.type == 'SUSPENDED' and _together(self._previous, entry)
            if self._first.get('mode') == 'OBSERVE' and not suspended:
                self._found('illegal_event', f'{entry.title} stops an instance that is only observed')
            self._gate.check_terms(entry, self._found)
        elif kind == 'TIMEOUT':
            self._pending = entry
            if entry.get('actor')['kind'] != 'system':
                self._found('illegal_event', f'{entry.title} was not brought about by time')
            if self._gate is None or self._gate.decide_by is None or entry.at < self._gate.decide_by:
                self._found('illegal_event', f'{entry.title} says that time is over before it is')
        elif kind == 'ESCALATED':
            if before is None or before.type != 'TIMEOUT':
                self._found('illegal_event', f'{entry.title} comes without a timeout')
            if self._gate is not None:
                self._gate.escalate(entry, self._found)
        elif kind == 'RUNNING':
            self._run(entry)
        elif kind == 'COMPLETED' and self.state == 'RESUMED':
            self._take_up(entry)
        elif kind == 'TERMINATED':
            self._end(entry, before)
        elif kind in ('STEP_ALLOWED', 'OBSERVED'):
            self._advised(entry)

    def _run(self, entry):
        advice = entry.get('advice')
        if self.state == 'RESUMED':
            if advice is not None:
                self._found('illegal_event', f'{entry.title} asks policy again')
            self._take_up(entry)
        elif advice is None:
            self._pending = entry
        elif advice.get('decision') != 'ALLOW':
            self._found('illegal_event', f'{entry.title} starts against the advice it records')

    def _expires(self):
        within = self._gate.execute_within if self._gate is not None else None
        return None if within is None or self._approved_at is None else self._approved_at + within

    def _take_up(self, entry):
        expires = self._expires()
        if expires is not None and entry.at >= expires:
            self._found('approval_expired', f'{entry.title} takes up an approval that expired')

    def _advised(self, entry):
        advice, reason = entry.get('advice').get('decision'), entry.get('reason')
        if entry.type == 'STEP_ALLOWED':
            right = advice == 'ALLOW'
        elif self._first.get('mode') != 'OBSERVE':
            right = False
        elif advice == 'REQUIRE_HUMAN':
            right = reason is None
        else:
            right = reason in _POLICY and _POLICY[reason] == advice
        if not right:
            self._found('illegal_event', f'{entry.title} does not follow from the advice it records')

    def _end(self, entry, before):
        reason, advice = entry.get('reason'), entry.get('advice')
        if self.state == 'REJECTED':
            right = reason == 'REJECTED'
        else:
            right = reason in _ENDS.get(self.state, ()) or reason in ('CANCELLED', 'EVIDENCE_FAILURE')
        if reason in _POLICY:
            right = (right and self._first.get('mode') == 'ENFORCE' and advice is not None
                     and advice.get('decision') == _POLICY[reason])
        elif advice is not None:
            right = False
        if reason == 'TIMEOUT':
            right = right and before is not None and before.type == 'TIMEOUT'
        if reason == 'APPROVAL_EXPIRED':
            expires = self._expires()
            right = right and expires is not None and entry.at >= expires
        if reason in ('TIMEOUT', 'APPROVAL_EXPIRED', 'RUNNER_LOST', 'EVIDENCE_FAILURE'):
            right = right and entry.get('actor')['kind'] == 'system'
        if not right:
            self._found('illegal_event', f'{entry.title} cannot end {self.state} for {reason} here')
