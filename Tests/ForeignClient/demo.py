"""A consortium that runs on this machine: demo.json of `creditmesh demo --serve --keep`."""

import dataclasses
import json
import pathlib
import urllib.parse

from directory import Directory
from peer import Peer, trust
from signatures import MemberKey
from subjects import Subject


@dataclasses.dataclass(frozen=True, repr=False)
class Expectation:
    """An invented subject, and what the demo says of it."""

    number: int
    subject: Subject
    held_by: frozenset[str]
    purposes: frozenset[str]
    held_back: bool


@dataclasses.dataclass(frozen=True, repr=False)
class LocalAPI:
    """Where a lender's own systems ask their node."""

    host: str
    port: int
    token: str


class Demo:
    """The consortium as its first lender sees it."""

    def __init__(self, path):
        file = json.loads(pathlib.Path(path).read_text("utf-8"))
        own = next(
            node for node in file["nodes"]
            if any(member["role"] == "lender" for member in node["members"]))
        self.directory = Directory.read(file["directoryFile"])
        self.own_node = self.directory.node(own["id"])
        self.asker = next(m["id"] for m in own["members"] if m["role"] == "lender")
        self.expectations = [
            _expectation(number, entry) for number, entry in enumerate(file["subjects"], start=1)]
        self._ca_file = file["caFile"]
        self._keys = {
            m["id"]: MemberKey.read(
                m["signing"]["keyid"], pathlib.Path(m["signing"]["privateKeyFile"]).read_bytes())
            for n in file["nodes"] for m in n["members"]}
        self._certificates = {n["id"]: _pair(n["tls"]) for n in file["nodes"]}
        self._outsider = _pair(file["outsider"])
        self._local_api = own["localApi"]
        self._token_file = next(
            m["tokenFile"] for m in own["members"] if m["id"] == self.asker)

    def peer(self, node):
        """The first lender's connection to a node."""
        return self.peer_as(self.own_node, node, self.asker)

    def peer_as(self, caller, node, member):
        """A connection with the certificate of another node, for a member that it serves."""
        context = trust(self._ca_file, self._certificates[caller.id])
        return Peer(
            node, self.directory.consortium, context, self.key(member), member, caller.id)

    def key(self, member):
        """The key with which a member signs."""
        return self._keys[member]

    def outsider_trust(self):
        """TLS with a certificate of another authority."""
        return trust(self._ca_file, self._outsider)

    def nameless_trust(self):
        """TLS without a certificate."""
        return trust(self._ca_file)

    def own_trust(self):
        """TLS with the first lender's certificate."""
        return trust(self._ca_file, self._certificates[self.own_node.id])

    def other_lender(self):
        """A lender that another node serves, and that node."""
        member = next(m for m in self.directory.members if m.lender and m.node != self.own_node.id)
        return member, self.directory.node(member.node)

    def bystander(self):
        """A node that serves no lender."""
        return next(n for n in self.directory.nodes if not self.directory.member_ids(n))

    def local_api(self):
        """The own node's local API, with the asker's own token."""
        url = urllib.parse.urlsplit(self._local_api["url"])
        token = pathlib.Path(self._token_file).read_text("ascii")
        return LocalAPI(url.hostname, url.port, token)


def _pair(tls):
    return tls["certFile"], tls["keyFile"]


def _expectation(number, entry):
    return Expectation(
        number, Subject.typed(entry["scheme"], entry["id"], entry["name"]),
        frozenset(entry["heldBy"]), frozenset(entry["purposes"]),
        entry["heldBack"])
