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
        bytes = (0..<Self.count).map { _ in .random(in: .min ... .max, using: &random) }
    }

    /// A nonce in base64url without padding, or nil for another spelling or length.
    init?(text: String) {
        let standard = text.map { Self.standard[$0] ?? $0 }
        guard let bytes = Data(base64Encoded: String(standard) + "=="),
            let nonce = SignatureNonce(bytes: bytes), nonce.text.utf8.elementsEqual(text.utf8)
        else { return nil }
        self = nonce
    }

    /// The nonce in base64url without padding, 22 letters.
    public var text: String {
        String(Data(bytes).base64EncodedString().dropLast(2).map { Self.url[$0] ?? $0 })
    }

    private static let url: [Character: Character] = ["+": "-", "/": "_"]
    private static let standard: [Character: Character] = ["-": "+", "_": "/"]
}
