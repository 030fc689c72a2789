import Pseudonym
import StrictJSON

/// What the sealed box of one element holds: all that is needed to make the element anew, and on what
/// the asking rested. It names a subject: printing it shows nothing.
///
/// Source: protocol/opening.md, "Boxes".
public struct BoxContent: Hashable, Sendable {
    /// The element as it was sent, 32 bytes.
    public let element: [UInt8]
    /// The factor under which the subject was hidden, 32 bytes.
    public let blind: [UInt8]
    /// The identifier's scheme.
    public let scheme: String
    /// The identifier in normal form.
    public let identifier: String
    /// What for.
    public let purpose: String
    /// The reference of the asker's consent, 16 bytes.
    public let consent: [UInt8]
    /// The digest of the consent's evidence, 32 bytes.
    public let evidenceDigest: [UInt8]
    /// Random bytes that stand nowhere else, 32.
    public let salt: [UInt8]
    /// The `kid` of the opening key to which the box is sealed.
    public let opening: String

    /// A content; lengths as documented on the properties.
    public init(
        element: [UInt8], blind: [UInt8], scheme: String, identifier: String, purpose: String,
        consent: [UInt8], evidenceDigest: [UInt8], salt: [UInt8], opening: String
    ) {
        self.element = element
        self.blind = blind
        self.scheme = scheme
        self.identifier = identifier
        self.purpose = purpose
        self.consent = consent
        self.evidenceDigest = evidenceDigest
        self.salt = salt
        self.opening = opening
    }
}

extension BoxContent {
    /// Bytes of the salt.
    public static let saltCount = 32

    /// The exact bytes that are sealed: JSON without white space, members in the order of
    /// protocol/opening.md.
    public var bytes: [UInt8] { json.encoded }

    /// Reads what was in a box; nil for any other spelling than ``bytes``.
    public init?(bytes: [UInt8]) {
        let limits = JSONLimits(documentBytesMax: Evidence.boxBytesMax)
        guard let value = try? JSONValue(parsing: bytes, limits: limits),
            let content = try? BoxContent(json: value), content.bytes == bytes
        else { return nil }
        self = content
    }

    private init(json: JSONValue) throws(JSONError) {
        var reader = try JSONObjectReader(json)
        element = try reader.boxed("element", count: 32)
        blind = try reader.boxed("blind", count: 32)
        scheme = try reader.required("scheme", "a scheme", \.text)
        identifier = try reader.required("identifier", "an identifier", \.text)
        purpose = try reader.required("purpose", "a purpose", \.text)
        consent = try reader.boxed("consent", count: 16)
        evidenceDigest = try reader.boxed("evidenceDigest", count: 32)
        salt = try reader.boxed("salt", count: Self.saltCount)
        opening = try reader.required("opening", "a key's name", \.text)
        try reader.refuseUnknown()
    }

    private var json: JSONValue {
        [
            "element": .string(Base64URL.encode(element)),
            "blind": .string(Base64URL.encode(blind)),
            "scheme": .string(scheme),
            "identifier": .string(identifier),
            "purpose": .string(purpose),
            "consent": .string(Base64URL.encode(consent)),
            "evidenceDigest": .string(Base64URL.encode(evidenceDigest)),
            "salt": .string(Base64URL.encode(salt)),
            "opening": .string(opening),
        ]
    }
}

extension BoxContent: CustomStringConvertible, CustomReflectable {
    /// A label without content.
    public var description: String { "<box content>" }

    /// A mirror without content.
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}

extension JSONObjectReader {
    fileprivate mutating func boxed(_ name: String, count: Int) throws(JSONError) -> [UInt8] {
        try required(name, "\(count) bytes in base64url") { $0.bytes(count: count) }
    }
}
