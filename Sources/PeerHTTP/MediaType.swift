/// The content types of the peer protocol (protocol/messages.md, encodings).
enum MediaType {
    /// Messages.
    static let json = "application/json"
    /// Refusals (RFC 9457).
    static let problem = "application/problem+json"
    /// Filters.
    static let filter = "application/vnd.creditmesh.filter"

    /// Whether a header field names JSON in one of the two spellings that the protocol knows.
    static func isJSON(_ field: String?) -> Bool {
        field == json || field == json + ";charset=utf-8"
    }
}
