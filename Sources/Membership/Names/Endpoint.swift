/// Where a node listens: `https://host[:port]`, no path, in the one spelling that requests are
/// signed over (protocol.md §2 `@target-uri`, §8).
public struct Endpoint: Sendable, Hashable {
    /// The DNS name or IP address.
    public let host: EndpointHost
    /// The TCP port, 1 to 65535.
    public let port: Int

    /// The port that is left out of the spelling (RFC 9110 §4.2.2).
    public static let defaultPort = 443
    /// The ports that an endpoint may have.
    public static let ports = 1...65_535

    /// An endpoint, or nil when `port` is not in ``ports``.
    public init?(host: EndpointHost, port: Int = Self.defaultPort) {
        guard Self.ports.contains(port) else { return nil }
        self.host = host
        self.port = port
    }

    /// An endpoint from its canonical spelling; nil for anything else: another scheme, user
    /// information, a path (a lone `/` too), upper case, the default port written out, a port with
    /// leading zeros. One spelling only, because `@target-uri` is compared byte for byte.
    public init?(_ text: String) {
        guard text.hasPrefix(Self.scheme) else { return nil }
        let authority = text.dropFirst(Self.scheme.count)
        let hostEnd = Self.hostEnd(in: authority)
        let portText = authority[hostEnd...]
        guard
            let host = EndpointHost(Self.withoutBrackets(authority[..<hostEnd])),
            let port = portText.isEmpty ? Self.defaultPort : Int(portText.dropFirst()),
            let endpoint = Endpoint(host: host, port: port),
            endpoint.description == text
        else { return nil }
        self = endpoint
    }

    private static let scheme = "https://"

    private static func withoutBrackets(_ host: Substring) -> String {
        let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
        return String(isBracketed ? host.dropFirst().dropLast() : host)
    }

    /// The index of the colon before the port, or the end.
    private static func hostEnd(in authority: Substring) -> Substring.Index {
        guard let colon = authority.lastIndex(of: ":"), !authority[colon...].contains("]") else {
            return authority.endIndex
        }
        return colon
    }
}

extension Endpoint: LosslessStringConvertible {
    /// The canonical spelling, without a trailing slash.
    public var description: String {
        port == Self.defaultPort ? "\(Self.scheme)\(hostPart)" : "\(Self.scheme)\(hostPart):\(port)"
    }

    private var hostPart: String {
        if case .address(let address) = host, address.isVersion6 { return "[\(address)]" }
        return host.description
    }
}
