"""The lines of a bundle: their shapes, and reading them one by one."""
import canonical
import shapes
from shapes import is_count, is_hash, is_text

BUNDLE = 'gantral/bundle/1'
SEMANTICS = 'gantral/authority/1'
MAX_LINE = 16 * 1024 * 1024
_hashes = lambda value: isinstance(value, list) and len(value) <= 64 and all(is_hash(item) for item in value)
_SALT = lambda value: isinstance(value, str) and len(value) == 32 and all(c in '0123456789abcdef' for c in value)
_anything = lambda value: True
_hidden = shapes.shape({'hash': is_hash})
_shown = shapes.shape({'salt': _SALT, 'value': _anything})


def _private(value):
    return (isinstance(value, dict) and value != {}
            and all(name in shapes.PRIVATE and (_hidden(item) or _shown(item)) for name, item in value.items()))


_position = lambda value: is_count(value) and value <= 2 ** 53 - 1
_counts = lambda value: isinstance(value, dict) and all(name in KINDS and is_count(n, 1) for name, n in value.items())
KINDS = {
    'entry': {'position': _position, 'entry': _anything},
    'leaf': {'position': _position, 'hash': is_hash},
    'proof': {'position': _position, 'size': _position, 'hashes': _hashes},
    'checkpoint': {'note': is_text},
    'consistency': {'first': _position, 'second': _position, 'hashes': _hashes},
    'frontier': {'size': _position, 'hashes': _hashes},
    'payload': {'position': _position, 'fields': _private},
}
_CHECKS = {kind: shapes.shape({'kind': _anything, **fields}, {} if kind == 'checkpoint' else {'origin': is_text})
           for kind, fields in KINDS.items()}
_COMMON = {'kind': _anything, 'format': is_text, 'semantics': is_text, 'origin': is_text, 'scope': is_text,
           'counts': _counts}
_HEADERS = {
    'instance': shapes.shape({**_COMMON, 'instance_id': is_text}),
    'range': shapes.shape({**_COMMON, 'from': _position, 'to': _position}),
    'log': shapes.shape({**_COMMON, 'to': _position}),
}


class NoBundle(ValueError):
    """The input has no header."""


class OtherFormat(ValueError):
    """The header speaks of a version that this verifier does not know."""


class MalformedLine(ValueError):
    """A line is not canonical JSON of a known shape."""


def read_header(data):
    try:
        value = canonical.read(data)
    except canonical.NotCanonical:
        raise NoBundle() from None
    if not isinstance(value, dict) or value.get('kind') != 'header':
        raise NoBundle()
    if value.get('format') != BUNDLE or value.get('semantics') != SEMANTICS:
        if not is_text(value.get('format')) or not is_text(value.get('semantics')):
            raise NoBundle()
        raise OtherFormat(f'this is {value["format"][:60]} under {value["semantics"][:60]}')
    check = _HEADERS.get(value.get('scope')) if is_text(value.get('scope')) else None
    if check is None or not check(value):
        raise NoBundle()
    if value['scope'] == 'range' and value['from'] >= value['to'] or value['scope'] == 'log' and not value['to']:
        raise NoBundle()
    return value


def read_line(data):
    try:
        value = canonical.read(data)
    except canonical.NotCanonical as error:
        raise MalformedLine(str(error)) from None
    kind = value.get('kind') if isinstance(value, dict) else None
    if kind == 'header':
        return value
    check = _CHECKS.get(kind) if is_text(kind) else None
    if check is None or not check(value):
        raise MalformedLine('its kind is not known, or it has a field too many or too few')
    return value


def split(stream):
    """(line, whole) for each line of the stream: without its line feed, and whether it had one."""
    while True:
        line = stream.readline(MAX_LINE + 1)
        if not line:
            return
        if line.endswith(b'\n'):
            yield line[:-1], True
            continue
        if len(line) <= MAX_LINE:
            yield line, False
            return
        # Too long to be read: the rest is skipped, so that memory stays bounded.
        while line and not line.endswith(b'\n'):
            line = stream.readline(MAX_LINE)
        yield None, True
