/// A header field of a message: a name and a value.
public struct HeaderField: Hashable, Sendable {
    /// The name, in lower case.
    public let name: String
    /// The value, without the white space around it.
    public let value: String

    /// A field; names are compared without regard to case.
    public init(_ name: String, _ value: String) {
        self.name = name.lowercased()
        let bytes = value.utf8.drop(while: Self.isBlank)
        let length = bytes.reversed().drop(while: Self.isBlank).count
        self.value = String(decoding: bytes.prefix(length), as: UTF8.self)
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}

extension [HeaderField] {
    static let signatureInput = "signature-input"
    static let signature = "signature"
    static let contentType = "content-type"
    static let contentDigest = "content-digest"

    /// The value of a field that may stand in the message once; nil when it is not there, is there
    /// twice, or holds anything but visible ASCII, spaces and tabs.
    func only(_ name: String) -> String? {
        let found = filter { $0.name == name }
        guard found.count == 1, let value = found.first?.value,
            value.utf8.allSatisfy({ (0x20...0x7E).contains($0) || $0 == 0x09 })
        else { return nil }
        return value
    }

    /// The lines of a field that is a list, as one value (RFC 9110 §5.3); nil when there is none.
    func joined(_ name: String) -> String? {
        let found = filter { $0.name == name }
        return found.isEmpty ? nil : found.map(\.value).joined(separator: ", ")
    }

    /// The fields without those named.
    func without(_ names: String...) -> [HeaderField] { filter { !names.contains($0.name) } }
}
