import SwiftASN1

/// Certificates alone in the form of PKCS#7 (RFC 5652 §5, "certs-only"), as EST hands them out
/// (RFC 7030 §4.1.3).
public enum CertificateBundle {
    /// The largest bundle that is read, in bytes of DER.
    public static let derBytesMax = 64 * 1024
    /// The most certificates of a bundle that is read.
    public static let certificatesMax = 16

    /// Certificates in DER as one bundle.
    ///
    /// - Throws: ``IssuingError/library``.
    public static func encoded(_ certificates: [[UInt8]]) throws(IssuingError) -> [UInt8] {
        var serializer = DER.Serializer()
        do {
            try serializer.appendConstructedNode(identifier: .sequence) { content in
                try content.serialize(signedData)
                try content.appendConstructedNode(identifier: tagged) { outer in
                    try outer.appendConstructedNode(identifier: .sequence) { inner in
                        try write(certificates, to: &inner)
                    }
                }
            }
        } catch {
            throw .library
        }
        return serializer.serializedBytes
    }

    private static func write(
        _ certificates: [[UInt8]], to serializer: inout DER.Serializer
    ) throws {
        try serializer.serialize(1)
        serializer.appendConstructedNode(identifier: .set) { _ in }
        try serializer.appendConstructedNode(identifier: .sequence) { try $0.serialize(data) }
        // A SET OF is ordered by its elements' bytes (X.690 §11.6).
        serializer.appendConstructedNode(identifier: tagged) { set in
            for certificate in certificates.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
                set.serializeRawBytes(certificate)
            }
        }
        serializer.appendConstructedNode(identifier: .set) { _ in }
    }

    /// The certificates of a bundle in DER, or nil when it is none, or over a limit. Nothing of what
    /// they say is checked.
    public static func certificates(in bundle: [UInt8]) -> [[UInt8]]? {
        guard bundle.count <= derBytesMax, let root = try? DER.parse(bundle),
            let found = try? content(of: root), found.count <= certificatesMax
        else { return nil }
        return found
    }

    private static func content(of root: ASN1Node) throws -> [[UInt8]] {
        try DER.sequence(root, identifier: .sequence) { nodes in
            let type = try ASN1ObjectIdentifier(derEncoded: &nodes)
            guard type == signedData else { throw ProfileError.malformed }
            return try DER.explicitlyTagged(&nodes, tagNumber: 0, tagClass: .contextSpecific) {
                try DER.sequence($0, identifier: .sequence) { try signed(&$0) }
            }
        }
    }

    private static func signed(_ nodes: inout ASN1NodeCollection.Iterator) throws -> [[UInt8]] {
        _ = try Int(derEncoded: &nodes)
        guard nodes.next()?.identifier == .set, nodes.next()?.identifier == .sequence,
            let set = nodes.next(), set.identifier == tagged,
            case .constructed(let certificates) = set.content
        else { throw ProfileError.malformed }
        while nodes.next() != nil {}
        return certificates.map { Array($0.encodedBytes) }
    }

    private static let tagged = ASN1Identifier(tagWithNumber: 0, tagClass: .contextSpecific)
    private static let signedData: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 7, 2]
    private static let data: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 7, 1]
}
