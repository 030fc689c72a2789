#!/usr/bin/env python3
"""Computes the vectors of this folder from the standards and messages.md alone.

Shares no code with CreditMesh: the group is PyPI's `voprf` 0.2.0, the rest plain Python.
Usage: pip install voprf==0.2.0 && python3 generate.py
"""

import hashlib
import hmac
import json
import unicodedata
from pathlib import Path

from voprf.ristretto import BlindedInput, Client, Evaluator

FOLDER = Path(__file__).parent
CONSORTIUM = "demo.creditmesh.example"
SEED = hashlib.sha256(b"creditmesh vector key").digest()
INFO = b"k1"

RID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
USCC_WEIGHTS = [pow(3, i, 31) for i in range(17)]
ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2]

# Unicode's White_Space, which is not Python's str.isspace.
WHITE_SPACE = {0x20, 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000}
WHITE_SPACE |= set(range(0x09, 0x0E)) | set(range(0x2000, 0x200B))
MIDDLE_DOTS = {0xB7, 0x2022, 0x2027, 0x22C5, 0x30FB, 0xFF65}


def resident(digits):
    """Completes the first 17 digits of a cn-rid."""
    total = sum(int(d) * w for d, w in zip(digits, RID_WEIGHTS, strict=True))
    return digits + "10X98765432"[total % 11]


def organisation(code):
    """Completes the first 8 characters of a GB 11714 code."""
    total = sum(int(c, 36) * w for c, w in zip(code, ORGANISATION_WEIGHTS, strict=True))
    check = 11 - total % 11
    return code + {10: "X", 11: "0"}.get(check, str(check))


def credit_code(head, code):
    """A cn-uscc of its first 8 characters and the first 8 of its organisation code."""
    body = head + organisation(code)
    total = sum(USCC_ALPHABET.index(c) * w for c, w in zip(body, USCC_WEIGHTS, strict=True))
    return body + USCC_ALPHABET[(31 - total % 31) % 31]


def lei(body):
    """Completes the first 18 characters of a lei."""
    number = int("".join(str(int(c, 36)) for c in body + "00"))
    return body + f"{98 - number % 97:02d}"


def normal_name(name):
    text = unicodedata.normalize("NFKC", name)
    kept = (c for c in text if ord(c) not in WHITE_SPACE and ord(c) not in MIDDLE_DOTS)
    return "".join(kept).upper()


def identifiers():
    rid = [resident(d) for d in (
        "99999919901231002", "99999920000229013", "99999919800110259", "99999919550615888",
        "81999919880808123", "91999919770707777")]
    uscc = [credit_code("91999999", c) for c in ("MA0TE5T0", "MA9ABCD1", "MA000001", "12345678")]
    uscc.append(credit_code("92999999", "MA9KLP12"))
    codes = [lei(b) for b in ("ZZZZ00NODETEST0001", "ZZZZ00LENDERTEST02", "000000000000000000")]
    valid = [{"scheme": "cn-rid", "raw": v, "normal": v, "personal": True} for v in rid]
    valid += [{"scheme": "cn-uscc", "raw": v, "normal": v, "personal": v.startswith("92")}
              for v in uscc]
    valid += [{"scheme": "lei", "raw": v, "normal": v, "personal": False} for v in codes]
    valid += [
        {"scheme": "cn-rid", "raw": "\u3000999999 19901231 0022\t", "normal": rid[0],
         "personal": True},
        {"scheme": "cn-rid", "raw": "99999919800110259x", "normal": rid[2], "personal": True},
        {"scheme": "cn-rid", "raw": "".join(chr(ord(c) + 0xFEE0) for c in rid[2]),
         "normal": rid[2], "personal": True},
        {"scheme": "cn-rid", "raw": "999999901231002", "normal": resident("99999919901231002"),
         "personal": True},
        {"scheme": "cn-uscc", "raw": "91999999-ma0te5t0-8k", "normal": uscc[0],
         "personal": False},
        {"scheme": "lei", "raw": "zzzz 00no dete st00 0172", "normal": codes[0],
         "personal": False},
    ]
    return {"valid": valid}


def outputs():
    key = Evaluator.from_seed(SEED, INFO)
    subjects = [
        ("cn-rid", "999999199012310022", "赵测试", " 赵\u3000测试 "),
        ("cn-rid", "99999919800110259X", "测古丽·试买提", "测古丽・试买提"),
        ("cn-uscc", "91999999MA0TE5T08K", "Ｎｏｒｔｈ Lake（Test）", "north lake(test)"),
        ("lei", "ZZZZ00NODETEST000172", "Straße & Söhne", "STRASSE &\u00a0SO\u0308HNE"),
    ]
    entries = []
    for scheme, identifier, name, spelling in subjects:
        data = b"\0".join(
            p.encode() for p in ("creditmesh-subject-v1", CONSORTIUM, scheme, identifier))
        output = key.evaluate_known_input(data)
        normal = normal_name(name)
        assert normal == normal_name(spelling)
        check = hmac.digest(output[32:], normal.encode(), "sha256")[:16]
        entries.append({
            "scheme": scheme, "identifier": identifier, "input": data.hex(),
            "output": output.hex(), "token": output[:32].hex(), "name": name,
            "otherSpelling": spelling, "normalName": normal, "nameCheck": check.hex()})
    return {
        "consortium": CONSORTIUM, "seed": SEED.hex(), "info": INFO.hex(),
        "publicKey": key.public_key.serialize().hex(), "subjects": entries,
        "evaluations": [evaluation(key, size) for size in (1, 3)]}


def evaluation(key, size):
    """A batch that `voprf` blinded, evaluated and proved; it writes proof, then elements."""
    blinded = [Client.blind(f"subject {i}".encode())[1] for i in range(size)]
    raw = [b.serialize() for b in blinded]
    assert all(BlindedInput.deserialize(r).serialize() == r for r in raw)
    if size == 1:
        answer = key.evaluate(blinded[0]).serialize()
    else:
        answer = key.evaluate_batch(blinded).serialize()
    proof, rest = answer[:64], answer[64:]
    rest = rest[len(rest) - 32 * size:]
    elements = [rest[i:i + 32].hex() for i in range(0, 32 * size, 32)]
    return {"blinded": [r.hex() for r in raw], "evaluated": elements, "proof": proof.hex()}


def filter_body(hashes):
    n = len(hashes)
    bits, previous = [], 0
    for value in sorted(h * n * 2**20 >> 64 for h in hashes):
        delta, previous = value - previous, value
        bits.append("1" * (delta >> 20) + "0" + format(delta & 0xFFFFF, "020b"))
    text = "".join(bits)
    text += "0" * (-len(text) % 8)
    return int(text, 2).to_bytes(len(text) // 8, "big") if text else b""


def filters():
    many = [int.from_bytes(hashlib.sha256(i.to_bytes(4, "big")).digest()[:8], "big")
            for i in range(5000)]
    small = {
        "empty": [],
        "one": [0x0123456789ABCDEF],
        "three": [0x1, 0x8000000000000000, 0xFFFFFFFFFFFFFFFF],
        "same-value-twice": [0x42, 0x42, 0x7000000000000000],
        "long-run": [0xFFFFFFFFFFFFFFFF] * 200,
    }
    cases = [{"name": name, "hashes": [f"{h:016x}" for h in hashes],
              "body": filter_body(hashes).hex()} for name, hashes in small.items()]
    digest = hashlib.sha256(filter_body(many)).hexdigest()
    return {"cases": cases, "digests": [
        {"name": "sha-256 of 0..4999 as 4 bytes, big-endian", "n": len(many), "digest": digest}]}


def main():
    for name, content in (("identifiers", identifiers()), ("outputs", outputs()),
                          ("filters", filters())):
        text = json.dumps(content, ensure_ascii=False, indent=1)
        (FOLDER / f"{name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
