"""Canonical JSON (RFC 8785): reads only text that is already canonical, and refuses everything else."""
import json
import re

MAX_DEPTH = 64
# A string that never ends is taken to the end, so that nothing is looked at twice.
_STRING = re.compile(rb'"(?:[^"\\]+|\\.)*+\\?(?:"|\Z)', re.DOTALL)
_BRACKET = re.compile(rb'[\[\]{}]')
_SAFE_INTEGER = 2 ** 53 - 1


class NotCanonical(ValueError):
    """The bytes have no canonical reading."""


def number_text(value):
    """A number as ECMAScript writes it."""
    if isinstance(value, int):
        value = float(value)
    if value != value or value in (float('inf'), float('-inf')):
        raise NotCanonical('a number is not finite')
    if value == 0:
        return '0'
    sign = '-' if value < 0 else ''
    # repr gives the shortest digits that read back as the same double, which is what ECMAScript asks for.
    mantissa, _, exponent = repr(abs(value)).partition('e')
    whole, _, fraction = mantissa.partition('.')
    point = len(whole) + int(exponent or 0)
    digits = whole + fraction
    stripped = digits.lstrip('0')
    point -= len(digits) - len(stripped)
    digits = stripped.rstrip('0')
    count = len(digits)
    if count <= point <= 21:
        text = digits + '0' * (point - count)
    elif 0 < point <= 21:
        text = digits[:point] + '.' + digits[point:]
    elif -6 < point <= 0:
        text = '0.' + '0' * -point + digits
    else:
        power = point - 1
        text = digits[0] + ('.' + digits[1:] if count > 1 else '') + 'e' + ('+' if power > 0 else '-') + str(abs(power))
    return sign + text


def _read_number(text):
    # The canonical text is unique, so a number is right exactly if writing it again gives the same text. That
    # refuses what a double cannot hold to all the digits given, and it bounds the length before any conversion.
    if len(text) > 32:
        raise NotCanonical('a number has more digits than a double can hold')
    value = float(text)
    if number_text(value) != text:
        raise NotCanonical(f'the number {text} is not written canonically')
    if text.lstrip('-').isdigit() and abs(value) <= _SAFE_INTEGER:
        return int(text)
    return value


def _object(pairs):
    result = dict(pairs)
    if len(result) != len(pairs):
        raise NotCanonical('an object has a name twice')
    return result


def _no_constant(text):
    raise NotCanonical(f'{text} is no JSON')


def _check_depth(data):
    depth = 0
    for bracket in _BRACKET.finditer(_STRING.sub(b'', data)):
        depth += 1 if bracket.group() in b'[{' else -1
        if depth > MAX_DEPTH:
            raise NotCanonical(f'it has more than {MAX_DEPTH} levels')


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_float=_read_number, parse_int=_read_number,
                            parse_constant=_no_constant)


def write(value):
    """The canonical bytes of a value."""
    parts = []
    _write(value, parts.append)
    try:
        return ''.join(parts).encode('utf-8')
    except UnicodeEncodeError:
        raise NotCanonical('a string has half a surrogate pair') from None


def _write(value, put):
    if value is None:
        put('null')
    elif value is True:
        put('true')
    elif value is False:
        put('false')
    elif isinstance(value, str):
        put(json.dumps(value, ensure_ascii=False))
    elif isinstance(value, (int, float)):
        put(number_text(value))
    elif isinstance(value, list):
        put('[')
        for index, item in enumerate(value):
            if index:
                put(',')
            _write(item, put)
        put(']')
    else:
        put('{')
        # Names are sorted by UTF-16 code units, which is not the order of code points.
        names = sorted(value, key=lambda name: name.encode('utf-16-be', 'surrogatepass'))
        for index, name in enumerate(names):
            if index:
                put(',')
            put(json.dumps(name, ensure_ascii=False))
            put(':')
            _write(value[name], put)
        put('}')


def read_loose(data):
    """Reads JSON that need not be canonical but is unambiguous: a file written by hand, such as the trusted keys."""
    try:
        text = data.decode('utf-8')
        _check_depth(data)
        return _DECODER.decode(text)
    except NotCanonical:
        raise
    except (ValueError, RecursionError) as error:
        raise NotCanonical(f'it is no JSON: {error}') from None


def read(data):
    """Reads canonical JSON, or raises NotCanonical."""
    value = read_loose(data)
    if write(value) != data:
        raise NotCanonical('it is JSON, but not in canonical form')
    return value
