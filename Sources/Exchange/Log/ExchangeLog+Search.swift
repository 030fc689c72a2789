import TransparencyLog

extension ExchangeLog {
    /// Where the first entry of a kind stands among those since the log had `size` entries; nil when none
    /// does. Entries whose write failed may be there all the same: the log settles first, so that they
    /// are seen.
    ///
    /// - Throws: `LogError`; `.stopped` for a log that cannot be read.
    func place(
        since size: Int, where matches: (LogEntry) -> Bool
    ) async throws -> EntryIndex? {
        let end = try await settled().checkpoint.head.size.value
        let width = TileID.widthMax
        for first in stride(from: size / width * width, to: end, by: width) {
            guard
                let id = EntryBundleID(index: first / width, width: min(width, end - first)),
                let bytes = try await entries(id),
                let bundle = try? EntryBundle(bytes: bytes, count: id.width)
            else { throw LogError.stopped }
            let offset = bundle.entries.firstIndex { bytes in
                (try? LogEntry(bytes: bytes)).map(matches) ?? false
            }
            if let offset { return EntryIndex(first + offset) }
        }
        return nil
    }
}
