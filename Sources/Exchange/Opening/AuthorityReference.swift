import Pseudonym

/// By what authority a regulator opens evaluations, as it names it itself: the number of an order, or a
/// case. Both nodes whose evidence it reads for that keep it, beside a commitment in their logs
/// (protocol/opening.md, "Handing over").
public struct AuthorityReference: Hashable, Sendable {
    /// Most bytes of UTF-8.
    public static let bytesMax = 256

    /// The text, 1 to ``bytesMax`` bytes.
    public let text: String

    /// A reference; nil when it is empty, too long, or holds a control character.
    public init?(_ text: String) {
        guard (1...Self.bytesMax).contains(text.utf8.count),
            !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
        else { return nil }
        self.text = text
    }

    /// A reference as a request's target spells it; nil for any other spelling than ``encoded``.
    public init?(encoded: String) {
        guard let bytes = try? Base64URL.decode(encoded),
            let text = String(validating: bytes, as: UTF8.self)
        else { return nil }
        self.init(text)
    }

    /// The text in base64url.
    public var encoded: String { Base64URL.encode(text.utf8) }
}
