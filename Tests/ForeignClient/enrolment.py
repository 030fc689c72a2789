"""Tokens and fingerprints of protocol/enrolment.md, as far as somebody needs them who enrols by hand."""

import base64
import dataclasses
import hashlib
import re

import wire

PREFIX = "creditmesh-invitation-1."
TOKEN_BYTES_MAX = 4_096

_ID = re.compile(r"[a-z0-9-]{3,40}", re.ASCII)
_CONSORTIUM = re.compile(r"[a-z0-9.-]{3,60}", re.ASCII)
_ENDPOINT = re.compile(r"https://[a-z0-9.-]+(:(?!443$)[1-9][0-9]{0,4})?", re.ASCII)
_MEMBERS = ("consortium", "node", "authority", "root", "certificate", "secret")


@dataclasses.dataclass(frozen=True)
class Token:
    """What a new node is given. Its secret stands in no text."""

    consortium: str
    node: str
    authority: str
    root: bytes
    certificate: bytes
    secret: bytes = dataclasses.field(repr=False)

    @property
    def authorization(self):
        """HTTP Basic: the node's id and the secret in base64url."""
        pair = f"{self.node}:{wire.write_bytes(self.secret)}"
        return "Basic " + base64.b64encode(pair.encode()).decode()


def read_token(text):
    """A token; white space around it does not count."""
    text = text.strip()
    if len(text.encode()) > TOKEN_BYTES_MAX or not text.startswith(PREFIX):
        raise wire.Malformed("no token of this version")
    encoded = text[len(PREFIX):]
    document = wire.read_document(wire.read_bytes(encoded, len(encoded) * 3 // 4))
    if type(document) is not dict or set(document) != set(_MEMBERS):
        raise wire.Malformed("not the members of a token")
    values = [wire.member(document, name, str) for name in _MEMBERS]
    for pattern, value in zip((_CONSORTIUM, _ID, _ENDPOINT), values):
        if not pattern.fullmatch(value):
            raise wire.Malformed("a name or an endpoint is none")
    return Token(*values[:3], *(wire.read_bytes(value, 32) for value in values[3:]))


def fingerprint(document):
    """What people compare of a document of keys, which is in the order of its page."""
    data = b"creditmesh-enrolment-1\0" + wire.write_document(document)
    digits = hashlib.sha256(data).digest()[:16].hex()
    return " ".join(digits[i:i + 4] for i in range(0, 32, 4))
