"""Which signed heads are believed."""
import base64

import p256
from hashlib import sha256


class Heads:
    """The heads of a bundle, judged by the trusted keys."""

    def __init__(self, keys, findings):
        self._keys, self._findings = keys, findings
        self.seen = set()        # (origin, size) of every readable head
        self.believed = {}       # (origin, size) -> Checkpoint
        self.signers = {}        # (origin, size) -> DER keys of the log that signed it
        self.witnessed = set()

    def add(self, head):
        place = (head.origin, head.size)
        self.seen.add(place)
        if not self._judge(head):
            return
        known, self.believed[place] = self.believed.get(place, head), head
        if known is not head:
            code = 'duplicate_line' if known.root == head.root else 'split_view'
            self._findings.add(code, f'there are two heads of size {head.size} of {head.origin}')

    def _judge(self, head):
        """Every signature line is checked; one that nobody can check leaves a byte without meaning."""
        findings, good, signers, witnessed = self._findings, True, [], False
        if not self._keys.logs.get(head.origin):
            findings.lack('no_trusted_key', 'key', head.origin)
            return False
        unknown = []
        for signature in head.signatures:
            own = signature.name == head.origin
            candidates = self._keys.logs[head.origin] if own else self._keys.witnesses.get(signature.name, [])
            named = [key for key in candidates if key.key_id == signature.key_id]
            if not named:
                unknown.append(signature)
                continue
            right = [key for key in named if p256.verify(key.der, head.signed, signature.der)]
            if not right:
                findings.add('wrong_signature', f'the signature of {signature.label} on head {head.size} is wrong')
                good = False
            elif own and not any(key.covers(head.size - 1) for key in right):
                findings.add('key_out_of_range', f'{signature.label} was not valid at position {head.size - 1}')
                good = False
            elif own:
                signers += [key.der for key in right]
            else:
                witnessed = True
        for signature in unknown:
            code = 'unknown_signer' if signers or not good else 'no_trusted_key'
            findings.lack(code, 'key', signature.label)
        if not signers and good and not unknown:
            findings.lack('no_trusted_key', 'key', head.origin)
        if unknown or not good or not signers:
            return False
        place = (head.origin, head.size)
        self.signers.setdefault(place, set()).update(signers)
        if witnessed:
            self.witnessed.add(place)
        return True

    def of(self, origin):
        """The believed heads of a log, smallest first."""
        return sorted((head for place, head in self.believed.items() if place[0] == origin), key=lambda one: one.size)

    def check_ranges(self, origin, entries, complete):
        """Holds the signers against the keys that the log itself introduced and retired."""
        introduced, retired = {}, {}
        for entry in entries:
            if entry.type == 'KEY_INTRODUCED' and entry.get('key')['name'] == origin:
                try:
                    der = base64.b64decode(entry.get('key')['public_key'], validate=True)
                except ValueError:
                    continue
                label = f'{origin}+{sha256(der).digest()[:4].hex()}'
                if entry.subject[1] == label:
                    introduced.setdefault(label, entry.position)
            elif entry.type == 'KEY_RETIRED':
                retired.setdefault(entry.subject[1], entry.position)
        for (of, size), signers in self.signers.items():
            if of != origin:
                continue
            for der in signers:
                label = f'{origin}+{sha256(der).digest()[:4].hex()}'
                begun = introduced.get(label)
                if begun is not None and begun > size - 1 or begun is None and complete:
                    self._findings.add('key_out_of_range', f'{label} signed a head before it was introduced')
                if retired.get(label, size) <= size - 1:
                    self._findings.add('key_out_of_range', f'{label} signed a head after it was retired')
