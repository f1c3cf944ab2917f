"""Reads a bundle's lines into their places."""
import canonical
import lines
import notes
import shapes
import tree

# Which kinds of lines a scope can hold.
_ALLOWED = {'instance': {'entry', 'proof', 'checkpoint', 'consistency', 'payload'},
            'log': {'entry', 'leaf', 'proof', 'checkpoint', 'consistency', 'payload'},
            'range': set(lines.KINDS)}


class Bundle:
    """What stands in the file, by origin and position; `order` keeps the positions of the header's log as they came."""

    def __init__(self, findings, heads):
        self._findings, self._heads = findings, heads
        self.header = None
        self.entries, self.leaves, self.proofs, self.payloads = {}, {}, {}, {}
        self.consistencies, self.frontiers, self.unreadable = {}, {}, {}
        self.order = []
        self._notes, self._counts, self._last = set(), dict.fromkeys(lines.KINDS, 0), None

    @property
    def origin(self):
        return self.header['origin']

    @property
    def scope(self):
        return self.header['scope']

    @property
    def start(self):
        return self.header.get('from', 0)

    @property
    def end(self):
        return self.header.get('to', 0)

    def in_span(self, origin, position):
        """Whether a position is one that the bundle shows in order."""
        return self.scope != 'instance' and origin == self.origin and self.start <= position < self.end

    def read(self, stream):
        """NoBundle or OtherFormat where the header is none that can be judged."""
        number = 0
        for data, whole in lines.split(stream):
            number += 1
            if number == 1:
                if not whole or data is None:
                    raise lines.NoBundle()
                self.header = lines.read_header(data)
                continue
            if not whole:
                self._findings.add('truncated', 'the file ends in the middle of a line')
                return
            try:
                if data is None:
                    raise lines.MalformedLine('it is too long')
                line = lines.read_line(data)
                if line.get('origin') == self.origin and line['kind'] != 'header':
                    raise lines.MalformedLine('it says the origin of the header again')
            except lines.MalformedLine as error:
                self._findings.add('malformed_line', f'line {number}: {error}')
                self._last = None
                continue
            self._place(number, line)
        if self.header is None:
            raise lines.NoBundle()
        for kind in lines.KINDS:
            promised = self.header['counts'].get(kind, 0)
            if promised != self._counts[kind]:
                self._findings.add('count_mismatch', f'the header promises {promised} lines of kind {kind}, '
                                                     f'and {self._counts[kind]} are there')

    def _place(self, number, line):
        kind = line['kind']
        if kind == 'header':
            self._findings.add('duplicate_line', f'line {number} is a second header')
            return
        if kind not in _ALLOWED[self.scope]:
            self._findings.add('misplaced_line', f'line {number}: a line of kind {kind} cannot stand here')
        self._counts[kind] += 1
        place = (line.get('origin', self.origin), line.get('position'))
        getattr(self, '_' + kind)(number, line, place)
        self._last = place if kind in ('entry', 'leaf') else self._last

    def _once(self, number, place, *known):
        if any(place in one for one in known):
            self._findings.add('duplicate_line', f'line {number} is there twice')
            return False
        return True

    def _ordered(self, number, place):
        origin, position = place
        if self.in_span(origin, position):
            self.order.append(position)
        elif self.scope != 'instance' and origin == self.origin and position >= self.end:
            self._findings.add('misplaced_line', f'line {number} lies behind the end of the bundle')

    def _entry(self, number, line, place):
        if not self._once(number, place, self.entries, self.leaves, self.unreadable):
            return
        try:
            self.entries[place] = shapes.read_entry(*place, line['entry'])
        except shapes.UnknownFormat as error:
            self._findings.add('unknown_format', f'line {number}: {error}')
        except shapes.MalformedEntry as error:
            self._findings.add('malformed_entry', f'line {number}: {error}')
        if place not in self.entries:
            # Nobody can say what it means, but its bytes still have their place in the tree.
            self.unreadable[place] = tree.leaf_hash(canonical.write(line['entry']))
            if not self.in_span(*place):
                self._findings.lack('missing_entry', 'entry', *place)
        self._ordered(number, place)

    def _leaf(self, number, line, place):
        if not self._once(number, place, self.entries, self.leaves, self.unreadable):
            return
        if not self.in_span(*place):
            self._findings.add('misplaced_line', f'line {number}: a bare hash stands for nothing here')
            return
        self.leaves[place] = bytes.fromhex(line['hash'])
        self._ordered(number, place)

    def _proof(self, number, line, place):
        if not self._once(number, place, self.proofs):
            return
        if self.in_span(*place):
            self._findings.add('misplaced_line', f'line {number}: this position needs no proof')
        self.proofs[place] = line

    def _payload(self, number, line, place):
        if not self._once(number, place, self.payloads):
            return
        if self.in_span(*place) and self._last != place:
            self._findings.add('misplaced_line', f'line {number}: a payload stands behind its entry')
        self.payloads[place] = line['fields']

    def _consistency(self, number, line, place):
        key = (place[0], line['first'], line['second'])
        if self._once(number, key, self.consistencies):
            self.consistencies[key] = [bytes.fromhex(one) for one in line['hashes']]

    def _frontier(self, number, line, place):
        if not self._once(number, place[0], self.frontiers):
            return
        if place[0] != self.origin or line['size'] != self.start:
            self._findings.add('misplaced_line', f'line {number}: the frontier is not that of the first position')
            return
        self.frontiers[place[0]] = [bytes.fromhex(one) for one in line['hashes']]

    def _checkpoint(self, number, line, place):
        if not self._once(number, line['note'], self._notes):
            return
        self._notes.add(line['note'])
        try:
            self._heads.add(notes.read_checkpoint(line['note']))
        except notes.MalformedNote as error:
            self._findings.add('malformed_checkpoint', f'line {number}: {error}')
