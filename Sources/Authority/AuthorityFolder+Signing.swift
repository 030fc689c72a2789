import Foundation
import StrictJSON
import TUF

/// A draft that is looked at before it is signed.
public struct Review: Sendable {
    /// The draft's name, such as `2.targets.json`.
    public let name: String
    /// What would change, line by line.
    public let changes: [DirectoryChange]
    /// Why it was made, as whoever made it says; not signed. Nil where nothing was said.
    public let reason: String?
    /// Who has signed, by name.
    public let signers: [String]
    /// How many more of the officers must sign.
    public let missing: Int
}

extension AuthorityFolder {
    /// What a draft would change, and who has signed it.
    public func review(_ name: String) async throws(AuthorityError) -> Review {
        let metadata = try draft(name)
        let published = try await published()
        if let next = try? RootMetadata(metadata.signed) {
            let earlier = published.trusted?.root
            return review(
                name, metadata, as: .root, by: [earlier, next].compactMap(\.self),
                changes: DirectoryChange.between(earlier, next))
        }
        guard let next = try? TargetsMetadata(metadata.signed),
            let described = next.files[Self.target],
            let root = try draftedRoot() ?? published.trusted?.root
        else { throw .draft("\(name) is no draft of a root or of targets") }
        guard
            let bytes = try read(
                drafts, Self.memberFile(described), MetadataLimits.targetFileBytesMax),
            FileDescription(of: bytes) == described
        else { throw .draft("the members.json that \(name) describes is not beside it") }
        let directory = try Self.directory(bytes)
        return review(
            name, metadata, as: .targets, by: [root],
            changes: DirectoryChange.between(
                try published.members.map(Self.directory), directory))
    }

    /// Adds a signature to a draft.
    ///
    /// - Throws: `AuthorityError.draft` for a key that may not sign it.
    public func sign(_ name: String, by signer: MetadataSigner) async throws(AuthorityError) {
        let metadata = try draft(name)
        var rules = [try await published().trusted?.root, try draftedRoot()].compactMap(\.self)
        if let root = try? RootMetadata(metadata.signed) { rules.append(root) }
        guard rules.contains(where: { $0.roles[.root]?.keyIDs.contains(signer.keyID) == true })
        else { throw .draft("the key is none of the officers' who sign \(name)") }
        do {
            try drafts.write(metadata.adding(signer).bytes, named: name)
        } catch {
            throw .file(name, "cannot be written")
        }
    }

    /// The root that is drafted, if one is: its officers sign the targets that go with it.
    func draftedRoot() throws(AuthorityError) -> RootMetadata? {
        guard let name = drafts.names().last(where: { $0.hasSuffix(".root.json") }) else {
            return nil
        }
        return try? RootMetadata(try draft(name).signed)
    }

    func draft(_ name: String) throws(AuthorityError) -> SignedMetadata {
        guard let bytes = try read(drafts, name, MetadataLimits.targetsBytesMax) else {
            throw .file(name, "is not among the drafts")
        }
        do {
            return try SignedMetadata(parsing: bytes, bytesMax: MetadataLimits.targetsBytesMax)
        } catch {
            throw .file(name, "\(error)")
        }
    }

    /// Writes a draft without signatures; one of the same name that officers began to sign is
    /// replaced, and with it their signatures, which were for other content.
    func writeDraft(_ content: JSONValue, _ name: String) throws(AuthorityError) -> String {
        guard let metadata = try? SignedMetadata(signing: content, by: []) else {
            throw .draft("\(name) cannot be written")
        }
        // The reason of a draft that is replaced was for other content, too.
        do { try drafts.remove(Self.reasonFile(name)) } catch { throw .file(name, "\(error)") }
        try write(metadata.bytes, to: drafts, name)
        return name
    }

    private func review(
        _ name: String, _ metadata: SignedMetadata, as role: MetadataRole,
        by roots: [RootMetadata], changes: [DirectoryChange]
    ) -> Review {
        let found = roots.map { $0.signingKeys(of: metadata, as: role) }
        let missing = zip(roots, found).map { root, keys in
            max(0, (root.roles[role]?.threshold ?? 1) - keys.count)
        }
        let names = Set(found.flatMap(\.self).map(\.name)).sorted()
        return Review(
            name: name, changes: changes, reason: reason(for: name), signers: names,
            missing: missing.max() ?? 0)
    }
}

extension MetadataKey {
    /// What people call the key: its owner, or the first digits of its id.
    var name: String { owner ?? String(keyID.prefix(8)) }
}
