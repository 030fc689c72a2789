"""Signatures that a node must refuse, and those that it must make: protocol/signatures.md."""

import datetime

from check_refusals import EVALUATIONS, Requests
from peer import JSON
from receipts import FIELD
from wire import Malformed

SECOND = datetime.timedelta(seconds=1)


def check(demo, tally):
    """Requests to a node of another lender, each wrong in one way."""
    member, node = demo.other_lender()
    body = Requests(demo.asker, node.kid, foreign=member.id).evaluation()
    with demo.peer(node) as peer:
        for what, code, request in _unproved(demo, member, peer, body):
            answer = peer.send("POST", EVALUATIONS, body, request)
            tally.equal(what, (answer.status, answer.code()), (401, code))
            tally.equal(f"{what}: signed", answer.signed(), False)
        _check_times(peer, body, tally)
        _check_content(peer, body, tally)
        _check_answer(peer, body, tally)
        _check_replay(peer, body, tally)
        _check_receipt(peer, body, tally)


def _unproved(demo, member, peer, body):
    """What, code and header fields of requests of which nobody knows who sent them."""
    def signed(**how):
        return dict(peer.sign("POST", EVALUATIONS, body, JSON, **how).headers)

    def changed(name, old, new):
        fields = signed()
        if old not in fields[name]:
            raise Malformed(f"no {old} to change")
        return fields | {name: fields[name].replace(old, new, 1)}

    invalid = {
        "another member's key": signed(key=demo.key(member.id)),
        "the own key by another name": signed(key_id="nobody-1"),
        "another tag": changed("Signature-Input", "creditmesh-v1", "creditmesh-v2"),
        "another type": signed() | {"Content-Type": "application/json;charset=utf-8"},
        "another digest": signed() | {
            "Content-Digest": "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:"},
        "two digests": changed("Content-Digest", "sha-256", "sha-512=:AAAA:, sha-256"),
        "a field that is not covered": changed("Signature-Input", ' "content-digest"', ""),
        "the label twice": changed("Signature-Input", "sig1=", 'sig1=("@method"), sig1='),
        "a life of 301 s": signed(life=301 * SECOND),
        "a short nonce": signed(nonce="AAAA"),
    }
    return [("no signature", "signature-missing", JSON)] + [
        (what, "signature-invalid", fields) for what, fields in invalid.items()]


def _check_times(peer, body, tally):
    """Clocks may differ by 60 s; who is told so learns the node's time from a signed answer."""
    now = datetime.datetime.now(datetime.timezone.utc)
    cases = [
        ("a request of later", now + 90 * SECOND, 300, (401, "clock-skew")),
        ("a request of soon", now + 30 * SECOND, 300, (200, None)),
        ("a request that has ended", now - 90 * SECOND, 10, (401, "signature-expired")),
        ("a request that has just ended", now - 30 * SECOND, 10, (200, None))]
    for what, created, life, wanted in cases:
        request = peer.sign(
            "POST", EVALUATIONS, body, JSON, created=created, life=life * SECOND)
        answer = peer.send("POST", EVALUATIONS, body, dict(request.headers))
        peer.verify(answer, request)
        tally.equal(what, (answer.status, None if answer.status == 200 else answer.code()), wanted)


def _check_content(peer, body, tally):
    """Another body under a right signature: refused, and signed."""
    request = peer.sign("POST", EVALUATIONS, body, JSON)
    answer = peer.send("POST", EVALUATIONS, body + b" ", dict(request.headers))
    peer.verify(answer, request)
    tally.equal("another body", (answer.status, answer.code()), (400, "digest-mismatch"))


def _check_answer(peer, body, tally):
    """An answer is bound to its request: under another one its signature does not hold."""
    request = peer.sign("POST", EVALUATIONS, body, JSON)
    answer = peer.send("POST", EVALUATIONS, body, dict(request.headers))
    peer.verify(answer, request)
    other = peer.sign("POST", EVALUATIONS, body, JSON)
    tally.raises("an answer to another request", Malformed, lambda: peer.verify(answer, other))


def _check_replay(peer, body, tally):
    """The same request again: refused and signed, and there is no proof of what was not answered."""
    for method, path, content, headers in (
            ("POST", EVALUATIONS, body, JSON), ("GET", "/v1/manifest", b"", {})):
        request = peer.sign(method, path, content, headers)
        first = peer.send(method, path, content or None, dict(request.headers))
        tally.equal(f"{method}, once", first.status, 200)
        again = peer.send(method, path, content or None, dict(request.headers))
        peer.verify(again, request)
        tally.equal(
            f"{method}, twice", (again.status, again.code()), (401, "nonce-replayed"))
        tally.equal(f"{method}, twice: receipt", again.headers[FIELD], None)


def _check_receipt(peer, body, tally):
    """The entry of an answer, and that it proves no other."""
    request = peer.sign("POST", EVALUATIONS, body, JSON)
    answer = peer.send("POST", EVALUATIONS, body, dict(request.headers))
    base = peer.verify(answer, request)
    entry = peer.prove(answer, request, EVALUATIONS, base)
    tally.equal("the entry's outcome counts", entry.get("outcomes"), None)
    other = peer.sign("POST", EVALUATIONS, body, JSON)
    tally.raises(
        "a receipt of another request", Malformed,
        lambda: peer.prove(answer, other, EVALUATIONS, base))
    tally.raises(
        "a receipt of another answer", Malformed,
        lambda: peer.prove(answer, request, EVALUATIONS, base + b" "))
