/// What of an answer is signed, but for its content.
public struct AnswerMessage: Hashable, Sendable {
    /// The status codes of HTTP.
    public static let statuses = 100...599

    /// The status code.
    public let status: Int
    /// The header fields, in order.
    public let fields: [HeaderField]

    /// An answer; nil unless `status` is in ``statuses``.
    public init?(status: Int, fields: [HeaderField]) {
        guard Self.statuses.contains(status) else { return nil }
        self.init(unchecked: status, fields: fields)
    }

    init(unchecked status: Int, fields: [HeaderField]) {
        self.status = status
        self.fields = fields
    }
}
