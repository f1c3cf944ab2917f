#!/usr/bin/env python3
"""Runs every test vector, and with --mutate N also N random byte edits of the valid bundles."""
import argparse
import io
import json
import random
import sys
from pathlib import Path

import canonical
import judge
import notes
import shapes
import tree
from findings import Findings
from heads import Heads

VECTORS = Path(__file__).resolve().parent.parent / 'vectors'
ORIGIN = 'vectors.gantral.example/log/0'
_COMPARED = ('verdict', 'code', 'scope', 'origin', 'anchor', 'checkpoint', 'entries', 'hidden', 'missing',
             'instance_counts')
_OF_INSTANCE = ('instance_id', 'verdict', 'code', 'entries', 'state', 'open')


class Tally:
    def __init__(self):
        self.agreed = self.disagreed = 0

    def same(self, name, ours, theirs):
        if ours == theirs:
            self.agreed += 1
        else:
            self.disagreed += 1
            print(f'{name}: {ours!r} is not {theirs!r}')


def read(name):
    return (VECTORS / name).read_bytes()


def judged_with(name):
    """The keys and the known heads for a bundle, as the vectors' README says."""
    file, known = json.loads(read('keys.json')), []
    if name == 'broken-no-trusted-key':
        file = {'format': file['format'], 'logs': []}
    elif name == 'broken-unknown-witness':
        del file['witnesses']
    elif name == 'broken-key-out-of-range':
        file['logs'][0]['keys'][0]['until_position'] = 8
    elif name == 'broken-another-history':
        known = [notes.Checkpoint(ORIGIN, 12, bytes(32), '', b'', ())]
    elif name == 'broken-log-reopened-another-history':
        known = [notes.Checkpoint(ORIGIN, 5, bytes(32), '', b'', ())]
    elif name == 'log-reopened-known':
        lines = [json.loads(line) for line in read(f'bundles/{name}.jsonl').splitlines()]
        named, = [line['entry']['log']['predecessor'] for line in lines
                  if line['kind'] == 'entry' and 'predecessor' in line['entry'].get('log', {})]
        known = [notes.Checkpoint(named['origin'], named['size'], bytes.fromhex(named['root']), '', b'', ())]
    return notes.read_keys(canonical.write(file)), known


def check_bundles(tally):
    for path in sorted((VECTORS / 'bundles').glob('*.jsonl')):
        name = path.name.removesuffix('.jsonl')
        theirs = json.loads(read(f'bundles/{name}.report.json'))
        with open(path, 'rb') as stream:
            ours = judge.judge(stream, *judged_with(name))
        parts = [(field, ours.get(field), theirs.get(field)) for field in _COMPARED]
        parts.append(('instances', *([[one.get(field) for field in _OF_INSTANCE] for one in report['instances']]
                                     for report in (ours, theirs))))
        differing = [part for part in parts if part[1] != part[2]]
        tally.same(name, [(part[0], part[1]) for part in differing], [(part[0], part[2]) for part in differing])


def check_entries(tally):
    for number, line in enumerate(read('entries.jsonl').splitlines(), 1):
        value = canonical.read(line)
        entry = shapes.read_entry('', number, value['entry'])
        begin, end = line.index(b'{', 1), line.rindex(b',"hash"')
        tally.same(f'entry {number} bytes', canonical.write(value['entry']), line[begin:end])
        tally.same(f'entry {number} hash', entry.hash.hex(), value['hash'])
        for name, changed in (('white space', line.replace(b':', b': ', 1)), ('order', _reversed(line))):
            tally.same(f'entry {number} with another {name}', _readable(changed), False)


def _reversed(line):
    pairs = list(json.loads(line).items())[::-1]
    return json.dumps(dict(pairs), ensure_ascii=False, separators=(',', ':')).encode()


def _readable(data):
    try:
        canonical.read(data)
        return True
    except canonical.NotCanonical:
        return False


def check_trees(tally):
    vectors = json.loads(read('trees.json'))
    roots = {int(size): bytes.fromhex(root) for size, root in vectors['roots'].items()}
    leaves = [tree.leaf_hash(str(number).encode()) for number in range(max(roots))]
    for size, root in roots.items():
        builder = tree.Builder()
        for leaf in leaves[:size]:
            builder.add(leaf)
        tally.same(f'root of size {size}', builder.root(), root)
    for one in vectors['inclusion']:
        index, size = one['index'], one['size']
        path = [bytes.fromhex(step) for step in one['path']]
        tally.same(f'inclusion {index} in {size}', tree.included(leaves[index], index, size, path, roots[size]), True)
        tally.same(f'inclusion {index} in {size}, changed',
                   tree.included(leaves[index], index, size, path + [bytes(32)], roots[size]), False)
    for one in vectors['consistency']:
        first, second = one['first'], one['second']
        path = [bytes.fromhex(step) for step in one['path']]
        ok = lambda old: tree.consistent(first, second, path, old, roots[second])
        tally.same(f'consistency {first} to {second}', (ok(roots[first]), ok(bytes(32))), (True, False))


def check_checkpoints(tally):
    keys, _ = judged_with('')
    for path in sorted((VECTORS / 'checkpoints').glob('*.note')):
        heads = Heads(keys, Findings())
        try:
            heads.add(notes.read_checkpoint(path.read_bytes().decode()))
        except notes.MalformedNote:
            pass
        tally.same(f'checkpoint {path.stem}', bool(heads.believed), path.stem in ('valid', 'witnessed'))


def mutate(count, seed, tally):
    chance = random.Random(seed)
    valid = [path for path in sorted((VECTORS / 'bundles').glob('*.jsonl'))
             if json.loads(path.with_suffix('.report.json').read_bytes())['verdict'] == 'VALID']
    keys, _ = judged_with('')
    for number in range(count):
        path = chance.choice(valid)
        data = bytearray(path.read_bytes())
        at, how = chance.randrange(len(data)), chance.choice(('change', 'flip', 'drop', 'add'))
        if how == 'change':
            data[at] = (data[at] + chance.randrange(1, 256)) % 256
        elif how == 'flip':
            data[at] ^= 1 << chance.randrange(8)
        elif how == 'drop':
            del data[at]
        else:
            data.insert(at, chance.randrange(256))
        verdict = judge.judge(io.BytesIO(bytes(data)), keys)['verdict']
        tally.same(f'edit {number} of {path.stem} ({how} at {at})', verdict != 'VALID', True)


def main():
    parser = argparse.ArgumentParser(description='Checks the second verifier against the test vectors.')
    parser.add_argument('--mutate', type=int, default=0, metavar='N')
    parser.add_argument('--seed', type=int, default=1)
    arguments = parser.parse_args()
    tally = Tally()
    if arguments.mutate:
        mutate(arguments.mutate, arguments.seed, tally)
    else:
        for check in (check_bundles, check_entries, check_trees, check_checkpoints):
            check(tally)
    print(f'{tally.agreed} agreed, {tally.disagreed} disagreed')
    return 1 if tally.disagreed else 0


if __name__ == '__main__':
    sys.exit(main())
