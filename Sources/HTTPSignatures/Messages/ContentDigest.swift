import Crypto
import Foundation

/// The value of `Content-Digest` in the one spelling of the profile, `sha-256=:<base64>:`.
///
/// Source: RFC 9530 §2; protocol/signatures.md, "Requests".
public struct ContentDigest: Hashable, Sendable {
    /// The field's value.
    public let text: String

    /// The digest of a message's content.
    public init(of content: some DataProtocol) {
        self.init(SHA256.hash(data: content))
    }

    /// The digest of content that was hashed as it came.
    public init(_ digest: SHA256.Digest) {
        text = "sha-256=:\(Data(digest).base64EncodedString()):"
    }
}
