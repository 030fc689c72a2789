"""One lender's asking of one node: protocol/messages.md, sections 4 to 6."""

import dataclasses
import datetime
import hashlib
import secrets

from filters import COUNT_MAX, REMAINDER_BITS, Filter, body_bytes_max
from pseudonyms import Blinding, Pseudonym, subject_input
from wire import (
    Malformed, member, read_bytes, read_digest, read_document, read_time, write_bytes,
    write_digest, write_time)

CLASSES = (None, "normal", "special-mention", "substandard", "doubtful", "loss")
FILTERS_MAX = 64
MEMBERS_MAX = 1_024
SUMMARIES_MAX = 1_024
ACCOUNTS_MAX = 200
CLOCK_SKEW = datetime.timedelta(seconds=60)


@dataclasses.dataclass(frozen=True)
class Manifest:
    """Which filters hold under the current key, and which members' books are too old to tell."""

    filters: tuple[tuple[int, bytes], ...]
    stale: frozenset[str]


@dataclasses.dataclass(frozen=True)
class Found:
    """Somebody discloses: the worst class by member, and who withholds for which code."""

    classes: dict[str, str | None]
    withheld: dict[str, str]


@dataclasses.dataclass(frozen=True)
class NoneHeld:
    """Nothing is held."""


@dataclasses.dataclass(frozen=True)
class RefusedResult:
    """Something is held and nobody discloses, or the asker's consent does not do."""

    code: str


class Asking:
    """What one member asks one node over one connection."""

    def __init__(self, directory, asker, peer):
        self.directory = directory
        self.asker = asker
        self.peer = peer
        self.node = peer.node

    def pseudonyms(self, subjects):
        """What the node calls these subjects; it learns nothing of them."""
        blinding = Blinding([subject_input(self.directory.consortium, s) for s in subjects])
        answer = self.peer.post("/v1/evaluations", {
            "member": self.asker, "kid": self.node.kid,
            "elements": [write_bytes(element) for element in blinding.elements],
            "sealed": write_bytes(unsealed())})
        self._check_kid(answer)
        elements = [read_bytes(e, 32) for e in member(answer, "elements", list)]
        if len(elements) != len(subjects):
            raise Malformed("another count of elements")
        proof = read_bytes(member(answer, "proof", str), 64)
        return blinding.pseudonyms(elements, proof, self.node.public_key)

    def manifest(self, now):
        """The manifest, if it is this node's and fresh."""
        answer = read_document(self.peer.get("/v1/manifest"))
        as_of = read_time(member(answer, "asOf", str))
        if member(answer, "node", str) != self.node.id:
            raise Malformed("the manifest of another node")
        oldest = now - datetime.timedelta(seconds=self.directory.manifest_age_max)
        if not oldest <= as_of <= now + CLOCK_SKEW:
            raise Malformed("a manifest of another time")
        listed = _at_most(FILTERS_MAX, member(answer, "filters", list))
        filters = tuple(_filter_entry(f) for f in listed if member(f, "kid", str) == self.node.kid)
        if not filters:
            raise Malformed("no filter for the current key")
        return Manifest(filters, self._stale(answer, now))

    def filter(self, count, digest):
        """A filter, compared with its entry in the manifest before it is decoded."""
        body = self.peer.get(
            f"/v1/filters/{digest.hex()}", media_type="application/vnd.creditmesh.filter",
            bytes_max=body_bytes_max(count))
        if hashlib.sha256(body).digest() != digest:
            raise Malformed("a filter of another digest")
        return Filter(body, count)

    def query(self, purpose, queries):
        """What is held, for one purpose: a result for each of the queries, in their order."""
        answer = self.peer.post("/v1/queries", {
            "member": self.asker, "kid": self.node.kid, "purpose": purpose, "queries": queries})
        self._check_kid(answer)
        read_time(member(answer, "asOf", str))
        results = member(answer, "results", list)
        if len(results) != len(queries):
            raise Malformed("another count of results")
        return [self._result(result) for result in results]

    def _check_kid(self, answer):
        if member(answer, "kid", str) != self.node.kid:
            raise Malformed("an answer under another key")

    def _stale(self, manifest, now):
        books = [
            (member(b, "member", str), member(b, "bookAsOf", str, optional=True))
            for b in _at_most(MEMBERS_MAX, member(manifest, "members", list))]
        named = {id for id, _ in books}
        if len(named) != len(books) or not named <= self.directory.member_ids(self.node):
            raise Malformed("a member twice, or one of another node")
        oldest = now - datetime.timedelta(days=self.directory.book_age_days_max + 1)
        fresh = {id for id, as_of in books if as_of and read_time(as_of) >= oldest}
        return frozenset(self.directory.answering(self.node, self.asker) - fresh)

    def _result(self, result):
        outcome = member(result, "outcome", str)
        if outcome == "none":
            return NoneHeld()
        if outcome == "refused":
            return RefusedResult(member(result, "code", str))
        if outcome != "found":
            raise Malformed("an outcome that is not known")
        if member(result, "partial", bool):
            raise Malformed("members that did not answer")
        return self._found(result)

    def _found(self, result):
        summaries = _at_most(SUMMARIES_MAX, member(result, "summaries", list))
        withheld = member(result, "withheld", list, optional=True) or []
        named = [member(entry, "member", str) for entry in summaries + withheld]
        if not summaries or len(set(named)) != len(named):
            raise Malformed("nobody discloses, or a member is named twice")
        if not set(named) <= self.directory.answering(self.node, self.asker):
            raise Malformed("a member that cannot answer here")
        return Found(
            classes={member(s, "member", str): _worst_class(s) for s in summaries},
            withheld={member(w, "member", str): member(w, "code", str) for w in withheld})


def unsealed():
    """What stands for `sealed`: this client keeps no evidence, and so makes no boxes, for which a
    regulator that opens its askings would blame it."""
    return secrets.token_bytes(32)


def query(pseudonym, name, consent):
    """One query about a subject, whose name is in normal form; None leaves the check out."""
    check = {"nameCheck": write_bytes(pseudonym.name_check(name))} if name else {}
    return {"token": write_bytes(pseudonym.token), **check, "consent": consent}


def unheld():
    """A pseudonym that is nobody's."""
    return Pseudonym(secrets.token_bytes(32), secrets.token_bytes(32))


def consent(purposes, granted, expires):
    """The asker's own consent, with an invented form as its evidence."""
    evidence = secrets.token_bytes(32) + b"an invented signature"
    return {
        "basis": "consent", "purposes": list(purposes),
        "reference": write_bytes(secrets.token_bytes(16)),
        "grantedAt": write_time(granted), "expiresAt": write_time(expires),
        "evidenceDigest": write_digest(hashlib.sha256(evidence).digest())}


def _filter_entry(entry):
    count = member(entry, "n", int)
    if not 0 <= count <= COUNT_MAX or member(entry, "p", int) != REMAINDER_BITS:
        raise Malformed("a filter of another kind")
    read_time(member(entry, "generated", str))
    return count, read_digest(member(entry, "digest", str))


def _worst_class(summary):
    classes = [
        member(account, "class", str)
        for account in _at_most(ACCOUNTS_MAX, member(summary, "accounts", list))]
    worst = member(summary, "worstClass", str, optional=True)
    if not set(classes) <= set(CLASSES) or worst != max(classes, key=CLASSES.index, default=None):
        raise Malformed("a worst class that is not the worst")
    return worst


def _at_most(count, items):
    if len(items) > count:
        raise Malformed("a list that is too long")
    return items
