import Testing

@testable import Pseudonym

/// `protocol/vectors/rekey/sealed.json`.
private struct SealedVectors: Decodable {
    let privateKey: Hex
    let publicKey: Hex
    let dataKey: Hex
    let box: Hex
    let subjects: [Subject]
    let accounts: [Account]

    struct Subject: Decodable {
        let scheme: String
        let identifier: String
        let names: [String]
        let reference: Hex
        let nonce: Hex
        let payload: Hex
        let sealed: Hex
    }

    struct Account: Decodable {
        let number: String
        let reference: Hex
        let nonce: Hex
        let payload: Hex
        let sealed: Hex
    }

    static func load() throws -> SealedVectors { try VectorFile.load(VectorFile.sealed) }
}

@Suite("What is sealed, against another implementation")
struct SealedVectorTests {
    @Test("a box that another made opens with the private key")
    func opensBox() throws {
        let vectors = try SealedVectors.load()
        let key = try RekeyPrivateKey(bytes: vectors.privateKey.bytes)
        #expect(key.publicKey.bytes == vectors.publicKey.bytes)
        let box = try #require(try? key.open(vectors.box.bytes))
        // The data key itself shows in what it opens.
        let subject = try #require(vectors.subjects.first)
        #expect(throws: Never.self) {
            try box.openSubject(subject.sealed.bytes, for: subject.reference.bytes)
        }
    }

    @Test("subjects are sealed and opened to the byte")
    func subjects() throws {
        let vectors = try SealedVectors.load()
        let key = try RekeyPrivateKey(bytes: vectors.privateKey.bytes).open(vectors.box.bytes)
        try #require(vectors.subjects.count == 4)
        for vector in vectors.subjects {
            let subject = SealableSubject(
                identifier: try Sample.identifier(vector.identifier, vector.scheme),
                names: vector.names)
            #expect(subject.payload.bytes == vector.payload.bytes)
            #expect(
                key.seal(
                    subject.payload, kind: .subject, reference: vector.reference.bytes,
                    nonce: vector.nonce.bytes) == vector.sealed.bytes)
            let opened = try key.openSubject(
                vector.sealed.bytes, for: vector.reference.bytes)
            #expect(opened == subject)
            #expect(opened.names == vector.names)
        }
    }

    @Test("account numbers are sealed and opened to the byte")
    func accounts() throws {
        let vectors = try SealedVectors.load()
        let key = try RekeyPrivateKey(bytes: vectors.privateKey.bytes).open(vectors.box.bytes)
        try #require(vectors.accounts.count == 2)
        for vector in vectors.accounts {
            let number = try #require(SealableAccountNumber(vector.number))
            #expect(number.payload.bytes == vector.payload.bytes)
            #expect(
                key.seal(
                    number.payload, kind: .account, reference: vector.reference.bytes,
                    nonce: vector.nonce.bytes) == vector.sealed.bytes)
            #expect(
                try key.openAccountNumber(vector.sealed.bytes, for: vector.reference.bytes).text
                    == vector.number)
        }
    }
}
