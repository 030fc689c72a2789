import SwiftASN1
import X509

/// The extensions that tests mix.
enum OddExtension: Sendable {
    case leaf, authority
    case usage(KeyUsage)
    case extendedUsage([ExtendedKeyUsage.Usage])
    case unknown(critical: Bool)
    case unreadableUsage

    static let good: [OddExtension] = [
        .leaf, .usage(KeyUsage(digitalSignature: true)),
        .extendedUsage([.clientAuth, .serverAuth]),
    ]

    /// The good extensions with the one at `index` replaced, or left out for nil.
    static func good(replacing index: Int, with odd: OddExtension?) -> [OddExtension] {
        var list = good
        list.replaceSubrange(index...index, with: odd.map { [$0] } ?? [])
        return list
    }

    func encoded() throws -> Certificate.Extension {
        switch self {
        case .leaf: try .init(BasicConstraints.notCertificateAuthority, critical: true)
        case .authority:
            try .init(BasicConstraints.isCertificateAuthority(maxPathLength: 0), critical: true)
        case .usage(let usage): try .init(usage, critical: true)
        case .extendedUsage(let usages): try .init(ExtendedKeyUsage(usages), critical: false)
        case .unknown(let critical):
            .init(oid: [1, 3, 6, 1, 4, 1, 99_999, 1], critical: critical, value: [5, 0])
        case .unreadableUsage:
            .init(oid: .X509ExtensionID.keyUsage, critical: true, value: [5, 0])
        }
    }
}
