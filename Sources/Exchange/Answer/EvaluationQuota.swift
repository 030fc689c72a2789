import Membership

/// Counts the elements that a peer has evaluated on a UTC day, by member and by node.
///
/// A restart must not hand out a day's quota again, and an evaluation must not wait for the disk:
/// elements are set aside durably in portions before they are spent, and what was set aside but
/// not spent is lost at a restart. The error is bounded by one portion a member and restart.
actor EvaluationQuota {
    /// Elements that one durable write sets aside.
    static let portion = 4096

    private let store: any Store
    private var day: Int?
    private var reserved: [QuotaKey: Int] = [:]
    private var spent: [QuotaKey: Int] = [:]

    init(store: any Store) {
        self.store = store
    }

    /// Spends elements or throws `quota` with the seconds until the next UTC day.
    func spend(
        _ elements: Int, by asker: MemberEntry, limits: Charter.Quotas, at now: Timestamp
    ) async throws(Problem) {
        do {
            try await begin(day: now.dayNumber)
            let key = QuotaKey(node: asker.node, member: asker.id)
            let spentByNode = spent.filter { $0.key.node == asker.node }.values.reduce(0, +)
            let total = spent[key, default: 0] + elements
            guard total <= limits.elementsPerMemberDay,
                spentByNode + elements <= limits.elementsPerNodeDay
            else { throw Self.exhausted(at: now) }
            spent[key] = total
            if total > reserved[key, default: 0] {
                let target = total + Self.portion
                try await store.reserveQuota(key, day: now.dayNumber, total: target)
                reserved[key] = max(target, reserved[key, default: 0])
            }
        } catch let problem as Problem {
            throw problem
        } catch {
            throw Problem(.internal, "the store did not answer")
        }
    }

    /// Loads what was set aside for the day; at a new day everything starts again.
    private func begin(day newDay: Int) async throws {
        guard day != newDay else { return }
        let loaded = try await store.quotaReserved(day: newDay)
        guard day != newDay else { return }
        day = newDay
        reserved = loaded
        spent = loaded
    }

    private static func exhausted(at now: Timestamp) -> Problem {
        let nextDay = Int64(now.dayNumber + 1) * Timestamp.secondsPerDay
        return Problem(
            .quota, "the day's evaluations are used up",
            retryAfterSeconds: Int(nextDay - now.secondsSinceEpoch))
    }
}
