"""Receipts: the proof that an exchange stands in the answerer's log (protocol/log.md)."""

import base64
import binascii
import dataclasses
import hashlib
import json

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from wire import Malformed, member, read_bytes, read_document, write_bytes

FIELD = "Creditmesh-Receipt"
FIELD_BYTES_MAX = 8 * 1_024
HASHES_MAX = 53
TYPES = {"/v1/evaluations": "evaluation-answered", "/v1/queries": "query-answered"}


@dataclasses.dataclass(frozen=True)
class LogKey:
    """The key that signs a node's checkpoints."""

    name: str
    id: bytes
    public: bytes

    @classmethod
    def read(cls, vkey):
        """A verifier key of a signed note, of type Ed25519."""
        name, digits, encoded = vkey.split("+", 2)
        data = base64.b64decode(encoded, validate=True)
        id = hashlib.sha256(name.encode() + b"\n" + data).digest()[:4]
        if data[:1] != b"\x01" or len(data) != 33 or id.hex() != digits:
            raise Malformed("no verifier key of a log")
        return cls(name, id, data[1:])


def check(answer, request, exchange):
    """Refuses an answer whose receipt does not prove this exchange."""
    field = answer.headers.get_all(FIELD, [])
    if len(field) != 1 or len(field[0]) > FIELD_BYTES_MAX:
        raise Malformed("no receipt, or more than one")
    entry, index, proof, note = _parts(_decode(field[0]))
    _check_entry(entry, request, exchange, answer)
    size, root = _checkpoint(note, exchange.log)
    if _root(hashlib.sha256(b"\0" + entry).digest(), index, size, proof) != root:
        raise Malformed("an entry that does not stand in the log")
    return read_document(entry)


@dataclasses.dataclass(frozen=True)
class Exchange:
    """Who asked whom for what, as far as an entry says it."""

    path: str
    asker: str
    asker_node: str
    answerer: str
    log: tuple[LogKey, ...]
    request_base: bytes
    answer_base: bytes


def _check_entry(entry, request, exchange, answer):
    said = read_document(entry)
    body = json.loads(request.body)
    wanted = {
        "v": 1, "type": TYPES[exchange.path], "node": exchange.answerer,
        "peer": exchange.asker_node, "peerMember": exchange.asker, "kid": body["kid"],
        "count": len(body.get("elements") or body.get("queries")),
        "request": write_bytes(hashlib.sha256(exchange.request_base).digest()),
        "response": write_bytes(hashlib.sha256(exchange.answer_base).digest())}
    if exchange.path == "/v1/queries":
        wanted["purpose"] = body["purpose"]
    if {name: said.get(name) for name in wanted} != wanted or "member" in said:
        raise Malformed("a receipt of another exchange")
    read_bytes(member(said, "itemsRoot", str), 32)
    if answer.status != 200:
        raise Malformed("a receipt of a refusal")


def _decode(text):
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error as error:
        raise Malformed("a receipt that is no base64url") from error
    if write_bytes(data) != text:
        raise Malformed("a receipt in another spelling")
    return data


def _parts(data):
    """Entry, index, hashes and checkpoint of a tlog-proof."""
    head, _, note = data.partition(b"\n\n")
    lines = head.decode("ascii").split("\n")
    if lines[0] != "c2sp.org/tlog-proof@v1" or not lines[1].startswith("extra "):
        raise Malformed("no tlog-proof with an entry")
    if not lines[2].startswith("index ") or len(lines) > 3 + HASHES_MAX:
        raise Malformed("no index, or too many hashes")
    entry = base64.b64decode(lines[1][6:], validate=True)
    proof = [base64.b64decode(line, validate=True) for line in lines[3:]]
    return entry, int(lines[2][6:]), proof, note


def _checkpoint(note, keys):
    """Size and root of a checkpoint that one of the log's keys signed."""
    text, _, signatures = note.rpartition(b"\n\n")
    text += b"\n"
    origin, size, root, _ = text.decode("utf-8").split("\n", 3)
    for line in signatures.decode("utf-8").splitlines():
        dash, name, encoded = line.split(" ")
        data = base64.b64decode(encoded, validate=True)
        for key in keys:
            if (dash, name, data[:4], origin) == ("\u2014", key.name, key.id, key.name):
                try:
                    Ed25519PublicKey.from_public_bytes(key.public).verify(data[4:], text)
                except InvalidSignature as error:
                    raise Malformed("a checkpoint that the log did not sign") from error
                return int(size), base64.b64decode(root, validate=True)
    raise Malformed("a checkpoint without the log's signature")


def _root(leaf, index, size, proof):
    """The root that an inclusion proof leads to: RFC 9162, section 2.1.3.2."""
    if not 0 <= index < size:
        raise Malformed("an index beyond the log")
    node, last, root = index, size - 1, leaf
    for hash in proof:
        if last == 0:
            raise Malformed("a proof that is too long")
        if node & 1 or node == last:
            root = hashlib.sha256(b"\x01" + hash + root).digest()
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            root = hashlib.sha256(b"\x01" + root + hash).digest()
        node, last = node >> 1, last >> 1
    if last:
        raise Malformed("a proof that is too short")
    return root
