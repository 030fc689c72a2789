/// From where on the examiner's report calls something conspicuous. They say where to look, not that
/// anything is wrong, and stand on the report itself.
///
/// Source: protocol/log.md, "The examiner's report".
public enum ReportThresholds {
    /// The first hour of the night, local time.
    public static let nightStartHour = 22
    /// The first hour that is no longer night.
    public static let nightEndHour = 6
    /// Subjects that one member asks about in one hour of a night, at least.
    public static let nightSubjectsMin = 20
    /// How many times as many as in its average hour with any asking by day, at least.
    public static let nightTimesMin = 3
    /// Elements that one member has one node evaluate in a local day, at least.
    public static let enumerationElementsMin = 500
    /// Percent of them that became a query, at most.
    public static let enumerationQueriesPercentMax = 1
    /// Queries of a member at a node, at least.
    public static let refusalsQueriesMin = 20
    /// Percent of them that were refused, at least.
    public static let refusalsPercentMin = 20

    /// Whether an hour of the day, 0 to 23, belongs to the night.
    static func isNight(hour: Int) -> Bool { hour >= nightStartHour || hour < nightEndHour }
}
