@testable import Pseudonym

/// Invented subjects and a registry that knows all built-in schemes.
enum Sample {
    static let consortium = "demo.creditmesh.example"
    static let residentIDs = ["999999199012310022", "999999200002290131", "99999919800110259X"]
    static let creditCodes = ["91999999MA0TE5T08K", "91999999MA9ABCD16E", "92999999MA9KLP127P"]
    static let leis = ["ZZZZ00NODETEST000172", "ZZZZ00LENDERTEST0275"]

    static func registry() throws -> SchemeRegistry {
        try SchemeRegistry(charter: [("cn-rid", nil), ("cn-uscc", nil), ("lei", nil)])
    }

    static func identifier(_ raw: String, _ scheme: String) throws -> Identifier {
        try registry().identifier(raw, scheme: scheme)
    }

    /// Different inputs for evaluation, as many as asked for.
    static func inputs(_ count: Int) -> [SubjectInput] {
        (0..<count).map { SubjectInput(bytes: Array("subject \($0)".utf8)) }
    }

    /// What `identifier` throws, nil when it throws nothing.
    static func error(_ raw: String, _ scheme: String) throws -> IdentifierError? {
        let registry = try registry()
        do throws(IdentifierError) {
            _ = try registry.identifier(raw, scheme: scheme)
            return nil
        } catch {
            return error
        }
    }
}

/// A small generator of the same numbers on every run (SplitMix64).
struct RepeatableRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension Token {
    /// A token whose filter hash is `hash`; `tail` tells tokens of the same hash apart.
    init(hash: UInt64, tail: UInt8 = 0) throws {
        let head = withUnsafeBytes(of: hash.bigEndian) { Array($0) }
        try self.init(bytes: head + [UInt8](repeating: tail, count: Token.count - head.count))
    }
}

extension Scalar {
    init(hex: Hex) throws {
        guard let bytes = Bytes32(hex.bytes), let scalar = Scalar(canonical: bytes) else {
            throw VectorError.scalar
        }
        self = scalar
    }
}
