import Testing

@testable import HTTPSignatures

/// However the fields of a signature are changed on the way, a request is refused, or it is the one
/// that was signed.
@Suite("Signatures changed on the way")
struct ChangedFieldTests {
    private static let rounds = 4000
    private static let pieces = [
        "sig1", "=", ";", ",", " ", "\t", "(", ")", "\"", "\\", ":", "?1", "1", "-", ".", "@", "%",
        "a", ";req", ";key=\"sig1\"", ", x=1", "sig1=1, ", ";created=1793000000", "\u{E9}", "\u{0}",
    ]

    /// One to three changes: a piece put in, a stretch taken out or doubled.
    private func change(_ text: String, _ random: inout some RandomNumberGenerator) -> String {
        var bytes = Array(text.utf8)
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let place = Int.random(in: 0...bytes.count, using: &random)
            let end = min(bytes.count, place + Int.random(in: 1...20, using: &random))
            switch Int.random(in: 0...2, using: &random) {
            case 0:
                let piece = Self.pieces.randomElement(using: &random) ?? ""
                bytes.insert(contentsOf: piece.utf8, at: place)
            case 1: bytes.removeSubrange(place..<end)
            default: bytes.insert(contentsOf: bytes[place..<end], at: place)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test("are refused, or sign what was signed", arguments: ["signature-input", "signature"])
    func requests(name: String) throws {
        let signed = try Sample.signedPost()
        let key = try Sample.key("harbor-1").publicKey
        let field = try #require(signed.message.fields.joined(name))
        var random = RepeatableRandom(seed: 21)
        var refused = 0
        for round in 0..<Self.rounds {
            let changed = signed.message.with(name, change(field, &random))
            guard let request = try? RequestSignature(of: changed).verified(by: key) else {
                refused += 1
                continue
            }
            try #require(request.signed.base == signed.base, "round \(round)")
            try #require(request.signed.signature == signed.signature, "round \(round)")
        }
        #expect(refused > Self.rounds / 2)
    }
}

/// A small generator of the same numbers on every run (SplitMix64).
private struct RepeatableRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
