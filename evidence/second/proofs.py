"""Whether the entries stand in the trees that were signed, and whether the trees belong together."""
import tree


class Proofs:
    def __init__(self, bundle, heads, known, findings):
        self._bundle, self._heads, self._known, self._findings = bundle, heads, known, findings
        self.anchored = False       # whether an earlier checkpoint of the header's log is tied to the bundle

    def check(self, whole):
        """`whole` says that every position of the span is there."""
        roots = self._recompute() if whole else {}
        self._former_names(roots)
        self._inclusion()
        origins = {self._bundle.origin} | {place[0] for place in self._heads.seen}
        for origin in sorted(origins):
            self._heads_of(origin, roots if origin == self._bundle.origin else {})
        self._stray_consistencies()

    def _recompute(self):
        """The roots after each size that somebody speaks of, from the span itself."""
        bundle, origin = self._bundle, self._bundle.origin
        if bundle.scope == 'instance':
            return {}
        frontier = bundle.frontiers.get(origin)
        if frontier is None and bundle.start:
            self._findings.lack('missing_proof', 'frontier', origin, bundle.start)
            return {}
        try:
            builder = tree.Builder(bundle.start, frontier or ())
        except ValueError:
            self._findings.add('wrong_proof', 'the frontier does not fit the first position')
            return {}
        wanted = {size for of, size in self._heads.seen if of == origin} | {bundle.end}
        wanted |= {known.size for known in self._known if known.origin in self._formers().keys() | {origin}}
        roots = {builder.size: builder.root()} if builder.size in wanted else {}
        for position in range(bundle.start, bundle.end):
            place = (origin, position)
            entry = bundle.entries.get(place)
            builder.add(entry.hash if entry else bundle.leaves.get(place) or bundle.unreadable[place])
            if builder.size in wanted:
                roots[builder.size] = builder.root()
        return roots

    def _formers(self):
        """The names that the log had before it was reopened, with where and with the head that was named."""
        return {entry.get('log')['predecessor']['origin']: (entry.position, entry.get('log')['predecessor'])
                for (origin, position), entry in self._bundle.entries.items()
                if origin == self._bundle.origin and position and entry.type == 'LOG_OPENED'
                and 'predecessor' in entry.get('log')}

    def _former_names(self, roots):
        """Heads known under a name that the log had: those of entries that are still there must be of the same ones."""
        formers = self._formers()
        for known in self._known:
            if known.origin not in formers:
                continue
            position, named = formers[known.origin]
            root = known.root.hex()
            if known.size == named['size'] and root != named['root']:
                self._findings.add('split_view', f'{known.origin} was not reopened after the head known before')
            elif known.size <= position and known.size in roots:
                if roots[known.size] != known.root:
                    self._findings.add('split_view', f'size {known.size} of {known.origin} is not the one known before')
                else:
                    self.anchored = True

    def _inclusion(self):
        bundle, findings = self._bundle, self._findings
        for place, entry in bundle.entries.items():
            if bundle.in_span(*place):
                continue
            proof = bundle.proofs.get(place)
            if proof is None:
                findings.lack('missing_proof', 'proof', place[0], place[1])
                continue
            head = self._heads.believed.get((place[0], proof['size']))
            if head is None:
                if (place[0], proof['size']) not in self._heads.seen:
                    findings.lack('missing_checkpoint', 'checkpoint', place[0], proof['size'])
                continue
            path = [bytes.fromhex(one) for one in proof['hashes']]
            if not tree.included(entry.hash, place[1], head.size, path, head.root):
                findings.add('wrong_proof', f'position {place[1]} of {place[0]} is not proven in size {head.size}')
        for place in bundle.proofs.keys() - bundle.entries.keys() - bundle.unreadable.keys():
            findings.lack('missing_entry', 'entry', *place)

    def _heads_of(self, origin, computed):
        bundle, findings = self._bundle, self._findings
        seen = {size for of, size in self._heads.seen if of == origin}
        heads = {head.size: head.root for head in self._heads.of(origin)}
        if origin == bundle.origin:
            if not seen:
                findings.lack('missing_checkpoint', 'checkpoint', origin)
            elif heads and bundle.scope != 'instance' and max(heads) < bundle.end:
                findings.lack('missing_checkpoint', 'checkpoint', origin, bundle.end)
        elif not any(of == origin for of, _ in bundle.entries):
            findings.add('misplaced_line', f'the heads of {origin} cover nothing in this file')
            return
        for size, root in heads.items():
            if computed.get(size, root) != root:
                findings.add('wrong_root', f'the entries do not hash to the signed root of size {size}')
        roots = {**heads, **computed}
        known = {one.size: one.root for one in self._known if one.origin == origin}
        for size, root in known.items():
            if roots.setdefault(size, root) != root:
                findings.add('split_view', f'the head of size {size} of {origin} is not the one known before')
        tied = self._tied(origin, roots, set(computed), max(heads, default=None))
        if not heads:
            return
        for size in roots.keys() - tied:
            findings.lack('missing_proof', 'consistency', origin, size)
        if origin == bundle.origin and any(size in tied and roots[size] == root for size, root in known.items()):
            self.anchored = True

    def _tied(self, origin, roots, computed, largest):
        """The sizes that consistency proofs connect with the largest head."""
        edges = []
        for (of, first, second), path in self._bundle.consistencies.items():
            if of != origin or first not in roots or second not in roots:
                continue
            if tree.consistent(first, second, path, roots[first], roots[second]):
                edges.append((first, second))
            else:
                self._findings.add('wrong_proof', f'size {second} is not proven to add to size {first}')
        # What was recomputed from one span is tied by having been recomputed; a signed head still needs its proof.
        signed = {size for of, size in self._heads.seen if of == origin}
        span = computed - (signed - {self._bundle.end})
        edges += [(min(span), size) for size in span]
        tied, growing = {largest}, True
        while growing:
            growing = False
            for first, second in edges:
                if (first in tied) != (second in tied):
                    tied |= {first, second}
                    growing = True
        return tied

    def _stray_consistencies(self):
        bundle = self._bundle
        for origin, first, second in bundle.consistencies:
            sizes = {size for of, size in self._heads.seen if of == origin}
            sizes |= {one.size for one in self._known if one.origin == origin}
            if origin == bundle.origin and bundle.scope != 'instance':
                sizes |= {bundle.start, bundle.end}
            for size in {first, second} - sizes:
                self._findings.lack('missing_checkpoint', 'checkpoint', origin, size)
            if not 0 < first < second:
                self._findings.add('wrong_proof', f'no size {second} adds to size {first} of {origin}')
