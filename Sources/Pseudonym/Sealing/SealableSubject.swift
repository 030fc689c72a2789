/// A subject's identifier and the names by which its lender knows it, on their way into or out of
/// what is sealed. Exists in memory only.
public struct SealableSubject: Hashable, Sendable, Redacted {
    /// See `Redacted`.
    public static let redactedLabel = "<sealable subject>"

    /// The most names that are sealed.
    public static let namesMax = 3

    /// The identifier.
    public let identifier: Identifier

    /// The names as the lender's file writes them, each at most `SubjectName.rawBytesMax` bytes of
    /// UTF-8.
    public let names: [String]

    /// A subject with its names; empty names, names longer than that, repetitions and names after
    /// the third are left out.
    public init(identifier: Identifier, names: [String]) {
        self.identifier = identifier
        var kept: [String] = []
        for name in names
        where kept.count < Self.namesMax && !kept.contains(name) && Self.isName(name) {
            kept.append(name)
        }
        self.names = kept
    }

    /// The same of an identifier that was checked and brought into normal form before.
    ///
    /// - Throws: `SealingError.form`: the texts have not the lengths of scheme and identifier.
    public init(
        scheme: String, normalForm: String, names: [String]
    ) throws(SealingError) {
        guard let scheme = SchemeName(rawValue: scheme),
            (1...Identifier.bytesMax).contains(normalForm.utf8.count)
        else { throw .form }
        self.init(
            identifier: Identifier(scheme: scheme, normalForm: normalForm), names: names)
    }

    private static func isName(_ name: String) -> Bool {
        (1...SubjectName.rawBytesMax).contains(name.utf8.count)
    }

    var payload: SealedPayload {
        let texts = [identifier.scheme.rawValue, identifier.normalForm] + names
        return SealedPayload(fields: texts.map { Array($0.utf8) })
    }

    init(payload: SealedPayload) throws(SealingError) {
        let texts = payload.fields.map { String(validating: $0, as: UTF8.self) }
        guard (2...(2 + Self.namesMax)).contains(texts.count),
            let scheme = texts[0], let normalForm = texts[1]
        else { throw .form }
        try self.init(
            scheme: scheme, normalForm: normalForm,
            names: texts.dropFirst(2).compactMap(\.self))
        guard self.names.count == texts.count - 2 else { throw .form }
    }
}
