"""Tokens and name checks: protocol/messages.md, section 4.

The `voprf` package does all group arithmetic, the batched proof of RFC 9497 included. What the
protocol sends as two members, elements and proof, the package wants as one run of bytes:
proof (c || s, 64 bytes), then every element (32 bytes each).
"""

import dataclasses
import hashlib
import hmac

from voprf.ristretto import Client, PublicKey, VerifiableBatchOutput

from wire import Malformed

ELEMENT_BYTES = 32
PROOF_BYTES = 64
IDENTITY = bytes(ELEMENT_BYTES)


@dataclasses.dataclass(frozen=True, repr=False)
class Pseudonym:
    """What a subject is called at one node, and the key of its name check there."""

    token: bytes
    name_key: bytes

    def name_check(self, name):
        """16 bytes that prove the name, which is in normal form, to a node that knows it."""
        return hmac.digest(self.name_key, name.encode("utf-8"), hashlib.sha256)[:16]


def subject_input(consortium, subject):
    """What a VOPRF is evaluated over."""
    parts = ("creditmesh-subject-v1", consortium, subject.scheme, subject.identifier)
    return b"\0".join(part.encode("utf-8") for part in parts)


def pseudonym(output):
    """The two halves of a VOPRF's output."""
    return Pseudonym(token=output[:32], name_key=output[32:])


class Blinding:
    """Some subjects, blinded for one asking of one node, and never again."""

    def __init__(self, inputs):
        blinded = [Client.blind(input) for input in inputs]
        self._clients = [client for client, _ in blinded]
        self.elements = [element.serialize() for _, element in blinded]

    def pseudonyms(self, elements, proof, public_key):
        """The subjects' pseudonyms, if one proof shows all `elements` to be made by the key."""
        if any(len(element) != ELEMENT_BYTES for element in elements) or len(proof) != PROOF_BYTES:
            raise Malformed("elements or proof of another length")
        try:
            answer = VerifiableBatchOutput.deserialize(proof + b"".join(elements))
            outputs = Client.finalize_batch(
                self._clients, answer, PublicKey.deserialize(public_key))
        except BaseException as error:
            if not isinstance(error, ValueError) and not _is_wrong_proof(error):
                raise
            raise Malformed("elements, count, proof or key do not fit together") from error
        return [pseudonym(output) for output in outputs]


def _is_wrong_proof(error):
    """`voprf` 0.2.0 has no error for the wrong proof of a batch: it panics, in a class of its own
    that no module exports, and says so on standard error."""
    return type(error).__name__ == "PanicException" and "ProofVerification" in str(error)
