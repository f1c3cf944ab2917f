"""ECDSA over P-256 with SHA-256: verification only, with one spelling for each signature (strict DER, low s)."""
from functools import lru_cache
from hashlib import sha256

P = 2 ** 256 - 2 ** 224 + 2 ** 192 + 2 ** 96 - 1
N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551
B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b
G = (0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296,
     0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5)
# SubjectPublicKeyInfo of an uncompressed point on P-256 always begins like this.
_KEY_PREFIX = bytes.fromhex('3059301306072a8648ce3d020106082a8648ce3d030107034200')
_INFINITY = (0, 1, 0)


def read_public_key(der):
    """The point of a DER public key, or ValueError."""
    if len(der) != 91 or not der.startswith(_KEY_PREFIX) or der[26] != 4:
        raise ValueError('not an uncompressed P-256 key in DER')
    x, y = int.from_bytes(der[27:59], 'big'), int.from_bytes(der[59:], 'big')
    if x >= P or y >= P or (y * y - (x * x * x - 3 * x + B)) % P:
        raise ValueError('the point is not on the curve')
    return x, y


def _double(point):
    x, y, z = point
    if not z:
        return _INFINITY
    delta, gamma = z * z % P, y * y % P
    beta = x * gamma % P
    alpha = 3 * (x - delta) * (x + delta) % P
    x3 = (alpha * alpha - 8 * beta) % P
    z3 = ((y + z) * (y + z) - gamma - delta) % P
    return x3, (alpha * (4 * beta - x3) - 8 * gamma * gamma) % P, z3


def _add(one, two):
    if not one[2]:
        return two
    if not two[2]:
        return one
    z1, z2 = one[2] * one[2] % P, two[2] * two[2] % P
    u1, u2 = one[0] * z2 % P, two[0] * z1 % P
    s1, s2 = one[1] * z2 * two[2] % P, two[1] * z1 * one[2] % P
    h, r = (u2 - u1) % P, (s2 - s1) % P
    if not h:
        return _double(one) if not r else _INFINITY
    hh = h * h % P
    hhh, v = h * hh % P, u1 * hh % P
    x3 = (r * r - hhh - 2 * v) % P
    return x3, (r * (v - x3) - s1 * hhh) % P, h * one[2] * two[2] % P


def _integer(data, at):
    if data[at] != 2:
        raise ValueError('not an integer')
    length = data[at + 1]
    body = data[at + 2:at + 2 + length]
    # DER: at least one byte, no needless leading zero, and positive.
    if not 1 <= length <= 33 or len(body) != length or body[0] & 0x80:
        raise ValueError('not a positive integer in DER')
    if length > 1 and body[0] == 0 and not body[1] & 0x80:
        raise ValueError('an integer has a needless zero')
    return int.from_bytes(body, 'big'), at + 2 + length


def read_signature(der):
    """(r, s) of a strict DER signature, or ValueError."""
    try:
        if der[0] != 0x30 or der[1] != len(der) - 2:
            raise ValueError('not a sequence in DER')
        r, at = _integer(der, 2)
        s, at = _integer(der, at)
    except IndexError:
        raise ValueError('the signature is cut') from None
    if at != len(der):
        raise ValueError('bytes follow the signature')
    return r, s


@lru_cache(maxsize=4096)
def verify(der_key, message, der_signature):
    """Whether the signature is right. Remembered by content: the answer can never change."""
    try:
        x, y = read_public_key(der_key)
        r, s = read_signature(der_signature)
    except ValueError:
        return False
    # Of s and N-s both would verify; only the lower is a spelling of this format.
    if not 0 < r < N or not 0 < s <= N // 2:
        return False
    digest = int.from_bytes(sha256(message).digest(), 'big')
    inverse = pow(s, -1, N)
    u1, u2 = digest * inverse % N, r * inverse % N
    generator, key = (*G, 1), (x, y, 1)
    table = {(1, 0): generator, (0, 1): key, (1, 1): _add(generator, key)}
    total = _INFINITY
    for bit in range(max(u1.bit_length(), u2.bit_length()) - 1, -1, -1):
        total = _double(total)
        pick = (u1 >> bit & 1, u2 >> bit & 1)
        if pick != (0, 0):
            total = _add(total, table[pick])
    if not total[2]:
        return False
    return total[0] * pow(total[2], -2, P) % P % N == r
