/// What a client dials and a certificate names: a DNS name or an IP address.
public enum EndpointHost: Sendable, Hashable {
    /// A DNS name in lower case: labels of `[a-z0-9-]`, 1 to 63 bytes each, no hyphen at the ends
    /// (RFC 1123 §2.1), no trailing dot, at most ``nameBytesMax`` bytes in all.
    case name(String)
    /// An IP address.
    case address(IPAddress)

    /// The longest DNS name in bytes (RFC 1035 §2.3.4, without the root's length byte).
    public static let nameBytesMax = 253
    /// The longest label of a DNS name in bytes (RFC 1035 §2.3.4).
    public static let labelBytesMax = 63

    /// A host, or nil when `text` is neither a DNS name in lower case nor an IP address in
    /// canonical spelling. IPv6 is written without brackets here; see ``Endpoint``.
    public init?(_ text: String) {
        if let address = IPAddress(text) {
            self = .address(address)
        } else {
            self.init(dnsName: text)
        }
    }

    /// A DNS name in lower case, or nil; an IP address is none.
    init?(dnsName text: String) {
        guard Self.isName(text) else { return nil }
        self = .name(text)
    }

    private static func isName(_ text: String) -> Bool {
        let labels = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        // A name whose last label is a number is read as an IPv4 address by some resolvers
        // (`127.1`), so it would not mean the same host everywhere.
        guard text.utf8.count <= nameBytesMax, labels.allSatisfy(isLabel),
            let last = labels.last, !last.allSatisfy(\.isDigit)
        else { return false }
        return true
    }

    private static func isLabel(_ label: Substring.UTF8View) -> Bool {
        guard (1...labelBytesMax).contains(label.count), let first = label.first,
            let last = label.last
        else { return false }
        return !first.isHyphen && !last.isHyphen && label.allSatisfy(NodeIDRule.allows)
    }
}

extension EndpointHost: CustomStringConvertible {
    /// The host as text; IPv6 without brackets.
    public var description: String {
        switch self {
        case .name(let name): name
        case .address(let address): address.description
        }
    }
}
