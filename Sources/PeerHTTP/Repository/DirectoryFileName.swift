/// The name of a file of the directory's repository as it stands in a path (protocol/directory.md,
/// "The repository").
struct DirectoryFileName: Equatable {
    /// Longest name: a SHA-256 and `.members.json`.
    static let bytesMax = 96

    /// The name.
    let text: String

    /// A name of one part, of small letters, digits and points that stand between them; nil for any
    /// other.
    init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let isPlain = { (part: Substring) in
            !part.isEmpty
                && part.utf8.allSatisfy { byte in
                    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte)
                }
        }
        guard text.utf8.count <= Self.bytesMax, (2...3).contains(parts.count),
            parts.last == "json", parts.allSatisfy(isPlain)
        else { return nil }
        self.text = text
    }

    /// Whether a version or digest in the name says that the content never changes.
    var isFinal: Bool { text.split(separator: ".").count == 3 }
}
