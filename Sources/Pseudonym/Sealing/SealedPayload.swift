/// What is enciphered: fields behind their lengths, filled with zeros to a multiple of
/// `blockBytes`, so that what is stored tells little of how long a name is (protocol/rekey.md).
struct SealedPayload {
    /// What a payload is about; it cannot be opened as anything else.
    enum Kind: String {
        case subject = "creditmesh-sealed-subject-v1"
        case account = "creditmesh-sealed-account-v1"

        /// What a payload is bound to: the label, then the reference.
        func associatedData(_ reference: [UInt8]) -> [UInt8] {
            Array(rawValue.utf8) + reference
        }
    }

    /// Lengths are multiples of this.
    static let blockBytes = 64

    /// The most bytes of a payload: scheme, identifier and three names at their longest.
    static let bytesMax = 3200

    /// Padded.
    let bytes: [UInt8]

    /// The fields in their order, each behind its length in two big-endian bytes.
    ///
    /// - Precondition: their sum stays below `bytesMax`; the types that call this see to it.
    init(fields: [[UInt8]]) {
        var content: [UInt8] = [UInt8(fields.count)]
        for field in fields {
            content.append(UInt8(field.count >> 8))
            content.append(UInt8(field.count & 0xFF))
            content += field
        }
        let blocks = (content.count + Self.blockBytes - 1) / Self.blockBytes
        content += [UInt8](repeating: 0, count: blocks * Self.blockBytes - content.count)
        precondition(content.count <= Self.bytesMax)
        bytes = content
    }

    /// Opened bytes.
    ///
    /// - Throws: `SealingError.form`: not filled as `init(fields:)` fills them.
    init(bytes: [UInt8]) throws(SealingError) {
        guard let fields = Self.fields(of: bytes), Self(fields: fields).bytes == bytes else {
            throw .form
        }
        self.bytes = bytes
    }

    /// The fields; there are some, since `init` has seen them.
    var fields: [[UInt8]] { Self.fields(of: bytes) ?? [] }

    private static func fields(of bytes: [UInt8]) -> [[UInt8]]? {
        guard bytes.count <= bytesMax, let count = bytes.first else { return nil }
        var rest = bytes.dropFirst()
        var fields: [[UInt8]] = []
        for _ in 0..<count {
            guard rest.count >= 2 else { return nil }
            let length = Int(rest.removeFirst()) << 8 | Int(rest.removeFirst())
            guard rest.count >= length else { return nil }
            fields.append(Array(rest.prefix(length)))
            rest = rest.dropFirst(length)
        }
        return fields
    }
}
