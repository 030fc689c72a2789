import Exchange
import Membership
import StrictJSON

/// All that an examiner wants on one page of the logs of several nodes: what was asked, how it ended,
/// what is wrong with the logs, and what is conspicuous.
public struct AuditReport: Sendable {
    /// What is known of one copy.
    public struct Log: Sendable {
        /// What its check found.
        public let verification: VerificationResult
        /// Who runs the node, by the newest directory of the copy.
        public let operatorName: String
        /// The times of its first and last entry; nil for an empty log, or one that was not read.
        public internal(set) var span: ClosedRange<Timestamp>?
    }

    /// The copies, by node.
    public internal(set) var logs: [Log] = []
    /// What comparing them found.
    public internal(set) var reconciliation = ReconciliationResult()
    /// Conspicuous askings.
    public internal(set) var observations: [Observation] = []
    /// In whose hours was counted.
    public let zone: ReportZone
    /// When the report was made.
    public let madeAt: Timestamp
    /// Legal names of members, by the newest directory of each copy.
    var legalNames: [MemberID: String] = [:]
    var tally = ActivityTally()

    init(zone: ReportZone, madeAt: Timestamp) {
        self.zone = zone
        self.madeAt = madeAt
    }

    /// What is wrong, one log after the other, then between logs.
    public var findings: [AuditFinding] {
        logs.flatMap(\.verification.findings) + reconciliation.findings.filter(Self.isBetweenLogs)
    }

    /// How much is wrong, listed or not.
    public var findingCount: Int {
        let saidTwice = reconciliation.findings.count { !Self.isBetweenLogs($0) }
        return logs.reduce(reconciliation.findingCount - saidTwice) {
            $0 + $1.verification.findingCount
        }
    }

    /// Missing evidence is what both a check and a comparison tell.
    private static func isBetweenLogs(_ finding: AuditFinding) -> Bool {
        finding.code != .evidenceMissing
    }
}

/// Makes the report of copied logs.
public struct ReportBuilder: Sendable {
    private let folders: [MirrorFolder]
    private let zone: ReportZone
    private let now: Timestamp

    /// A report of folders, each with another node's log.
    public init(_ folders: [MirrorFolder], zone: ReportZone, at now: Timestamp) {
        self.folders = folders
        self.zone = zone
        self.now = now
    }

    /// Checks every copy, compares them, and counts.
    ///
    /// A copy whose checkpoint is not signed is named and not read: nothing says that its entries are
    /// the log's.
    ///
    /// - Throws: `AuditFailure` when a folder is none, cannot be read, or two hold one log.
    public func run() throws(AuditFailure) -> AuditReport {
        var report = AuditReport(zone: zone, madeAt: now)
        var readable: [MirrorFolder] = []
        for folder in folders {
            let result = try LogVerification(folder).run()
            let directory = try folder.directories().last
            report.logs.append(
                AuditReport.Log(
                    verification: result,
                    operatorName: directory?.node(result.node)?.operatorName ?? ""))
            for member in directory?.members ?? [] {
                report.legalNames[member.id] = member.legalName
            }
            if result.head != nil { readable.append(folder) }
        }
        report.reconciliation = try Reconciliation(readable).run()
        try count(readable, &report)
        report.observations = report.tally.observations()
        report.logs.sort { $0.verification.node < $1.verification.node }
        return report
    }

    private func count(
        _ folders: [MirrorFolder], _ report: inout AuditReport
    ) throws(AuditFailure) {
        let nodes = Set(report.reconciliation.copied.keys)
        var reader = ActivityReader(logsOf: nodes, in: zone)
        for folder in folders {
            guard let state = try MirrorState(of: folder),
                let place = report.logs.firstIndex(where: { $0.verification.node == state.node }),
                let head = report.logs[place].verification.head
            else { continue }
            var entries = MirroredEntries(of: folder, size: head.size)
            while let bundle = try entries.next() {
                for (index, bytes) in zip(bundle.places, bundle.entries) {
                    guard let entry = try? LogEntry(bytes: bytes), entry.node == state.node else {
                        continue
                    }
                    report.logs[place].include(entry.at)
                    try reader.read(entry, at: index, in: folder)
                }
            }
        }
        report.tally = reader.tally
    }
}

extension AuditReport.Log {
    fileprivate mutating func include(_ time: Timestamp) {
        guard let span else {
            span = time...time
            return
        }
        self.span = min(span.lowerBound, time)...max(span.upperBound, time)
    }
}
