import Crypto
import Foundation
import SwiftASN1
import Testing
import X509

@testable import Membership

/// A certificate that fits the profile but for one thing, minted without the authority's code so
/// that it can be odd in every respect.
struct OddLeaf: Sendable, CustomTestStringConvertible {
    /// What the profile must say; nil when it must take the certificate.
    let fault: ProfileError?
    private let title: String
    private let uri: String
    private let subjectKey: Certificate.PublicKey
    private let issuerKey: Certificate.PrivateKey
    private let life: TimeInterval
    private let extensions: [OddExtension]
    private let names: [GeneralName]

    init(
        _ fault: ProfileError?, _ title: String = "",
        uri: String = "spiffe://test.creditmesh/node/harbor",
        subjectKey: Certificate.PublicKey = Certificate.PublicKey(
            P256.Signing.PrivateKey().publicKey),
        issuerKey: Certificate.PrivateKey = Certificate.PrivateKey(P256.Signing.PrivateKey()),
        life: TimeInterval = 30 * 86_400, extensions: [OddExtension] = OddExtension.good,
        names: [GeneralName] = [.dnsName("harbor.example")]
    ) {
        self.fault = fault
        self.title = title
        self.uri = uri
        self.subjectKey = subjectKey
        self.issuerKey = issuerKey
        self.life = life
        self.extensions = extensions
        self.names = names
    }

    var testDescription: String { title }

    func der(now: Date) throws -> [UInt8] {
        var list = try Certificate.Extensions(extensions.map { try $0.encoded() })
        try list.append(
            Certificate.Extension(
                SubjectAlternativeNames([.uniformResourceIdentifier(uri)] + names),
                critical: false))
        let certificate = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: subjectKey,
            notValidBefore: now, notValidAfter: now + life,
            issuer: DistinguishedName { CommonName("Issuer") },
            subject: DistinguishedName { CommonName("harbor") }, extensions: list,
            issuerPrivateKey: issuerKey)
        var serializer = DER.Serializer()
        try serializer.serialize(certificate)
        return serializer.serializedBytes
    }
}
