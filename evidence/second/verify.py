#!/usr/bin/env python3
"""Verifies an evidence bundle: verify.py BUNDLE --keys KEYS [--checkpoint NOTE]... [--json]"""
import argparse
import sys

import canonical
import judge
import notes
from findings import Findings
from heads import Heads

_MAX_BESIDE = 16 * 1024 * 1024


def read_beside(path):
    """A small file that is given beside the bundle."""
    with open(path, 'rb') as file:
        data = file.read(_MAX_BESIDE + 1)
    if len(data) > _MAX_BESIDE:
        raise ValueError(f'{path} is too large')
    return data


def read_known(path, keys):
    """A checkpoint known from before. It must be believed as the heads of a bundle are, or it anchors nothing."""
    head = notes.read_checkpoint(read_beside(path).decode('utf-8'))
    findings = Findings()
    heads = Heads(keys, findings)
    heads.add(head)
    if (head.origin, head.size) not in heads.believed:
        raise ValueError(f'{path}: {findings.overall()[1]}')
    return head


def run(arguments):
    try:
        keys = notes.read_keys(read_beside(arguments.keys))
        known = [read_known(path, keys) for path in arguments.checkpoint]
        with open(arguments.bundle, 'rb') as stream:
            return judge.judge(stream, keys, known)
    except (OSError, ValueError) as error:
        return judge.unusable(str(error))


def show(report):
    print(f'{report["verdict"]} {report["code"]}: {report["reason"]}')
    print(f'scope {report.get("scope", "none")}, anchor {report["anchor"]}, {report["entries"]} entries')
    for one in report['instances']:
        print(f'  {one["instance_id"]} {one["verdict"]} {one["code"]} {one.get("state", "")}')
    for one in report['missing']:
        print(f'  missing: {one["kind"]} {one.get("number", "")} of {one["subject"]}')


class _Parser(argparse.ArgumentParser):
    def error(self, message):
        # The usual status for bad arguments would read as INCONCLUSIVE.
        self.print_usage(sys.stderr)
        print(message, file=sys.stderr)
        sys.exit(3)


def main():
    parser = _Parser(description='Verifies an evidence bundle.')
    parser.add_argument('bundle')
    parser.add_argument('--keys', required=True)
    parser.add_argument('--checkpoint', action='append', default=[])
    parser.add_argument('--json', action='store_true')
    arguments = parser.parse_args()
    report = run(arguments)
    if arguments.json:
        sys.stdout.buffer.write(canonical.write(report) + b'\n')
    else:
        show(report)
    return judge.status_of(report)


if __name__ == '__main__':
    sys.exit(main())
