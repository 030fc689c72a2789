import Exchange

/// What cosignatures say of the times of entries: at the time of each the log was just so large, so that
/// entries before that size are not later, and those behind it not earlier.
struct CosignedTimes {
    private struct Bound {
        let size: Int
        /// The latest time at which a log of this size or a smaller one was cosigned.
        var notBefore: Int
        /// The earliest time at which a log of this size or a larger one was cosigned.
        var notAfter: Int
    }

    private let bounds: [Bound]

    /// The times of verified checkpoints.
    init(_ checkpoints: [CosignedCheckpoint]) {
        var bounds = checkpoints.compactMap { checkpoint -> Bound? in
            guard let earliest = checkpoint.earliest, let latest = checkpoint.latest else {
                return nil
            }
            return Bound(
                size: checkpoint.head.size.value, notBefore: latest, notAfter: earliest)
        }
        .sorted { $0.size < $1.size }
        for index in bounds.indices.dropFirst() {
            bounds[index].notBefore = max(bounds[index].notBefore, bounds[index - 1].notBefore)
        }
        for index in bounds.indices.reversed().dropFirst() {
            bounds[index].notAfter = min(bounds[index].notAfter, bounds[index + 1].notAfter)
        }
        self.bounds = bounds
    }

    /// What is wrong with the date of an entry; nil when nothing is.
    func fault(of time: Timestamp, at place: Int) -> AuditFinding.Code? {
        // The first checkpoint that has the entry.
        var (low, high) = (0, bounds.count)
        while low < high {
            let middle = (low + high) / 2
            if bounds[middle].size > place { high = middle } else { low = middle + 1 }
        }
        let seconds = Int(time.secondsSinceEpoch)
        let slack = Int(LogVerification.witnessSlackSeconds)
        if low > 0, seconds < bounds[low - 1].notBefore - slack { return .datedBack }
        if low < bounds.count, seconds > bounds[low].notAfter + slack { return .datedAhead }
        return nil
    }
}
