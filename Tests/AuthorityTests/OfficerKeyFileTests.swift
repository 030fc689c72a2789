import Testing

@testable import Authority

@Suite("Keys of officers")
struct OfficerKeyFileTests {
    private let passphrase = Array("correct horse battery".utf8)

    @Test("a sealed key opens with its passphrase and no other, and does not show its private half")
    func sealed() throws {
        let file = try OfficerKeyFile.create(owner: "Alice 王", passphrase: passphrase)
        #expect(try OfficerKeyFile.isSealed(file.bytes, name: "k"))
        let signer = try OfficerKeyFile.open(file.bytes, name: "k", passphrase: passphrase)
        #expect(signer.key.owner == "Alice 王")
        let listed = try OfficerKeyFile.publicKey(file.publicFile, name: "k.pub")
        #expect(listed.keyID == signer.keyID)
        #expect(!String(decoding: file.bytes, as: UTF8.self).contains("\"private\""))
        for wrong in [nil, Array("correct horse batterz".utf8)] {
            #expect(throws: AuthorityError.passphrase("k")) {
                try OfficerKeyFile.open(file.bytes, name: "k", passphrase: wrong)
            }
        }
    }

    @Test("an online key opens without a passphrase")
    func online() throws {
        let file = try OfficerKeyFile.create(owner: "online-1", passphrase: nil)
        #expect(try !OfficerKeyFile.isSealed(file.bytes, name: "k"))
        _ = try OfficerKeyFile.open(file.bytes, name: "k", passphrase: nil)
        let other = try OfficerKeyFile.create(owner: "online-1", passphrase: nil)
        let mixed = String(decoding: file.bytes, as: UTF8.self).split(separator: "\n").map { line in
            line.contains("\"private\"")
                ? String(decoding: other.bytes, as: UTF8.self).split(separator: "\n")
                    .first { $0.contains("\"private\"") } ?? line : line
        }.joined(separator: "\n")
        #expect(throws: AuthorityError.file("k", "its two halves do not fit")) {
            try OfficerKeyFile.open(Array(mixed.utf8), name: "k", passphrase: nil)
        }
    }

    @Test("names that cannot be shown, and other files, are refused")
    func refused() throws {
        for owner in ["", "a\nb", String(repeating: "a", count: 65)] {
            #expect(throws: AuthorityError.self) {
                try OfficerKeyFile.create(owner: owner, passphrase: nil)
            }
        }
        for text in ["", "{}", "[]", #"{"version":2}"#] {
            #expect(throws: AuthorityError.self) {
                try OfficerKeyFile.open(Array(text.utf8), name: "k", passphrase: nil)
            }
            #expect(throws: AuthorityError.self) {
                try OfficerKeyFile.publicKey(Array(text.utf8), name: "k.pub")
            }
        }
    }
}
