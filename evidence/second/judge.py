"""Judges a bundle: every check in turn, and the report."""
from hashlib import sha256

import canonical
import chain
import lines
from bundle import Bundle
from findings import STATUS, Findings, verdict_of
from governing import Governing, referenced
from heads import Heads
from proofs import Proofs
from replay import FINAL, Replay


class Judge:
    def __init__(self, keys, known=()):
        self._known = list(known)
        self._findings = Findings()
        self._heads = Heads(keys, self._findings)
        self._bundle = Bundle(self._findings, self._heads)
        self._lives = []        # (instance, entries that were followed)
        self._proofs = Proofs(self._bundle, self._heads, self._known, self._findings)

    def run(self, stream):
        try:
            self._bundle.read(stream)
        except lines.NoBundle:
            self._findings.add('not_a_bundle', 'the file has no header: this is not a bundle')
        except lines.OtherFormat as error:
            self._findings.add('unknown_format', str(error))
        if self._bundle.header is not None:
            self._judge()
        return self._report()

    def _judge(self):
        bundle = self._bundle
        whole = self._positions()
        self._proofs.check(whole)
        self._payloads()
        subjects = {}
        for entry in self._in_order():
            subjects.setdefault(entry.subject, []).append(entry)
        self._openings()
        complete = bundle.scope == 'log' and whole and not bundle.leaves
        own = [entry for entry in bundle.entries.values() if entry.origin == bundle.origin]
        self._heads.check_ranges(bundle.origin, own, complete)
        self._governing_chains(subjects, complete)
        if bundle.scope == 'instance':
            self._one_instance(subjects)
        else:
            for (kind, name), entries in subjects.items():
                if kind == 'instance':
                    self._life_in_log(name, entries, whole, subjects)

    def _openings(self):
        """Position 0 opens the log; what opens it again names the head known under the name before."""
        bundle, found, name = self._bundle, self._findings, None
        for entry in self._in_order():
            if entry.type != 'LOG_OPENED':
                if entry.position == 0:
                    found.add('illegal_event', f'position 0 does not open {entry.origin}')
                continue
            log = entry.get('log')
            former = log.get('predecessor')
            if entry.origin != bundle.origin or bundle.scope == 'instance':
                if entry.position or log['origin'] != entry.origin:
                    found.add('illegal_event', f'position {entry.position} does not open {entry.origin}')
                continue
            if entry.position and not self._goes_on(former, entry.position, log['origin'], name):
                found.add('illegal_event', f'position {entry.position} opens the log again and names no head of it')
            name = log['origin']
        if bundle.scope == 'log' and name not in (None, bundle.origin):
            found.add('illegal_event', f'the log {bundle.origin} was opened as {name}')

    @staticmethod
    def _goes_on(former, position, name, before):
        return (former is not None and former['size'] >= position and former['origin'] != name
                and before in (None, former['origin']))

    def _in_order(self):
        """The span's entries as they came, and what is carried beside them."""
        bundle = self._bundle
        span = [bundle.entries[bundle.origin, position] for position in bundle.order
                if (bundle.origin, position) in bundle.entries]
        return [entry for place, entry in bundle.entries.items() if not bundle.in_span(*place)] + span

    def _positions(self):
        """Whether each position of the span came in its turn."""
        bundle = self._bundle
        if bundle.scope == 'instance':
            return True
        expected, whole = bundle.start, True
        for position in [*bundle.order, bundle.end]:
            whole = whole and position == expected
            for missing in range(expected, min(position, expected + 1000)):
                self._findings.lack('missing_entry', 'entry', bundle.origin, missing)
            expected = position + 1
        return whole

    def _payloads(self):
        """A payload is right if its hashes are those of the entry, and the entry's other fields speak of the same."""
        for place, fields in self._bundle.payloads.items():
            entry = self._bundle.entries.get(place)
            if entry is None:
                if place not in self._bundle.unreadable:
                    self._findings.lack('missing_entry', 'entry', *place)
                continue
            hashes = {}
            for name, item in fields.items():
                hashes[name] = item.get('hash') or sha256(
                    bytes.fromhex(item['salt']) + canonical.write(item['value'])).hexdigest()
            right = sha256(canonical.write(hashes)).hexdigest() == entry.get('payload_hash')
            decision, gate = entry.get('decision') or {}, entry.get('authority') or entry.get('advice') or {}
            named = {'context_snapshot': gate.get('context_snapshot_hash'),
                     'context_delta': decision.get('context_delta_hash'),
                     'justification': decision.get('justification_hash')}
            right = right and all(named[name] in (None, hashes[name]) for name in named.keys() & hashes.keys())
            if fields.get('context_delta', {}).get('value') == {}:
                self._findings.add('context_delta_required', f'the override at position {place[1]} changes nothing')
            definition = fields.get('definition', {})
            if 'value' in definition and entry.type in ('WORKFLOW_REGISTERED', 'POLICY_REGISTERED'):
                registered = entry.get(f'{entry.subject[0]}_hash')
                right = right and sha256(canonical.write(definition['value'])).hexdigest() == registered
            if not right:
                self._findings.add('wrong_payload', f'the payload at position {place[1]} is not what the entry hashes')

    def _governing_chains(self, subjects, complete):
        for (kind, name), entries in subjects.items():
            if kind == 'instance':
                continue
            entries.sort(key=lambda entry: entry.sequence)
            chain.check_chain(entries, self._findings)
            if complete:
                for sequence in chain.gaps(entries):
                    self._findings.lack('missing_entry', 'entry', f'{kind} {name}', sequence)

    def _one_instance(self, subjects):
        name = self._bundle.header['instance_id']
        entries = subjects.get(('instance', name), [])
        entries.sort(key=lambda entry: (entry.sequence, entry.position))
        related = {('instance', name)} | referenced(entries)
        for subject in subjects.keys() - related:
            self._findings.add('mixed_subjects', f'{chain.name_of(subject)} does not belong to instance {name}')
        if any(entry.origin != self._bundle.origin for entry in entries):
            self._findings.add('misplaced_line', f'instance {name} does not live in the log of the header')
        if entries:
            chain.check_chain(entries, self._findings, name)
        for sequence in chain.gaps(entries) if entries else [1]:
            self._findings.lack('missing_entry', 'entry', f'instance {name}', sequence, name)
        self._live(name, entries, subjects)

    def _life_in_log(self, name, entries, whole, subjects):
        """Follows a life through the log. Where positions are missing, it is followed as far as it is unbroken."""
        if whole:
            followed = sorted(entries, key=lambda entry: (entry.sequence, entry.position))
        else:
            first, followed = entries[0].sequence if self._bundle.scope == 'range' else 1, []
            for entry in entries:
                if entry.sequence == first + len(followed):
                    followed.append(entry)
        for sequence in chain.gaps(followed):
            self._findings.lack('missing_entry', 'entry', f'instance {name}', sequence, name)
        if followed:
            chain.check_chain(followed, self._findings, name)
        carried = [entry for entry in entries if not self._bundle.in_span(entry.origin, entry.position)]
        if carried:
            self._findings.add('misplaced_line', f'entries of instance {name} stand outside the span')
        self._live(name, followed, subjects)

    def _live(self, name, entries, subjects):
        self._lives.append((name, entries))
        if not entries:
            return
        found = lambda code, reason: self._findings.add(code, reason, name)
        whole = chain.without_gap(entries)
        replay = Replay(found).run(whole)
        Governing(subjects, self._findings).check(name, entries)
        if entries[-1].get('state') in FINAL:
            return
        last, bundle = entries[-1].position, self._bundle
        hidden = any(position > last for _, position in bundle.leaves)
        if replay.pending is not None and not replay.stopped and len(whole) == len(entries):
            # What it brings with it stands in the same commit, so evidence that ends here was cut.
            self._findings.lack('missing_entry', 'entry', f'instance {name}', entries[-1].sequence + 1, name)
        if bundle.scope != 'log' or hidden:
            found('open', 'the instance has not ended, and this evidence alone cannot show that nothing follows')

    def _report(self):
        findings, bundle = self._findings, self._bundle
        code, reason = findings.overall()
        report = {'verdict': verdict_of(code), 'code': code, 'reason': reason, 'anchor': 'none',
                  'entries': len(bundle.entries), 'hidden': len(bundle.leaves), 'missing': findings.missing_list()}
        instances = [self._instance(name, entries) for name, entries in self._lives]
        # What is not VALID is named first.
        instances.sort(key=lambda one: one['verdict'] == 'VALID')
        report['instances'] = instances
        report['instance_counts'] = {}
        for one in instances:
            counts = report['instance_counts']
            counts[one['verdict']] = counts.get(one['verdict'], 0) + 1
        if bundle.header is not None:
            report.update(origin=bundle.origin, scope=bundle.scope)
            heads = self._heads.of(bundle.origin)
            if heads:
                head = heads[-1]
                report['checkpoint'] = {'origin': head.origin, 'size': head.size, 'root': head.root.hex(),
                                        'time': head.time}
                if (head.origin, head.size) in self._heads.witnessed:
                    report['anchor'] = 'witnessed'
                elif self._proofs.anchored:
                    report['anchor'] = 'earlier_checkpoint'
        return report

    def _instance(self, name, entries):
        code, reason = self._findings.of(name)
        state = entries[-1].get('state') if entries else None
        one = {'instance_id': name, 'verdict': verdict_of(code), 'code': code, 'reason': reason,
               'entries': len(entries), 'open': state not in FINAL}
        if state is not None:
            one['state'] = state
        return one


def judge(stream, keys, known=()):
    """The report on a bundle. Whatever the input does, it ends in a verdict."""
    try:
        return Judge(keys, known).run(stream)
    except (OSError, MemoryError, RecursionError) as error:
        return unusable(f'the input could not be read: {error}')


def unusable(reason):
    return {'verdict': 'UNUSABLE', 'code': 'unusable_input', 'reason': reason, 'anchor': 'none', 'entries': 0,
            'hidden': 0, 'missing': [], 'instances': [], 'instance_counts': {}}


def status_of(report):
    return STATUS[report['verdict']]
