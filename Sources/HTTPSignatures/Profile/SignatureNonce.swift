import Foundation

/// The `nonce` of a request: 16 random bytes, so that no request is like another. Whether it was used
/// before, the store knows.
public struct SignatureNonce: Hashable, Sendable {
    /// Length in bytes.
    public static let count = 16

    /// The 16 bytes.
    public let bytes: [UInt8]

    /// A nonce; nil for another length.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.count else { return nil }
        self.bytes = Array(bytes)
    }

    /// A fresh nonce.
    public init(from random: inout some RandomNumberGenerator) {
        // By words: the system is asked once for each.
        bytes = (0..<Self.count / 8).flatMap { _ in
            withUnsafeBytes(of: random.next()) { Array($0) }
        }
    }

    /// A nonce in base64url without padding, or nil for another spelling or length.
    init?(text: String) {
        let standard = text.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "-"): UInt8(ascii: "+")
            case UInt8(ascii: "_"): UInt8(ascii: "/")
            default: byte
            }
        }
        guard let bytes = Data(base64Encoded: Data(standard + Self.padding)),
            let nonce = SignatureNonce(bytes: bytes), nonce.text == text
        else { return nil }
        self = nonce
    }

    /// The nonce in base64url without padding, 22 letters.
    public var text: String {
        let letters = Data(bytes).base64EncodedData().dropLast(Self.padding.count)
        let url = letters.map { byte in
            switch byte {
            case UInt8(ascii: "+"): UInt8(ascii: "-")
            case UInt8(ascii: "/"): UInt8(ascii: "_")
            default: byte
            }
        }
        return String(decoding: url, as: UTF8.self)
    }

    private static let padding = Array("==".utf8)
}
