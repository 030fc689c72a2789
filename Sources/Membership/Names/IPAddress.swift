import Foundation

/// An IPv4 or IPv6 address in its one canonical spelling (RFC 5952 for IPv6, no zone).
public struct IPAddress: Sendable, Hashable {
    /// 4 bytes for IPv4, 16 for IPv6, in network order, as a certificate's IP SAN carries them.
    public let bytes: [UInt8]
    private let text: String

    /// An address, or nil when `text` is not one in canonical spelling (`127.0.0.1`, `::1`, without
    /// brackets). Only one spelling is taken, so that equal endpoints have equal texts.
    public init?(_ text: String) {
        let isVersion6 = text.utf8.contains(UInt8(ascii: ":"))
        let family = isVersion6 ? AF_INET6 : AF_INET
        var bytes = [UInt8](repeating: 0, count: isVersion6 ? 16 : 4)
        guard text.utf8.count <= Self.textBytesMax, !text.utf8.contains(0),
            inet_pton(family, text, &bytes) == 1,
            Self.canonicalText(of: bytes, family: family) == text
        else { return nil }
        self.bytes = bytes
        self.text = text
    }

    /// An address from 4 or 16 bytes in network order; nil for any other count.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16,
            let text = Self.canonicalText(
                of: bytes, family: bytes.count == 4 ? AF_INET : AF_INET6)
        else { return nil }
        self.bytes = bytes
        self.text = text
    }

    /// Whether this is an IPv6 address, which a URL puts in brackets.
    public var isVersion6: Bool { bytes.count == 16 }

    /// The longest spelling of an IPv6 address, in bytes.
    private static let textBytesMax = 45

    private static func canonicalText(of bytes: [UInt8], family: Int32) -> String? {
        var buffer = [CChar](repeating: 0, count: textBytesMax + 1)
        guard inet_ntop(family, bytes, &buffer, socklen_t(buffer.count)) != nil else { return nil }
        return String(validating: buffer.prefix { $0 != 0 }.map { UInt8($0) }, as: UTF8.self)
    }
}

extension IPAddress: CustomStringConvertible {
    /// The address in its canonical spelling, without brackets.
    public var description: String { text }
}
