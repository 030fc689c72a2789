/// The content types of the peer protocol (protocol/messages.md, encodings).
enum MediaType {
    /// Messages.
    static let json = "application/json"
    /// Refusals (RFC 9457).
    static let problem = "application/problem+json"
    /// Filters.
    static let filter = "application/vnd.creditmesh.filter"

    /// Checkpoints (C2SP tlog-tiles).
    static let text = "text/plain; charset=utf-8"
    /// The size of a log that a witness cosigned last (C2SP tlog-witness).
    static let logSize = "text/x.tlog.size"
    /// Tiles and bundles of entries (C2SP tlog-tiles).
    static let bytes = "application/octet-stream"

    /// A request for a certificate (RFC 5967), in base64 as EST has it.
    static let certificateRequest = "application/pkcs10"
    /// Certificates alone (RFC 7030 §4.2.3).
    static let certificates = "application/pkcs7-mime; smime-type=certs-only"

    /// Whether a header field names JSON in one of the two spellings that the protocol knows.
    static func isJSON(_ field: String?) -> Bool {
        field == json || field == json + ";charset=utf-8"
    }
}
