import Exchange
import Membership
import StrictJSON
import TransparencyLog

/// Looks through copied logs, and gives every entry that it finds with its proof.
public struct LogSearch: Sendable {
    /// Entries that are listed; the rest is counted.
    public static let matchesMax = 1000

    private let folders: [MirrorFolder]
    private let question: SearchQuestion

    /// A search in folders, each with another node's log.
    public init(_ folders: [MirrorFolder], for question: SearchQuestion) {
        self.folders = folders
        self.question = question
    }

    /// Looks.
    ///
    /// - Throws: `AuditFailure` when a folder is none, or cannot be read.
    public func run() throws(AuditFailure) -> SearchResult {
        let logs = try folders.map { folder throws(AuditFailure) in try LogCopy(folder) }
        var result = SearchResult()
        var trail: SubjectTrail?
        if let subject = question.subject {
            var found = SubjectTrail(of: subject)
            for log in logs { try found.openAskings(of: log) }
            for log in logs { try found.findQueries(in: log) }
            result.opening = SearchResult.Opening(
                boxes: found.boxCount, unopened: found.unopened, names: found.nameCount)
            trail = found
        }
        for log in logs { try look(into: log, about: trail, &result) }
        return result
    }

    private func look(
        into log: LogCopy, about trail: SubjectTrail?, _ result: inout SearchResult
    ) throws(AuditFailure) {
        var hashes = TileHashes(of: log.head.size, from: log.folder)
        var entries = MirroredEntries(of: log.folder, size: log.head.size)
        while let bundle = try entries.next() {
            for (place, bytes) in zip(bundle.places, bundle.entries) {
                guard let entry = try log.entry(bytes, at: place), question.fits(entry),
                    trail.map({ entry.request.map($0.requests.contains) ?? false }) != false,
                    try question.outcome?.fits(
                        entry,
                        evidence: { () throws(AuditFailure) in
                            try log.folder.evidence(of: place)
                        }) != false
                else { continue }
                result.count += 1
                guard result.matches.count < Self.matchesMax else { continue }
                result.matches.append(
                    try Self.match(entry, bytes, at: place, in: log, from: &hashes))
            }
        }
    }

    /// An entry with the proof that the log holds it.
    private static func match(
        _ entry: LogEntry, _ bytes: [UInt8], at place: Int, in log: LogCopy,
        from hashes: inout TileHashes<MirrorFolder>
    ) throws(AuditFailure) -> SearchMatch {
        guard let index = EntryIndex(place),
            let plan = try? ProofPlan.inclusion(of: index, in: log.head.size),
            let nodes = try? plan.hashes(from: &hashes),
            let proof = try? InclusionProof(hashes: nodes),
            (try? proof.verify(.leaf(bytes), at: index, in: log.head)) != nil
        else {
            throw .folder(
                "\(log.folder.folder.lastPathComponent) does not prove entry \(place); verify it first"
            )
        }
        return SearchMatch(
            entry: entry, index: place,
            proof: Receipt(entry: bytes, index: index, proof: proof, checkpoint: log.checkpoint))
    }
}

/// An entry that was looked for.
public struct SearchMatch: Sendable {
    /// The entry.
    public let entry: LogEntry
    /// Its place.
    public let index: Int
    /// The proof that it stands there, a C2SP tlog-proof with the entry in it.
    public let proof: Receipt

    /// The name of a file with the proof.
    public var proofName: String { "\(entry.node)-\(index).tlog-proof" }
}

/// What a search found.
public struct SearchResult: Sendable {
    /// What became of the boxes, where a subject was looked for.
    public struct Opening: Hashable, Sendable {
        /// Boxes that the askers' nodes handed over.
        public let boxes: Int
        /// Those that none of the keys opened.
        public let unopened: Int
        /// Nodes and keys of theirs of which the subject's token is known.
        public let names: Int
    }

    /// Entries that fit.
    public internal(set) var count = 0
    /// The first `LogSearch.matchesMax` of them.
    public internal(set) var matches: [SearchMatch] = []
    /// See ``Opening``.
    public internal(set) var opening: Opening?
}
