"""What governs an instance: its workflow, policies, settings and delegations."""
from gate import person
from times import parse_time

MAX_DELEGATION = 31 * 24 * 3600 * 1000


def referenced(entries):
    """The governing subjects that the entries of an instance name."""
    result = set()
    for entry in entries:
        result.add(('workflow', f'{entry.get("workflow_id")}@{entry.get("workflow_version")}'))
        result.add(('policy', entry.get('policy_version_id')))
        result |= {('policy', one['policy_version_id']) for one in entry.get('required_policies') or ()}
        result |= {('setting', one['setting_id']) for one in entry.get('settings') or ()}
        delegation = (entry.get('decision') or {}).get('delegation')
        if delegation:
            result.add(('delegation', delegation['delegation_id']))
    return result


def came_before(governing, entry):
    """Within a log the position says so; between logs, which share no positions, only time can."""
    if governing.origin == entry.origin:
        return governing.position < entry.position
    return governing.at <= entry.at


class Governing:
    def __init__(self, subjects, findings):
        self._subjects, self._findings = subjects, findings

    def check(self, instance, entries):
        """Checks the entries of one instance against what governs them."""
        first = entries[0]
        found = lambda code, reason: self._findings.add(code, reason, instance)
        policy, hash_of = first.get('policy_version_id'), first.get('policy_hash')
        workflow = self._named(instance, ('workflow', f'{first.get("workflow_id")}@{first.get("workflow_version")}'))
        if workflow is not None:
            same = ('workflow_id', 'workflow_version', 'workflow_hash', 'owning_team_id', 'materiality',
                    'policy_version_id', 'policy_hash')
            if any(workflow.get(name) != first.get(name) for name in same):
                found('governing_mismatch', 'the workflow is not the one that the instance is bound to')
            modes = [one for one in first.get('settings') or () if one['setting_id'].startswith('mode/')]
            if workflow.get('mode') != first.get('mode') and not modes:
                found('governing_mismatch', 'the mode is not that of the workflow, and no setting says so')
            self._before(found, workflow, first)
        required = [(one['policy_version_id'], one['policy_hash']) for one in first.get('required_policies') or ()]
        for name, expected in [(policy, hash_of), *required]:
            registered = self._named(instance, ('policy', name))
            if registered is None:
                continue
            if registered.get('policy_hash') != expected or registered.get('policy_version_id') != name:
                found('governing_mismatch', f'policy {name} is not the one that the instance is bound to')
            self._before(found, registered, first)
        for one in first.get('settings') or ():
            self._setting(instance, found, one, first)
        for entry in entries:
            delegation = (entry.get('decision') or {}).get('delegation')
            if delegation:
                self._delegation(instance, found, delegation, entry)

    def _before(self, found, governing, entry):
        if not came_before(governing, entry):
            found('governing_mismatch', f'{governing.subject[0]} {governing.subject[1]} came after what it governs')

    def _named(self, instance, subject):
        """The registering entry of a subject: the first of its chain."""
        entry = next((one for one in self._subjects.get(subject, ()) if one.sequence == 1), None)
        if entry is None:
            self._findings.lack('missing_governing', 'entry', f'{subject[0]} {subject[1]}', 1, instance)
        return entry

    def _setting(self, instance, found, named, first):
        chain = self._subjects.get(('setting', named['setting_id']), ())
        entry = next((one for one in chain if one.hash.hex() == named['entry_hash']), None)
        if entry is None:
            subject = f'setting {named["setting_id"]} with hash {named["entry_hash"]}'
            self._findings.lack('missing_governing', 'entry', subject, None, instance)
            return
        if entry.type != 'SETTING_CHANGED':
            found('governing_mismatch', f'{named["setting_id"]} is no setting')
        self._before(found, entry, first)

    def _delegation(self, instance, found, named, entry):
        subject = ('delegation', named['delegation_id'])
        grant = self._named(instance, subject)
        if grant is None:
            return
        invalid = lambda reason: found('delegation_not_valid', f'delegation {subject[1]} {reason}')
        if grant.hash.hex() != named['entry_hash'] or grant.type != 'DELEGATION_GRANTED':
            invalid('is not the one that the decision names')
            return
        terms, until = grant.get('delegation'), parse_time(grant.get('delegation')['until'])
        grantor, to = person(grant.get('actor')), person(terms['to'])
        if grantor != person(named['grantor']) or grant.get('actor')['kind'] != 'human':
            invalid('was granted by somebody else')
        if to != person(entry.get('actor')) or to == grantor:
            invalid('was given to somebody else')
        if terms['role'] != entry.get('actor').get('role') or grant.get('actor').get('role') != terms['role']:
            invalid('is for another role')
        if grant.get('owning_team_id') != entry.get('owning_team_id'):
            invalid('is for another team')
        if not grant.at <= entry.at < until or until - grant.at > MAX_DELEGATION or not came_before(grant, entry):
            invalid('does not cover the time of the decision')
        if any(one.type == 'DELEGATION_REVOKED' and came_before(one, entry) for one in self._subjects[subject]):
            invalid('had been revoked')
