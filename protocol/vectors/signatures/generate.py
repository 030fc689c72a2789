#!/usr/bin/env python3
"""Signs the messages of this folder, from the standards and signatures.md alone.

Shares no code with CreditMesh: signatures are PyPI's `http-message-signatures` 3.0.0, keys are
`cryptography`. Everything is the same on every run.
Usage: pip install http-message-signatures==3.0.0 && python3 generate.py
With `--verify FILE` it verifies messages that CreditMesh signed, in the form of signatures.json.
"""

import base64
import datetime
import hashlib
import json
import sys
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from http_message_signatures import HTTPMessageSigner, HTTPMessageVerifier, algorithms
from http_message_signatures.structures import CaseInsensitiveDict

FOLDER = Path(__file__).parent
TAG = "creditmesh-v1"
CREATED = 1793000000
REQUEST = ('"@method"', '"@target-uri"')
CONTENT = ('"content-type"', '"content-digest"')
ANSWER = ('"@status"', *CONTENT, '"@method";req', '"@target-uri";req')
BOUND = '"signature";req;key="sig1"'


class Message:
    def __init__(self, **parts):
        self.__dict__.update(parts)
        self.headers = CaseInsensitiveDict(self.headers)


class Keys:
    """Private keys are SHA-256 of their ids."""

    def resolve_private_key(self, key_id):
        return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(key_id.encode()).digest())

    def resolve_public_key(self, key_id):
        return self.resolve_private_key(key_id).public_key()


def digest(body):
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


def sign(message, components, key_id, **parameters):
    signer = HTTPMessageSigner(signature_algorithm=algorithms.ED25519, key_resolver=Keys())
    arguments = {
        "key_id": key_id, "label": "sig1", "tag": TAG, "covered_component_ids": components,
        "created": datetime.datetime.fromtimestamp(CREATED, datetime.timezone.utc),
        "use_existing_digest": "Content-Digest" in message.headers, **parameters}
    base = signer.prepare(message, **arguments).signature_base
    signer.sign(message, **arguments)
    return base.decode()


def exchange(name, method, target, body, status, answer):
    nonce = base64.urlsafe_b64encode(hashlib.sha256(name.encode()).digest()[:16]).rstrip(b"=")
    request = Message(method=method, url=target, headers={})
    covered = REQUEST
    if method == "POST":
        request.headers["Content-Type"] = "application/json"
        request.headers["Content-Digest"] = digest(body)
        covered += CONTENT
    request_base = sign(
        request, covered, "harbor-1", nonce=nonce.decode(),
        expires=datetime.datetime.fromtimestamp(CREATED + 300, datetime.timezone.utc))
    reply = Message(status_code=status, request=request, headers={
        "Content-Type": "application/json", "Content-Digest": digest(answer)})
    own = ('"content-digest";req',) if method == "POST" else ()
    answer_base = sign(reply, (*ANSWER, *own, BOUND), "lakeside-1")
    return {
        "name": name, "method": method, "targetUri": target, "body": body.decode(),
        "headers": list(map(list, request.headers.items())), "base": request_base,
        "nonce": nonce.decode(), "status": status, "answerBody": answer.decode(),
        "answerHeaders": list(map(list, reply.headers.items())), "answerBase": answer_base}


def verify(path):
    for item in json.loads(Path(path).read_text(encoding="utf-8")):
        request = Message(
            method=item["method"], url=item["targetUri"], headers=dict(item["headers"]))
        answer = Message(
            status_code=item["status"], request=request, headers=dict(item["answerHeaders"]))
        for message, body in ((request, item["body"]), (answer, item["answerBody"])):
            verifier = HTTPMessageVerifier(
                signature_algorithm=algorithms.ED25519, key_resolver=Keys())
            verifier.validate_created_and_expires = lambda *_, **__: None
            verifier.verify(message, expect_tag=TAG, expect_label="sig1", body=body.encode())
        print(item["name"], "verified")


def main():
    if sys.argv[1:2] == ["--verify"]:
        return verify(sys.argv[2])
    exchanges = [
        exchange("evaluation", "POST", "https://lakeside.example:8443/v1/evaluations",
                 b'{"member":"harbor","kid":"k1","elements":[]}', 422,
                 b'{"type":"about:blank","status":422,"code":"batch-size"}'),
        exchange("manifest", "GET", "https://lakeside.example/v1/manifest", b"", 200,
                 b'{"node":"lakeside"}'),
        exchange("raw target", "GET", "https://lakeside.example/v1/a%2fb//c?x=%20&&y", b"", 404,
                 b"{}")]
    text = json.dumps(exchanges, ensure_ascii=False, indent=1)
    (FOLDER / "signatures.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
