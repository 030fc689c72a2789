import Crypto
import StrictJSON
import TransparencyLog

/// The lender's statement in the entry of its publication (protocol/statement.md).
public enum LogStatement: Hashable, Sendable {
    /// The statement's exact bytes.
    case whole([UInt8])
    /// SHA-256 of a statement that is too long for an entry.
    case digest(MerkleHash)

    /// Most bytes of a statement that stands in an entry as a whole.
    public static let bytesMax = 48 * 1024

    /// A statement, whole if it is short enough and in the form of the protocol.
    public init(_ bytes: [UInt8]) {
        self = Self.document(bytes) == nil ? .digest(Self.digest(of: bytes)) : .whole(bytes)
    }

    /// SHA-256 of the statement.
    public var digest: MerkleHash {
        switch self {
        case .whole(let bytes): Self.digest(of: bytes)
        case .digest(let digest): digest
        }
    }

    /// The document of bytes that are written as this software writes them; nil for others.
    static func document(_ bytes: [UInt8]) -> JSONValue? {
        let limits = JSONLimits(documentBytesMax: bytesMax)
        guard let value = try? JSONValue(parsing: bytes, limits: limits), value.encoded == bytes
        else { return nil }
        return value
    }

    private static func digest(of bytes: [UInt8]) -> MerkleHash {
        MerkleHash(bytes: Array(SHA256.hash(data: bytes))) ?? .empty
    }
}
