#!/usr/bin/env python3
"""Computes the vectors of this folder from enrolment.md, directory.md and the standards alone.

Shares no code with CreditMesh: signatures are `cryptography`, the rest plain Python. Everything is the
same on every run.
Usage (Python 3.11 or later): pip install cryptography && python3 generate.py
"""

import base64
import hashlib
import json
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

FOLDER = Path(__file__).parent
CONSORTIUM = "demo.creditmesh.example"
NODE = "harbor-node"
PREFIX = "creditmesh-invitation-1."
# The generator of ristretto255 (RFC 9496, appendix A.1): an element like another.
ELEMENT = bytes.fromhex("e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76")


def digest(data):
    return hashlib.sha256(data).digest()


def b64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def compact(document):
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def canonical(document):
    """OLPC canonical JSON, of documents without characters to escape."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def signer(label):
    return Ed25519PrivateKey.from_private_bytes(digest(label.encode()))


def public(label):
    return signer(label).public_key().public_bytes_raw()


def verifier(name, label):
    """A C2SP verifier key of an Ed25519 key."""
    key = b"\x01" + public(label)
    name_hash = digest(name.encode() + b"\n" + key)[:4].hex()
    return f"{name}+{name_hash}+{base64.b64encode(key).decode()}"


def root():
    """A first root: two of three officers, two online keys of which one signs."""
    def key(owner):
        return {"keytype": "ed25519", "keyval": {"public": public(owner).hex()},
                "scheme": "ed25519", "x-creditmesh-owner": owner}

    def key_id(owner):
        return digest(canonical(key(owner))).hex()

    officers, online = ["alice", "bruno", "chen"], ["online-1", "online-2"]
    offline = {"keyids": [key_id(o) for o in officers], "threshold": 2}
    machine = {"keyids": [key_id(o) for o in online], "threshold": 1}
    signed = {
        "_type": "root", "consistent_snapshot": True, "expires": "2027-11-28T00:00:00Z",
        "keys": {key_id(o): key(o) for o in officers + online},
        "roles": {"root": offline, "snapshot": machine, "targets": offline, "timestamp": machine},
        "spec_version": "1.0.31", "version": 1}
    text = compact({
        "signatures": [
            {"keyid": key_id(o), "sig": signer(o).sign(canonical(signed)).hex()}
            for o in officers[:2]],
        "signed": signed})
    return {"file": text, "digest": b64url(digest(text.encode()))}


def tokens(root_digest):
    certificate = digest(b"an invented certificate of an authority")
    secret = digest(b"an invented secret, which only a vector may show")
    fields = {
        "consortium": CONSORTIUM, "node": NODE, "authority": "https://authority.example:8444",
        "root": root_digest, "certificate": b64url(certificate), "secret": b64url(secret)}

    def text(document, prefix=PREFIX):
        return prefix + b64url(document.encode())

    def changed(**members):
        return text(compact({**fields, **members}))

    good = text(compact(fields))
    shortened = {name: value for name, value in fields.items() if name != "secret"}
    refused = {
        "no-prefix": good[len(PREFIX):],
        "version-2": text(compact(fields), "creditmesh-invitation-2."),
        "upper-case-prefix": text(compact(fields), "CREDITMESH-INVITATION-1."),
        "nothing": PREFIX,
        "padding": PREFIX + base64.urlsafe_b64encode((compact(fields) + " ").encode()).decode(),
        "trailing-garbage": good + "!",
        "cut-off": good[:-8],
        "unknown-member": changed(service="own"),
        "missing-secret": text(compact(shortened)),
        "member-twice": text(compact(fields)[:-1] + f',"node":"{NODE}"' + "}"),
        "secret-31-bytes": changed(secret=b64url(secret[:31])),
        "secret-33-bytes": changed(secret=b64url(secret + b"\x00")),
        "secret-padded": changed(secret=b64url(secret) + "="),
        "root-hexadecimal": changed(root=certificate.hex()),
        "root-null": changed(root=None),
        "authority-with-path": changed(authority="https://authority.example/est"),
        "authority-plain": changed(authority="http://authority.example"),
        "authority-default-port": changed(authority="https://authority.example:443"),
        "node-upper-case": changed(node="Harbor-Node"),
        "node-short": changed(node="hn"),
        "consortium-short": changed(consortium="de"),
        "an-array": text(compact([fields])),
    }
    assert "=" in refused["padding"]
    return {
        "good": {
            "token": good, **fields, "secretDigest": b64url(digest(secret)),
            "authorization": "Basic " + base64.b64encode(
                f"{NODE}:{fields['secret']}".encode()).decode(),
            "otherSpellings": [f" {good}\n", f"\t{good}\r\n"]},
        "refused": [{"name": name, "token": token} for name, token in refused.items()]}


def documents():
    request = b64url(digest(b"an invented request for a certificate"))

    def keys(members, features):
        log = f"{CONSORTIUM}/log/{NODE}"
        document = {
            "request": request,
            "answerKeys": [{"keyid": "harbor-node-1", "publicKey": b64url(public("answers"))}],
            "voprfKeys": [{"kid": "k1", "state": "current", "publicKey": b64url(ELEMENT)}],
            "log": {"origin": log, "vkeys": [verifier(log, "log")]}}
        return {**document, **({"features": features} if features else {}), "members": members}

    def lender(name):
        return {"id": name, "requestKeys": [
            {"keyid": f"{name}-1", "publicKey": b64url(public(name))}]}

    opening = X25519PrivateKey.from_private_bytes(digest(b"opening")).public_key()
    regulator = {
        **lender("watchdog"),
        "openingKeys": [
            {"kid": "o-2026-11", "month": "2026-11", "publicKey": b64url(
                opening.public_bytes_raw())}],
        "denialKey": verifier(f"{CONSORTIUM}/deny/watchdog", "denial")}

    def case(name, members, document):
        text = compact(document)
        fingerprint = digest(b"creditmesh-enrolment-1\0" + text.encode())[:16].hex()
        return {
            "name": name,
            "invitation": {
                "consortium": CONSORTIUM, "node": NODE, "operator": "Harbor (invented)",
                "endpoint": "https://harbor.example:8443", "members": members},
            "document": text,
            "fingerprint": " ".join(fingerprint[i:i + 4] for i in range(0, 32, 4))}

    invited = {"id": "harbor", "legalName": "Harbor (invented)", "role": "lender"}
    trial = {"id": "maple", "legalName": "Maple (invented)", "role": "lender", "status": "trial"}
    watching = {"id": "watchdog", "legalName": "Watchdog (invented)", "role": "regulator",
                "supervises": ["harbor"]}
    return [
        case("one-lender", [invited], keys([lender("harbor")], [])),
        case("two-lenders-with-features", [invited, trial],
             keys([lender("harbor"), lender("maple")], ["reachability"])),
        case("a-regulator", [watching], keys([regulator], [])),
    ]


first = root()
content = {"root": first, "tokens": tokens(first["digest"]), "keys": documents()}
(FOLDER / "enrolment.json").write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n")
