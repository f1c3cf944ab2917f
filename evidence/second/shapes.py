"""The shape of an entry: which fields it has, of what kind, for which event."""
import re

import canonical
import tree
from times import parse_duration, parse_time

FORMAT = 'gantral/entry/1'
ZEROS = '0' * 64
STATES = ('CREATED', 'RUNNING', 'WAITING_FOR_HUMAN', 'APPROVED', 'REJECTED', 'OVERRIDDEN', 'RESUMED', 'COMPLETED',
          'TERMINATED')
EXECUTION = ('TIMEOUT', 'ESCALATED', 'STEP_ALLOWED', 'OBSERVED', 'DECISION_RECORDED', 'SUSPENDED',
             'EVIDENCE_ATTACHED', 'COST_RECORDED', 'REDACTED')
# Which kind of subject each governing event belongs to.
GOVERNING = {'WORKFLOW_REGISTERED': 'workflow', 'POLICY_REGISTERED': 'policy', 'DELEGATION_GRANTED': 'delegation',
             'DELEGATION_REVOKED': 'delegation', 'KEY_INTRODUCED': 'key', 'KEY_RETIRED': 'key',
             'SETTING_CHANGED': 'setting', 'LOG_OPENED': 'setting'}
REASONS = ('REJECTED', 'POLICY_DENIED', 'POLICY_UNAVAILABLE', 'CONFLICTING_POLICY', 'TIMEOUT', 'APPROVAL_EXPIRED',
           'AGENT_FAILED', 'RUNNER_LOST', 'CANCELLED', 'EVIDENCE_FAILURE')
PRIVATE = ('trigger_context', 'context_snapshot', 'context_delta', 'justification', 'checkpoint', 'evidence', 'error',
           'definition')
_HASH = re.compile(r'[0-9a-f]{64}')
_CURRENCY = re.compile(r'[A-Z]{3}')
_AMOUNT = re.compile(r'(0|[1-9][0-9]{0,30})(\.[0-9]{1,18})?', re.ASCII)


class MalformedEntry(ValueError):
    """The bytes are not an entry."""


class UnknownFormat(ValueError):
    """The entry is of another version of the format."""


def is_text(value):
    return isinstance(value, str) and value != ''


def is_hash(value):
    return isinstance(value, str) and _HASH.fullmatch(value) is not None


def is_count(value, least=0):
    return isinstance(value, int) and not isinstance(value, bool) and value >= least


def written_as(pattern):
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def one_of(*values):
    return lambda value: isinstance(value, str) and value in values


def list_of(check):
    return lambda value: isinstance(value, list) and value != [] and all(check(item) for item in value)


def texts(value):
    return list_of(is_text)(value)


def shape(required, optional=None):
    """A check for an object with exactly these fields."""
    optional = optional or {}

    def check(value):
        if not isinstance(value, dict) or not required.keys() <= value.keys() <= required.keys() | optional.keys():
            return False
        return all((required.get(name) or optional[name])(item) for name, item in value.items())
    return check


is_time = lambda value: parse_time(value) is not None
is_duration = lambda value: parse_duration(value) is not None
is_bool = lambda value: isinstance(value, bool)
is_positive = lambda value: is_count(value, 1)
_PERSON = {'id': is_text, 'issuer': is_text}
_GATE = {'approvals_required': lambda value: is_count(value, 1) and value <= 100, 'distinct_roles': is_bool,
         'eligible_approver_roles': texts, 'on_timeout': one_of('FAIL_CLOSED', 'ESCALATE')}
FIELDS = {
    'v': is_text,
    'subject': shape({'type': one_of('instance', 'workflow', 'policy', 'delegation', 'key', 'setting'), 'id': is_text}),
    'instance_id': is_text, 'sequence': is_positive, 'prev_hash': is_hash, 'type': is_text,
    'from_state': one_of(*STATES), 'state': one_of(*STATES), 'at': is_time,
    'actor': shape({**_PERSON, 'kind': one_of('human', 'workload', 'system')},
                   {'role': is_text, 'client': is_text, 'authenticated_at': is_time}),
    'workflow_id': is_text, 'workflow_version': is_text, 'workflow_hash': is_hash, 'owning_team_id': is_text,
    'materiality': one_of('LOW', 'MEDIUM', 'HIGH', 'CRITICAL'), 'policy_version_id': is_text, 'policy_hash': is_hash,
    'mode': one_of('ENFORCE', 'OBSERVE'),
    'required_policies': list_of(shape({'policy_version_id': is_text, 'policy_hash': is_hash})),
    'settings': list_of(shape({'setting_id': is_text, 'entry_hash': is_hash})),
    'authority': shape({**_GATE, 'context_snapshot_hash': is_hash},
                       {'step': is_text, 'escalation_roles': texts, 'decide_by': is_time,
                        'execute_within': is_duration}),
    'decision': shape({'decision_id': is_text, 'decision_type': one_of('APPROVE', 'REJECT', 'OVERRIDE'),
                       'context_snapshot_hash': is_hash, 'justification_hash': is_hash},
                      {'context_delta_hash': is_hash,
                       'delegation': shape({'delegation_id': is_text, 'entry_hash': is_hash,
                                            'grantor': shape(_PERSON)})}),
    'advice': shape({'context_snapshot_hash': is_hash},
                    {**_GATE, 'decision': one_of('ALLOW', 'REQUIRE_HUMAN', 'DENY'), 'step': is_text,
                     'escalation_roles': texts, 'timeout': is_duration, 'execute_within': is_duration}),
    'reason': one_of(*REASONS),
    'cost': shape({'amount': written_as(_AMOUNT), 'currency': written_as(_CURRENCY)}),
    'redaction': shape({'sequence': is_positive, 'fields': list_of(one_of(*PRIVATE))}),
    'delegation': shape({'role': is_text, 'to': shape(_PERSON), 'until': is_time}),
    'key': shape({'algorithm': is_text, 'name': is_text, 'public_key': is_text}),
    'log': shape({'origin': is_text},
                 {'predecessor': shape({'origin': is_text, 'root': is_hash, 'size': is_count})}),
    'payload_hash': is_hash, 'command_id': is_hash,
}
BINDING = ('workflow_id', 'workflow_version', 'workflow_hash', 'owning_team_id', 'materiality', 'policy_version_id',
           'policy_hash', 'mode', 'required_policies', 'settings')
_ALWAYS = {'v', 'subject', 'sequence', 'prev_hash', 'type', 'at', 'actor'}
_LIFE = _ALWAYS | {'instance_id', 'state'} | set(BINDING[:8])
_LIFE_MAY = {'command_id', 'payload_hash', 'required_policies', 'settings'}
# What an event has beside the fields that every entry of its subject has: what it must have, what it may have.
_OF_LIFE = {
    'CREATED': (set(), set()), 'RUNNING': (set(), {'advice'}), 'WAITING_FOR_HUMAN': ({'authority'}, set()),
    'ESCALATED': ({'authority'}, set()), 'TERMINATED': ({'reason'}, {'advice'}), 'STEP_ALLOWED': ({'advice'}, set()),
    'OBSERVED': ({'advice'}, {'reason'}), 'COST_RECORDED': ({'cost'}, set()), 'REDACTED': ({'redaction'}, set()),
    **{name: ({'decision'}, set()) for name in ('DECISION_RECORDED', 'APPROVED', 'REJECTED', 'OVERRIDDEN')},
}
_OF_GOVERNING = {
    'WORKFLOW_REGISTERED': set(BINDING[:8]), 'POLICY_REGISTERED': {'policy_version_id', 'policy_hash'},
    'DELEGATION_GRANTED': {'delegation', 'owning_team_id'}, 'DELEGATION_REVOKED': set(), 'KEY_INTRODUCED': {'key'},
    'KEY_RETIRED': set(), 'SETTING_CHANGED': set(), 'LOG_OPENED': {'log'},
}


class Entry:
    """An entry with its place in the log."""

    def __init__(self, origin, position, value):
        self.origin, self.position, self.value = origin, position, value
        self.hash = tree.leaf_hash(canonical.write(value))
        self.subject = (value['subject']['type'], value['subject']['id'])
        self.sequence, self.type = value['sequence'], value['type']
        self.at = parse_time(value['at'])

    def get(self, name):
        return self.value.get(name)

    @property
    def title(self):
        return f'entry {self.sequence} ({self.type})'


def read_entry(origin, position, value):
    """An Entry, or MalformedEntry or UnknownFormat."""
    version = value.get('v') if isinstance(value, dict) else None
    if version != FORMAT:
        if isinstance(version, str) and re.fullmatch(r'gantral/entry/[1-9][0-9]{0,8}', version, re.ASCII):
            raise UnknownFormat(f'the entry is of {version}')
        raise MalformedEntry('it does not say that it is an entry')
    for name, item in value.items():
        check = FIELDS.get(name)
        if check is None or not check(item):
            raise MalformedEntry(f'the field {name[:40]} is not known, or is not what it must be')
    kind = value.get('type')
    if kind in STATES or kind in EXECUTION:
        must, may = _OF_LIFE.get(kind, (set(), set()))
        must = must | _LIFE | (set() if kind == 'CREATED' else {'from_state'})
        may, subject = may | _LIFE_MAY | must, 'instance'
        if kind == 'CREATED':
            may = may | {'from_state'}
    elif kind in GOVERNING:
        must, subject = _ALWAYS | _OF_GOVERNING[kind], GOVERNING[kind]
        may = must | {'owning_team_id', 'payload_hash', 'command_id'}
    else:
        raise MalformedEntry('its event is not known')
    if not must <= value.keys() <= may:
        raise MalformedEntry(f'{kind} lacks a field, or has one that is not its own')
    of = value['subject']
    if of['type'] != subject or value.get('instance_id', of['id']) != of['id']:
        raise MalformedEntry(f'{kind} is an event of another subject')
    return Entry(origin, position, value)
