"""Findings, their order, and the report."""
INVALID = ('malformed_line', 'misplaced_line', 'duplicate_line', 'malformed_entry', 'malformed_checkpoint',
           'wrong_signature', 'key_out_of_range', 'split_view', 'wrong_root', 'wrong_proof', 'wrong_payload',
           'mixed_subjects', 'duplicate_sequence', 'broken_chain', 'wrong_order', 'time_stepped_back',
           'binding_changed', 'illegal_edge', 'illegal_event', 'not_human', 'not_eligible', 'decision_too_late',
           'stale_context', 'context_delta_required', 'quorum_not_met', 'delegation_not_valid', 'approval_expired',
           'governing_mismatch')
INCONCLUSIVE = ('unknown_format', 'too_large', 'truncated', 'count_mismatch', 'no_trusted_key', 'unknown_signer',
                'missing_checkpoint', 'missing_proof', 'missing_entry', 'missing_governing', 'open')
UNUSABLE = ('not_a_bundle', 'unusable_input')
ORDER = {code: rank for rank, code in enumerate(UNUSABLE + INVALID + INCONCLUSIVE + ('ok',))}
STATUS = {'VALID': 0, 'INVALID': 1, 'INCONCLUSIVE': 2, 'UNUSABLE': 3}
# A sequence number can claim that billions of entries are missing; the list must not grow with the claim.
MAX_MISSING = 1000


def verdict_of(code):
    if code == 'ok':
        return 'VALID'
    return 'INVALID' if code in INVALID else 'INCONCLUSIVE' if code in INCONCLUSIVE else 'UNUSABLE'


def worst(findings):
    """Of several findings the worst verdict, and of one verdict the code that stands first."""
    return min(findings, key=lambda finding: ORDER[finding[0]], default=('ok', 'everything was proven'))


class Findings:
    """What was found of the bundle as a whole, and of each instance by itself."""

    def __init__(self):
        self.shared = []
        self.own = {}
        self.missing = set()

    def add(self, code, reason, instance=None):
        # Only the first of a kind is kept, so that hostile input cannot make the list grow.
        kept = self.shared if instance is None else self.own.setdefault(instance, [])
        if all(code != known for known, _ in kept):
            kept.append((code, reason))

    def lack(self, code, kind, subject, number=None, instance=None):
        what = kind if number is None else f'{kind} {number}'
        self.add(code, f'{what} of {subject} is missing', instance)
        if len(self.missing) < MAX_MISSING:
            self.missing.add((kind, subject, number))

    def missing_list(self):
        ordered = sorted(self.missing, key=lambda item: (item[0], item[1], -1 if item[2] is None else item[2]))
        return [{'kind': kind, 'subject': subject, **({} if number is None else {'number': number})}
                for kind, subject, number in ordered]

    def of(self, instance):
        return worst(self.shared + self.own.get(instance, []))

    def overall(self):
        return worst(self.shared + [finding for own in self.own.values() for finding in own])
