import Foundation
import Membership
import StrictJSON

/// An invitation and what came for it: one file. Of the token's secret there is a digest alone.
public struct EnrolmentRecord: Sendable, Equatable {
    /// Who is invited.
    public let invitation: Invitation
    /// SHA-256 of the secret, 32 bytes.
    let secretDigest: [UInt8]
    /// Until when the token can be used, in seconds since 1970.
    public let expires: Int
    /// The public keys that came; nil before.
    public internal(set) var keys: EnrolledKeys?
    /// The request for a certificate that came, DER; nil before.
    var request: [UInt8]?
    /// The certificate that was issued, DER; nil before.
    var certificate: [UInt8]?
    /// When it was issued, in seconds since 1970.
    var issued: Int?

    /// Most bytes of a file.
    static let bytesMax = 8 * 1024 * 1024

    /// How far the enrolment has come.
    public var state: EnrolmentState {
        if certificate != nil { return .issued }
        return keys != nil && request != nil ? .enrolled : .invited
    }

    /// What the holder of the token may know.
    public var standing: EnrolmentStanding {
        EnrolmentStanding(invitation: invitation, state: state, expires: expires)
    }

    init(invitation: Invitation, secretDigest: [UInt8], expires: Int) {
        self.invitation = invitation
        self.secretDigest = secretDigest
        self.expires = expires
    }

    /// Whether the secret is that of the token; takes the same time for every wrong one.
    func isOpened(byDigest digest: [UInt8]) -> Bool {
        guard digest.count == secretDigest.count else { return false }
        return zip(digest, secretDigest).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

extension EnrolmentRecord {
    init(_ bytes: [UInt8], name: String) throws(AuthorityError) {
        let limits = JSONLimits(
            documentBytesMax: Self.bytesMax, stringBytesMax: CertificateProfile.derBytesMax * 2)
        guard let value = try? JSONValue(parsing: bytes, limits: limits),
            var fields = try? JSONObjectReader(value),
            fields.optional("version")?.integer == 1,
            let invited = fields.optional("invitation"),
            let invitation = try? Invitation(json: invited),
            let digest = fields.optional("secretDigest").flatMap(Self.bytes),
            let expires = fields.optional("expires")?.integer
        else { throw .file(name, "is not an enrolment") }
        self.init(invitation: invitation, secretDigest: digest, expires: expires)
        if let keys = fields.optional("keys") {
            guard let read = try? EnrolledKeys(json: keys, of: invitation) else {
                throw .file(name, "is not an enrolment")
            }
            self.keys = read
        }
        request = fields.optional("request").flatMap(Self.bytes)
        certificate = fields.optional("certificate").flatMap(Self.bytes)
        issued = fields.optional("issued")?.integer
    }

    var bytes: [UInt8] {
        let text = { (bytes: [UInt8]) in JSONValue.string(Data(bytes).base64EncodedString()) }
        let document = JSONValue.members([
            "version": 1, "invitation": invitation.json, "secretDigest": text(secretDigest),
            "expires": .integer(expires), "keys": keys?.json, "request": request.map(text),
            "certificate": certificate.map(text), "issued": issued.map { .integer($0) },
        ])
        return Array((document.prettyPrinted + "\n").utf8)
    }

    private static func bytes(_ value: JSONValue) -> [UInt8]? {
        value.text.flatMap { Data(base64Encoded: $0) }.map { Array($0) }
    }
}
