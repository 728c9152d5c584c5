# ECDSA over P-256 in Python: what stands in for a secure element behind ecdsa_sign_callback. Not for real keys.
import os

_P = 2**256 - 2**224 + 2**192 + 2**96 - 1
_N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_G = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
    1,
)


def _inverse(a, m):
    r, s, x, y = m, a % m, 0, 1
    while s:
        q = r // s
        r, s, x, y = s, r - q * s, y, x - q * y
    return x % m


def _twice(p):
    # Jacobian coordinates: one inversion at the end.
    x, y, z = p
    s = 4 * x * y * y % _P
    m = 3 * (x - z * z) * (x + z * z) % _P
    u = (m * m - 2 * s) % _P
    return u, (m * (s - u) - 8 * y * y * y * y) % _P, 2 * y * z % _P


def _sum(p, q):
    if p is None:
        return q
    a, b = p[0] * q[2] * q[2] % _P, q[0] * p[2] * p[2] % _P
    c, d = p[1] * q[2] * q[2] * q[2] % _P, q[1] * p[2] * p[2] * p[2] % _P
    h, r = (b - a) % _P, (d - c) % _P
    x = (r * r - h * h * h - 2 * a * h * h) % _P
    return x, (r * (a * h * h - x) - c * h * h * h) % _P, h * p[2] * q[2] % _P


def _der(*numbers):
    body = b""
    for n in numbers:
        b = n.to_bytes(33, "big").lstrip(b"\0") or b"\0"
        if b[0] & 0x80:
            b = b"\0" + b
        body += bytes([2, len(b)]) + b
    return bytes([0x30, len(body)]) + body


def _p256(key, digest):
    d = int.from_bytes(key, "big")
    e = int.from_bytes(digest[:32], "big")
    k = int.from_bytes(os.urandom(32), "big") % (_N - 1) + 1
    p, q = None, _G
    n = k
    while n:
        if n & 1:
            p = _sum(p, q)
        q = _twice(q)
        n >>= 1
    z = _inverse(p[2], _P)
    r = p[0] * z * z % _P % _N
    return _der(r, _inverse(k, _N) * (e + r * d) % _N)
