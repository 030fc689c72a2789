import Membership
import TUF

extension AuthorityFolder {
    /// Drafts the first root. Returns the draft's name.
    public func draftFirstRoot(
        _ rules: SigningRules, now: MetadataTime
    ) async throws(AuthorityError) -> String {
        try create()
        guard try await published().trusted == nil else {
            throw .draft("there is a root already; change it with: creditmesh authority rotate")
        }
        return try draft(rules, version: 1, now: now)
    }

    /// Drafts the next root and, since officers also sign the targets, these anew. Returns the names.
    public func draftNextRoot(
        now: MetadataTime, _ change: (inout SigningRules) throws(AuthorityError) -> Void
    ) async throws(AuthorityError) -> [String] {
        let published = try await published()
        guard let trusted = published.trusted else { throw Self.nothing }
        var rules = SigningRules(trusted.root)
        try change(&rules)
        var names = [try draft(rules, version: trusted.root.head.version + 1, now: now)]
        if let members = published.members {
            names.append(try draftTargets(members, after: trusted, now: now))
        }
        return names
    }

    /// Drafts the targets for another `members.json`. Returns the draft's name.
    public func draftTargets(
        _ members: [UInt8], now: MetadataTime
    ) async throws(AuthorityError) -> String {
        let published = try await published()
        let drafted = try draftedRoot()
        guard published.trusted != nil || drafted != nil else { throw Self.nothing }
        let directory = try Self.directory(members)
        if let earlier = try published.members.map(Self.directory) {
            guard directory.consortium == earlier.consortium else {
                throw .directory("the directory is that of another consortium")
            }
            guard directory.version > earlier.version else {
                throw .directory(
                    "the directory's version must be greater than \(earlier.version)")
            }
        }
        return try draftTargets(members, after: published.trusted, now: now)
    }

    private func draft(
        _ rules: SigningRules, version: Int, now: MetadataTime
    ) throws(AuthorityError) -> String {
        try rules.check()
        let root = rules.root(
            version: version, expires: now.advanced(by: AuthorityLives.root))
        return try writeDraft(root.json, "\(version).root.json")
    }

    private func draftTargets(
        _ members: [UInt8], after trusted: TrustedMetadata?, now: MetadataTime
    ) throws(AuthorityError) -> String {
        let version = (trusted?.targets?.head.version ?? 0) + 1
        let described = FileDescription(of: members)
        let targets = TargetsMetadata(
            version: version, expires: now.advanced(by: AuthorityLives.targets),
            files: [Self.target: described])
        let file = Self.memberFile(described)
        try write(members, to: drafts, file)
        let name = try writeDraft(targets.json, "\(version).targets.json")
        for other in drafts.names() where other.hasSuffix(Self.target) && other != file {
            try? drafts.remove(other)
        }
        return name
    }

    /// The name of `members.json` with its digest.
    static func memberFile(_ described: FileDescription) -> String {
        "\(described.digests["sha256", default: ""]).\(target)"
    }

    static let nothing = AuthorityError.draft(
        "there is no root yet; begin with: creditmesh authority init")
}
