import TransparencyLog

/// The entries of a folder, bundle by bundle.
struct MirroredEntries {
    /// A bundle's entries with their places.
    struct Bundle {
        let places: Range<Int>
        let entries: [[UInt8]]
    }

    private let folder: MirrorFolder
    private let size: TreeSize
    private var index = 0

    init(of folder: MirrorFolder, size: TreeSize) {
        self.folder = folder
        self.size = size
    }

    /// The next bundle; nil behind the last.
    ///
    /// - Throws: `AuditFailure.file` when its file is missing or none.
    mutating func next() throws(AuditFailure) -> Bundle? {
        guard index * TileID.widthMax < size.value, let id = EntryBundleID(index: index, in: size)
        else { return nil }
        index += 1
        guard let bytes = try folder.read(id.path) else { throw .file(id.path, "is missing") }
        guard let bundle = try? EntryBundle(bytes: bytes, count: id.width) else {
            throw .file(id.path, "is no bundle of entries")
        }
        return Bundle(places: id.entries, entries: bundle.entries)
    }
}
