import Testing

@testable import Pseudonym

/// A changed form of something sealed.
struct SealedMutation: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let change: @Sendable ([UInt8]) -> [UInt8]

    static let all = [
        SealedMutation("nothing") { _ in [] },
        SealedMutation("only the nonce") { Array($0.prefix(24)) },
        SealedMutation("nonce and tag") { Array($0.prefix(24) + $0.suffix(16)) },
        SealedMutation("the last byte cut") { $0.dropLast() },
        SealedMutation("the first byte cut") { Array($0.dropFirst()) },
        SealedMutation("a block cut") { Array($0.prefix($0.count - 64)) },
        SealedMutation("a byte more") { $0 + [0] },
        SealedMutation("another nonce") { flip($0, at: 0) },
        SealedMutation("another cipher text") { flip($0, at: 24) },
        SealedMutation("another padding") { flip($0, at: $0.count - 17) },
        SealedMutation("another tag") { flip($0, at: $0.count - 1) },
        SealedMutation("far too long") { $0 + [UInt8](repeating: 0, count: 4096) },
    ]

    private init(_ name: String, _ change: @escaping @Sendable ([UInt8]) -> [UInt8]) {
        testDescription = name
        self.change = change
    }

    private static func flip(_ bytes: [UInt8], at index: Int) -> [UInt8] {
        var bytes = bytes
        bytes[index] ^= 1
        return bytes
    }
}

@Suite("What is sealed")
struct SealingTests {
    private let reference = [UInt8](0..<16)
    private let subject: SealableSubject

    init() throws {
        subject = SealableSubject(
            identifier: try Sample.identifier("999999199012310022", "cn-rid"), names: ["赵测试"])
    }

    private func number(_ text: String) throws -> SealableAccountNumber {
        try #require(SealableAccountNumber(text))
    }

    @Test("opens with the data key out of the box, and no two are alike")
    func roundTrip() throws {
        let rekey = RekeyPrivateKey.generate()
        let key = DataKey.random()
        let box = try key.box(for: rekey.publicKey)
        #expect(box.count == DataKey.boxBytes)
        #expect(try key.box(for: rekey.publicKey) != box)
        let sealed = key.seal(subject, for: reference)
        #expect(key.seal(subject, for: reference) != sealed)
        let opened = try rekey.open(box)
        #expect(try opened.openSubject(sealed, for: reference) == subject)
        let account = key.seal(try number("L-0001"), for: reference)
        #expect(try opened.openAccountNumber(account, for: reference).text == "L-0001")
    }

    @Test("opens under no other private key, and not when the box is changed")
    func otherKey() throws {
        let rekey = RekeyPrivateKey.generate()
        let box = try DataKey.random().box(for: rekey.publicKey)
        #expect(throws: SealingError.otherKey) { try RekeyPrivateKey.generate().open(box) }
        for index in box.indices {
            var changed = box
            changed[index] ^= 0x40
            #expect(throws: SealingError.otherKey) { try rekey.open(changed) }
        }
        #expect(throws: SealingError.otherKey) { try rekey.open(box.dropLast()) }
        #expect(throws: SealingError.otherKey) { try rekey.open(box + [0]) }
        #expect(throws: SealingError.otherKey) { try rekey.open([]) }
    }

    @Test("does not open when it was changed or cut", arguments: SealedMutation.all)
    func mutated(mutation: SealedMutation) throws {
        let key = DataKey.random()
        let sealed = mutation.change(key.seal(subject, for: reference))
        #expect(throws: SealingError.forged) { try key.openSubject(sealed, for: reference) }
        let account = mutation.change(key.seal(try number("L-0001"), for: reference))
        #expect(throws: SealingError.forged) { try key.openAccountNumber(account, for: reference) }
    }

    @Test("does not open for another reference, as another kind, or under another data key")
    func swapped() throws {
        let key = DataKey.random()
        let sealed = key.seal(subject, for: reference)
        let account = key.seal(try number("L-0001"), for: reference)
        var other = reference
        other[15] ^= 1
        #expect(throws: SealingError.forged) { try key.openSubject(sealed, for: other) }
        #expect(throws: SealingError.forged) { try key.openAccountNumber(account, for: other) }
        #expect(throws: SealingError.forged) { try key.openAccountNumber(sealed, for: reference) }
        #expect(throws: SealingError.forged) { try key.openSubject(account, for: reference) }
        #expect(throws: SealingError.forged) {
            try DataKey.random().openSubject(sealed, for: reference)
        }
    }

    @Test("has the same length for numbers and names of up to a block")
    func lengths() throws {
        let key = DataKey.random()
        let short = SealableSubject(identifier: subject.identifier, names: [])
        let long = SealableSubject(
            identifier: subject.identifier, names: [String(repeating: "x", count: 30)])
        let lengths = [subject, short, long].map { key.seal($0, for: reference).count }
        #expect(lengths == [104, 104, 104])
        let accounts = try ["1", String(repeating: "1", count: 61)].map {
            key.seal(try number($0), for: reference).count
        }
        #expect(accounts == [104, 104])
        #expect(
            key.seal(try number(String(repeating: "1", count: 62)), for: reference).count == 168)
    }

    @Test("holds what is longest")
    func longest() throws {
        let schemes = try SchemeRegistry(charter: [(String(repeating: "s", count: 40), "[A-Z]{64}")]
        )
        let identifier = try schemes.identifier(
            String(repeating: "A", count: 64), scheme: String(repeating: "s", count: 40))
        let names = ["a", "b", "c"].map { String(repeating: $0, count: 1024) }
        let longest = SealableSubject(identifier: identifier, names: names)
        #expect(longest.payload.bytes.count == SealedPayload.bytesMax)
        let key = DataKey.random()
        let opened = try key.openSubject(key.seal(longest, for: reference), for: reference)
        #expect(opened.names == names)
        #expect(SealableAccountNumber(String(repeating: "1", count: 128)) != nil)
    }

    @Test("leaves out names that it cannot hold")
    func names() {
        let names = ["", "a", "a", String(repeating: "b", count: 1025), "c", "d", "e"]
        let kept = SealableSubject(identifier: subject.identifier, names: names)
        #expect(kept.names == ["a", "c", "d"])
        #expect(SealableAccountNumber("") == nil)
        #expect(SealableAccountNumber(String(repeating: "1", count: 129)) == nil)
    }

    @Test("is refused when it opens to another form")
    func forms() throws {
        let key = DataKey.random()
        let block = { (bytes: [UInt8]) in
            bytes + [UInt8](repeating: 0, count: 64 - bytes.count)
        }
        let scheme: [UInt8] = [0, 6] + Array("cn-rid".utf8)
        let wrong: [[UInt8]] = [
            block([]), block([1, 0, 1, 65]), block([3, 0, 200]), block([2] + scheme + [0, 0]),
            block([2, 0, 0, 0, 1, 65]), block([2] + scheme + [0, 1, 0xFF]),
            block([3] + scheme + [0, 1, 65, 0, 0]), block([2] + scheme + [0, 1, 65, 1]),
            block([6] + scheme + [0, 1, 65] + (0..<4).flatMap { [0, 1, 97 + $0] }),
            Array(block([2] + scheme + [0, 1, 65]).prefix(32)),
            block([2] + scheme + [0, 1, 65]) + block([]),
        ]
        for bytes in wrong {
            #expect(throws: SealingError.form) {
                try SealableSubject(payload: SealedPayload(bytes: bytes))
            }
        }
        let good = block([2] + scheme + [0, 1, 65])
        let payload = try SealedPayload(bytes: good)
        #expect(try SealableSubject(payload: payload).identifier.normalForm == "A")
        #expect(throws: SealingError.form) { try SealableAccountNumber(payload: payload) }
        let sealed = key.seal(payload, kind: .account, reference: reference, nonce: Array(0..<24))
        #expect(throws: SealingError.form) { try key.openAccountNumber(sealed, for: reference) }
    }

    @Test("is not made for keys that anyone could open")
    func weakKeys() {
        let zero = [UInt8](repeating: 0, count: 32)
        for bytes in [zero, [1] + zero.dropLast(), [], zero + [9]] {
            #expect(throws: SealingError.key) { try RekeyPublicKey(bytes: bytes) }
        }
        #expect(throws: SealingError.key) { try RekeyPrivateKey(bytes: [UInt8](0..<31)) }
    }

    @Test("shows nothing in any text")
    func redaction() throws {
        let key = DataKey.random()
        for value in [subject, try number("L-0001"), key, RekeyPrivateKey.generate()] as [Any] {
            var dumped = ""
            dump(value, to: &dumped)
            for text in ["\(value)", String(reflecting: value), dumped] {
                #expect(text.contains("<"))
                #expect(!text.contains("9999") && !text.contains("赵") && !text.contains("L-0001"))
            }
        }
    }
}
