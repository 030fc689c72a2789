import Crypto
import Pseudonym

/// The secret that a client of the local API sends: 32 random bytes, base64url.
public struct AccessToken: Sendable {
    /// Characters of the token's text.
    public static let characters = 43

    /// The token as a client sends it.
    public let text: String

    /// Takes a token's text; nil when it is none.
    public init?(_ text: String) {
        guard text.utf8.count == Self.characters, JSONBytes.count(text) == 32 else { return nil }
        self.text = text
    }

    /// A new token.
    public static func random() -> AccessToken {
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        return AccessToken(bytes: bytes)
    }

    private init(bytes: [UInt8]) {
        text = Base64URL.encode(bytes)
    }

    /// What it is compared by.
    var digest: SHA256.Digest { SHA256.hash(data: Array(text.utf8)) }
}

extension AccessToken: CustomStringConvertible, CustomReflectable {
    /// Never the token.
    public var description: String { "<access token>" }
    /// Never the token.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

private enum JSONBytes {
    static func count(_ text: String) -> Int? { (try? Base64URL.decode(text))?.count }
}
