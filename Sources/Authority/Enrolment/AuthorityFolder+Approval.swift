import Foundation
import Membership
import StrictJSON
import TUF

extension AuthorityFolder {
    /// Drafts the targets with enrolled nodes and their members, for officers to sign. Nothing else is
    /// done: certificates are issued when what they signed is published.
    ///
    /// Nodes of a directory that is drafted already stay in it.
    ///
    /// - Parameter charter: of the first directory; later ones keep theirs.
    /// - Returns: the draft's name.
    /// - Throws: `AuthorityError.draft` for a node whose keys or request have not come.
    public func draftApproval(
        of nodes: [NodeID], charter: Charter? = nil, now: MetadataTime
    ) async throws(AuthorityError) -> String {
        var keys: [EnrolledKeys] = []
        for node in nodes {
            guard let record = try enrolment(of: node), record.state != .invited,
                let enrolled = record.keys
            else { throw .draft("'\(node)' has not enrolled") }
            keys.append(enrolled)
        }
        let published = try await published().members.map(Self.directory)
        let base = try draftedDirectory() ?? published
        guard let charter = base?.charter ?? charter else {
            throw .draft("the first directory needs a charter")
        }
        let added = Set(keys.map(\.node.id))
        let kept = (base?.nodes ?? []).filter { !added.contains($0.id) }
        let keptMembers = (base?.members ?? []).filter { !added.contains($0.node) }
        if let listed = added.sorted().first(where: { published?.node($0) != nil }) {
            throw .draft("the directory lists '\(listed)' already")
        }
        let directory: Directory
        do {
            directory = try Directory(
                version: (published?.version ?? 0) + 1, consortium: try consortium(),
                charter: charter, nodes: kept + keys.map(\.node),
                members: keptMembers + keys.flatMap(\.members), witnesses: base?.witnesses ?? [])
        } catch let error as DirectoryError {
            throw .directory("\(error)")
        } catch let error as AuthorityError {
            throw error
        } catch {
            throw .directory("cannot be put together")
        }
        return try await draftTargets(directory.encoded(), now: now)
    }

    /// The directory that is drafted, if one is.
    func draftedDirectory() throws(AuthorityError) -> Directory? {
        guard let name = drafts.names().last(where: { $0.hasSuffix(".targets.json") }),
            let targets = try? TargetsMetadata(try draft(name).signed),
            let described = targets.files[Self.target],
            let bytes = try read(
                drafts, Self.memberFile(described), MetadataLimits.targetFileBytesMax),
            FileDescription(of: bytes) == described
        else { return nil }
        return try Self.directory(bytes)
    }
}

extension Charter {
    /// Reads a charter from a file of its own: the value of `charter` in `members.json`.
    ///
    /// - Throws: `AuthorityError.directory` for the first rule that it breaks.
    public static func reading(_ bytes: [UInt8]) throws(AuthorityError) -> Charter {
        do {
            return try Charter(json: bytes)
        } catch {
            throw .directory("\(error)")
        }
    }
}
