/// An account's number, on its way into or out of what is sealed. Exists in memory only.
public struct SealableAccountNumber: Hashable, Sendable, Redacted {
    /// See `Redacted`.
    public static let redactedLabel = "<account number>"

    /// The longest number, in bytes of UTF-8.
    public static let bytesMax = 128

    /// The number as the lender's file writes it.
    public let text: String

    /// A number; nil when it is empty or longer than `bytesMax`.
    public init?(_ text: String) {
        guard (1...Self.bytesMax).contains(text.utf8.count) else { return nil }
        self.text = text
    }

    var payload: SealedPayload { SealedPayload(fields: [Array(text.utf8)]) }

    init(payload: SealedPayload) throws(SealingError) {
        let fields = payload.fields
        guard fields.count == 1, let text = String(validating: fields[0], as: UTF8.self),
            let number = Self(text)
        else { throw .form }
        self = number
    }
}
