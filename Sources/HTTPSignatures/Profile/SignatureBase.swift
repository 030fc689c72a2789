import Crypto

/// The text that is signed: one line for each covered component, and one for the parameters.
///
/// Source: RFC 9421 §2.5.
public struct SignatureBase: Hashable, Sendable {
    /// The text in ASCII, without a newline at its end.
    public let bytes: [UInt8]

    /// The base of components and parameters, which hold no newline.
    ///
    /// - Parameters:
    ///   - components: identifiers as they stand in the list, such as `"@method";req`, and values.
    ///   - parameters: the list with its parameters, the value of `@signature-params`.
    init(_ components: [(identifier: String, value: String)], parameters: String) {
        let lines = components + [(#""@signature-params""#, parameters)]
        bytes = lines.map { "\($0.identifier): \($0.value)" }.joined(separator: "\n").utf8.map {
            $0
        }
    }

    /// SHA-256 of the text: by it the exchange log names the message.
    public var digest: [UInt8] { Array(SHA256.hash(data: bytes)) }
}
