import Crypto
import StrictJSON

/// What one file of metadata says of another file: its length and digests (TUF 1.0 §4.4, §4.5).
public struct FileDescription: Sendable, Equatable {
    /// Its length in bytes, where it is said.
    public let length: Int?
    /// Its digests in hexadecimal by the name of the algorithm, where they are said.
    public let digests: [String: String]

    /// Describes bytes.
    public init(of bytes: [UInt8]) {
        length = bytes.count
        digests = ["sha256": Hexadecimal.text(of: SHA256.hash(data: bytes))]
    }

    /// Reads length and digests; a target must have both.
    init(_ fields: MetadataFields, isTarget: Bool) throws(UpdateFault) {
        length =
            isTarget || fields.optional("length") != nil
            ? try fields.integer("length", atLeast: 0) : nil
        var digests: [String: String] = [:]
        if isTarget || fields.optional("hashes") != nil {
            for member in try MetadataFields(fields.value("hashes")).members {
                guard let text = member.value.text else { throw .malformed }
                digests[member.name] = text
            }
            // Without one that can be checked it would describe nothing.
            guard digests["sha256"] != nil || digests["sha512"] != nil else { throw .malformed }
        }
        self.digests = digests
    }

    /// The digest that stands in the file's name.
    var namedDigest: String? { digests["sha256"] ?? digests["sha512"] }

    /// Holds bytes against the description.
    func check(_ bytes: [UInt8]) throws(UpdateFault) {
        if let length, length != bytes.count { throw .digest }
        if let digest = digests["sha256"], digest != Hexadecimal.text(of: SHA256.hash(data: bytes))
        {
            throw .digest
        }
        if let digest = digests["sha512"], digest != Hexadecimal.text(of: SHA512.hash(data: bytes))
        {
            throw .digest
        }
    }

    var json: [JSONMember] {
        let hashes = digests.sorted { $0.key < $1.key }.map {
            JSONMember($0.key, .string($0.value))
        }
        return [JSONMember("hashes", .object(hashes))]
            + (length.map { [JSONMember("length", .integer($0))] } ?? [])
    }
}
