import Exchange
import Foundation
import Membership
import StrictJSON
import TransparencyLog

/// The points between which a departure changes something that lasts: after each of them it may be cut
/// off, and the same call goes on. Tests cut it off there.
package enum DepartureStep: CaseIterable, Sendable {
    /// It is decided, and the node counts the member as withdrawn.
    case marked
    /// Nothing of it is in the store.
    case forgotten
    /// Its keys are destroyed.
    case keysDestroyed
    /// The log tells of it.
    case told
    /// No filter has its subjects.
    case filtersRenewed
}

/// Deletes a member from a home on which no node runs (protocol/leaving.md).
public struct MemberDeparture {
    private let member: MemberID
    private let by: String?
    private let home: NodeHome
    private let node: OfflineNode
    private let reached: (DepartureStep) throws -> Void

    /// A departure from an opened home.
    ///
    /// - Parameter by: who has it done, in the operator's words.
    public init(_ member: MemberID, by: String?, home: NodeHome, node: OfflineNode) {
        self.init(member, by: by, home: home, node: node) { _ in }
    }

    package init(
        _ member: MemberID, by: String?, home: NodeHome, node: OfflineNode,
        reached: @escaping (DepartureStep) throws -> Void
    ) {
        (self.member, self.by, self.home, self.node) = (member, by, home, node)
        self.reached = reached
    }

    /// Deletes, or goes on where it was cut off; of a member that has left, the record.
    ///
    /// - Throws: `NodeError`; the next call goes on.
    public func run() async throws -> DepartureRecord {
        let file = DepartureFile(of: member, in: home)
        let content = try file.content()
        if let record = content.flatMap(DepartureRecord.init) { return record }
        let mark = try content.map(read) ?? decide(file)
        try reached(.marked)
        do {
            return try await delete(mark, file)
        } catch let error as StoreError {
            throw NodeError.failed("the store: \(error)")
        } catch let error as LogError {
            throw NodeError.failed("the log: \(error)")
        }
    }

    private func delete(_ mark: DepartureMark, _ file: DepartureFile) async throws
        -> DepartureRecord
    {
        let leaving = MemberLeaving(context: node.context, filters: node.publisher)
        let departure = try await leaving.forget(member)
        try reached(.forgotten)
        try destroyKeys()
        try reached(.keysDestroyed)
        let document = DepartureRecord.document(
            mark, departure, evidenceKept: try await leaving.evidenceKept(of: member))
        guard let digest = MerkleHash(bytes: DepartureRecord.digest(of: document)) else {
            throw NodeError.failed("a digest has another length")
        }
        let index = try await leaving.tell(departure, record: digest)
        try reached(.told)
        try await leaving.renewFilters()
        try reached(.filtersRenewed)
        let record = DepartureRecord(document, logIndex: index.value)
        try file.put(record.json)
        return record
    }

    private func read(_ content: JSONValue) throws -> DepartureMark {
        guard let mark = DepartureMark(content), mark.member == member else {
            throw NodeError.file(home.departures.path, "has another record of '\(member)'")
        }
        return mark
    }

    private func decide(_ file: DepartureFile) throws -> DepartureMark {
        let (context, directory) = (node.context, node.context.directory.issued)
        let served = directory.member(member)
        let isOwn = served?.node == context.node
        let mark = DepartureMark(
            consortium: directory.consortium, node: context.node, member: member,
            at: context.clock.now, by: by, directoryVersion: directory.version,
            status: isOwn ? served?.status.rawValue : nil,
            requestKeys: requestKeys.map { $0.deletingPathExtension().lastPathComponent },
            hasRekeyKey: FileManager.default.fileExists(atPath: home.rekeyKey(of: member).path),
            evidenceUntil: MemberLeaving(context: context, filters: node.publisher).evidenceEnd)
        try file.put(mark.json)
        return mark
    }

    private var requestKeys: [URL] {
        let folder = home.requestKeys(of: member)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.sorted().map { folder.appending(path: $0) }
    }

    private func destroyKeys() throws {
        for key in requestKeys { try PrivateFile.destroy(key) }
        try? FileManager.default.removeItem(at: home.requestKeys(of: member))
        let rekeyKey = home.rekeyKey(of: member)
        if FileManager.default.fileExists(atPath: rekeyKey.path) {
            try PrivateFile.destroy(rekeyKey)
        }
    }
}
