#!/usr/bin/env python3
"""Computes the vectors of this folder from the standards and opening.md alone.

Shares no code with CreditMesh and needs nothing but Python: ristretto255 (RFC 9496) and its hashing
(RFC 9380 §5.3.1, RFC 9497 §4.1) are written out below, sealed boxes in ../rekey/generate.py.
Usage: python3 generate.py
"""

import base64
import hashlib
import importlib.util
import json
from pathlib import Path

FOLDER = Path(__file__).parent
PRIME = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, PRIME) % PRIME
I = pow(2, (PRIME - 1) // 4, PRIME)
ONE_MINUS_D_SQUARED = (1 - D * D) % PRIME
D_MINUS_ONE_SQUARED = (D - 1)**2 % PRIME


def load_boxes():
    """The sealed boxes of the other vectors, which check themselves against their standards."""
    spec = importlib.util.spec_from_file_location("boxes", FOLDER.parent / "rekey/generate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.check()
    return module


def absolute(x):
    """RFC 9496 §4.1: the one of x and -x that is even."""
    x %= PRIME
    return PRIME - x if x & 1 else x


def sqrt_ratio(u, v):
    """RFC 9496 §4.2: whether u/v is a square, and its root or that of I·u/v."""
    r = u * pow(v, 3, PRIME) * pow(u * pow(v, 7, PRIME), (PRIME - 5) // 8, PRIME) % PRIME
    check = v * r * r % PRIME
    u %= PRIME
    if check in (-u % PRIME, -u * I % PRIME):
        r = r * I % PRIME
    return check in (u, -u % PRIME), absolute(r)


A_MINUS_D_ROOT = sqrt_ratio(1, (-1 - D) % PRIME)[1]
AD_MINUS_ONE_ROOT = next(
    root for root in [sqrt_ratio((-D - 1) % PRIME, 1)[1]] for root in (root, PRIME - root)
    if root & 1)


def mapped(data):
    """RFC 9496 §4.3.4, MAP, of 32 bytes."""
    t = int.from_bytes(data, "little") & (1 << 255) - 1
    r = I * t * t % PRIME
    u = (r + 1) * ONE_MINUS_D_SQUARED % PRIME
    v = (-1 - r * D) * (r + D) % PRIME
    was_square, s = sqrt_ratio(u, v)
    if not was_square:
        s = -absolute(s * t) % PRIME
    c = -1 if was_square else r
    n = (c * (r - 1) * D_MINUS_ONE_SQUARED - v) % PRIME
    w0, w1 = 2 * s * v % PRIME, n * AD_MINUS_ONE_ROOT % PRIME
    w2, w3 = (1 - s * s) % PRIME, (1 + s * s) % PRIME
    return w0 * w3 % PRIME, w2 * w1 % PRIME, w1 * w3 % PRIME, w0 * w2 % PRIME


def add(one, other):
    """RFC 8032 §5.1.4, points as X, Y, Z, T."""
    x1, y1, z1, t1 = one
    x2, y2, z2, t2 = other
    a, b = (y1 - x1) * (y2 - x2) % PRIME, (y1 + x1) * (y2 + x2) % PRIME
    c, d = 2 * t1 * t2 * D % PRIME, 2 * z1 * z2 % PRIME
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % PRIME, g * h % PRIME, f * g % PRIME, e * h % PRIME


def times(point, scalar):
    result = (0, 1, 1, 0)
    for bit in bin(scalar)[2:]:
        result = add(result, result)
        if bit == "1":
            result = add(result, point)
    return result


def encoded(point):
    """RFC 9496 §4.3.2."""
    x, y, z, t = point
    u1, u2 = (z + y) * (z - y) % PRIME, x * y % PRIME
    root = sqrt_ratio(1, u1 * u2 * u2 % PRIME)[1]
    d1, d2 = root * u1 % PRIME, root * u2 % PRIME
    z_inverse = d1 * d2 * t % PRIME
    d_inverse = d2
    if t * z_inverse % PRIME & 1:
        x, y = y * I % PRIME, x * I % PRIME
        d_inverse = d1 * A_MINUS_D_ROOT % PRIME
    if x * z_inverse % PRIME & 1:
        y = -y % PRIME
    return absolute(d_inverse * (z - y)).to_bytes(32, "little")


def hashed_to_group(data):
    """RFC 9497 §4.1 over RFC 9380 §5.3.1 with SHA-512."""
    tag = b"HashToGroup-OPRFV1-\x01-ristretto255-SHA512"
    tag += bytes([len(tag)])
    first = hashlib.sha512(bytes(128) + data + b"\x00\x40\x00" + tag).digest()
    uniform = hashlib.sha512(first + b"\x01" + tag).digest()
    return add(mapped(uniform[:32]), mapped(uniform[32:]))


def blinded(data, blind):
    return encoded(times(hashed_to_group(data), int.from_bytes(blind, "little")))


def text(data):
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def seed(label, length=32):
    return hashlib.sha512(("creditmesh opening vector " + label).encode()).digest()[:length]


def check():
    # RFC 9497, A.1.2, test vector 1
    blind = bytes.fromhex("64d37aed22a27f5191de1c1d69fadb899d8862b58eb4220029e036ec4c1f6706")
    assert blinded(b"\x00", blind).hex() == (
        "863f330cc1a1259ed5a5998a23acfd37fb4351a793a5b3c090b642ddc439b945")


def main():
    check()
    boxes = load_boxes()
    consortium, opening = "demo.creditmesh.example", "2026-11-00000000"
    private = seed("private key")
    public = boxes.x25519(private, boxes.BASE)
    made = []
    for index, (scheme, identifier, purpose) in enumerate([
            ("cn-rid", "999999199012310022", "loan-approval"),
            ("cn-uscc", "91999999MA0TE5T08K", "credit-line"),
            ("demo-odd", 'A"B\\C/ü', "post-loan")]):
        parts = ("creditmesh-subject-v1", consortium, scheme, identifier)
        blind = (int.from_bytes(seed(f"blind {index}", 64), "little") % ORDER).to_bytes(
            32, "little")
        element = blinded(b"\0".join(part.encode() for part in parts), blind)
        content = json.dumps({
            "element": text(element), "blind": text(blind), "scheme": scheme,
            "identifier": identifier, "purpose": purpose,
            "consent": text(seed(f"consent {index}", 16)),
            "evidenceDigest": text(seed(f"evidence {index}")),
            "salt": text(seed(f"salt {index}")), "opening": opening,
        }, ensure_ascii=False, separators=(",", ":"))
        box = boxes.sealed_box(public, seed(f"ephemeral {index}"), content.encode())
        made.append({"content": content, "box": box.hex()})
    digests = b"".join(hashlib.sha256(bytes.fromhex(box["box"])).digest() for box in made)
    vectors = {
        "consortium": consortium, "kid": opening, "privateKey": private.hex(),
        "publicKey": public.hex(), "boxes": made, "sealed": text(hashlib.sha256(digests).digest())}
    document = json.dumps(vectors, ensure_ascii=False, indent=1)
    (FOLDER / "boxes.json").write_text(document + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
