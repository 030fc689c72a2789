"""Who belongs to the consortium: protocol/directory.md, as much of it as an asker needs."""

import dataclasses
import pathlib
import urllib.parse

from receipts import LogKey
from wire import Malformed, member, read_bytes, read_document


@dataclasses.dataclass(frozen=True)
class Node:
    """A server of the consortium."""

    id: str
    endpoint: str
    host: str
    port: int
    active: bool
    kid: str | None
    public_key: bytes | None
    answer_keys: dict[str, bytes]
    log: tuple[LogKey, ...]


@dataclasses.dataclass(frozen=True)
class Member:
    """A business of the consortium."""

    id: str
    node: str
    lender: bool
    status: str


@dataclasses.dataclass(frozen=True)
class Directory:
    """The consortium, its nodes and members, and what its charter says to askers."""

    consortium: str
    purposes: tuple[str, ...]
    name_check_required: bool
    manifest_age_max: int
    book_age_days_max: int
    nodes: tuple[Node, ...]
    members: tuple[Member, ...]

    @classmethod
    def read(cls, path):
        """The directory in a file of the shape protocol/schemas/members.json."""
        file = read_document(pathlib.Path(path).read_bytes())
        charter = member(file, "charter", dict)
        intervals = member(charter, "intervals", dict)
        return cls(
            consortium=member(file, "consortium", str),
            purposes=tuple(member(charter, "purposes", list)),
            name_check_required=member(charter, "nameCheck", str) == "required",
            manifest_age_max=member(intervals, "manifestMaxAgeHardSeconds", int),
            book_age_days_max=member(intervals, "bookMaxAgeDays", int),
            nodes=tuple(map(_node, member(file, "nodes", list))),
            members=tuple(map(_member, member(file, "members", list))))

    def node(self, id):
        """The node of this id."""
        return next(node for node in self.nodes if node.id == id)

    def member_ids(self, node):
        """Every lender that a node serves, whatever its status."""
        return {m.id for m in self.members if m.node == node.id and m.lender}

    def answering(self, node, asker):
        """The lenders of a node that may disclose to this asker: of its status, but not itself."""
        status = next(m.status for m in self.members if m.id == asker)
        return {
            m.id for m in self.members
            if m.node == node.id and m.lender and m.status == status and m.id != asker}

    def asked(self):
        """The nodes that an asking goes to: active, and serving a lender."""
        return [node for node in self.nodes if node.active and self.member_ids(node)]


def _node(entry):
    text = member(entry, "endpoint", str)
    endpoint = urllib.parse.urlsplit(text)
    if endpoint.scheme != "https" or endpoint.path:
        raise Malformed("an endpoint that is no https://host[:port]")
    keys = member(entry, "voprfKeys", list, optional=True) or []
    current = next((key for key in keys if member(key, "state", str) == "current"), None)
    return Node(
        id=member(entry, "id", str), endpoint=text, host=endpoint.hostname, port=endpoint.port or 443,
        active=member(entry, "status", str) == "active",
        kid=current and member(current, "kid", str),
        public_key=current and read_bytes(member(current, "publicKey", str), 32),
        answer_keys={
            member(key, "keyid", str): read_bytes(member(key, "publicKey", str), 32)
            for key in member(entry, "answerKeys", list, optional=True) or []},
        log=tuple(map(LogKey.read, (member(entry, "log", dict, optional=True) or {"vkeys": []})[
            "vkeys"])))


def _member(entry):
    return Member(
        id=member(entry, "id", str), node=member(entry, "node", str),
        lender=member(entry, "role", str) == "lender", status=member(entry, "status", str))
