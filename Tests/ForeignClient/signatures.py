"""Signed requests and answers: protocol/signatures.md, by PyPI's http-message-signatures."""

import base64
import dataclasses
import datetime
import hashlib
import secrets

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from http_message_signatures import HTTPMessageSigner, HTTPMessageVerifier, algorithms
from http_message_signatures.exceptions import HTTPMessageSignaturesException
from http_message_signatures.resolvers import MappingKeyResolver
from http_message_signatures.structures import CaseInsensitiveDict

from wire import Malformed, write_bytes

TAG = "creditmesh-v1"
LABEL = "sig1"
LIFE = datetime.timedelta(seconds=300)
REQUEST = ('"@method"', '"@target-uri"')
CONTENT = ('"content-type"', '"content-digest"')
ANSWER = (
    '"@status"', *CONTENT, '"@method";req', '"@target-uri";req', '"signature";req;key="sig1"')


@dataclasses.dataclass(frozen=True, repr=False)
class MemberKey:
    """The key with which a member signs its requests."""

    id: str
    private: Ed25519PrivateKey

    @classmethod
    def read(cls, id, data):
        """A key from the 32 bytes of its private half."""
        return cls(id, Ed25519PrivateKey.from_private_bytes(data))


class SignedRequest:
    """A request with its signature: what an answer is bound to."""

    def __init__(self, method, url, headers, body):
        self.method = method
        self.url = url
        self.headers = CaseInsensitiveDict(headers)
        self.body = body
        self.base = None  # what is signed; its digest names the request in logs


class _SignedAnswer:
    """An answer as the library wants it."""

    def __init__(self, status, headers, request):
        self.status_code = status
        self.headers = CaseInsensitiveDict(headers)
        self.request = request


def sign(key, method, url, headers, body, *, created=None, life=LIFE, nonce=None, key_id=None):
    """A request signed now, or as a check wants it; a GET has no body."""
    request = SignedRequest(method, url, headers, body)
    components = REQUEST
    if method == "POST":
        request.headers["Content-Digest"] = content_digest(body)
        # What is not there cannot be covered; a node refuses that, as it must.
        components += CONTENT if "Content-Type" in request.headers else CONTENT[1:]
    created = created or datetime.datetime.now(datetime.timezone.utc)
    id = key_id or key.id
    signer = HTTPMessageSigner(signature_algorithm=algorithms.ED25519)
    prepared = signer.prepare(
        request, key_id=id, label=LABEL, tag=TAG, created=created, expires=created + life,
        nonce=nonce or write_bytes(secrets.token_bytes(16)), covered_component_ids=components,
        use_existing_digest=method == "POST")
    request.base = prepared.signature_base
    signer.apply(request, prepared, key.private.sign(request.base))
    return request


def verify(answer, request, keys):
    """What was signed of an answer; refuses one that none of the node's keys signed for this request
    and this content."""
    message = _SignedAnswer(answer.status, answer.headers.items(), request)
    verifier = HTTPMessageVerifier(
        signature_algorithm=algorithms.ED25519,
        key_resolver=MappingKeyResolver(
            public_keys={
                id: Ed25519PublicKey.from_public_bytes(data) for id, data in keys.items()},
            private_keys={}))
    own = ('"content-digest";req',) if request.method == "POST" else ()
    try:
        result, = verifier.verify(
            message, max_age=None, expect_tag=TAG, expect_label=LABEL, body=answer.body,
            require_components=(*ANSWER, *own))
    except HTTPMessageSignaturesException as error:
        raise Malformed("an answer that the node did not sign") from error
    lines = [f"{name}: {value}" for name, value in result.covered_components.items()]
    return "\n".join(lines).encode("ascii")


def content_digest(body):
    """The one spelling of the digest of a body."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode('ascii')}:"
