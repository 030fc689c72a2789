import Exchange
import Membership
import Store
import TransparencyLog

@testable import Audit

/// A node's log, read without a network.
struct LogSource: MirrorSource {
    private let log: SQLiteLog

    init(_ log: SQLiteLog) { self.log = log }

    func checkpoint() async throws(AuditFailure) -> [UInt8] {
        do { return try await log.checkpoint().note.bytes } catch { throw .source("\(error)") }
    }

    func tile(_ id: TileID) async throws(AuditFailure) -> [UInt8] {
        try Self.found(try? await log.tile(id))
    }

    func entries(_ id: EntryBundleID) async throws(AuditFailure) -> [UInt8] {
        try Self.found(try? await log.entries(id))
    }

    func evidence(of index: EntryIndex) async throws(AuditFailure) -> [UInt8]? {
        do { return try await log.evidence(of: index)?.json.encoded } catch {
            throw .source("\(error)")
        }
    }

    private static func found(_ bytes: [UInt8]??) throws(AuditFailure) -> [UInt8] {
        guard let bytes, let bytes else { throw .source("not there") }
        return bytes
    }
}

/// A source of which some answers are changed, or fail; counts what is fetched.
actor ChangedSource: MirrorSource {
    private let source: LogSource
    private let bundlesMax: Int
    private let change: @Sendable (String, [UInt8]) -> [UInt8]
    private(set) var bundles = 0

    init(
        _ log: SQLiteLog, bundlesMax: Int = .max,
        change: @escaping @Sendable (String, [UInt8]) -> [UInt8] = { $1 }
    ) {
        source = LogSource(log)
        self.bundlesMax = bundlesMax
        self.change = change
    }

    func checkpoint() async throws(AuditFailure) -> [UInt8] {
        change("checkpoint", try await source.checkpoint())
    }

    func tile(_ id: TileID) async throws(AuditFailure) -> [UInt8] {
        change(id.path, try await source.tile(id))
    }

    func entries(_ id: EntryBundleID) async throws(AuditFailure) -> [UInt8] {
        guard bundles < bundlesMax else { throw .source("the connection broke") }
        bundles += 1
        return change(id.path, try await source.entries(id))
    }

    func evidence(of index: EntryIndex) async throws(AuditFailure) -> [UInt8]? {
        try await source.evidence(of: index).map { change("evidence/\(index)", $0) }
    }
}

/// A log with what witnesses cosigned of it: as the log serves it, or as a witness does.
struct WitnessedSource: MirrorSource {
    private let source: LogSource
    private let note: [UInt8]
    private let isServedByLog: Bool

    init(_ log: SQLiteLog, cosigned note: [UInt8], servedByLog: Bool = true) {
        source = LogSource(log)
        self.note = note
        isServedByLog = servedByLog
    }

    func checkpoint() async throws(AuditFailure) -> [UInt8] { try await source.checkpoint() }

    func tile(_ id: TileID) async throws(AuditFailure) -> [UInt8] { try await source.tile(id) }

    func entries(_ id: EntryBundleID) async throws(AuditFailure) -> [UInt8] {
        try await source.entries(id)
    }

    func evidence(of index: EntryIndex) async throws(AuditFailure) -> [UInt8]? {
        try await source.evidence(of: index)
    }

    func cosigned() async throws(AuditFailure) -> [UInt8]? { isServedByLog ? note : nil }

    func witnessed(by witness: WitnessEntry, of origin: String) async -> [UInt8]? {
        isServedByLog ? nil : note
    }
}

extension SQLiteLog {
    /// Deletes evidence that ended before a moment, as a node does after its time, and an operator who
    /// has something to hide before it.
    func forgetEvidence(before moment: Timestamp) async throws {
        let ended = try await endedEvidence(before: moment, after: nil)
        try await forgetEvidence(of: ended.map(\.place.index))
    }
}
