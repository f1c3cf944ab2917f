"""The chain of one subject: sequence, hashes, order and time."""
from shapes import ZEROS


def name_of(subject):
    return f'{subject[0]} {subject[1]}'


def check_chain(entries, findings, instance=None):
    """Checks the links between the entries that are there, which come in the order of their sequence."""
    name = name_of(entries[0].subject)
    if entries[0].sequence == 1 and entries[0].get('prev_hash') != ZEROS:
        findings.add('broken_chain', f'{entries[0].title} of {name} follows something', instance)
    for before, entry in zip(entries, entries[1:]):
        if entry.sequence == before.sequence:
            findings.add('duplicate_sequence', f'{name} has two entries of sequence {entry.sequence}', instance)
            continue
        if entry.sequence == before.sequence + 1 and entry.get('prev_hash') != before.hash.hex():
            findings.add('broken_chain', f'{entry.title} of {name} does not follow the one before', instance)
        if entry.origin == before.origin and entry.position <= before.position:
            findings.add('wrong_order', f'{entry.title} of {name} stands before its predecessor', instance)
        if entry.at < before.at:
            findings.add('time_stepped_back', f'{entry.title} of {name} is earlier than its predecessor', instance)


def gaps(entries):
    """The sequence numbers that are missing between 1 and the last, never more than anybody would read."""
    expected, result = 1, []
    for entry in entries:
        while expected < entry.sequence and len(result) < 1000:
            result.append(expected)
            expected += 1
        expected = entry.sequence + 1
    return result


def without_gap(entries):
    """The entries from the first on, up to where one is missing."""
    result = []
    for entry in entries:
        if entry.sequence > len(result) + 1:
            break
        if entry.sequence == len(result) + 1:
            result.append(entry)
    return result
