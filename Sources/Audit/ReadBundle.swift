import Exchange
import TransparencyLog

/// A bundle of a copy, read and hashed: what takes long, done for several at once on all cores.
struct ReadBundle: Sendable {
    /// Bundles that are read at once, and are in memory together.
    static let atOnceMax = 16

    /// An entry's bytes, and what they say.
    struct Entry: Sendable {
        let bytes: [UInt8]
        let content: Result<LogEntry, LogEntryError>
    }

    /// What is in its file.
    enum Content: Sendable {
        case missing
        case malformed
        case entries([Entry], leaves: [MerkleHash])
    }

    let id: EntryBundleID
    let content: Result<Content, AuditFailure>

    /// Reads the bundles from `first` on, up to ``atOnceMax`` of them.
    static func read(
        from first: EntryBundleID, of size: TreeSize, in folder: MirrorFolder
    ) -> [ReadBundle] {
        let index = first.entries.lowerBound / TileID.widthMax
        let ids = (index..<index + atOnceMax).compactMap { EntryBundleID(index: $0, in: size) }
        return ids.mappedOnAllCores { ReadBundle($0, in: folder) }
    }

    private init(_ id: EntryBundleID, in folder: MirrorFolder) {
        self.id = id
        content = Result { () throws(AuditFailure) in
            guard let bytes = try folder.read(id.path) else { return .missing }
            guard let bundle = try? EntryBundle(bytes: bytes, count: id.width) else {
                return .malformed
            }
            let entries = bundle.entries.map { bytes in
                Entry(
                    bytes: bytes,
                    content: Result { () throws(LogEntryError) in try LogEntry(bytes: bytes) })
            }
            return .entries(entries, leaves: bundle.leaves)
        }
    }
}
