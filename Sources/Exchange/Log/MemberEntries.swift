import Membership
import TransparencyLog

/// What a member sees of its node's log: the entries that are its own, and no others
/// (protocol/local-api.md, "GET /api/v1/exchanges").
public struct MemberEntries: Sendable {
    /// Most entries of one page.
    public static let pageMax = 256
    /// Most bundles, of 256 entries each, that are looked through for one page.
    public static let bundlesMax = 16

    /// Some of a member's entries, the newest first.
    public struct Page: Sendable {
        /// Entries of the whole log, everybody's.
        public let size: Int
        /// The member's, each with its place, counted from 0, and its exact bytes.
        public let entries: [(index: Int, bytes: [UInt8])]
        /// Where to go on; nil when everything was looked through.
        public let before: Int?
    }

    private let log: any ExchangeLog

    /// A view into a log.
    public init(log: any ExchangeLog) {
        self.log = log
    }

    /// A page of the entries whose `member` this is.
    ///
    /// - Parameters:
    ///   - before: only entries before this place, not negative; nil for the newest.
    ///   - limit: most entries, 1 to ``pageMax``.
    /// - Throws: `LogError`.
    public func page(
        of member: MemberID, before: Int? = nil, limit: Int = pageMax
    ) async throws(LogError) -> Page {
        let size = try await log.checkpoint().checkpoint.head.size
        var place = min(before ?? size.value, size.value)
        var found: [(index: Int, bytes: [UInt8])] = []
        for _ in 0..<Self.bundlesMax where place > 0 && found.count < limit {
            let entries = try await bundle(holding: place - 1, in: size)
            let first = (place - 1) / TileID.widthMax * TileID.widthMax
            while place > first, found.count < limit {
                place -= 1
                let bytes = entries[place - first]
                if Self.isOwn(bytes, of: member) { found.append((place, bytes)) }
            }
        }
        return Page(size: size.value, entries: found, before: place > 0 ? place : nil)
    }

    private func bundle(holding place: Int, in size: TreeSize) async throws(LogError) -> [[UInt8]] {
        guard let id = EntryBundleID(index: place / TileID.widthMax, in: size),
            let bytes = try await log.entries(id),
            let bundle = try? EntryBundle(bytes: bytes, count: id.width)
        else { throw .stopped }
        return bundle.entries
    }

    /// An entry of a type that is not known yet is nobody's.
    private static func isOwn(_ bytes: [UInt8], of member: MemberID) -> Bool {
        (try? LogEntry(bytes: bytes))?.member == member
    }
}
