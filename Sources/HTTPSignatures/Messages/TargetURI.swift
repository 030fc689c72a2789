/// What `"@target-uri"` stands for: the endpoint of the node that is asked, as the directory spells it,
/// and the raw path and query of the request.
///
/// Source: RFC 9421 §2.2.2; protocol/signatures.md, "Requests".
public struct TargetURI: Hashable, Sendable {
    /// The most bytes of path and query.
    public static let rawTargetBytesMax = 8 * 1024

    /// The whole URI.
    public let text: String

    private static let scheme = "https://"
    private static let defaultPort = ":443"

    /// The target of a request; nil when `endpoint` is not `https://host[:port]` in lower case, or
    /// `rawTarget` is not path and query: `/` and visible ASCII without `#`.
    ///
    /// - Parameters:
    ///   - endpoint: from the directory. The port 443 is left out.
    ///   - rawTarget: exactly as in the request line.
    public init?(endpoint: String, rawTarget: String) {
        let authority = endpoint.utf8.dropFirst(Self.scheme.utf8.count)
        guard endpoint.utf8.starts(with: Self.scheme.utf8), !authority.isEmpty,
            authority.allSatisfy(Self.isOfAuthority),
            (1...Self.rawTargetBytesMax).contains(rawTarget.utf8.count),
            rawTarget.utf8.first == UInt8(ascii: "/"),
            rawTarget.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "#") })
        else { return nil }
        let isDefault = endpoint.hasSuffix(Self.defaultPort)
        text = endpoint.dropLast(isDefault ? Self.defaultPort.count : 0) + rawTarget
    }

    /// Letters in lower case, digits, and what stands in names, addresses and ports.
    private static func isOfAuthority(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: "["),
            UInt8(ascii: "]"):
            true
        default: false
        }
    }
}

extension TargetURI: CustomStringConvertible {
    /// The whole URI.
    public var description: String { text }
}
