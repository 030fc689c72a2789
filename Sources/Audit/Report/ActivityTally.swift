import Exchange
import Membership
import Pseudonym

/// What members asked, counted. Its memory grows with nodes, members, purposes and hours, not with
/// entries.
struct ActivityTally {
    /// Who asked whom for what.
    struct Key: Hashable {
        let member: MemberID
        let answerer: NodeID
        let purpose: Purpose?
    }

    /// Who was refused by whom, and why.
    struct RefusalKey: Hashable {
        let member: MemberID
        let answerer: NodeID
        let refusal: ReadRefusal
    }

    /// Who asked whom in which hour.
    struct HourKey: Hashable {
        let member: MemberID
        let answerer: NodeID
        let hour: LocalHour
    }

    /// Whose consent did not cover what.
    struct ConsentKey: Hashable {
        let member: MemberID
        let answerer: NodeID
        /// Why not.
        let code: RefusalCode
        /// A record was handed out all the same.
        let isDisclosed: Bool
    }

    /// How often, and the first place of it.
    struct Occurrence {
        let node: NodeID
        let index: Int
        let isOfAsker: Bool
        let asker: NodeID
        var count: Int
    }

    /// By asking member, answering node and purpose.
    private(set) var activities: [Key: Activity] = [:]
    /// By code.
    private(set) var refusals: [RefusalKey: Int] = [:]
    /// By hour.
    private(set) var hours: [HourKey: HourlyActivity] = [:]
    /// Queries whose consent does not cover them.
    private(set) var consents: [ConsentKey: Occurrence] = [:]
    /// The node of each member that asked.
    private(set) var nodes: [MemberID: NodeID] = [:]

    mutating func count(_ key: Key, by asker: NodeID, _ change: (inout Activity) -> Void) {
        nodes[key.member] = asker
        change(&activities[key, default: Activity()])
    }

    mutating func count(_ key: HourKey, elements: Int, subjects: Int) {
        hours[key, default: HourlyActivity()].elements += elements
        hours[key, default: HourlyActivity()].subjects += subjects
    }

    mutating func count(_ key: RefusalKey) { refusals[key, default: 0] += 1 }

    mutating func count(_ key: ConsentKey, first: Occurrence) {
        if consents[key] == nil { consents[key] = first } else { consents[key]?.count += 1 }
    }
}

/// What one member asked of one node for one purpose.
struct Activity: Hashable {
    /// Requests to evaluate.
    var evaluations = 0
    /// Elements in them.
    var elements = 0
    /// Of those that were looked for in filters: held there, and not.
    var hits = 0
    var misses = 0
    /// Requests for records.
    var queries = 0
    /// Subjects in them.
    var subjects = 0
    /// How these ended.
    var found = 0
    var none = 0
    var refused = 0
    /// Requests to which nothing came, or nothing to be believed.
    var timedOut = 0
    var invalid = 0

    static func += (left: inout Activity, right: Activity) {
        let sums: [WritableKeyPath<Activity, Int>] = [
            \.evaluations, \.elements, \.hits, \.misses, \.queries, \.subjects, \.found, \.none,
            \.refused, \.timedOut, \.invalid,
        ]
        for sum in sums { left[keyPath: sum] += right[keyPath: sum] }
    }
}

/// What one member asked of one node in one hour.
struct HourlyActivity {
    var elements = 0
    var subjects = 0
}
