import Membership
import TUF

extension AuthorityFolder {
    /// The most statements of keys that one draft takes up.
    public static let keyStatementsMax = 256

    /// Drafts the targets for the published directory with the keys that nodes state, each signed by a
    /// key of the node that is published. Returns the draft's name.
    ///
    /// - Parameter statements: the files, by their names, 1 to ``keyStatementsMax``.
    /// - Throws: `AuthorityError.file` for one that is not taken; nothing is drafted then.
    public func draftKeys(
        _ statements: [(name: String, bytes: [UInt8])], now: MetadataTime
    ) async throws(AuthorityError) -> String {
        guard (1...Self.keyStatementsMax).contains(statements.count) else {
            throw .draft("give 1 to \(Self.keyStatementsMax) statements of keys")
        }
        guard let members = try await published().members else {
            throw .draft("there is no directory yet whose keys could change")
        }
        let published = try Self.directory(members)
        var next = published
        for (name, bytes) in statements {
            do {
                next = try SignedKeyStatement(json: bytes).applied(to: next)
            } catch {
                throw .file(name, "\(error)")
            }
        }
        // One version further, however many nodes change keys.
        let draft: Directory
        do {
            draft = try Directory(
                version: published.version + 1, consortium: next.consortium, charter: next.charter,
                nodes: next.nodes, members: next.members, witnesses: next.witnesses)
        } catch {
            throw .directory("\(error)")
        }
        return try await draftTargets(draft.encoded(), now: now)
    }
}
