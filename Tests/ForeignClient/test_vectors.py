"""The client's own parts against protocol/vectors and against bad input. Needs no node.

    python3 -m unittest test_vectors
"""

import hashlib
import json
import pathlib
import unittest

from tuf.api.metadata import Metadata, Root
from voprf.ristretto import BlindedInput, Client, Evaluator

import enrolment
import wire
from filters import Filter, scaled
from pseudonyms import IDENTITY, Blinding, pseudonym, subject_input
from subjects import InvalidSubject, Subject, normal_identifier, normal_name

VECTORS = pathlib.Path(__file__).resolve().parents[2] / "protocol" / "vectors"


def vectors(name, folder="pseudonym"):
    """A file of vectors."""
    return json.loads((VECTORS / folder / name).read_text("utf-8"))


class SubjectVectors(unittest.TestCase):

    def test_identifiers(self):
        for case in vectors("identifiers.json")["valid"]:
            with self.subTest(case["raw"]):
                self.assertEqual(normal_identifier(case["scheme"], case["raw"]), case["normal"])

    def test_invalid_identifiers(self):
        for scheme, typed in [
                ("cn-rid", "999999199012310020"), ("cn-rid", "999999199012310202"),
                ("cn-rid", "999999190002290012"), ("cn-rid", "99999919901231002"), ("cn-rid", ""),
                ("cn-uscc", "91999999MA0TE5T080"), ("cn-uscc", "91999999MA0TE5T80K"),
                ("cn-uscc", "91999999MAOTE5T08K"), ("lei", "ZZZZ00NODETEST000173"),
                ("lei", "ZZZZ00LENDERTEST0276"), ("none-such", "1")]:
            with self.subTest(typed), self.assertRaises(InvalidSubject):
                normal_identifier(scheme, typed)

    def test_names(self):
        for case in vectors("outputs.json")["subjects"]:
            for spelling in (case["name"], case["otherSpelling"], case["normalName"]):
                self.assertEqual(normal_name(spelling), case["normalName"])

    def test_no_name(self):
        for typed in ("", " \u3000\u00b7", "x" * 257):
            with self.assertRaises(InvalidSubject):
                normal_name(typed)


class PseudonymVectors(unittest.TestCase):

    def setUp(self):
        self.file = vectors("outputs.json")
        self.key = Evaluator.from_seed(
            bytes.fromhex(self.file["seed"]), bytes.fromhex(self.file["info"]))
        self.public_key = bytes.fromhex(self.file["publicKey"])
        self.inputs = [
            subject_input(
                self.file["consortium"], Subject.typed(s["scheme"], s["identifier"], s["name"]))
            for s in self.file["subjects"]]

    def evaluated(self, blinding):
        """What a node answers: elements and proof."""
        answer = self.key.evaluate_batch(
            [BlindedInput.deserialize(e) for e in blinding.elements]).serialize()
        places = range(64, len(answer), 32)
        return [answer[i:i + 32] for i in places], answer[:64]

    def test_inputs(self):
        wanted = [subject["input"] for subject in self.file["subjects"]]
        self.assertEqual([input.hex() for input in self.inputs], wanted)

    def test_tokens_and_name_checks(self):
        for size in (1, len(self.inputs)):
            blinding = Blinding(self.inputs[:size])
            elements, proof = self.evaluated(blinding)
            found = blinding.pseudonyms(elements, proof, self.public_key)
            self.assertEqual(len(found), size)
            for subject, name in zip(self.file["subjects"], found):
                self.assertEqual(name.token.hex(), subject["token"])
                self.assertEqual(
                    name.name_check(subject["normalName"]).hex(), subject["nameCheck"])
                self.assertEqual(pseudonym(bytes.fromhex(subject["output"])), name)

    def test_wrong_answers(self):
        blinding = Blinding(self.inputs[:2])
        elements, proof = self.evaluated(blinding)
        first, second = elements
        stranger = Evaluator(bytes(range(32))).public_key.serialize()
        for what, wrong in {
                "order": ([second, first], proof, self.public_key),
                "count": ([first], proof, self.public_key),
                "one more": ([first, second, second], proof, self.public_key),
                "identity": ([first, IDENTITY], proof, self.public_key),
                "no group element": ([first, b"\xff" * 32], proof, self.public_key),
                "length": ([first + second, b""], proof, self.public_key),
                "another element": ([first, blinding.elements[0]], proof, self.public_key),
                "proof, first half": (elements, _flipped(proof, 0), self.public_key),
                "proof, second half": (elements, _flipped(proof, 32), self.public_key),
                "proof, large scalar": (elements, proof[:32] + b"\xff" * 32, self.public_key),
                "short proof": (elements, proof[:-1], self.public_key),
                "key": (elements, proof, stranger)}.items():
            with self.subTest(what), self.assertRaises(wire.Malformed):
                blinding.pseudonyms(*wrong)

    def test_blinds_are_fresh(self):
        self.assertNotEqual(Blinding(self.inputs).elements, Blinding(self.inputs).elements)

    def test_empty_input(self):
        with self.assertRaises(ValueError):
            Client.blind(b"")


class FilterVectors(unittest.TestCase):

    def test_bodies(self):
        for case in vectors("filters.json")["cases"]:
            hashes = [bytes.fromhex(h) for h in case["hashes"]]
            found = Filter(bytes.fromhex(case["body"]), len(hashes))
            self.assertEqual(
                found.values, sorted(scaled(h, len(hashes)) for h in hashes), case["name"])
            self.assertTrue(all(h in found for h in hashes), case["name"])

    def test_misses(self):
        found = Filter(bytes.fromhex("000005000013ffff80"), 3)
        hits = sum(hashlib.sha256(bytes([i])).digest() in found for i in range(256))
        self.assertEqual(hits, 0)
        self.assertNotIn(bytes(32), Filter(b"", 0))

    def test_refused(self):
        for what, body, count in [
                ("ends early", "000005000013ffff", 3), ("no body", "", 1),
                ("a byte more", "000005000013ffff8000", 3), ("filling", "000005000013ffff81", 3),
                ("a body for nothing", "00", 0), ("beyond the range", "800000", 1),
                ("only ones", "ffffff", 1), ("too many", "", 100_000_001),
                ("less than none", "", -1)]:
            with self.subTest(what), self.assertRaises(wire.Malformed):
                Filter(bytes.fromhex(body), count)


class EnrolmentVectors(unittest.TestCase):

    def setUp(self):
        self.file = vectors("enrolment.json", "enrolment")

    def test_root(self):
        root = self.file["root"]["file"].encode()
        self.assertEqual(
            wire.write_bytes(hashlib.sha256(root).digest()), self.file["root"]["digest"])
        trusted = Metadata[Root].from_bytes(root)
        trusted.signed.verify_delegate("root", trusted.signed_bytes, trusted.signatures)

    def test_token(self):
        good = self.file["tokens"]["good"]
        token = enrolment.read_token(good["token"])
        for name in ("consortium", "node", "authority", "authorization"):
            self.assertEqual(getattr(token, name), good[name])
        for name in ("root", "certificate", "secret"):
            self.assertEqual(wire.write_bytes(getattr(token, name)), good[name])
        self.assertEqual(
            wire.write_bytes(hashlib.sha256(token.secret).digest()), good["secretDigest"])
        self.assertNotIn(good["secret"], repr(token))
        for spelling in good["otherSpellings"]:
            self.assertEqual(enrolment.read_token(spelling), token)

    def test_refused_tokens(self):
        for case in self.file["tokens"]["refused"]:
            with self.subTest(case["name"]), self.assertRaises(wire.Malformed):
                enrolment.read_token(case["token"])

    def test_fingerprints(self):
        for case in self.file["keys"]:
            document = wire.read_document(case["document"].encode())
            self.assertEqual(enrolment.fingerprint(document), case["fingerprint"], case["name"])


class Wire(unittest.TestCase):

    def test_documents_refused(self):
        for text in (
                b"", b"{} {}", b'{"a":1,"a":1}', b'{"a":1,"\\u0061":1}', b'"\\ud800"', b'"\xff"',
                b"01", b"[NaN]", b"-Infinity", b"9007199254740992", b"\xef\xbb\xbf{}",
                b'"' + b"x" * 4_097 + b'"', b"[" * 17 + b"]" * 17, b"[" * 100_000,
                '{"a":1}'.encode("utf-16"), _members(65), b"[" + b"0," * 999_999 + b"0]",
                b'{"' + b"x" * 4_097 + b'":1}'):
            with self.subTest(text[:40]), self.assertRaises(wire.Malformed):
                wire.read_document(text)

    def test_documents_read(self):
        self.assertEqual(wire.read_document(b' {"a": [1.5, -9007199254740991]} ')["a"][0], 1.5)
        self.assertEqual(wire.read_document(b'"' + b"x" * 4_096 + b'"'), "x" * 4_096)
        for text in (b"[" * 16 + b"]" * 16, _members(64), b"[" + b"0," * 999_998 + b"0]"):
            self.assertEqual(wire.read_document(text), json.loads(text))

    def test_members(self):
        self.assertIsNone(wire.member({"a": None}, "a", str, optional=True))
        for value in (None, True, 1.0, "1"):
            with self.assertRaises(wire.Malformed):
                wire.member({"a": value}, "a", int)

    def test_bytes(self):
        self.assertEqual(wire.read_bytes(wire.write_bytes(b"\xfb" * 16), 16), b"\xfb" * 16)
        for text in ("AB", "A", "AA==", "A+", "AAA", "", "AA\n", None):
            with self.subTest(text), self.assertRaises(wire.Malformed):
                wire.read_bytes(text, 1)

    def test_digests(self):
        digest = hashlib.sha256(b"").digest()
        text = wire.write_digest(digest)
        self.assertEqual(text, "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:")
        self.assertEqual(wire.read_digest(text), digest)
        for wrong in (text[:-1], text.replace("U=", "V="), text.replace("sha-256", "sha-512")):
            with self.assertRaises(wire.Malformed):
                wire.read_digest(wrong)

    def test_times(self):
        text = "2028-02-29T23:59:59Z"
        self.assertEqual(wire.write_time(wire.read_time(text)), text)
        for wrong in (
                "2027-02-29T00:00:00Z", "2026-11-25T08:00:60Z", "2026-11-25T08:00:61Z",
                "1899-12-31T23:59:59Z", "3000-01-01T00:00:00Z", "2026-11-25T08:00:00+00:00",
                "2026-11-25 08:00:00Z", "2026-1-25T08:00:00Z"):
            with self.subTest(wrong), self.assertRaises(wire.Malformed):
                wire.read_time(wrong)


def _members(count):
    return json.dumps({str(i): None for i in range(count)}).encode()


def _flipped(data, place):
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1:]


if __name__ == "__main__":
    unittest.main()
