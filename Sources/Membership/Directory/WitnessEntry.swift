import StrictJSON

/// A witness that cosigns checkpoints (C2SP tlog-witness; protocol.md §6). The operator of a log
/// never counts as a witness of its own.
public struct WitnessEntry: Sendable, Equatable {
    /// The witness's name, which is that of its verifier key.
    public let name: String
    /// The key of its cosignatures.
    public let verifierKey: VerifierKey
    /// Where checkpoints are submitted: an `https` URL to which `/add-checkpoint` is appended.
    public let url: String
    /// The firm that runs it, spelled like ``NodeEntry/operatorName`` if it also runs a node.
    public let operatorName: String

    /// An entry; its values are checked when the directory is made.
    public init(verifierKey: VerifierKey, url: String, operatorName: String) {
        self.name = verifierKey.name
        self.verifierKey = verifierKey
        self.url = url
        self.operatorName = operatorName
    }
}

extension WitnessEntry {
    /// The longest URL in bytes.
    public static let urlBytesMax = 512

    init(_ field: DirectoryField) throws(DirectoryError) {
        let members = try field.members(known: ["name", "vkey", "url", "operator"])
        name = try members.required("name").plainText(bytes: 1...VerifierKey.nameBytesMax)
        verifierKey = try members.required("vkey").verifierKey(.cosignature, name: name)
        let url = try members.required("url")
        self.url = try url.string()
        guard Self.isSubmissionURL(self.url) else { throw url.breaks(.url) }
        operatorName = try members.required("operator")
            .plainText(bytes: NodeEntry.operatorNameBytes)
    }

    var json: JSONValue {
        .members([
            "name": .string(name),
            "vkey": .string(verifierKey.description),
            "url": .string(url),
            "operator": .string(operatorName),
        ])
    }

    /// An endpoint in canonical spelling, then a path of unreserved characters (RFC 3986 §2.3).
    private static func isSubmissionURL(_ text: String) -> Bool {
        let pathStart = text.dropFirst("https://".count).firstIndex(of: "/") ?? text.endIndex
        let path = text[pathStart...].utf8
        return text.utf8.count <= urlBytesMax && Endpoint(String(text[..<pathStart])) != nil
            && path.allSatisfy { KeyNameRule.allows($0) || "/.~".utf8.contains($0) }
    }
}
