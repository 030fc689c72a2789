import Testing

@testable import TransparencyLog

@Suite("Signed notes")
struct SignedNoteTests {
    private let text = Array("a text\n\nof three lines\n".utf8)

    private func note(_ signatures: [NoteSignature]) throws -> SignedNote {
        try SignedNote(text: text, signatures: signatures)
    }

    @Test("the example of the specification verifies")
    func goExample() throws {
        let key = try Sample.key(
            "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
        let text = """
            If you think cryptography is the answer to your problem,
            then you don't know what your problem is.

            — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=

            """
        let note = try SignedNote(bytes: Array(text.utf8))
        #expect(try note.verified(by: [key]).map(\.key) == [key])
        #expect(note.bytes == Array(text.utf8))
    }

    @Test("are written and read back, with the text up to the last empty line")
    func roundTrip() throws {
        let signer = try Sample.signer()
        let note = try note([signer.signature(of: text)])
        let read = try SignedNote(bytes: note.bytes)
        #expect(read == note)
        #expect(read.text == text)
        #expect(try read.verified(by: [signer.key]).map(\.key) == [signer.key])
        #expect(try read.verified(by: [signer.key]).first?.secondsSince1970 == nil)
    }

    @Test("signatures of unknown keys are ignored, by name and by id")
    func unknownKeys() throws {
        let signer = try Sample.signer()
        let sameName = try Sample.signer("another key")
        let sameKey = try Sample.signer("log key", name: "stranger.example/k")
        let note = try note(
            [sameName, sameKey, signer].map { try $0.signature(of: text) })
        #expect(try note.verified(by: [signer.key]).map(\.key) == [signer.key])
        let stranger = try Sample.signer("stranger", name: "stranger.example/k").key
        #expect(throws: NoteError.unsigned) { try note.verified(by: [stranger]) }
        #expect(throws: NoteError.unsigned) { try note.verified(by: []) }
    }

    @Test("one bad signature of a known key refuses the note, a repeated one too")
    func knownKeys() throws {
        let signer = try Sample.signer()
        let other = try Sample.signer("old log key")
        let good = try signer.signature(of: text)
        let bad = try other.signature(of: text + text)
        let keys = [signer.key, other.key]
        #expect(throws: NoteError.invalidSignature) {
            try note([good, bad]).verified(by: keys)
        }
        #expect(throws: NoteError.repeatedSignature) {
            try note([good, good]).verified(by: keys)
        }
        let short = NoteSignature(
            name: good.name, keyID: good.keyID, bytes: good.bytes.dropLast())
        #expect(throws: NoteError.invalidSignature) { try note([short]).verified(by: keys) }
        let altered = try SignedNote(text: text + text, signatures: [good])
        #expect(throws: NoteError.invalidSignature) { try altered.verified(by: keys) }
    }

    @Test("a cosignature signs its time with the text")
    func cosignatures() throws {
        let cosigner = try Sample.cosigner()
        let checkpoint = try Sample.checkpoint(of: NaiveTree(size: 3), size: 3)
        let line = try cosigner.signature(of: checkpoint, at: 1_793_000_000)
        let note = try SignedNote(text: checkpoint.text, signatures: [line])
        let verified = try note.verified(by: [cosigner.key])
        #expect(verified.map(\.secondsSince1970) == [1_793_000_000])
        for place in line.bytes.indices {
            var bytes = line.bytes
            bytes[place] ^= 1
            let altered = NoteSignature(name: line.name, keyID: line.keyID, bytes: bytes)
            let note = try SignedNote(text: checkpoint.text, signatures: [altered])
            #expect(throws: NoteError.invalidSignature) { try note.verified(by: [cosigner.key]) }
        }
        let beginning = try cosigner.signature(of: checkpoint, at: -5)
        let early = try SignedNote(text: checkpoint.text, signatures: [beginning])
        #expect(try early.verified(by: [cosigner.key]).map(\.secondsSince1970) == [0])
    }

    @Test(
        "anything else is malformed",
        arguments: [
            "", "\n", "\n\n", "text\n", "text\n\n", "text\n\n\n", "text\n\nno signature\n",
            "text\n\n— a AAAAAAE=", "text\n\n— a\n", "text\n\n— a AAAAAAE= b\n",
            "text\n\n—  a AAAAAAE=\n", "text\n\n— a  AAAAAAE=\n", "text\n\n- a AAAAAAE=\n",
            "text\n\n— a+b AAAAAAE=\n", "text\n\n— a AAAAAA==\n", "text\n\n— a AAAAAAF=\n",
            "text\n\n— a AAAAAAE\n", "text\r\n\n— a AAAAAAE=\n", "te\u{0}xt\n\n— a AAAAAAE=\n",
            "text\n\n— a AAAAAAE=\n\n", "text\n\n— a AAAAAAE=\nrest\n", "text\n— a AAAAAAE=\n",
            "text\t\n\n— a AAAAAAE=\n",
        ])
    func malformed(text: String) {
        #expect(throws: NoteError.malformed) { try SignedNote(bytes: Array(text.utf8)) }
    }

    @Test("what looks odd and is allowed is read")
    func odd() throws {
        let note = try SignedNote(bytes: Array("\n\n\n— 甲 AAAAAAE=\n".utf8))
        #expect(note.text == Array("\n\n".utf8))
        #expect(note.signatures.map(\.bytes) == [[1]])
        let notUTF8 = Array("te".utf8) + [0xC3, 0x28] + Array("\n\n— a AAAAAAE=\n".utf8)
        #expect(throws: NoteError.malformed) { try SignedNote(bytes: notUTF8) }
    }

    @Test("lengths are bounded: bytes and signatures")
    func bounds() throws {
        let line = try Sample.signer().signature(of: text)
        let most = [NoteSignature](repeating: line, count: SignedNote.signaturesMax)
        let note = try note(most)
        #expect(throws: NoteError.tooManySignatures) { try note.adding(line) }
        let long = [UInt8](repeating: UInt8(ascii: "a"), count: SignedNote.bytesMax)
        #expect(throws: NoteError.tooLong) {
            try SignedNote(text: long + text, signatures: [line])
        }
        #expect(throws: NoteError.malformed) { try SignedNote(text: text, signatures: []) }
        #expect(throws: NoteError.malformed) {
            try SignedNote(text: Array("no newline".utf8), signatures: [line])
        }
    }
}
