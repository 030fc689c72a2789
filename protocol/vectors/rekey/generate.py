#!/usr/bin/env python3
"""Computes the vectors of this folder from the standards and rekey.md alone.

Shares no code with CreditMesh and needs nothing but Python: X25519 (RFC 7748), ChaCha20 and Poly1305
(RFC 8439), XChaCha20 (draft-irtf-cfrg-xchacha-03), Salsa20 and XSalsa20 (Bernstein's papers) are
written out below.
Usage: python3 generate.py
"""

import hashlib
import json
import struct
from pathlib import Path

FOLDER = Path(__file__).parent
MASK = 0xFFFFFFFF


def words(data):
    return list(struct.unpack(f"<{len(data) // 4}L", data))


def pack(numbers):
    return struct.pack(f"<{len(numbers)}L", *numbers)


def rotate(value, bits):
    return (value << bits | value >> 32 - bits) & MASK


def x25519(scalar, point):
    """RFC 7748 §5."""
    prime = 2**255 - 19
    k = bytearray(scalar)
    k[0] &= 248
    k[31] = k[31] & 127 | 64
    k = int.from_bytes(k, "little")
    x1 = int.from_bytes(point, "little") & (1 << 255) - 1
    x2, z2, x3, z3, swap = 1, 0, x1, 1, 0
    for t in reversed(range(255)):
        bit = k >> t & 1
        if swap ^ bit:
            x2, x3, z2, z3 = x3, x2, z3, z2
        swap = bit
        a, b, c, d = x2 + z2, x2 - z2, x3 + z3, x3 - z3
        da, cb = d * a % prime, c * b % prime
        x3, z3 = (da + cb)**2 % prime, x1 * (da - cb)**2 % prime
        aa, bb = a * a % prime, b * b % prime
        e = (aa - bb) % prime
        x2, z2 = aa * bb % prime, e * (aa + 121665 * e) % prime
    if swap:
        x2, z2 = x3, z3
    return (x2 * pow(z2, prime - 2, prime) % prime).to_bytes(32, "little")


BASE = (9).to_bytes(32, "little")


def chacha_rounds(state):
    """RFC 8439 §2.3, without the final addition."""
    s = list(state)
    for _ in range(10):
        for a, b, c, d in ((0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15),
                           (0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14)):
            for x, y, z, bits in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
                s[x] = (s[x] + s[y]) & MASK
                s[z] = rotate(s[z] ^ s[x], bits)
    return s


CONSTANTS = words(b"expand 32-byte k")


def chacha_block(key, counter, nonce):
    state = CONSTANTS + words(key) + [counter] + words(nonce)
    mixed = chacha_rounds(state)
    return pack([(m + s) & MASK for m, s in zip(mixed, state, strict=True)])


def hchacha(key, nonce):
    mixed = chacha_rounds(CONSTANTS + words(key) + words(nonce))
    return pack(mixed[:4] + mixed[12:])


def salsa_rounds(state):
    """The Salsa20 specification, §7, without the final addition."""
    s = list(state)
    for _ in range(10):
        for a, b, c, d in ((0, 4, 8, 12), (5, 9, 13, 1), (10, 14, 2, 6), (15, 3, 7, 11),
                           (0, 1, 2, 3), (5, 6, 7, 4), (10, 11, 8, 9), (15, 12, 13, 14)):
            for x, y, z, bits in ((b, a, d, 7), (c, b, a, 9), (d, c, b, 13), (a, d, c, 18)):
                s[x] ^= rotate((s[y] + s[z]) & MASK, bits)
    return s


def salsa_state(key, block):
    k, c, b = words(key), CONSTANTS, words(block)
    return [c[0], *k[:4], c[1], *b, c[2], *k[4:], c[3]]


def hsalsa(key, nonce):
    """Extending the Salsa20 nonce, §2."""
    mixed = salsa_rounds(salsa_state(key, nonce))
    return pack([mixed[i] for i in (0, 5, 10, 15, 6, 7, 8, 9)])


def salsa_stream(key, nonce, length):
    out = b""
    for counter in range((length + 63) // 64):
        state = salsa_state(key, nonce + struct.pack("<Q", counter))
        out += pack([(m + s) & MASK for m, s in zip(salsa_rounds(state), state, strict=True)])
    return out[:length]


def poly1305(key, message):
    """RFC 8439 §2.5."""
    r = int.from_bytes(key[:16], "little") & 0x0FFFFFFC0FFFFFFC0FFFFFFC0FFFFFFF
    total = 0
    for start in range(0, len(message), 16):
        block = message[start:start + 16] + b"\x01"
        total = (total + int.from_bytes(block, "little")) * r % (2**130 - 5)
    return ((total + int.from_bytes(key[16:], "little")) % 2**128).to_bytes(16, "little")


def exclusive_or(one, other):
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


def padded(data):
    return data + bytes(-len(data) % 16)


def xchacha_seal(key, nonce, clear, bound):
    """draft-irtf-cfrg-xchacha-03 §2.3 over RFC 8439 §2.8: cipher text, then tag."""
    key, nonce = hchacha(key, nonce[:16]), bytes(4) + nonce[16:]
    stream = b"".join(chacha_block(key, 1 + i, nonce) for i in range(len(clear) // 64 + 1))
    cipher = exclusive_or(clear, stream[:len(clear)])
    lengths = struct.pack("<QQ", len(bound), len(cipher))
    one_time = chacha_block(key, 0, nonce)[:32]
    return cipher + poly1305(one_time, padded(bound) + padded(cipher) + lengths)


def sealed_box(public, ephemeral, message):
    """libsodium's documentation, "Sealed boxes"; the ephemeral private key is given."""
    point = x25519(ephemeral, BASE)
    nonce = hashlib.blake2b(point + public, digest_size=24).digest()
    key = hsalsa(hsalsa(x25519(ephemeral, public), bytes(16)), nonce[:16])
    stream = salsa_stream(key, nonce[16:], 32 + len(message))
    cipher = exclusive_or(message, stream[32:])
    return point + poly1305(stream[:32], cipher) + cipher


def payload(*texts):
    """rekey.md: number of fields, then each behind its length, filled to 64 bytes."""
    content = bytes([len(texts)])
    for text in texts:
        content += struct.pack(">H", len(text.encode())) + text.encode()
    return content + bytes(-len(content) % 64)


def seed(text, length=32):
    return hashlib.sha512(("creditmesh rekey vector " + text).encode()).digest()[:length]


def check():
    """The standards' own examples, so that what is below rests on them."""
    key = bytes.fromhex("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f")
    clear = (b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for "
             b"the future, sunscreen would be it.")
    bound = bytes.fromhex("50515253c0c1c2c3c4c5c6c7")
    nonce = bytes(range(0x40, 0x58))
    # draft-irtf-cfrg-xchacha-03, A.3.1
    assert xchacha_seal(key, nonce, clear, bound)[-16:].hex() == "c0875924c1c7987947deafd8780acf49"
    # RFC 7748 §6.1
    alice = bytes.fromhex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a")
    assert x25519(alice, BASE).hex() == (
        "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a")


def main():
    check()
    private = seed("private key")
    public = x25519(private, BASE)
    data_key = seed("data key")
    subjects = []
    for index, (scheme, identifier, names) in enumerate([
            ("cn-rid", "999999199012310022", ["赵测试"]),
            ("cn-rid", "99999919800110259X", ["测古丽·试买提", "测古丽・试买提"]),
            ("cn-uscc", "91999999MA0TE5T08K", ["Ｎｏｒｔｈ Lake（Test）" * 3]),
            ("lei", "ZZZZ00NODETEST000172", [])]):
        clear = payload(scheme, identifier, *names)
        reference, nonce = seed(f"subject {index}", 16), seed(f"nonce {index}", 24)
        sealed = nonce + xchacha_seal(
            data_key, nonce, clear, b"creditmesh-sealed-subject-v1" + reference)
        subjects.append({
            "scheme": scheme, "identifier": identifier, "names": names,
            "reference": reference.hex(), "nonce": nonce.hex(), "payload": clear.hex(),
            "sealed": sealed.hex()})
    accounts = []
    for index, number in enumerate(["L-0001", "9" * 128]):
        clear = payload(number)
        reference, nonce = seed(f"account {index}", 16), seed(f"account nonce {index}", 24)
        sealed = nonce + xchacha_seal(
            data_key, nonce, clear, b"creditmesh-sealed-account-v1" + reference)
        accounts.append({
            "number": number, "reference": reference.hex(), "nonce": nonce.hex(),
            "payload": clear.hex(), "sealed": sealed.hex()})
    content = {
        "privateKey": private.hex(), "publicKey": public.hex(), "dataKey": data_key.hex(),
        "box": sealed_box(public, seed("ephemeral key"), data_key).hex(),
        "subjects": subjects, "accounts": accounts}
    text = json.dumps(content, ensure_ascii=False, indent=1)
    (FOLDER / "sealed.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
