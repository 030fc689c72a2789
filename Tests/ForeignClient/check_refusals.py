"""Requests that a node must refuse, each with its status and code: protocol/errors.md."""

import dataclasses
import datetime
import secrets

from asking import consent, query, unheld, unsealed
from peer import JSON
from pseudonyms import IDENTITY, Blinding
from wire import Malformed, write_bytes, write_document

EVALUATIONS = "/v1/evaluations"
QUERIES = "/v1/queries"
REQUEST_BYTES_MAX = 256 * 1_024
ELEMENTS_MAX = 1_024
QUERIES_MAX = 256
# What a wrong request holds here, and no answer may repeat.
VALUES = (b"none-such", b"nobody-at-all", b"colour", b"blue", b"curiosity", b"rumour")


@dataclasses.dataclass(frozen=True, repr=False)
class Case:
    """A request, and the status and code that answer it; 200 for one that must pass."""

    what: str
    status: int
    code: str | None
    body: bytes | None = None
    path: str = EVALUATIONS
    method: str = "POST"
    headers: dict[str, str] = dataclasses.field(default_factory=lambda: JSON)
    allow: str | None = None
    signed: bool = True  # the answer, since the request's signature had verified


def check(demo, tally):
    """All cases over one connection, which the node keeps or ends as it likes."""
    member, node = demo.other_lender()
    requests = Requests(demo.asker, node.kid, foreign=member.id)
    cases = (
        _evaluations(requests) + _encodings(requests) + _json(requests) + _queries(requests)
        + _paths())
    with demo.peer(node) as peer:
        for case in cases:
            _check(case, peer, tally)
    _check_bystander(demo, node, tally)


def _check(case, peer, tally):
    content = case.body if isinstance(case.body, bytes) else b""
    method = "POST" if case.method == "POST" else "GET"
    request = peer.sign(method, case.path, content if method == "POST" else b"", case.headers)
    answer = peer.send(case.method, case.path, case.body, dict(request.headers))
    tally.equal(f"{case.what}: signed", answer.signed(), case.signed)
    if answer.signed():
        peer.verify(answer, request)
    try:
        code = None if answer.status == 200 else answer.code()
    except Malformed as error:
        code = f"malformed: {error}"
    tally.equal(
        case.what,
        (answer.status, code, answer.headers["Allow"], "Date" in answer.headers),
        (case.status, case.code, case.allow, True))
    repeated = [v for v in VALUES if v in answer.body]
    tally.equal(f"{case.what}: values repeated", repeated, [])


class Requests:
    """Requests that are right but for what a case changes."""

    def __init__(self, member, kid, foreign):
        self.member = member
        self.kid = kid
        self.foreign = foreign
        self.element = write_bytes(Blinding([b"nobody"]).elements[0])
        now = datetime.datetime.now(datetime.timezone.utc)
        self.day = datetime.timedelta(days=1)
        self.consent = consent(["loan-approval"], now - self.day, now + self.day)
        self.query = query(unheld(), "NOBODY", self.consent)

    def evaluation(self, **changes):
        """An evaluation of one element; a member of value None is written as null."""
        document = {
            "member": self.member, "kid": self.kid, "elements": [self.element],
            "sealed": write_bytes(unsealed())}
        return write_document(document | changes)

    def queries(self, **changes):
        """One query."""
        document = {
            "member": self.member, "kid": self.kid, "purpose": "loan-approval",
            "queries": [self.query]}
        return write_document(document | changes)

    def query_with(self, **changes):
        """One query, of which something is changed."""
        return self.queries(queries=[self.query | changes])

    def consent_with(self, **changes):
        """One query, of whose consent something is changed."""
        return self.query_with(consent=self.consent | changes)


def _evaluations(requests):
    identity = write_bytes(IDENTITY)
    spare = requests.element[:-1] + chr(ord(requests.element[-1]) + 1)
    wanted = [
        ("a right evaluation", 200, None, {}),
        ("a key that is not there", 404, "unknown-kid", {"kid": "none-such"}),
        ("the identity element", 422, "invalid-element", {"elements": [identity]}),
        ("the identity as second", 422, "invalid-element",
         {"elements": [requests.element, identity]}),
        ("no canonical element", 422, "invalid-element",
         {"elements": [write_bytes(b"\xff" * 32)]}),
        ("no element", 422, "batch-size", {"elements": []}),
        ("the largest batch", 200, None, {"elements": [requests.element] * ELEMENTS_MAX}),
        ("too many elements", 422, "batch-size",
         {"elements": [requests.element] * (ELEMENTS_MAX + 1)}),
        ("an element of 31 bytes", 422, "invalid-element",
         {"elements": [write_bytes(bytes(31))]}),
        ("an element with padding", 422, "invalid-element",
         {"elements": [requests.element + "="]}),
        ("an element with spare bits", 422, "invalid-element", {"elements": [spare]}),
        ("elements that are no list", 400, "bad-request", {"elements": requests.element}),
        ("an unknown member", 400, "bad-request", {"colour": "blue"}),
        ("a member that is null", 400, "bad-request", {"kid": None}),
        ("no digest of boxes", 400, "bad-request", {"sealed": None}),
        ("a digest of boxes of 31 bytes", 400, "bad-request", {"sealed": write_bytes(bytes(31))}),
        ("a wrong key before no digest of boxes", 404, "unknown-kid",
         {"kid": "none-such", "sealed": None}),
        ("a foreign member", 403, "unknown-member", {"member": requests.foreign}),
        ("nobody's member", 403, "unknown-member", {"member": "nobody-at-all"}),
        ("a foreign member before a wrong key", 403, "unknown-member",
         {"member": requests.foreign, "kid": "none-such", "elements": []}),
        ("a wrong key before a batch's size", 404, "unknown-kid",
         {"kid": "none-such", "elements": []}),
        ("a batch's size before its items", 422, "batch-size",
         {"elements": [identity] * (ELEMENTS_MAX + 1)}),
    ]
    return [
        Case(what, status, code, requests.evaluation(**changes))
        for what, status, code, changes in wanted]


def _encodings(requests):
    body = requests.evaluation()
    exact = body.ljust(REQUEST_BYTES_MAX)  # white space behind a document is allowed
    large = exact + b" "
    typed = [
        ("text", 415, "media-type", {"Content-Type": "text/plain"}),
        ("the type with charset", 200, None, {"Content-Type": "application/json;charset=utf-8"}),
        ("the type with a space", 415, "media-type",
         {"Content-Type": "application/json; charset=utf-8"}),
        ("a coding", 415, "media-type", JSON | {"Content-Encoding": "gzip"}),
    ]
    return [Case(what, status, code, body, headers=h) for what, status, code, h in typed] + [
        Case("no type", 401, "signature-invalid", body, headers={}, signed=False),
        Case("the largest body", 200, None, exact),
        Case("too large a body", 413, "too-large", large, signed=False),
        Case(
            "too large a body, undeclared", 413, "too-large", iter((large[:100], large[100:])),
            signed=False),
    ]


def _json(requests):
    body = requests.evaluation()
    kid = f'"kid":"{requests.kid}"'.encode()

    def beside(text):
        """A right request with one more text before its kid."""
        return body.replace(kid, text + b"," + kid)

    malformed = [
        ("a member twice", beside(kid)),
        ("a member twice, once escaped", beside(kid.replace(b"k", b"\\u006b", 1))),
        ("two documents", body + body),
        ("half a document", body[:-1]),
        ("no document", b""),
        ("not UTF-8", beside(b'"x":"\xff"')),
        ("half a surrogate pair", beside(b'"x":"\\ud800"')),
        ("a leading zero", beside(b'"x":01')),
        ("a large integer", beside(b'"x":9007199254740992')),
        ("a long string", beside(b'"x":"' + b"x" * 4_097 + b'"')),
        ("deep nesting", beside(b'"x":' + b"[" * 16 + b"]" * 16)),
        ("very deep nesting", b"[" * 100_000),
        ("many members", beside(b",".join(b'"%d":0' % i for i in range(61)))),
    ]
    unknown = [
        ("nesting as deep as may be", beside(b'"x":' + b"[" * 15 + b"]" * 15)),
        ("the longest string", beside(b'"x":"' + b"x" * 4_096 + b'"')),
        ("as many members as may be", beside(b",".join(b'"%d":0' % i for i in range(60)))),
        ("the largest integer", beside(b'"x":9007199254740991')),
        ("no object", b"[]"),
    ]
    return [Case(what, 400, "malformed-json", text) for what, text in malformed] + [
        Case(what, 400, "bad-request", text) for what, text in unknown]


def _queries(requests):
    granted = requests.consent["grantedAt"]
    wanted = [
        ("a right query", 200, None, requests.queries()),
        ("no query", 422, "batch-size", requests.queries(queries=[])),
        ("too many queries", 422, "batch-size",
         requests.queries(queries=[{}] * (QUERIES_MAX + 1))),
        ("a query under no key", 404, "unknown-kid", requests.queries(kid="none-such")),
        ("a query of a foreign member", 403, "unknown-member",
         requests.queries(member=requests.foreign)),
        ("a purpose of no charter", 422, "invalid-purpose", requests.queries(purpose="curiosity")),
        ("a token of 31 bytes", 400, "bad-request",
         requests.query_with(token=write_bytes(secrets.token_bytes(31)))),
        ("a name check of 15 bytes", 400, "bad-request",
         requests.query_with(nameCheck=write_bytes(secrets.token_bytes(15)))),
        ("an unknown member of a query", 400, "bad-request", requests.query_with(colour="blue")),
        ("no consent", 422, "invalid-consent", requests.query_with(consent=None)),
        ("a consent without purpose", 422, "invalid-consent", requests.consent_with(purposes=[])),
        ("a purpose twice in a consent", 422, "invalid-consent",
         requests.consent_with(purposes=["self", "self"])),
        ("a consent that never ends", 422, "invalid-consent",
         requests.consent_with(expiresAt=None)),
        ("a consent that ends as it begins", 422, "invalid-consent",
         requests.consent_with(expiresAt=granted)),
        ("a consent of no known basis", 422, "invalid-consent",
         requests.consent_with(basis="rumour")),
        ("a consent with an unknown member", 422, "invalid-consent",
         requests.consent_with(colour="blue")),
        ("a consent without evidence", 422, "invalid-consent",
         requests.consent_with(evidenceDigest=None)),
    ]
    return [Case(what, status, code, body, QUERIES) for what, status, code, body in wanted]


def _paths():
    absent = [
        "/", "/v1", "/v2/node", "/v1/node/", "/v1/node?x=1", "/v1/Node", "/v1/no%64e", "//v1/node",
        "/v1/filters/" + "F" * 64, "/v1/filters/x"]
    return [
        Case(f"GET {path}", 404, "not-found", path=path, method="GET", headers={}, signed=False)
        for path in absent
    ] + [
        Case(
            "a filter that nobody made", 404, "not-found", path="/v1/filters/" + "0" * 64,
            method="GET", headers={}),
        Case("GET evaluations", 405, "method", method="GET", headers={}, allow="POST",
             signed=False),
        Case("DELETE queries", 405, "method", None, QUERIES, "DELETE", {}, "POST", signed=False),
        Case("POST manifest", 405, "method", b"{}", "/v1/manifest", "POST", JSON, "GET",
             signed=False),
        Case("GET node, after all this", 200, None, None, "/v1/node", "GET", {}, signed=False),
    ]


def _check_bystander(demo, node, tally):
    """A node that serves no lender may see what a node is, and nothing more."""
    bystander = demo.bystander()
    regulator = next(m.id for m in demo.directory.members if m.node == bystander.id)
    with demo.peer_as(bystander, node, regulator) as peer:
        requests = Requests(demo.asker, node.kid, foreign=demo.asker)
        for case in (
                Case("a regulator's GET node", 200, None, None, "/v1/node", "GET", {},
                     signed=False),
                Case("a regulator's GET manifest", 403, "role", None, "/v1/manifest", "GET", {}),
                Case("a regulator's evaluation", 403, "role",
                     requests.evaluation(member=regulator)),
                Case("a lender's name from a regulator", 403, "role", requests.evaluation())):
            _check(case, peer, tally)
