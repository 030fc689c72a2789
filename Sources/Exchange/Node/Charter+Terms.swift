import Membership
import RiskStandard

extension Charter {
    /// The standard that the charter names; nil when its name is malformed. A node refuses to start
    /// under a standard that it does not have.
    public var standardID: StandardID? { StandardID(standard) }

    /// Schemes in the form that identifiers are read with.
    public var schemePatterns: [(scheme: String, pattern: String?)] {
        schemes.map { ($0.name, $0.pattern) }
    }
}

extension Charter.Intervals {
    /// The oldest manifest, in seconds, that an ask for a purpose may rest on.
    func manifestMaxAgeSeconds(for purpose: Purpose) -> Int64 {
        (purpose.isHard ? manifestMaxAgeHard : manifestMaxAgeSoft).components.seconds
    }

    /// Whether a book of that day is too old at a moment. The day itself does not count.
    func isStale(bookAsOf: Timestamp, at now: Timestamp) -> Bool {
        now.seconds(since: bookAsOf) > bookMaxAge.components.seconds + Timestamp.secondsPerDay
    }
}
