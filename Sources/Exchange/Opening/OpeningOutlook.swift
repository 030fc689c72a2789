import Membership

/// What the operator of a node must see to in time: without an opening key nothing can be asked.
public enum OpeningOutlook: Hashable, Sendable {
    /// The charter's regulator lists no key for this month: nothing is asked.
    case missing(month: String)
    /// It lists none for the month that begins within ``noticeDays``.
    case ends(month: String)

    /// How many days before its month a key must be listed without anybody being warned.
    public static let noticeDays = 7
}

extension Directory {
    /// What is to be said of the opening regulator's keys; nil when all is well, or the charter names
    /// none.
    public func openingOutlook(at now: Timestamp) -> OpeningOutlook? {
        if case .keyMissing(let month) = openingTerms(at: now) { return .missing(month: month) }
        let soon = now.advanced(
            bySeconds: Int64(OpeningOutlook.noticeDays) * Timestamp.secondsPerDay)
        if case .keyMissing(let month) = openingTerms(at: soon) { return .ends(month: month) }
        return nil
    }
}
