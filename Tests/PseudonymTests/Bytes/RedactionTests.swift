import Testing

@testable import Pseudonym

@Suite("Redaction")
struct RedactionTests {
    /// Every way in which a value can become text.
    private func texts(of value: some Any) -> String {
        var dumped = ""
        dump(value, to: &dumped)
        dump([value], to: &dumped)
        return "\(value) \(String(reflecting: value)) \(String(describing: [value])) \(dumped)"
    }

    @Test("shows nothing of identifiers, names, tokens, checks and keys")
    func showsNothing() throws {
        let identifier = try Sample.identifier("999999199012310022", "cn-rid")
        let name = try #require(SubjectName("Northlake"))
        let input = SubjectInput(consortium: Sample.consortium, identifier: identifier)
        let key = VOPRFSecretKey.generate()
        let output = key.output(for: input)
        let kid = try #require(KeyID(rawValue: "k1"))
        let pseudonymKey = PseudonymKey(
            kid: kid, state: .current, createdAt: .distantPast, secret: key)
        #expect(texts(of: identifier).contains(Identifier.redactedLabel))
        #expect(texts(of: pseudonymKey).contains("k1"))
        let everything =
            texts(of: identifier) + texts(of: name) + texts(of: input) + texts(of: key)
            + texts(of: output) + texts(of: output.token) + texts(of: output.nameCheck(name))
            + texts(of: try BlindingSession([input])) + texts(of: pseudonymKey)
        let secrets = [key.bytes, output.token.bytes, output.nameCheck(name).bytes]
        #expect(!everything.contains("9999991990"))
        #expect(!everything.contains("NORTHLAKE"))
        #expect(!everything.lowercased().contains("word"))
        for secret in secrets {
            #expect(!everything.contains(Base64URL.encode(secret)))
            #expect(!everything.contains("\(secret[0]), \(secret[1]), \(secret[2])"))
        }
    }
}
