import Testing

@testable import HTTPSignatures

@Suite("The fields of a signature")
struct SignatureFieldTests {
    private func error(_ request: RequestMessage) -> SignatureError? {
        do throws(SignatureError) {
            _ = try RequestSignature(of: request)
            return nil
        } catch {
            return error
        }
    }

    private func fields(_ signed: RequestMessage) throws -> (input: String, signature: String) {
        (
            try #require(signed.fields.joined("signature-input")),
            try #require(signed.fields.joined("signature"))
        )
    }

    @Test("other labels are ignored, in the same line and in others")
    func otherLabels() throws {
        let signed = try Sample.signedGet().message
        let (input, signature) = try fields(signed)
        let others = [
            #"proxy=("@method" "x, sig1=y");created=1"#, #"sig=();a="\", sig1=(\"""#, "a", "a;b=1",
            "sig11=1", "z=*", "sig1x=:AAAA:", "b=?0,c=1.5",
        ]
        for other in others {
            let lines = signed.with("signature-input", other, input)
            #expect(error(lines) == nil, "\(other)")
            let before = signed.with("signature-input", "\(other) ,\t\(input)")
                .with("signature", "\(signature),x=:AAAA:")
            #expect(error(before) == nil, "\(other)")
            let behind = signed.with("signature-input", "\(input), \(other)")
                .with("signature", "x=:AAAA:", signature)
            #expect(error(behind) == nil, "\(other)")
        }
    }

    @Test("a repeated sig1 is refused, in one line and in two, the same or another")
    func repeated() throws {
        let signed = try Sample.signedGet().message
        let (input, signature) = try fields(signed)
        for other in [input, "sig1", "sig1=1", "sig1;a", #"sig1=("@method")"#] {
            #expect(error(signed.with("signature-input", input, other)) == .invalid)
            #expect(error(signed.with("signature-input", "\(other), \(input)")) == .invalid)
        }
        #expect(error(signed.with("signature", signature, signature)) == .invalid)
        #expect(error(signed.with("signature", "sig1=:AAAA:, \(signature)")) == .invalid)
    }

    @Test(
        "what is no dictionary of RFC 8941 is refused, whatever label it is in",
        arguments: [
            "", ",", "sig1=", "=", "sig1=(", "sig1=)", "sig1=(\"@method\"", "sig1=(\"@method)",
            "sig1=(\"@method\"\"@target-uri\")", "SIG1=()", "sig1=();", "sig1=();A=1", "sig1==()",
            "INPUT,", "INPUT, ,", "INPUT; ", "INPUT x", "INPUT, x=(", "INPUT, x=\"", "INPUT, X=1",
            "INPUT, x=\u{E9}", "INPUT, x=1.", "INPUT, x=:AA", "INPUT\u{0}",
            "sig1", "sig1=1", "sig1=:AAAA:", "sig1=\"a\"", "sig1=?1",
        ])
    func malformed(template: String) throws {
        let signed = try Sample.signedGet().message
        let (input, _) = try fields(signed)
        let field = template.replacing("INPUT", with: input)
        let found = error(signed.with("signature-input", field))
        #expect(found == (field.isEmpty ? .missing : .invalid))
    }

    @Test(
        "sig1 has one spelling",
        arguments: [
            ("(\"", "( \""), ("\")", "\" )"), ("\" \"", "\"  \""), ("sig1=", "sig1 ="),
            ("sig1=", "sig1= "), (";created", "; created"), (";created", ";created=1;created"),
            ("\"@method\"", "\"@method\";req=?1;req=?0"), ("ed25519", "ed2551\\9"),
        ])
    func spelling(part: String, other: String) throws {
        let signed = try Sample.signedGet().message
        let changed = try signed.replacing(part, with: other, in: "signature-input")
        #expect(error(changed) == .invalid)
    }

    @Test(
        "the signature is 64 bytes in canonical base64, without parameters",
        arguments: [
            "sig1=::", "sig1=:AAAA:", "sig1=1", "sig1=\"a\"", "sig1=(:AAAA:)", "sig1",
            "FIELD;a=1", "FIELD;a", "sig1=:SIGNATUREAAAA:", "sig1=:SIGNATURE :",
        ])
    func signatures(template: String) throws {
        let signed = try Sample.signedGet().message
        let (_, field) = try fields(signed)
        let base64 = field.dropFirst("sig1=:".count).dropLast()
        let value = template.replacing("FIELD", with: field)
            .replacing("SIGNATURE", with: String(base64))
        #expect(error(signed.with("signature", value)) == .invalid)
    }

    @Test("spare bits of the base64 are zero")
    func spareBits() throws {
        let signed = try Sample.signedGet().message
        let (_, field) = try fields(signed)
        // 64 bytes leave four bits over in the last letter before "==".
        let last = try #require(field.dropLast(3).last)
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        let place = try #require(letters.firstIndex(of: last))
        try #require(place.isMultiple(of: 16))
        let changed = String(field.dropLast(4)) + String(letters[place + 1]) + "==:"
        #expect(error(signed.with("signature", changed)) == .invalid)
    }

    @Test("fields over 4 KiB are refused unread")
    func bounds() throws {
        let signed = try Sample.signedGet().message
        let (input, signature) = try fields(signed)
        let spare = SignatureProfile.fieldBytesMax - input.utf8.count - ", x=\"\"".utf8.count
        let most = input + ", x=\"" + String(repeating: "a", count: spare) + "\""
        #expect(error(signed.with("signature-input", most)) == nil)
        #expect(error(signed.with("signature-input", most + " ", "y")) == .invalid)
        let long = String(repeating: "x, ", count: 1400)
        #expect(error(signed.with("signature", long + signature)) == .invalid)
    }
}
