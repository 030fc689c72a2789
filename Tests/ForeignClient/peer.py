"""HTTP/1.1 over mutual TLS 1.3 to one node: protocol/messages.md, sections 1 and 2."""

import dataclasses
import http.client
import ssl

import receipts
from signatures import sign, verify
from wire import Malformed, member, read_document, write_document

ANSWER_BYTES_MAX = 8 * 1_024 * 1_024
TIMEOUT_SECONDS = 10
JSON = {"Content-Type": "application/json"}
UNSIGNED = ("/v1/node",)


class WrongIdentity(Exception):
    """The certificate at an endpoint is not that of the node that was dialled."""


class Refused(Exception):
    """A problem document in place of an answer."""

    def __init__(self, status, code):
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code


@dataclasses.dataclass(frozen=True, repr=False)
class Answer:
    """What came back, whole."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    def signed(self):
        """Whether it claims to be signed."""
        return "Signature" in self.headers or "Signature-Input" in self.headers

    def code(self):
        """The code of a problem document, which must be one in every part."""
        if self.headers.get_content_type() != "application/problem+json":
            raise Malformed("a refusal that is no problem document")
        problem = read_document(self.body)
        if problem.get("status", self.status) != self.status:
            raise Malformed("a problem document that names another status")
        return member(problem, "code", str)

    def content(self, media_type):
        """The body of an answer of this type; a refusal otherwise."""
        if self.status != 200:
            raise Refused(self.status, self.code())
        if self.headers.get_content_type() != media_type or "Content-Encoding" in self.headers:
            raise Malformed("an answer of another type")
        if "Date" not in self.headers:
            raise Malformed("an answer without Date")
        return self.body


def trust(ca_file, certificate=None):
    """TLS as the protocol has it; `certificate` is the own one, a pair of certificate and key."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # checks chain, dates and host name
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.verify_flags |= ssl.VERIFY_X509_STRICT
    context.set_alpn_protocols(["http/1.1"])
    context.load_verify_locations(ca_file)
    if certificate:
        context.load_cert_chain(*certificate)
    return context


class Peer:
    """Connections to one node, one after the other, kept alive where the node keeps them.

    With a member's key, requests are signed and answers to them must be, and be proved.
    """

    def __init__(self, node, consortium, context, key=None, member=None, own_node=None):
        self.node = node
        self.key = key
        self.member = member
        self.own_node = own_node
        name = f"spiffe://{consortium}/node/{node.id}"
        self._connection = _CheckedConnection(node.host, node.port, context, name)

    def get(self, path, media_type="application/json", bytes_max=ANSWER_BYTES_MAX):
        """The body of an answer to a GET."""
        if path in UNSIGNED:
            return self.send("GET", path, bytes_max=bytes_max).content(media_type)
        return self.ask("GET", path, bytes_max=bytes_max).content(media_type)

    def post(self, path, document):
        """The document that answers a document."""
        answer = self.ask("POST", path, write_document(document), JSON)
        return read_document(answer.content("application/json"))

    def ask(self, method, path, body=b"", headers=None, bytes_max=ANSWER_BYTES_MAX):
        """One signed request, and the answer that the node signed, if it must have."""
        request = self.sign(method, path, body, headers)
        answer = self.send(method, path, body or None, dict(request.headers), bytes_max)
        if answer.signed() or not path.startswith("/v1/filters/"):
            base = self.verify(answer, request)
            if method == "POST" and answer.status == 200:
                self.prove(answer, request, path, base)
        return answer

    def prove(self, answer, request, path, base):
        """The entry of the node's log that proves an answer; refuses one that nothing proves."""
        return receipts.check(answer, request, receipts.Exchange(
            path=path, asker=self.member, asker_node=self.own_node, answerer=self.node.id,
            log=self.node.log, request_base=request.base, answer_base=base))

    def sign(self, method, path, body=b"", headers=None, **how):
        """A request to this node, signed by the member of this connection unless told otherwise."""
        key = how.pop("key", self.key)
        return sign(key, method, self.node.endpoint + path, headers or {}, body, **how)

    def verify(self, answer, request):
        """What was signed of an answer; refuses one that this node did not sign for this request."""
        return verify(answer, request, self.node.answer_keys)

    def send(self, method, path, body=None, headers=None, bytes_max=ANSWER_BYTES_MAX):
        """One request and whatever answers it."""
        try:
            self._connection.request(method, path, body=body, headers=headers or {})
            response = self._connection.getresponse()
            data = response.read(bytes_max + 1)
        except BaseException:
            self.close()
            raise
        if len(data) > bytes_max:
            self.close()
            raise Malformed("an answer that is too large")
        return Answer(response.status, response.headers, data)

    def close(self):
        """Ends the connection; the next request opens another."""
        self._connection.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class _CheckedConnection(http.client.HTTPSConnection):
    """A connection over which nothing goes before the other side's name is checked."""

    def __init__(self, host, port, context, name):
        super().__init__(host, port, timeout=TIMEOUT_SECONDS, context=context)
        self._name = name

    def connect(self):
        super().connect()
        names = self.sock.getpeercert().get("subjectAltName", ())
        if [value for kind, value in names if kind == "URI"] != [self._name]:
            self.close()
            raise WrongIdentity("another node answers at the endpoint")
