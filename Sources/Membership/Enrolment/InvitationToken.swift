import Crypto
import StrictJSON

/// What a new node is given: where the authority is, how to know it, and a secret that is good for one
/// enrolment. Descriptions do not show it.
public struct InvitationToken: Sendable, Equatable {
    /// What every token begins with.
    public static let prefix = "creditmesh-invitation-1."

    /// The consortium.
    public let consortium: ConsortiumID
    /// The node that is invited, by which the authority finds the invitation.
    public let node: NodeID
    /// Where the authority's service is.
    public let authority: Endpoint
    /// SHA-256 of `1.root.json`, 32 bytes.
    public let root: [UInt8]
    /// SHA-256 of the consortium's authority certificate in DER, 32 bytes. The service is under it, too.
    public let certificate: [UInt8]
    /// The secret, 32 bytes.
    public let secret: [UInt8]

    /// A token for an invitation; `secret` is to be random.
    public init(
        consortium: ConsortiumID, node: NodeID, authority: Endpoint, root: [UInt8],
        certificate: [UInt8], secret: [UInt8]
    ) {
        self.consortium = consortium
        self.node = node
        self.authority = authority
        self.root = root
        self.certificate = certificate
        self.secret = secret
    }

    /// Reads a token; nil for what is none. White space around it does not count.
    public init?(_ text: String) {
        let text = String(
            text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
        guard text.utf8.count <= EnrolmentLimits.tokenBytesMax, text.hasPrefix(Self.prefix),
            let bytes = Base64.decodeURL(String(text.dropFirst(Self.prefix.count))),
            let value = try? JSONValue(
                parsing: bytes,
                limits: JSONLimits(documentBytesMax: EnrolmentLimits.tokenBytesMax)),
            let token = try? InvitationToken(DirectoryField(value: value, path: .root))
        else { return nil }
        self = token
    }

    private init(_ field: DirectoryField) throws(DirectoryError) {
        let fields = try field.members(known: [
            "consortium", "node", "authority", "root", "certificate", "secret",
        ])
        consortium = try fields.required("consortium").name()
        node = try fields.required("node").name()
        let authority = try fields.required("authority")
        guard let endpoint = Endpoint(try authority.string()) else {
            throw authority.breaks(.endpoint)
        }
        self.authority = endpoint
        root = try fields.required("root").publicKey().bytes
        certificate = try fields.required("certificate").publicKey().bytes
        secret = try fields.required("secret").publicKey().bytes
    }

    /// The token as it is handed over: one line, secret.
    public var text: String {
        let value = JSONValue.members([
            "consortium": .string(consortium.text), "node": .string(node.text),
            "authority": .string(authority.description), "root": .string(Base64.encodeURL(root)),
            "certificate": .string(Base64.encodeURL(certificate)),
            "secret": .string(Base64.encodeURL(secret)),
        ])
        return Self.prefix + Base64.encodeURL(value.encoded)
    }

    /// The secret as it is sent: base64url.
    public var password: String { Base64.encodeURL(secret) }

    /// The digest of a secret as it is sent, which is all that the authority keeps of it: SHA-256 of
    /// its 32 bytes; nil for what is no secret.
    public static func digest(ofPassword text: String) -> [UInt8]? {
        guard let secret = Base64.decodeURL(text), secret.count == EnrolmentLimits.secretBytes
        else { return nil }
        return digest(of: secret)
    }

    /// The digest of a secret.
    public static func digest(of secret: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: secret)) }
}

extension InvitationToken: CustomStringConvertible, CustomReflectable {
    /// The type's name only.
    public var description: String { "InvitationToken(redacted)" }
    /// No children, so that `dump` shows no secret.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
