"""Signed notes, checkpoints, and the file of trusted keys."""
import base64
import binascii
import re
from dataclasses import dataclass, field
from hashlib import sha256

import canonical
import p256
from times import parse_time

_DASH = '— '
_SIZE = re.compile(r'0|[1-9][0-9]{0,15}')
MAX_SIZE = 2 ** 53 - 1
MAX_NOTE = 64 * 1024
MAX_SIGNATURES = 64


class MalformedNote(ValueError):
    """The text is no checkpoint."""


class UnusableKeys(ValueError):
    """The file of trusted keys cannot be used."""


def decode_base64(text):
    """Standard base64 with padding, in its only spelling."""
    try:
        data = base64.b64decode(text.encode('ascii'), validate=True)
    except (ValueError, binascii.Error):
        raise ValueError('not base64') from None
    if base64.b64encode(data).decode('ascii') != text:
        raise ValueError('base64 in a second spelling')
    return data


@dataclass(frozen=True)
class Signature:
    name: str
    key_id: bytes
    der: bytes

    @property
    def label(self):
        return f'{self.name}+{self.key_id.hex()}'


@dataclass(frozen=True)
class Checkpoint:
    origin: str
    size: int
    root: bytes
    time: str
    signed: bytes
    signatures: tuple


def _name_ok(name):
    return bool(name) and '+' not in name and not any(c.isspace() or ord(c) < 32 for c in name)


def _read_signature(line):
    if not line.startswith(_DASH):
        raise MalformedNote('a signature line begins with an em dash and a space')
    name, space, encoded = line[len(_DASH):].partition(' ')
    if not space or not _name_ok(name):
        raise MalformedNote('a signature line has a name, a space and the signature')
    try:
        data = decode_base64(encoded)
    except ValueError as error:
        raise MalformedNote(f'a signature is {error}') from None
    if len(data) < 5:
        raise MalformedNote('a signature is too short')
    return Signature(name, data[:4], data[4:])


def read_checkpoint(text):
    """Reads a signed note that is a checkpoint with exactly one extension line, the time."""
    try:
        if len(text.encode('utf-8')) > MAX_NOTE:
            raise MalformedNote('the note is too long')
    except UnicodeEncodeError:
        raise MalformedNote('the note is no UTF-8') from None
    if any(ord(c) < 32 and c != '\n' for c in text):
        raise MalformedNote('the note has control characters')
    # The signatures stand behind the last empty line; the text before it ends in a line feed that is signed too.
    body, blank, tail = text.rpartition('\n\n')
    if not blank or not tail.endswith('\n'):
        raise MalformedNote('the note has no signatures')
    body += '\n'
    signatures = tuple(_read_signature(line) for line in tail[:-1].split('\n'))
    if len(signatures) > MAX_SIGNATURES:
        raise MalformedNote('the note has too many signatures')
    if len({(one.name, one.key_id) for one in signatures}) != len(signatures):
        raise MalformedNote('one key signs twice')
    lines = body[:-1].split('\n')
    if len(lines) != 4:
        raise MalformedNote('a checkpoint has four lines: origin, size, root and time')
    origin, size, root, extension = lines
    if not _name_ok(origin) or not _SIZE.fullmatch(size) or not 0 < int(size) <= MAX_SIZE:
        raise MalformedNote('the origin or the size is not one')
    try:
        root = decode_base64(root)
    except ValueError as error:
        raise MalformedNote(f'the root is {error}') from None
    if len(root) != 32 or not extension.startswith('time ') or parse_time(extension[5:]) is None:
        raise MalformedNote('the root or the time is not one')
    return Checkpoint(origin, int(size), root, extension[5:], body.encode('utf-8'), signatures)


@dataclass(frozen=True)
class TrustedKey:
    der: bytes
    from_position: int = 0
    until_position: int | None = None

    @property
    def key_id(self):
        return sha256(self.der).digest()[:4]

    def covers(self, position):
        return self.from_position <= position and (self.until_position is None or position < self.until_position)


@dataclass
class TrustedKeys:
    logs: dict = field(default_factory=dict)
    witnesses: dict = field(default_factory=dict)


def _fields(value, required, optional=()):
    if not isinstance(value, dict) or not set(required) <= set(value) <= set(required) | set(optional):
        raise UnusableKeys(f'expected an object of {", ".join(required)}')
    return value


def _key(value):
    try:
        der = decode_base64(value)
        p256.read_public_key(der)
        return der
    except (ValueError, AttributeError) as error:
        raise UnusableKeys(f'a public key cannot be read: {error}') from None


def _position(value):
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise UnusableKeys('a position is a whole number')
    return value


def _list(value):
    if not isinstance(value, list):
        raise UnusableKeys('expected a list')
    return value


def read_keys(data):
    """Reads `gantral/keys/1`."""
    try:
        file = canonical.read_loose(data)
    except canonical.NotCanonical as error:
        raise UnusableKeys(str(error)) from None
    _fields(file, ('format', 'logs'), ('witnesses',))
    if file['format'] != 'gantral/keys/1':
        raise UnusableKeys('the format is not gantral/keys/1')
    keys = TrustedKeys()
    for log in _list(file['logs']):
        _fields(log, ('origin', 'keys'))
        if not isinstance(log['origin'], str) or log['origin'] in keys.logs:
            raise UnusableKeys('an origin is no text or is there twice')
        trusted = []
        for one in _list(log['keys']):
            _fields(one, ('algorithm', 'public_key', 'from_position'), ('until_position',))
            if one['algorithm'] != 'ecdsa-p256-sha256':
                raise UnusableKeys('the only algorithm is ecdsa-p256-sha256')
            until = _position(one['until_position']) if 'until_position' in one else None
            trusted.append(TrustedKey(_key(one['public_key']), _position(one['from_position']), until))
        keys.logs[log['origin']] = trusted
    for witness in _list(file.get('witnesses', [])):
        _fields(witness, ('name', 'public_key'))
        if not isinstance(witness['name'], str):
            raise UnusableKeys('a name is text')
        keys.witnesses.setdefault(witness['name'], []).append(TrustedKey(_key(witness['public_key'])))
    return keys
